"""One simulated site as of one day: which address answers what."""

from collections.abc import Callable
from datetime import date
from html import escape
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

from crawlers.demo import documents as close
from crawlers.demo import files, reports
from crawlers.demo.articles import article_page
from crawlers.demo.content import ColumnContent, SectionContent, SiteContent, Wording
from crawlers.demo.endpoints import interface_reply
from crawlers.demo.items import Document, documents, stamp
from crawlers.demo.layouts import LAYOUTS, Interface, Jpage, Layout, Listing, Row
from crawlers.demo.layouts.gkmlpt import SHELL, Gkmlpt
from crawlers.demo.layouts.scripted import SCRIPTS, Scripted
from crawlers.demo.layouts.written import JsArray
from crawlers.demo.pages import CSS, Crumb, Frame, Reply, article, link, shield

Route = Callable[[], Reply]
HOME = Crumb("首页", "/")


class DemoSite:
    """Answers requests for one site. Nothing dated after `as_of` is there."""

    def __init__(self, content: SiteContent, words: Wording, as_of: date, netloc: str) -> None:
        self.content, self.words, self.as_of = content, words, as_of
        self.layout = LAYOUTS[content.layout]
        self.frame = Frame(content, netloc, [(s.name, self.section_url(s)) for s in content.sections if not s.under and s.state != "missing"])
        self.owner: dict[str, SectionContent] = {}
        for section in content.sections:
            for key in section.columns:
                self.owner.setdefault(key, section)
        self.documents: dict[str, list[Document]] = {key: self._documents(key, column) for key, column in content.columns.items() if key in self.owner}
        self.shelf = self._shelve()
        self.routes: dict[str, Route] = {}
        self.counted: list[str] = []
        self._build()

    def section_url(self, section: SectionContent) -> str:
        """Address of a first-level page."""
        return self.layout.section(section.slug)

    def layout_of(self, key: str) -> Layout:
        """How a column is laid out: its own way, else the site's."""
        return LAYOUTS[self.content.columns[key].layout or self.content.layout]

    def column_url(self, key: str) -> str:
        """Address of a column's first page."""
        return self.layout_of(key).column(self.owner[key].slug, self.content.columns[key].slug)

    def shown(self, key: str) -> bool:
        """Whether menus link to the column."""
        return key in self.owner and self.content.columns[key].state != "missing"

    def _documents(self, key: str, column: ColumnContent) -> list[Document]:
        names = {"district": self.content.short, "publisher": self.content.name}
        return documents(self.content.id, key, column, self.words, names, self.as_of)

    def _shelve(self) -> close.Shelf:
        """The documents, each interpretation with the document that it is about."""
        flaws = {key: column.flaws for key, column in self.content.columns.items()}
        policies = (
            close.with_policies(self.documents, flaws.get("interpretation", {}), self.content.id, self.content.name) if self.shown("policy_documents") else {}
        )
        held = {key: found for key, found in self.documents.items() if self.shown(key)}
        return close.Shelf(held, policies, flaws, lambda key, one: self.layout_of(key).article(self.column_url(key), one), self.content.short)

    def respond(self, method: str, target: str, form: str = "") -> Reply:
        """The answer to one request; `form` is the body of a POST."""
        if self.content.shield:
            return shield()
        parts = urlsplit(target)
        path = parts.path
        if (answer := interface_reply(self, path, {name: values[0] for name, values in {**parse_qs(parts.query), **parse_qs(form)}.items()})) is not None:
            return answer
        if path == "/search.html":
            return self._search(parse_qs(parts.query).get("q", [""])[0])
        spellings = (target, path, path.removesuffix("index.html") if path.endswith("/index.html") else path)
        known = next((key for key in spellings if key in self.routes), None)
        if known is None or method not in ("GET", "HEAD", "POST"):
            return self._not_found()
        return self.routes[known]()

    def first_reply(self, target: str) -> Reply | None:
        """What a flaky column answers the first time it is asked for: an empty list."""
        key = next((key for key in self.owner if self.content.columns[key].flaky and self.column_url(key) == target), None)
        return None if key is None else self._list(key, 1, empty=True)

    def _build(self) -> None:
        self.routes["/"] = self._home
        self.routes["/robots.txt"] = lambda: Reply(200, b"User-agent: *\nDisallow: /admin/\nAllow: /\n", "text/plain")
        self.routes["/css/site.css"] = lambda: Reply(200, CSS.encode(), "text/css; charset=utf-8")
        self.counted.append("/")
        if self.content.home.sitemap:
            self.routes["/sitemap.html"] = self._sitemap
            self.counted.append("/sitemap.html")
        for noise in self.content.home.noise:
            self.routes[self._noise_url(noise)] = lambda noise=noise: self._noise(noise)  # type: ignore[misc]
        for section in self.content.sections:
            if section.state != "missing":
                self.routes[self.section_url(section)] = lambda section=section: self._section(section)  # type: ignore[misc]
                self.counted.append(self.section_url(section))
        for key in self.owner:
            self._build_column(key)
        for path, script in SCRIPTS.items() if isinstance(self.layout, Scripted) else ():
            self.routes[path] = lambda script=script: Reply(200, script.encode(), "text/javascript; charset=utf-8")  # type: ignore[misc]
        if any(self.column_url(key).startswith(SHELL) for key in self.owner):
            self.routes[SHELL] = self._shell

    def _build_column(self, key: str) -> None:
        column, first = self.content.columns[key], self.column_url(key)
        if column.state == "missing":
            return
        self.counted.append(first)
        if column.state == "dead":
            return
        if column.kind != "list" or column.state in ("error", "soft_404", "construction"):
            self.routes[first] = lambda: self._page(key)
        else:
            layout = self.layout_of(key)
            for number in range(1, self.pages(key) + 1 if isinstance(layout, Jpage) or not isinstance(layout, Interface) else 2):
                url = first if number == 1 else layout.page(first, number)
                self.routes[url] = lambda number=number: self._list(key, number)  # type: ignore[misc]
                if number > 1:
                    self.counted.append(url)
            if column.state != "blank":
                for document in self.documents[key]:
                    self.routes[layout.article(first, document)] = lambda document=document: self._article(key, document)  # type: ignore[misc]
        for name in reports.attached(self.content.name) if key == "annual" else ():
            self.routes[reports.url(name)] = lambda name=name: files.report(name, reports.file(name))  # type: ignore[misc]
        for name in (*column.files, *(name for document in self.documents[key] for name in document.files)):
            self.routes[close.file_url(key, name)] = lambda name=name: files.attachment(name)  # type: ignore[misc]

    def pages(self, key: str) -> int:
        """How many list pages a column has."""
        rows = 0 if self.content.columns[key].state == "blank" else len(self.documents[key])
        return max(1, -(-rows // self.size(key)))

    def size(self, key: str) -> int:
        """Rows a list page of the column."""
        if isinstance(self.layout_of(key), JsArray):
            return max(1, len(self.documents[key]))
        return self.content.columns[key].size or self.content.page_size

    def rows(self, key: str, start: int, end: int) -> tuple[Row, ...]:
        """Entries `start` to `end` (from 1, inclusive)."""
        column, first = self.content.columns[key], self.column_url(key)
        if column.state == "blank":
            return ()
        dated = column.state not in ("undated", "dated_inside")
        return tuple(
            Row(self.layout_of(key).article(first, one), stamp(one.date, self.content.date_style) if dated else "", one)
            for one in self.documents[key][start - 1 : end]
        )

    def _not_found(self) -> Reply:
        return self.frame.reply('<div class="box">404 您访问的页面不存在。</div>', "404", [HOME], status=404)

    def _trail(self, section: SectionContent) -> list[Crumb]:
        over = [other for other in self.content.sections if other.slug == section.under]
        return [HOME, *(Crumb(one.name, self.section_url(one)) for one in [*over, section])]

    def _menu(self, section: SectionContent, active: str = "") -> str:
        below = [one for one in self.content.sections if one.under == section.slug and one.state != "missing"]
        links = [link(self.section_url(one), one.name) for one in below]
        keys = [key for one in (section, *below) for key in one.columns if self.shown(key)]
        links += [link(self.column_url(key), self.content.columns[key].name, "on" if key == active else "") for key in keys]
        return f'<div class="box menu"><h2>{escape(section.name)}</h2>{"".join(links)}</div>'

    def _section(self, section: SectionContent) -> Reply:
        if section.state == "error":
            return Reply(500, b"Internal Server Error", "text/plain")
        shown = [key for key in section.columns if self.shown(key) and self.content.columns[key].kind == "list" and self.content.columns[key].state == "ok"]
        blocks = "".join(self._block(key, 4) for key in shown[:4])
        meta = {"ColumnName": section.name, "ColumnType": section.name}
        return self.frame.reply(
            f'<div class="two">{self._menu(section)}<div class="grid">{blocks}</div></div>', f"{section.name}_{self.content.name}", self._trail(section), meta
        )

    def _block(self, key: str, count: int) -> str:
        if self.content.layout == "script" and key not in self.content.home.lists:
            return ""
        column = self.content.columns[key]
        rows = "".join(f'<li><a href="{row.url}" title="{row.title}">{row.title}</a><span>{row.when}</span></li>' for row in self.rows(key, 1, count))
        return f'<div class="box"><h2>{escape(column.name)}{link(self.column_url(key), "更多>>")}</h2><ul class="list">{rows}</ul></div>'

    def _home(self) -> Reply:
        home = self.content.home
        blocks = "".join(self._block(key, home.shown) for key in home.lists if self.shown(key))
        quick = [link(self.column_url(key), self.content.columns[key].name) for key in home.links if self.shown(key)]
        quick += [link(f"/old/{crc32(text.encode()):x}/", text) for text in home.dead_links]
        noise = "".join(f"<li>{link(self._noise_url(text), text)}</li>" for text in home.noise)
        inside = f'<div class="grid">{blocks}</div><div class="box"><h2>便民服务</h2><div class="quick">{"".join(quick)}</div></div>'
        return self.frame.reply(inside + (f'<div class="box"><h2>专题</h2><ul>{noise}</ul></div>' if noise else ""), self.content.name, [])

    def _sitemap(self) -> Reply:
        parts = []
        for section in self.content.sections:
            if section.state == "missing":
                continue
            keys = [] if section.state == "error" else [key for key in section.columns if self.shown(key)]
            links = "".join(f"<dd>{link(self.column_url(key), self.content.columns[key].name)}</dd>" for key in keys)
            parts.append(f"<dt>{link(self.section_url(section), section.name)}</dt>{links}")
        return self.frame.reply(
            f'<div class="box map"><h2>网站地图</h2><dl>{"".join(parts)}</dl></div>', f"网站地图_{self.content.name}", [HOME, Crumb("网站地图")]
        )

    def _list(self, key: str, number: int, *, empty: bool = False) -> Reply:
        column, section, size = self.content.columns[key], self.owner[key], self.size(key)
        empty = empty or column.state == "blank"
        rows = () if empty else self.rows(key, (number - 1) * size + 1, number * size)
        total = 0 if empty else len(self.documents[key])
        listing = self.layout_of(key).listing(Listing(self.column_url(key), column.name, rows, number, 1 if empty else self.pages(key), total, size))
        nothing = '<div class="none">暂无相关信息</div>' if empty and self.content.layout in ("jpage", "table") else ""
        inside = f'<div class="two">{self._menu(section, key)}<div class="box"><h2>{escape(column.name)}</h2>{listing}{nothing}</div></div>'
        return self.frame.reply(inside, f"{column.name}_{self.content.name}", [*self._trail(section), Crumb(column.name)], self._meta(key))

    def _shell(self) -> Reply:
        """The one page of the directory platform: which column is meant stands in the fragment."""
        columns = [(self.content.columns[key].name, self.column_url(key)) for key in self.owner if self.shown(key) and self.column_url(key).startswith(SHELL)]
        return self.frame.reply(f'<div class="box">{Gkmlpt().shell(columns)}</div>', f"政府信息公开目录_{self.content.name}", [])

    def _meta(self, key: str) -> dict[str, str]:
        name = self.content.columns[key].name
        return {"ColumnName": name, "ColumnType": self.owner[key].name, "ColumnDescription": f"{self.content.name}{name}栏目"}

    def _page(self, key: str) -> Reply:
        column, section = self.content.columns[key], self.owner[key]
        trail = [*self._trail(section), Crumb(column.name)]
        match column.state:
            case "error":
                return Reply(500, b"Internal Server Error", "text/plain")
            case "soft_404":
                return self.frame_bare("<p>抱歉，您访问的页面不存在或已删除！</p><p><a href='/'>返回首页</a></p>", "提示信息")
            case "construction":
                inside = (
                    f'<div class="two">{self._menu(section, key)}<div class="box"><h2>{escape(column.name)}</h2><p>栏目正在建设中，敬请期待。</p></div></div>'
                )
                return self.frame.reply(inside, f"{column.name}_{self.content.name}", trail, self._meta(key))
        newest = max((one.date for one in self.documents[key]), default=None)
        info = (
            f"发布日期：{stamp(newest, 'iso')}&nbsp;&nbsp;来源：{escape(self.content.name)}"
            if newest and column.state != "undated"
            else f"来源：{escape(self.content.name)}"
        )
        meta = (
            self._meta(key)
            | {"ArticleTitle": column.name, "ContentSource": self.content.name}
            | ({"PubDate": str(newest)} if newest and column.state != "undated" else {})
        )
        paragraphs = [*column.text, *(f"{name}：{value}" for name, value in column.elements.items() if value)]
        attached = [(name, close.file_url(key, name)) for name in (*column.files, *column.lost)]
        body = article(column.name, info, [one.format(district=self.content.short, publisher=self.content.name) for one in paragraphs], attached)
        return self.frame.reply(f'<div class="two">{self._menu(section, key)}{body}</div>', f"{column.name}_{self.content.name}", trail, meta)

    def frame_bare(self, inside: str, title: str) -> Reply:
        """A page without the site's frame."""
        text = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{inside}<!-- 模拟数据 --></body></html>'
        return Reply(200, text.encode())

    def _article(self, key: str, document: Document) -> Reply:
        trail = [*self._trail(self.owner[key]), Crumb(self.content.columns[key].name, self.column_url(key)), Crumb("正文")]
        dated = self.content.columns[key].state != "undated"
        more = close.more(document, self.content.columns[key], self.shelf) if dated else ""
        return article_page(self.frame, document, trail, self._meta(key), dated=dated, more=more)

    def _noise_url(self, text: str) -> str:
        return f"/zt/content_{crc32(text.encode())}.html"

    def _noise(self, text: str) -> Reply:
        inside = article(text, f"来源：{self.content.name}", ["专题内容请以正式发布的文件为准。本页为模拟数据。"])
        return self.frame.reply(inside, f"{text}_{self.content.name}", [HOME, Crumb("专题")], {"ArticleTitle": text})

    def _search(self, words: str) -> Reply:
        hits: list[tuple[str, str]] = []
        for key in self.owner if words and self.content.home.search and self.content.home.search_finds and self.content.layout != "script" else ():
            if self.shown(key) and self.content.columns[key].state == "ok" and self.content.columns[key].kind == "list":
                hits += [(self.layout_of(key).article(self.column_url(key), one), one.title) for one in self.documents[key] if words in one.title]
        found = "".join(f"<li>{link(url, title)}</li>" for url, title in hits[:20])
        inside = f'<div class="box"><h2>搜索结果</h2><p>共找到 {len(hits)} 条结果</p><ul>{found}</ul></div>'
        return self.frame.reply(inside, f"搜索_{self.content.name}", [HOME, Crumb("搜索")])
