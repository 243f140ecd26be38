"""Ways into an accessible (无障碍) and an elderly (适老) version, and whether they lead anywhere."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawlers.anchor import names_of
from crawlers.checks.record import Entry
from crawlers.page import Page
from crawlers.remembered import remembered

_LONGEST = 16
_DOING = r"(?:进入|打开|开启|启用|切换到?|网站|政府网站|本站)?"
_PART = r"(?:浏览|阅读|模式|版本?|专版|服务|专区|工具条?|辅助(?:工具|浏览)?|助手|通道|开关|入口|网站|导航|无障碍|改造)"
_ACCESSIBLE = re.compile(rf"{_DOING}(?:信息)?无障碍(?:适老化?|长者|关怀)?{_PART}{{0,3}}")
_ELDERLY = re.compile(
    rf"{_DOING}(?:无障碍)?(?:(?:适老化?|长者|长辈){_PART}{{0,3}}|(?:关怀|关爱|敬老|大字){_PART}{{1,3}}|(?:老年人?|老人)(?:服务|办事)?(?:版本?|模式|专版|专区|通道|入口))"
)
_SIGNS = re.compile("[碍老长怀爱字]")
"""One of them stands in every name of such a version."""
_JOINTS = re.compile(r"[^\u4e00-\u9fff]+|[和与及]")
_TOOL = re.compile(r"wza|barrier-?_?free|accessib|a11y|/aria(?:\.min)?\.js|ariabar|wuzhangai|canyou|slh(?:bs)?[./]|esd_?wza|blind|读屏|无障碍", re.IGNORECASE)
_CALL = re.compile(r"[\w$.\]]\(")
_IDLE = re.compile(r"javascript:(?:void\(?(?:0|null)?\)?|;|returnfalse|history\.go\(0\))*")
_HANDLERS = ("onclick", "onmousedown", "onmouseup", "ontouchstart", "@click", "v-on:click", "ng-click", "ms-click", "data-href", "data-url")


def entries(page: Page, dead: Collection[str] = ()) -> tuple[Entry | None, Entry | None]:
    """The accessible and the elderly entry of a home page, of several the one that leads furthest; None where there is none. `dead`: addresses that lead to nothing."""
    found = [(accessible, replace(entry, leads=False) if entry.leads and entry.url in dead else entry) for accessible, entry in _all(page)]
    return _best(entry for accessible, entry in found if accessible), _best(entry for accessible, entry in found if not accessible)


def _best(found: Iterator[Entry]) -> Entry | None:
    return min(found, key=lambda entry: (True, None, False).index(entry.leads), default=None)


@remembered
def _all(page: Page) -> tuple[tuple[bool, Entry], ...]:
    return tuple(_found(page))


def _found(page: Page) -> Iterator[tuple[bool, Entry]]:
    tool = any(_TOOL.search(node.attributes.get("src") or "") for node in page.tree.css("script[src]"))
    for node in page.tree.css("a, area, button, input[type=button], [onclick], span, li, div, img[alt]"):
        if node.tag in ("span", "li", "div") and not _is_leaf(node):
            continue
        if not _SIGNS.search(node.html or ""):
            continue
        for name in _names(node):
            accessible, elderly = _kinds(name)
            if accessible or elderly:
                entry = _entry(node, name, page, tool=tool)
                yield from ((kind, entry) for kind, holds in ((True, accessible), (False, elderly)) if holds)
                break


def _is_leaf(node: LexborNode) -> bool:
    """Whether a block holds nothing but a text of its own, and is not the inside of a link or button."""
    child = node.child
    if child is None or child.next is not None or child.tag != "-text":
        return False
    above = node.parent
    for _ in range(4):
        if above is None:
            break
        if above.tag in ("a", "button"):
            return False
        above = above.parent
    return True


def _names(node: LexborNode) -> tuple[str, ...]:
    names = (node.attributes.get("alt") or "",) if node.tag == "img" else (*names_of(node), node.attributes.get("value") or "")
    return tuple(name for name in names if 0 < len(name) <= _LONGEST)


def _kinds(name: str) -> tuple[bool, bool]:
    """Whether a text names an accessible version, and whether an elderly one; the title of an article on the matter names neither."""
    parts = [part for part in _JOINTS.split(name) if part]
    elderly = [bool(_ELDERLY.fullmatch(part)) for part in parts]
    if not parts or not all(old or _ACCESSIBLE.fullmatch(part) for part, old in zip(parts, elderly, strict=True)):
        return False, False
    return any("无障碍" in part for part in parts), any(elderly) or any(word in name for word in ("适老", "长者", "关怀"))


def _entry(node: LexborNode, name: str, page: Page, *, tool: bool) -> Entry:
    """`tool`: the page loads a known tool, which finds its buttons itself."""
    link: LexborNode | None = node
    for _ in range(4):
        if link is None or link.tag in ("a", "button") or any(link.attributes.get(handler) for handler in _HANDLERS):
            break
        link = link.parent
    attributes = (link or node).attributes
    href = (attributes.get("href") or "").strip()
    url = page.absolute(href)
    if url and url.partition("#")[0] != page.url.partition("#")[0]:
        return Entry(name, url, leads=True)
    scripts = [attributes.get(handler) or "" for handler in _HANDLERS]
    if any(script.strip() for script in scripts) or (_is_call(href)):
        return Entry(name, "", leads=True)
    if tool:
        return Entry(name, "", leads=True)
    return Entry(name, href, None if _is_bound(attributes.get("id") or "", page) else False)


def _is_call(href: str) -> bool:
    compact = "".join(href[:500].lower().split())
    return compact.startswith("javascript:") and not _IDLE.fullmatch(compact) and bool(_CALL.search(compact))


def _is_bound(name: str, page: Page) -> bool:
    """Whether an inline script speaks of an element by its id: what it does there is not to be seen."""
    return bool(name) and any(
        f"{quote}{mark}{name}{quote}" in node.text() for node in page.tree.css("script:not([src])") for quote in "'\"" for mark in ("", "#")
    )
