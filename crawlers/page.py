"""One fetched page as the readers see it: the only HTML parser. selectolax reads every page; `.soup` serves the few that are read closely."""

import re
from collections.abc import Container, Sequence
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.url import safe_url_string

from crawlers.columns import normal
from crawlers.encoding import decode
from crawlers.link import Link, names_of
from crawlers.status import PageState

_SHIELD_SCRIPT = re.compile(r"\$_ts\s*[=.]|__jsl_clearance|_\$[a-zA-Z]{2,3}\(|acw_sc__v2")
_DATA_SCRIPT = re.compile(
    r"\$\.(ajax|get|post|getJSON)\(|axios|XMLHttpRequest|fetch\(|loadPageData|new Vue|createApp|ReactDOM|ms-controller|ng-app|window\._CONFIG|queryList|dataproxy"
)
_MOUNT = re.compile(r"<(div|section|main)[^<>]{1,200}\bid=[\"']?(app|root|__nuxt|list-?app)[\"']?[^<>]{0,200}>\s{0,50}</")
_GONE = re.compile(
    r"(页面|网页|内容|文件|信息)(不存在|已删除|没有找到|未找到|找不到|丢失|已失效)|(您|你)(访问|查找|要找|请求)的?.{0,6}(页面|网页|内容|资源).{0,8}(不存在|删除|没有|找不到|丢失)|404 ?(not found|错误|页面)|^404$",
    re.IGNORECASE,
)
_BUILDING = re.compile(r"(栏目|网站|页面|内容|频道|系统)?(正在|尚在)?(建设|维护|升级|改版)中")
_EMPTY = re.compile(r"暂无|没有(找到)?(相关)?(数据|信息|内容|记录)|暂时没有|无相关(信息|数据|内容)|开设以来无内容")
_PARKED = re.compile(r"(域名|domain).{0,12}(出售|转让|过期|for sale|expired|parking)", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\">]+)", re.IGNORECASE)
_JUMP = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)")
_INLINE = frozenset({"a", "span", "b", "strong", "i", "em", "font", "u", "small", "label", "td", "th", "sup", "sub"})
_READ = 3_000_000
"""Characters of a page that are read: no list of a government site is longer."""
_RESIDUE = 40
"""Characters of its own that a blank page may still have: a caption, a date of today."""
_HAN_WORDS = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,40}")
_SKIP = frozenset({"script", "style", "noscript", "template", "head"})


class Page:
    """A page at `url` (the address after redirects). `body` is the stored response; `content_type` its header.

    `settled`: a browser has run its scripts and had everything they asked for, so that what stands on it is all that a reader sees.
    """

    def __init__(self, url: str, body: bytes, content_type: str = "", http: int | None = 200, *, settled: bool = False) -> None:
        self.url = url
        self.http = http
        self.settled = settled
        self.encoding, source = decode(body, content_type)
        self.source = source[:_READ]

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed document."""
        return LexborHTMLParser(self.source or "<html></html>")

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The document for close reading; costs 30 times `tree`."""
        return BeautifulSoup(self.source, "html.parser")

    @cached_property
    def base(self) -> str:
        """What relative addresses resolve against."""
        node = self.tree.css_first("base[href]")
        return urljoin(self.url, (node.attributes.get("href") or "").strip()) if node else self.url

    @cached_property
    def title(self) -> str:
        """The text of `<title>`."""
        node = self.tree.css_first("title")
        return " ".join(node.text().split()) if node else ""

    @cached_property
    def meta(self) -> dict[str, str]:
        """Metadata tags; the first non-empty content of each name."""
        found: dict[str, str] = {}
        for node in self.tree.css("meta[name]"):
            name, content = node.attributes.get("name") or "", " ".join((node.attributes.get("content") or "").split())
            if name and content:
                found.setdefault(name, content)
        return found

    def meta_of(self, name: str) -> str:
        """A metadata tag, its name in any case; empty when absent."""
        lowered = name.lower()
        return next((content for key, content in self.meta.items() if key.lower() == lowered), "")

    def absolute(self, href: str) -> str:
        """The address of a link, or empty for `javascript:`, `mailto:` and the like."""
        href = href.strip().replace("\\", "/")
        if not href or href.startswith("#"):
            return ""
        try:
            url = urldefrag(urljoin(self.base, href)).url
        except ValueError:
            return ""
        if not url.startswith(("http://", "https://")):
            return ""
        # Browsers send the query of a link in the page's own encoding.
        return url if url.isascii() else safe_url_string(url, encoding=self.encoding)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every anchor (and image-map area) that leads somewhere, in the page's order."""
        found = []
        for node in self.tree.css("a[href], area[href]"):
            if url := self.absolute(node.attributes.get("href") or ""):
                found.append(Link(names_of(node), url))
        return tuple(found)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of frames and inline frames: what they show belongs to this page."""
        found = [self.absolute(node.attributes.get("src") or "") for node in self.tree.css("frame[src], iframe[src]")]
        return tuple(dict.fromkeys(url for url in found if url))

    @cached_property
    def loose_names(self) -> frozenset[str]:
        """Normal forms of short texts that stand on the page without being links to somewhere: tabs, options, headings, texts that scripts write."""
        found = set()
        for node in self.tree.root.traverse(include_text=True) if self.tree.root else ():
            if node.tag == "-text" and (parent := node.parent) is not None:
                text = node.text_content or ""
                if parent.tag == "script":
                    found |= {normal(word) for word in _HAN_WORDS.findall(text)}
                elif parent.tag not in ("title", "style", "template") and len(text) < 80 and not _linked(parent, self):
                    found.add(normal(text))
        return frozenset(found)

    @cached_property
    def breadcrumb(self) -> tuple[str, ...]:
        """The names after 当前位置 / 您的位置, outermost first; empty when the page has none."""
        for node in self.tree.css(
            "[class*=bread], [class*=crumb], [class*=position], [class*=location], [class*=weizhi], [class*=dqwz], [class*=local], [id*=position], [id*=crumb]"
        ):
            text = " ".join(node.text(separator=" ").split())
            if len(text) < 200 and ("位置" in text or ">" in text or "首页" in text):
                return _crumbs(text)
        match = re.search(r"(?:当前|您的|你的|所在)(?:所在)?位置[：:是]?([^\n]{2,120})", self.text)
        return _crumbs(match.group(1)) if match else ()

    @cached_property
    def own_name(self) -> str:
        """The column's name as the page itself states it: ColumnName, else the last of the breadcrumb."""
        return self.meta_of("ColumnName") or (self.breadcrumb[-1] if self.breadcrumb else "")

    @cached_property
    def text(self) -> str:
        """What a reader sees, one line a block element."""
        body = self.tree.body
        if body is None:
            return ""
        lines: list[str] = []
        block = -1
        for node in body.traverse(include_text=True):
            if node.tag != "-text" or (parent := node.parent) is None or parent.tag in _SKIP:
                if node.tag == "br":
                    block = -1
                continue
            if not (piece := " ".join((node.text_content or "").split())):
                continue
            while parent.tag in _INLINE and parent.parent is not None:
                parent = parent.parent
            if parent.mem_id == block:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
            block = parent.mem_id
        return "\n".join(lines)

    @cached_property
    def attachments(self) -> tuple[str, ...]:
        """Addresses of documents offered for download."""
        documents = re.compile(r"\.(docx?|xlsx?|wps|et|pdf|ofd|zip|rar)$", re.IGNORECASE)
        return tuple(dict.fromkeys(link.url for link in self.links if documents.search(urlsplit(link.url).path)))

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
        if len(self.text) > 400 or len(self.links) > 15:
            return ""
        for node in self.tree.css("meta[http-equiv]"):
            if (node.attributes.get("http-equiv") or "").lower() == "refresh" and (match := _REFRESH.search(node.attributes.get("content") or "")):
                return self.absolute(match.group(1))
        frames = [node.attributes.get("src") or "" for node in self.tree.css("frame[src], iframe[src]")]
        if frames and len(self.links) < 5:
            return self.absolute(frames[-1])
        if len(self.links) < 5 and (match := _JUMP.search(self.source)):
            return self.absolute(match.group(1) or match.group(2))
        return ""

    @cached_property
    def loads_by_script(self) -> bool:
        """Whether inline scripts fetch what the page shows."""
        inline = " ".join(node.text() for node in self.tree.css("script"))
        return not self.settled and (
            bool(_DATA_SCRIPT.search(inline))
            or bool(_MOUNT.search(self.source))
            or any("ms-controller" in (node.attributes or {}) for node in self.tree.css("[ms-controller]"))
        )

    @cached_property
    def state(self) -> PageState:
        """What this page is, before its list is read. An empty list is decided by the reader of lists (`empty_state`)."""
        text, links = self.text, self.links
        short = len(text) < 400
        if short and len(links) < 8 and _SHIELD_SCRIPT.search(self.source):
            return PageState.SHIELD
        if _GONE.search(self.title) or (short and self._says_gone()):
            return PageState.SOFT_404
        if short and _PARKED.search(f"{self.title} {text}"):
            return PageState.PARKED
        if self.tree.css_first("input[type=password]") is not None and len(links) < 15:
            return PageState.LOGIN
        if self.jump:
            return PageState.FRAME if self.tree.css_first("frame[src], iframe[src]") is not None else PageState.SPLASH
        if len(links) < 3 and short and (self.loads_by_script or (_MOUNT.search(self.source) and not self.settled)):
            return PageState.NEEDS_SCRIPT
        return PageState.CONTENT

    def empty_state(self, chrome: Sequence["Page"] = (), menu: Container[str] = frozenset()) -> PageState:
        """What a column page is whose list yielded nothing. `chrome`: pages whose lines stand on every page of the site (home, the page above).

        `menu`: addresses that other pages of the site link to as well, so that a link to them is not this page's own.
        Blank is what holds nothing of its own. A page with links, files, frames, a text, or scripts that could fill it is not blank: it was not understood.
        """
        if self.state is not PageState.CONTENT:
            return self.state
        if self.loads_by_script or self._own_scripts(chrome):
            return PageState.NEEDS_SCRIPT
        lines = {line for page in chrome for line in page.text.split("\n")} | {self.title, self.own_name}
        own = [line for line in self.text.split("\n") if line not in lines and "位置" not in line]
        clickable = [" ".join(node.text().split()) for node in self.tree.css("[onclick]")]
        new = any(link.url != self.url and link.url not in menu for link in self.links)
        if new or self.frames or self.attachments or any(len(text) >= 6 and text not in lines for text in clickable):
            return PageState.CONTENT
        names = sorted({name for link in self.links for name in link.names} | {self.own_name}, key=len, reverse=True)
        own = [_without(line, names) for line in own]
        said = [line for line in own if len(line) <= 40 and (_EMPTY.search(line) or _BUILDING.search(line))]
        if sum(len(line) for line in own if line not in said) > _RESIDUE:
            return PageState.CONTENT
        return PageState.UNDER_CONSTRUCTION if any(_BUILDING.search(line) for line in said) else PageState.BLANK

    def _own_scripts(self, chrome: Sequence["Page"]) -> bool:
        def files(page: "Page") -> set[str]:
            return {page.absolute(node.attributes.get("src") or "") for node in page.tree.css("script[src]")}

        return bool(chrome) and not self.settled and bool(files(self) - {url for page in chrome for url in files(page)})

    def _says_gone(self) -> bool:
        items = [name for link in self.links for name in link.names if _GONE.search(name)]
        return any(len(line) <= 60 and _GONE.search(line) and not any(item in line for item in items) for line in self.text.split("\n"))


def _without(line: str, names: Sequence[str]) -> str:
    """What a line says beside the names of links."""
    for name in names:
        if name:
            line = line.replace(name, "")
    return line.strip()


def _linked(node: LexborNode | None, page: Page) -> bool:
    """Whether a node stands in an anchor that leads somewhere."""
    while node is not None:
        if node.tag == "a":
            return bool(page.absolute(node.attributes.get("href") or ""))
        node = node.parent
    return False


def _crumbs(text: str) -> tuple[str, ...]:
    text = re.sub(r"^.*?位置[：:是]?", "", text)
    return tuple(part.strip() for part in re.split(r"\s*(?:>>?|»|›|/|→|＞|\s{1,})\s*", text) if normal(part))
