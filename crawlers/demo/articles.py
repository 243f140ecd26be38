"""The page of one document of a simulated site."""

from html import escape

from crawlers.demo import reports
from crawlers.demo.items import Document
from crawlers.demo.pages import Crumb, Frame, Reply, article


def article_page(frame: Frame, document: Document, trail: list[Crumb], meta: dict[str, str], *, dated: bool = True, more: str = "") -> Reply:
    """A document: 索引号 that looks like a date, 发布日期, text, `more` of its kind, metadata."""
    day = document.date
    published = f"&nbsp;&nbsp;发布日期：{day.isoformat()}" if dated else ""
    info = f"{f'索引号：{document.index}&nbsp;&nbsp;' if dated else ''}发布机构：{escape(document.publisher)}{published}"
    text = [
        f"为做好{frame.content.short}有关工作，现将“{document.title}”有关事项予以公开。",
        "各有关单位要按照职责分工抓好落实，公众如有意见建议，可在工作时间与发布机构联系。",
        f"{document.publisher}{f'　{day.year}年{day.month}月{day.day}日' if dated else ''}",
    ]
    tags = meta | {"ArticleTitle": document.title, "ContentSource": document.publisher} | ({"PubDate": f"{day.isoformat()} 09:30"} if dated else {})
    year = reports.year_of(document.title) if document.key == "annual" else None
    inside = reports.inside(document.title, info, document.publisher, year) if year else article(document.title, info, text)
    return frame.reply(inside + more, f"{document.title}_{frame.content.name}", trail, tags)
