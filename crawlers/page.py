"""One fetched page as the readers see it: the only HTML parser. selectolax reads every page; `.soup` serves the few that are read closely."""

import re
from collections.abc import Callable, Container, Sequence
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.address import join, path_and_query
from crawlers.base import ROUTE, Base
from crawlers.block import Block, Piece, pieces_of
from crawlers.columns import normal
from crawlers.jump import frame_of, sends_to
from crawlers.link import MAX_LINKS, Link, links_in
from crawlers.loose import Loose
from crawlers.marks import ASCII_STAYS, LOWERED, marks_in
from crawlers.page_state import Judgement, enters, judge, judge_empty
from crawlers.parsed import Parsed
from crawlers.shown import Shown, shown
from crawlers.status import PageState

_DATA_SCRIPT = re.compile(
    r"(?:\$|jQuery)\.(?:ajax|get|post|getJSON)\(|axios|XMLHttpRequest|ActiveXObject|Ajax\.(?:Request|Updater)|\$http\b|fetch\(|loadPageData|new Vue|createApp|ReactDOM|ms-controller|ng-app|"
    r"window\._CONFIG|queryList|dataproxy|\)\.load\(\s*['\"]|table\.render\(|\.(?:bootstrapTable|datagrid|DataTable)\(|PDFJS|pdfjsLib|PDFObject|dwr\.engine"
)
_MOUNT = re.compile(r"<(div|section|main)[^<>]{1,200}\bid=[\"']?(app|root|__nuxt|list-?app)[\"']?[^<>]{0,200}>\s{0,50}</")
_DOCUMENT = re.compile(r"\.(docx?|xlsx?|wps|et|pdf|ofd|zip|rar)$", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\">]+)", re.IGNORECASE)
_HOMES = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/default.html", "/default.htm", "/index.php", "/index.aspx"})
_PLACE = re.compile(r"(?:当前|现在|目前|[您你]的|所在)(?:所在)?的?位置\s?[：:是]{0,2}([^\n]{2,120})")
_TOOL = re.compile(
    r"[大中小超特]{1,2}号?|字[体号][大中小]*|打印(?:本页)?|关闭(?:窗口)?|分享到?|收藏|返回(?:上一?页)?|浏览次数\d*|[AaA+-]{1,2}|(?:信息|栏目|文章|内容)?列表页?"
)


class Page(Parsed):
    """A page at `url` (the address after redirects). `body` is the stored response; `content_type` its header.

    `settled`: a browser has run its scripts and had everything they asked for, so that what stands on it is all that a reader sees. `woken` is told when the page
    is decoded, first and again after `rest`. `is_part`: one tab or block of a page that holds several.
    """

    heavy = (*Parsed.heavy, "_shown", "text", "inline_scripts", "_pieces", "_base", "absolute")

    def __init__(
        self,
        url: str,
        body: bytes,
        content_type: str = "",
        http: int | None = 200,
        *,
        settled: bool = False,
        woken: "Callable[[Page], None] | None" = None,
        again: Callable[[], bytes] | None = None,
    ) -> None:
        self.url = url
        self.http = http
        self.settled = settled
        self.is_part = False
        super().__init__(body, content_type, woken, again)

    @cached_property
    def _marks(self) -> frozenset[str]:
        return marks_in(self.body if self.encoding in ASCII_STAYS else self.source.encode("utf-8", "replace"))

    def may_hold(self, *marks: str) -> bool:
        """Whether the page's bytes hold one of some `MARKS` in any letter case; where they do not, neither does `source`."""
        return any(LOWERED[mark] in self._marks for mark in marks)

    def holds(self, *marks: str) -> bool:
        """Whether one of some `MARKS` stands in `source` as it is spelled."""
        return any(LOWERED[mark] in self._marks and mark in self.source for mark in marks)

    @cached_property
    def base(self) -> str:
        """What relative addresses resolve against."""
        node = self.tree.css_first("base[href]") if self.may_hold("<base") else None
        return (join(self.url, (node.attributes.get("href") or "").strip()) or self.url) if node else self.url

    @cached_property
    def title(self) -> str:
        """The text of `<title>`."""
        node = self.tree.css_first("title")
        return " ".join(node.text().split()) if node else ""

    @cached_property
    def meta(self) -> dict[str, str]:
        """Metadata tags; the first non-empty content of each name."""
        found: dict[str, str] = {}
        for attributes in self.metas:
            name, content = attributes.get("name") or "", " ".join((attributes.get("content") or "").split())
            if name and content:
                found.setdefault(name, content)
        return found

    def meta_of(self, name: str) -> str:
        """A metadata tag, its name in any case; empty when absent."""
        lowered = name.lower()
        return next((content for key, content in self.meta.items() if key.lower() == lowered), "")

    @cached_property
    def _base(self) -> Base:
        return Base(self.base, self.encoding)

    @cached_property
    def absolute(self) -> Callable[[str], str]:
        """Gives the address of a link, or empty for `javascript:`, `mailto:` and the like."""
        return self._base.absolute

    @cached_property
    def _pieces(self) -> tuple[list[Piece], dict[int, Block]]:
        return pieces_of(self.tree, self._base)

    @property
    def pieces(self) -> list[Piece]:
        """Anchors and image-map areas in the page's order with what they say, those of menus that are known already together."""
        return self._pieces[0]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Everything that leads somewhere: anchors and image-map areas in the page's order, then jump menus and handlers whose address stands in the page."""
        return tuple(islice(links_in(self.tree, self.pieces, self.source, self._base, self.may_hold), MAX_LINKS))

    @cached_property
    def fragments(self) -> dict[tuple[tuple[str, ...], str], str]:
        """The fragments of links that name one, by the link's names and its address without it: where they lead to a part of a page."""
        others = (said for block, anchors in self.pieces if block is None for _, said in anchors)
        named = [(said, fragment) for said in others if "#" in said.href and (fragment := said.href.rpartition("#")[2].strip())]
        return {(said.names, url): fragment for said, fragment in reversed(named) if (url := self.absolute(said.href)) and "#" not in url}

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of frames and inline frames: what they show belongs to this page."""
        if not self.may_hold("<frame", "<iframe"):
            return ()
        found = [self.absolute(node.attributes.get("src") or "") for node in self.tree.css("frame[src], iframe[src]")]
        return tuple(dict.fromkeys(url for url in found if url))

    @cached_property
    def script_files(self) -> tuple[str, ...]:
        """Addresses of the scripts that the page loads, in its order; empty for one that is none."""
        return tuple(self.absolute(node.attributes.get("src") or "") for node in self.tree.css("script[src]"))

    @cached_property
    def loose(self) -> Loose:
        """Names that stand on the page without being links to somewhere."""
        return Loose(self)

    @cached_property
    def breadcrumb(self) -> tuple[str, ...]:
        """The names after 当前位置 / 您的位置, outermost first; empty when the page has none."""
        for node in self.tree.css(
            "[class*=bread], [class*=crumb], [class*=position], [class*=location], [class*=weizhi], [class*=dqwz], [class*=local], [id*=position], [id*=crumb]"
        ):
            text = " ".join(node.text(separator=" ").split())
            if len(text) < 200 and ("位置" in text or ">" in text or "首页" in text):
                return _crumbs(text)
        match = _PLACE.search(self.text)
        return _crumbs(match.group(1)) if match else ()

    @cached_property
    def own_name(self) -> str:
        """The column's name as the page itself states it: ColumnName, else the last of the breadcrumb."""
        return self.meta_of("ColumnName") or (self.breadcrumb[-1] if self.breadcrumb else "")

    @cached_property
    def _shown(self) -> Shown:
        """One walk through the body for all that asks for its texts."""
        return shown(self.tree.body, self._pieces[1])

    @cached_property
    def text(self) -> str:
        """What a reader sees, one line a block element."""
        return "\n".join(self._shown.lines)

    @property
    def texts(self) -> Sequence[tuple[int, LexborNode, str]]:
        """The texts of the body that are not blank, as they stand, each with the tag and the element that it stands in; those of links of known menus are left out."""
        return self._shown.texts

    @cached_property
    def attachments(self) -> tuple[str, ...]:
        """Addresses of documents offered for download."""
        return tuple(dict.fromkeys(link.url for link in self.links if _DOCUMENT.search(path_and_query(link.url)[0])))

    @cached_property
    def search_box(self) -> bool:
        """Whether the page offers a full-text search."""
        for node in self.tree.css("input"):
            attributes = node.attributes
            kind = (attributes.get("type") or "text").lower()
            hint = " ".join(value or "" for key, value in attributes.items() if key in ("name", "id", "class", "placeholder", "value", "onfocus", "title"))
            if kind in ("text", "search") and re.search(r"search|query|keyword|\bq\b|qt|searchword|关键|搜索|检索|请输入", hint, re.IGNORECASE):
                return True
        return False

    @cached_property
    def jump(self) -> str:
        """Where a splash or frame page sends the reader; empty for any other page."""
        if len(self.text) > 400 or len(self.links) > 15 or urlsplit(self.url).path.endswith(".js"):
            return ""
        for node in self.tree.css("meta[http-equiv]"):
            if (node.attributes.get("http-equiv") or "").lower() == "refresh" and (match := _REFRESH.search(node.attributes.get("content") or "")):
                return self.absolute(match.group(1))
        frames = [node.attributes.get("src") or "" for node in self.tree.css("frame[src], iframe[src]")]
        if (shown := frame_of(frames)) and len(self.links) < 5:
            return self.absolute(shown)
        if len(self.links) < 5 and (target := sends_to(self.source)):
            return self.absolute(target)
        if len(self.links) < 5 and (entrance := next((link.url for link in self.links if enters(link.names)), "")):
            return entrance
        onward = {link.url for link in self.links} - {self.url}
        return onward.pop() if len(onward) == 1 and len(self.text) < 30 and self.is_root else ""

    @property
    def is_routed(self) -> bool:
        """Whether a script shows what this address names, and what came is the same for every such address."""
        return not self.settled and "#" in self.url and ROUTE.search(self.url) is not None

    @property
    def is_root(self) -> bool:
        """Whether the address is that of a site's home page."""
        parts = urlsplit(self.url)
        return parts.path.lower() in _HOMES and not parts.query

    @cached_property
    def jumps_home(self) -> bool:
        """Whether the page does nothing but send the reader back to the site's home page: what was there is gone."""
        target = urlsplit(self.jump)
        if self.is_root or not self.jump or target.netloc != urlsplit(self.url).netloc or target.path.lower() not in _HOMES or target.query:
            return False
        script = self.inline_scripts
        by_itself = "function" not in script or "setTimeout" in script or "setInterval" in script
        return by_itself and "cookie" not in script and self.tree.css_first("frame, iframe") is None and not any(enters(link.names) for link in self.links)

    @cached_property
    def inline_scripts(self) -> str:
        """The text of the scripts that stand on the page."""
        return " ".join(node.text() for node in self.tree.css("script"))

    @cached_property
    def loads_by_script(self) -> bool:
        """Whether inline scripts fetch what the page shows."""
        return not self.settled and (
            bool(_DATA_SCRIPT.search(self.inline_scripts))
            or bool(_MOUNT.search(self.source))
            or any("ms-controller" in (node.attributes or {}) for node in self.tree.css("[ms-controller]"))
        )

    @cached_property
    def _judgement(self) -> Judgement:
        return judge(self)

    @property
    def state(self) -> PageState:
        """What this page is, before its list is read. An empty list is decided by the reader of lists (`empty_state`)."""
        return self._judgement.state

    @property
    def why(self) -> str:
        """What on the page says that it is not content, in Chinese; empty for content."""
        return self._judgement.why

    def empty_state(self, chrome: Sequence["Page"] = (), menu: Container[str] = frozenset()) -> PageState:
        """What a column page is whose list yielded nothing: the state that `judge_empty` comes to."""
        return judge_empty(self, chrome, menu).state


def _crumbs(text: str) -> tuple[str, ...]:
    text = re.sub(r"^.*?位置\s?[：:是]{0,2}", "", text)
    parts = [part.strip() for part in re.split(r"\s*(?:>>?|»|›|/|→|＞|\s{1,})\s*", text) if normal(part)]
    while parts and _TOOL.fullmatch(normal(parts[-1])):
        parts.pop()
    return tuple(parts)
