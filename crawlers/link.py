"""A link of a page: the names it goes by, where it leads, and what its address looks like."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.address import path_and_query
from crawlers.anchor import Said, names_of
from crawlers.base import Base, from_root
from crawlers.block import Block, Piece
from crawlers.columns import beginning, normal
from crawlers.value import value

_ARTICLE = re.compile(
    r"/art/\d{4}/|/t\d{8}_\d+|/content/post_|/content_\d+|[/_]\d{6,}\.s?html?$|/[0-9a-f]{32}\.s?html?$|art_[0-9a-f]{32}|/\d{4}-\d{2}/\d{2}/|/20\d{4}/[^/]+\.s?html?$"
)
_FILE = re.compile(r"\.(docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|txt|csv|jpe?g|png|gif|mp[34]|css|js|ico|xml)$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s'\"<>]+|\.{0,2}/[^\s'\"<>]*|(?:[\w-]+/)*[\w-]+\.(?:s?html?|jhtml|jspx?|aspx?|php|do|action)(?:[?#][^\s'\"<>]*)?|(?:[\w-]+/)+",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"(['\"])([^'\"\s<>\\]{1,300})\1\s{0,9}(\+?)")
_HANDLED = ("data-href", "data-url", "data-link")
_JUMPS = re.compile(r"location|open|href|url|go\b|jump", re.IGNORECASE)
MAX_LINKS = 5_000
"""Links of one page that are read, the first ones: no page of a government site has more."""
_LABEL = 40
"""Characters of the longest text that names a thing to click; what is longer is a block that holds things."""
_BLOCK = 200
"""Characters of a block, white space included, that may be a name as a whole."""
_NAMED = ":is(h1, h2, h3, h4, h5, h6, dt, li, th, p, button, summary, legend, caption):not(:has(a[href])), input[value], br"
_HEADING = 15
_BUTTONS = frozenset({"button", "submit", "image", "reset"})


@value
class Link:
    """An anchor: the names it goes by (its text, `title`, the `alt`/`title` of its images) and its absolute address without fragment.

    `written`: the address was read out of a script, a handler or an option, or the name from the heading beside it: what stands there may be put together otherwise.
    """

    names: tuple[str, ...]
    url: str
    written: bool = False

    @property
    def text(self) -> str:
        """The name a reader sees first."""
        return self.names[0] if self.names else ""


@lru_cache(32_768)
def is_article(url: str) -> bool:
    """Whether the address is shaped like that of one article rather than of a column."""
    return bool(_ARTICLE.search(path_and_query(url)[0]))


@lru_cache(32_768)
def is_file(url: str) -> bool:
    """Whether the address names a file rather than a page."""
    return names_file(path_and_query(url)[0])


def names_file(path: str) -> bool:
    """Whether the path of an address does."""
    return bool(_FILE.search(path))


def is_address(text: str) -> bool:
    """Whether a string in a script is an address of a page."""
    return len(text) <= 300 and bool(_ADDRESS.fullmatch(text)) and not is_file(text)


def links_in(tree: LexborHTMLParser, pieces: Iterable[Piece], source: str, base: Base, may_hold: Callable[..., bool] = lambda *_: True) -> Iterator[Link]:
    """Everything that leads somewhere: anchors and image-map areas in their order, then jump menus and things to click whose address stands in the page.

    `may_hold`: whether one of some `MARKS` may stand in the source.
    """
    for block, anchors in pieces:
        if block is not None:
            yield from _of_block(block, base)
            continue
        for node, said in anchors:
            if (known := said.known) is not None and known[0] == base.origin:
                url = known[1].url
                base.known[said.href] = url
                yield known[1]
            elif url := base.absolute(said.href):
                names = said.names
                if not names and node.tag == "area" and (alternative := said.attributes.get("alt")):
                    names = (alternative,)
                yield _link(names, url, said, base)
            elif url := handled(said.attributes, base.absolute):
                yield Link(said.names, url, written=True)
            if url and said.mute and (beside := _heading(node, said.own)):
                yield Link((beside,), url, written=True)
    if may_hold("<option") and ("<option" in source or "<OPTION" in source):
        yield from _options(tree, base.absolute)
    if may_hold("onclick", *_HANDLED) and ("onclick" in source or "data-" in source):
        for node in tree.css(":is([onclick], [data-href], [data-url], [data-link]):not(a[href]):not(area[href])"):
            names = names_of(node)
            if (not names or len(names[0]) <= _LABEL) and (url := handled(node.attributes, base.absolute)):
                yield Link(names, url, written=True)


def _of_block(block: Block, base: Base) -> Iterable[Link]:
    """The links of a menu that is known, on pages of the base's origin; the base then knows where they lead."""
    origin, links, hrefs = block.stood
    if origin != base.origin:
        origin = base.origin
        hrefs = {said.href: intern(origin + said.href if from_root(said.href) else said.href) for said in block.said}
        links = tuple(_shared(said.names, hrefs[said.href]) for said in block.said)
        block.stood = origin, links, hrefs
    base.known.update(hrefs)
    return links


def _link(names: tuple[str, ...], url: str, said: Said, base: Base) -> Link:
    """The link of an anchor; remembered with it where the address stands against the page's origin alone."""
    link = _shared(names, intern(url))
    href = said.href
    if base.origin and (url == href or (href.startswith("/") and url == base.origin + href)):
        said.known = base.origin, link
    return link


@lru_cache(16_384)
def _shared(names: tuple[str, ...], url: str) -> Link:  # the menus of a site are the same on every page of it
    return Link(names, url)


def block_names(tree: LexborHTMLParser, wanted: frozenset[str]) -> set[str]:
    """Normal forms of the `wanted` names that blocks without links bear as a whole, however their pieces are broken up, and of those that stand on buttons."""
    found: set[str] = set()
    broken: dict[int, LexborNode] = {}
    begins = beginning(wanted).match
    for node in tree.css(_NAMED):
        if (tag := node.tag) == "br":
            if (block := node.parent) is not None:
                broken[block.mem_id] = block
        elif tag == "input":
            attributes = node.attributes
            if attributes.get("type") in _BUTTONS and (name := normal(attributes.get("value") or "")) in wanted:
                found.add(name)
        elif (first := node.child) is not None and (first.next is not None or first.tag != "-text"):
            text = node.text(separator="")
            if len(text) < _BLOCK and begins(text) and (name := normal(text)) in wanted:
                found.add(name)
    for block in broken.values():
        text = block.text(separator="")
        if len(text) < _BLOCK and begins(text) and (name := normal(text)) in wanted and block.css_first("a[href]") is None:
            found.add(name)
    return found


def literal_address(script: str) -> str:
    """The first address that a handler states as a whole: not one that it puts together."""
    for match in _LITERAL.finditer(script[:2000]):
        if not match[3] and is_address(match[2]):
            return match[2]
    return ""


def handled(attributes: Mapping[str, str | None], absolute: Callable[[str], str]) -> str:
    """Where a click on an element leads, as its attributes state it whole; empty when they do not."""
    for name in _HANDLED:
        if (stated := (attributes.get(name) or "").strip()) and is_address(stated):
            return absolute(stated)
    href, handler = attributes.get("href") or "", attributes.get("onclick") or ""
    script = href if href.strip().lower().startswith("javascript:") else ""
    return absolute(literal_address(f"{script};{handler}")) if script or handler else ""


def _options(tree: LexborHTMLParser, absolute: Callable[[str], str]) -> Iterator[Link]:
    for node in tree.css("option[value]"):
        value = (node.attributes.get("value") or "").strip()
        if is_address(value) and _is_jump_menu(node) and (url := absolute(value)) and (names := names_of(node)):
            yield Link(names, url, written=True)


def _is_jump_menu(option: LexborNode) -> bool:
    """A select that leads somewhere says so, or stands outside any form: in a form its values are what is sent."""
    node = option.parent
    for _ in range(8):
        if node is None:
            return True
        if node.tag == "select" and _JUMPS.search(node.attributes.get("onchange") or ""):
            return True
        if node.tag == "form":
            return False
        node = node.parent
    return True


def _heading(anchor: LexborNode, own: str) -> str:
    """What a link called only 「更多」 (`own`) leads to more of: the short text it stands beside."""
    node = anchor.parent
    for _ in range(3):
        if node is None or node.tag in ("body", "html", "li") or len(node.css("a")) > 1:
            return ""
        if text := " ".join(node.text(separator=" ").replace(own, " ").split()):
            return text if len(normal(text)) <= _HEADING else ""
        node = node.parent
    return ""
