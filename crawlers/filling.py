"""What on a page says that a script may fill it: rows that are not there yet, elements that wait for them, words that say so. Nothing is ever executed."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

if TYPE_CHECKING:
    from crawlers.page import Page

_RUNS = frozenset({"", "module", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "text/jscript", "text/vbscript"})
_PAGER = re.compile(r"\W{0,20}createPage(?:HTML)?\([^(){};]{0,200}\)\W{0,20}")
"""Writes the numbers of pages below a list that stands in the page."""
_LIBRARY = re.compile(
    r"/(?:jquery(?:[-.]\d[\d.]*)?|html5shiv|respond|modernizr[\w.-]{0,20})(?:\.min|\.slim)*\.js(?:\?|$)|hm\.baidu\.com|cnzz\.com|s\.union\.360", re.IGNORECASE
)
_DRESS = re.compile(
    r"function|\$|jQuery|ready|on|click|hover|mouseover|each|if|eq|index|length|find|filter|not|is|parents?|children|siblings|next|prev|first|last|closest|"
    r"(?:add|remove|toggle|has)Class|css|show|hide|toggle|fade(?:In|Out)|slide(?:Down|Up|Toggle)?|stop|animate|SuperSlide|[sS]wiper|"
    r"getElement(?:ById|sByClassName|sByTagName)|querySelector(?:All)?|width|height|scroll(?:Top)?|resize"
)
"""What a script calls that only marks, shows and moves what stands on the page already."""
_CALLED = re.compile(r"([\w$]{1,60})\s{0,9}\(")
_WRITES = re.compile(r"innerHTML|outerHTML|<|\bsrc\b|\bhref\b|url|ajax|https?:|location|\.(?:do|jsp|php|json|ashx|aspx|action)\b|`|\[['\"]", re.IGNORECASE)
_LOADING = re.compile(r"(?:加载|载入|读取)中|正在(?:努力|拼命|玩命)?(?:加载|载入|读取)|^\W*loading\W*$", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}|\$\{[^{}]{1,80}\}|<%=|\{%")
_BOUND = (
    "[data-url], [data-api], [data-ajax], [data-source], [data-toggle=table], [data-options*=url], [data-channel], [v-for], [v-html], [v-if], [ng-repeat], [ms-for], [ms-repeat], "
    "[ng-app], [v-cloak], [x-data], [data-v-app], [hx-get]"
)
_FILLING = frozenset({"img", "input", "iframe", "object", "embed", "video", "a", "svg"})
_CONTAINERS = "ul, ol, dl, table, tbody, div, section"
_PAGED = re.compile(r"page(?:r|s|_?div|_?bar|_?nav|_?num|_?html|ination)?\d?|fenye|fy", re.IGNORECASE)
_ELSEWHERE = re.compile(r"clear|share|back|float|banner|nav|foot|head|top|slide|wza|tool|code|crumb|position|weixin|audio|accessib|^bd", re.IGNORECASE)
_FILLED = re.compile(
    r"list|data|rows?$|items?$|grid|tbody|app|ajax|render|tpl|result|record|load|no-?(?:data|content|result|record)|^(?:l|t|tb|ul|box)$", re.IGNORECASE
)


def filled_by_script(page: "Page", chrome: Sequence["Page"], empty: re.Pattern[str]) -> str:
    """What on a page says that a script may write its rows, in Chinese; empty when nothing does. `empty`: how a page says that it holds nothing."""
    lines = page.text.split("\n")
    known = {line for other in chrome for line in other.text.split("\n")}
    if any(len(line) <= 40 and _LOADING.search(line) and line not in known for line in lines):
        return "页面显示加载中"
    if page.settled:
        return ""
    if chrome and set(_inline(page)) - {script for other in chrome for script in _inline(other)}:
        return "页面有自己的脚本"
    if page.tree.css_first("script[type=module]") is not None:
        return "页面由脚本程序生成"
    shared = {mark(node) for other in chrome for node in other.tree.css(_BOUND)}
    if any(mark(node) not in shared for node in page.tree.css(_BOUND)) or any(_TEMPLATE.search(line) for line in lines if line not in known):
        return "页面有由脚本填写的元素"
    if not _acts(page):
        return ""
    stood = {mark(node) for other in chrome for node in _hollow(other)}
    if any(mark(node) not in stood for node in _hollow(page)):
        return "页面有待脚本填写的空元素"
    return "“暂无”写在由脚本填写的元素里" if any(_placeholder(node) for node in _saying(page, empty)) else ""


def hollow_names(page: "Page", chrome: Sequence["Page"]) -> set[str]:
    """Class names of the page's own elements that hold nothing: what a script of every page may fill without an `id` to find it by."""
    shared = {mark(node) for other in chrome for node in other.tree.css("[class]")}
    bare = (node for node in page.tree.css(_CONTAINERS) if node.attributes.get("class") and not _holds_anything(node) and mark(node) not in shared)
    return {name for node in bare for name in (node.attributes.get("class") or "").split() if not _ELSEWHERE.search(name)}


def own_files(page: "Page") -> list[str]:
    """Addresses of a page's script files that are no known library."""
    files = (page.absolute(node.attributes.get("src") or "") for node in page.tree.css("script[src]"))
    return [url for url in dict.fromkeys(files) if url and not _LIBRARY.search(f"/{url}")]


def mark(node: LexborNode) -> tuple[str, ...]:
    """What tells an element from others: its name and those attributes by which it is addressed or filled."""
    kept = (
        "id",
        "name",
        "src",
        "data",
        "href",
        "data-src",
        "data-original",
        "data-pdf",
        "data-url",
        "data-api",
        "data-options",
        "data-channel",
        "class",
        "v-for",
        "action",
    )
    return (node.tag or "", *(f"{key}={value}" for key in kept if (value := node.attributes.get(key))))


def _inline(page: "Page") -> Iterator[str]:
    for node in page.tree.css("script:not([src])"):
        text = " ".join(node.text().split())
        if (node.attributes.get("type") or "").strip().lower() in _RUNS and text and not _PAGER.fullmatch(text) and not _only_dresses(text):
            yield text


def _only_dresses(script: str) -> bool:
    """Whether a script can write nothing: it calls what marks, shows and moves elements, and nothing else."""
    called = _CALLED.findall(script)
    return bool(called) and all(_DRESS.fullmatch(name) for name in called) and not _WRITES.search(script)


def _acts(page: "Page") -> bool:
    """Whether scripts run on the page that could write into it."""
    files = (node.attributes.get("src") or "" for node in page.tree.css("script[src]"))
    return any(not _LIBRARY.search(f"/{address}") for address in files) or next(_inline(page), None) is not None


def _hollow(page: "Page") -> Iterator[LexborNode]:
    """Elements that hold nothing and have a name by which a script can find them."""
    for node in page.tree.css(_CONTAINERS):
        holder = (
            node.parent.parent
            if node.tag == "tbody" and node.parent is not None and node.parent.tag != "table"
            else node.parent
            if node.tag == "tbody"
            else node
        )
        if (
            holder is None
            or not _is_addressed(holder)
            or _PAGED.fullmatch(holder.attributes.get("id") or "")
            or _ELSEWHERE.search(f"{holder.attributes.get('id') or ''} {holder.attributes.get('class') or ''}")
        ):
            continue
        if not _holds_anything(node):
            yield node


def _holds_anything(node: LexborNode) -> bool:
    """Whether text, a picture, a field or a link stands in an element; the first one tells."""
    return any(one.tag in _FILLING or (one.tag == "-text" and bool((one.text_content or "").strip())) for one in node.traverse(include_text=True))


def _is_addressed(node: LexborNode) -> bool:
    return bool(node.attributes.get("id")) or any(key.startswith(("data-", "lay-", "v-", "ng-", ":")) for key in node.attributes)


def _saying(page: "Page", empty: re.Pattern[str]) -> Iterator[LexborNode]:
    """Elements whose text says that there is nothing."""
    body = page.tree.body
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.tag == "-text" and node.parent is not None and node.parent.tag not in ("script", "style"):
            text = " ".join((node.text_content or "").split())
            if 0 < len(text) <= 40 and empty.search(text):
                yield node.parent


def _placeholder(node: LexborNode | None) -> bool:
    """Whether a text stands where a script writes: in an element named like a list, or shown only when a script says so."""
    for _ in range(3):
        if node is None or node.tag == "body":
            return False
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if _FILLED.search(node.attributes.get("id") or "") or "display:none" in style or "hidden" in node.attributes:
            return True
        if re.search(r"no-?data|loading", node.attributes.get("class") or "", re.IGNORECASE):
            return True
        node = node.parent
    return False
