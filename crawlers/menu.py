"""Menus that scripts write: links read out of string literals, inline and in the site's own menu files. Nothing is ever executed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.anchor import said_in
from crawlers.base import Base
from crawlers.columns import normal
from crawlers.dialects.gkmlpt import tree_links
from crawlers.link import Link, is_address, is_file, links_in
from crawlers.loading import asks
from crawlers.observation import Gap
from crawlers.page import Page
from crawlers.remembered import remembered
from crawlers.status import FetchStatus, PageState, Phase
from crawlers.visit import Visit, Visitor

_TOKEN = re.compile(
    r"""//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?<=[(,=:\[!&|?{};+])\s?/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){1,100}+\]){1,200}+/[a-z]{0,5}|"""
    r""""(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_PLUS = re.compile(r"\s{0,20}\+\s{0,20}(?:([\w$.]{1,60})\s{0,20}\+\s{0,20})?")
_ASSIGNED = re.compile(r"([\w$]{1,60})\s{0,20}=\s{0,20}$")
_WRITTEN = re.compile(r"(?:write(?:ln)?|html|append|prepend)\s{0,9}\(\s{0,9}$|(?:innerHTML|\+)\s{0,9}=\s{0,9}$")
_FILLED = re.compile(r"\$\{[^{}]{0,200}\}?")
_BRACKET = re.compile(r"[\[\](){}]")
_HAN = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_WORD = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,40}")
_LEADS = re.compile(r"href|url|link|write|src|path|\.s?html?|/['\"]", re.IGNORECASE)
_MENU_NAME = re.compile(r"menu|nav|daohang|dh\b|column|channel|lanmu|lm\b|tree|catalog|sitemap", re.IGNORECASE)
_FRAME_NAME = re.compile(r"head|top|left|dir\b|main|public|common|foot", re.IGNORECASE)
"""Files that may hold a menu among other things: one that was not had leaves a gap only where the page shows few links itself."""
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|vue|react|angular|avalon|layer|layui|echarts|video|player|slide|scroll|flexible|polyfill|require|sea\.js|base64|md5|qrcode|"
    r"stat|count|hm\.js|baidu|analytics|cnzz|share|weather|wza|barrier|canyou|toolbar|adapt|respond|html5shiv|gov\.js|page(?:r|ination)|search|login|validate|date|font",
    re.IGNORECASE,
)
_PACKED = re.compile(r"\.min\b|ztree|treeview|\d\.\d", re.IGNORECASE)
_UNKNOWN = "\ue0ff"
"""Stands for what a script puts in where it runs: a private character, which HTML leaves as it is."""
_SCRIPT = 400_000
"""Characters of scripts of one page that are read."""
_LINKS = 600
_DEEP = 200
_FILES = 4
_WIDE = 10
_ALL_FILES = 24
_FEW = 12
_NAME = 30


@remembered
def script_links(page: Page) -> tuple[Link, ...]:
    """Links that the page's own scripts write: `document.write`, `innerHTML`, arrays and records of names and addresses, the tree of a catalogue platform."""
    found: list[Link] = []
    room = _SCRIPT
    for node in page.tree.css("script:not([src])"):
        text = node.text()
        if room > 0 and _speaks(text) and _LEADS.search(text):
            found += read_script(text[:room], page)
            room -= len(text)
    return (*_tree(page), *found[:_LINKS])


def _tree(page: Page) -> tuple[Link, ...]:
    return tree_links(page) if "_CONFIG" in page.source else ()


def _speaks(script: str) -> bool:
    """Whether a script holds Chinese, as it is or escaped: most hold nothing but ASCII, which is seen at once."""
    return (not script.isascii() or "\\u" in script) and _HAN.search(script) is not None


def read_script(text: str, page: Page) -> list[Link]:
    """Links that a script writes onto `page`, whose address its relative ones resolve against."""
    html: list[str] = []
    groups: list[list[str]] = [[]]
    found: list[Link] = []
    for written, value, gap in _expressions(text):
        for bracket in _BRACKET.findall(gap):
            if bracket in "[({":
                groups += [[]] if len(groups) < _DEEP else []
            elif len(groups) > 1:
                found += _pair(groups.pop(), page)
        if "<" in value or written:
            html.append(value)
        elif _UNKNOWN not in value:
            groups[-1].append(value)
    while len(groups) > 1:
        found += _pair(groups.pop(), page)
    joined = "".join(html)
    if "<" in joined:
        tree = LexborHTMLParser(joined)
        found += [Link(link.names, link.url, written=True) for link in links_in(tree, [(None, said_in(tree))], joined, _Base(page.base, page.encoding))]
    return [link for link in found[:_LINKS] if link.names and not any(_UNKNOWN in name for name in link.names)]


class _Base(Base):
    """Against which an address of which a part is unknown leads nowhere."""

    def absolute(self, href: str) -> str:
        return "" if _UNKNOWN in href else super().absolute(href)


def _expressions(text: str) -> Iterator[tuple[bool, str, str]]:
    """String values of a script, concatenations joined: whether it is written out as HTML, the value, and what stands between it and the one before."""
    known: dict[str, str] = {}
    end, value, before, gap = 0, None, "", ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token.lstrip().startswith("/"):
            continue
        between = text[end : match.start()]
        joins = _PLUS.fullmatch(between) if value is not None and len(between) < 160 else None
        plain = _unescaped(token)
        end = match.end()
        if joins:
            value = (value or "") + (known.get(joins[1], _UNKNOWN) if joins[1] else "") + plain
            continue
        if value is not None:
            yield _out(before, value, gap, between, known)
        value, before, gap = plain, between[-90:], between
    if value is not None:
        yield _out(before, value, gap, text[end : end + 60], known)
        yield False, "", text[end:]


def _out(before: str, value: str, gap: str, after: str, known: dict[str, str]) -> tuple[bool, str, str]:
    if after.lstrip().startswith("+") and not after.lstrip().startswith("++"):
        value += _UNKNOWN
    elif (name := _ASSIGNED.search(before)) and len(known) < 500:
        known[name[1]] = value
    return bool(_WRITTEN.search(before)), value, gap


def _unescaped(token: str) -> str:
    body = token[1:-1] if len(token) > 1 and token[-1] == token[0] else token[1:]
    if token[0] == "`" and "${" in body:
        body = _FILLED.sub(_UNKNOWN, body)
    return _ESCAPE.sub(_escape, body) if "\\" in body else body


def _escape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "ux" and len(code) > 1:
        return chr(int(code[1:], 16))
    return {"n": " ", "t": " ", "r": " ", "\n": ""}.get(code, code)


def _pair(strings: list[str], page: Page) -> list[Link]:
    """A record with one address and a name beside it is a link."""
    addresses = list(dict.fromkeys(one for one in strings if is_address(one)))
    names = tuple(dict.fromkeys(one for one in strings if _HAN.search(one) and len(one) <= _NAME and not is_address(one)))
    if len(addresses) == 1 and 1 <= len(names) <= 3 and (url := page.absolute(addresses[0])):
        return [Link(names, url, written=True)]
    return []


@dataclass
class Menus:
    """The links of a site's pages, those of its script files among them. `on_site`: hosts whose files are read. `failed`: files that could not be had.

    `words`: normal forms of what stands in files without being a link that was understood.
    """

    visitor: Visitor
    on_site: Callable[[str], bool]
    phase: Phase
    failed: dict[str, Gap] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    _known: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)

    def links(self, visit: Visit, *, wide: bool = False) -> tuple[Link, ...]:
        """Every link of an opened page: its own, those its scripts write, those that menu files write. `wide`: whatever its own files are called."""
        page = visit.page
        assert page is not None
        if page.url not in self._known:
            written = script_links(page)
            self._known[page.url] = (*page.links, *written, *self._from_files(page, written, wide=wide))
        return self._known[page.url]

    def gaps(self) -> list[Gap]:
        """Menu files that could not be had: what they would have shown is not known."""
        return list(self.failed.values())

    def _from_files(self, page: Page, written: tuple[Link, ...], *, wide: bool) -> list[Link]:
        if not menu_files(page, few=True):
            return []
        few = len({link.url for link in (*page.links, *written) if self.on_site(link.url)}) < _FEW
        found: list[Link] = []
        for number, url in enumerate(file for file in menu_files(page, few=few or wide) if self.on_site(file)):
            if url not in self._files and (number >= (_WIDE if wide else _FILES) or len(self._files) >= _ALL_FILES):
                if wide or _MENU_NAME.search(_name(url)):
                    self.failed[url] = Gap(url, FetchStatus.CANCELLED, None, over_budget=True)
                continue
            self._files.add(url)
            visit = self.visitor.open(url, self.phase)
            script = Page(url, visit.body, visit.response.content_type).source[:_SCRIPT] if visit.response.ok else "<"
            if script.lstrip().startswith("<"):
                if not visit.dead and (few or _MENU_NAME.search(_name(url))):
                    self.failed[url] = Gap(
                        url, visit.response.status, visit.state, visit.over_budget
                    )  # no answer, or a page in place of the script: a shield, a login
                continue
            if wide and not _LIBRARY.search(_name(url)) and asks(script, sure=False):
                self.failed[url] = Gap(url, visit.response.status, PageState.NEEDS_SCRIPT)
            if _speaks(script):
                found += read_script(script, page) if _LEADS.search(script) else []
                self.words |= {normal(word) for word in _WORD.findall(_ESCAPE.sub(_escape, script))}
        return found[:_LINKS]


def menu_files(page: Page, *, few: bool) -> list[str]:
    """Script files that may write the page's menu: named like one, or any of the page's own where it has `few` links. A library that is named like a menu may be the site's own."""
    found = []
    for url in page.script_files:
        name = _name(url)
        library = _LIBRARY.search(name) and (_PACKED.search(name) or not _MENU_NAME.search(name))
        if url and not library and (_MENU_NAME.search(name) or _FRAME_NAME.search(name) or (few and is_file(url))):
            found.append(url)
    return sorted(dict.fromkeys(found), key=lambda url: not _MENU_NAME.search(_name(url)))


def _name(url: str) -> str:
    return urlsplit(url).path.rsplit("/", 1)[-1]
