"""Rows with several links: which of them are entries, and which lead to what belongs to one (相关解读, 下载, its category)."""

import re

from selectolax.lexbor import LexborNode

from crawlers.dialects.when import has_date

Anchors = list[tuple[LexborNode, str, str]]
"""Links of a row: node, address, text."""
DETAILS = frozenset(
    {
        *("查看详情", "查看详细", "详情", "详细", "查看", "查看全文", "阅读全文", "全文", "点击查看", "详细信息", "了解详情", "阅读更多", "查看更多", "更多"),
        *("下载", "点击下载", "附件下载", "下载附件", "文件下载", "下载文件", "立即下载", "预览", "在线预览", "打印", "分享", "收藏", "文字解读", "图片解读"),
    }
)
"""What a link is called that leads to an entry, or to something of it, without bearing its title."""
ORNAMENTS = " >»›→[]【】()（）+….·"
_RELATED = re.compile(r"(?:相关|配套|关联|政策|文件)?(?:解读|链接|阅读|原文|图解|附件|稿件|新闻|报道|文件)\s?[：:]\s?$")
_EXPLAINS = re.compile(r"解读|图解|问答|一图读懂")
_COLUMN = re.compile(r"/(?:(?:index|list)(?:_\d{1,3})?\.\w{3,5})?$")
_TITLE = 6


def entries_among(anchors: Anchors, text: str) -> tuple[Anchors, str]:
    """The links of a row that may be entries, at least one, and the row's text without what it says of the others."""
    related = [said for node, _, _ in anchors[1:] if (said := _related(node))]
    kept = [one for at, one in enumerate(anchors) if not (at and _related(one[0]))]
    kept = [one for one in kept if one[2].strip(ORNAMENTS) not in DETAILS] or kept
    if any(len(one[2]) >= _TITLE and not _COLUMN.search(one[1]) for one in kept):
        kept = [one for one in kept if len(one[2]) >= _TITLE or not _COLUMN.search(one[1])]  # 「[通知公告] 关于……的通知」
    kept = [one for at, one in enumerate(kept) if not any(_explains(one[2], other[2]) for other in kept[:at])]
    for said in related:
        before, found, _ = text.rpartition(said)
        text = before if found and has_date(before) else text
    return kept or anchors, text


def _related(anchor: LexborNode) -> str:
    """What stands before a link and says that it leads to something of an entry: 「相关解读：」."""
    before = anchor.prev
    while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
        before = before.prev
    if before is None:
        return ""
    said = " ".join(((before.text_content or "") if before.tag == "-text" else before.text()[-40:]).split())
    return found[0] if (found := _RELATED.search(said)) else ""


def _explains(text: str, title: str) -> bool:
    """Whether a link is called the 解读 of another."""
    return len(title) >= _TITLE and f"《{title.strip('《》')}》" in text and _EXPLAINS.search(text) is not None and _EXPLAINS.search(title) is None
