"""Titles that stand in an attribute: of a link that shows nothing, or that shows only how its title begins."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

_KEPT = ("title", "aria-label", "data-title", "data-original-title", "data-name", "alt")
_CUT = ("…", "..", "⋯", "。。。")
_DOTS = "….⋯。 "
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TITLE, _BEGUN = 6, 4
"""Chinese characters of what may be the title of a link that shows nothing: the names of tools are shorter; characters that a title and its beginning share."""
_ROWS = frozenset({"li", "td", "dd", "p", "div", "span"})


def names(anchor: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Whether a link that shows no text, nor a picture, has a title in an attribute."""
    if not any(attributes.get(name) for name in _KEPT) or anchor.css_first("img") is not None:
        return False
    return bool(whole(anchor, ""))


def is_cut(shown: str) -> bool:
    """Whether a text is only the beginning of a title, or nothing."""
    return len(shown) < 2 or shown.endswith(_CUT)


def whole(anchor: LexborNode, shown: str) -> str:
    """The title that `shown` is the beginning of, from an attribute of the link, of what it holds or of what holds it; empty when none says more."""
    begun = shown.rstrip(_DOTS)[:_BEGUN] if len(shown) >= 2 else ""
    for stated in _stated(anchor, beside=bool(begun)):
        if stated.startswith(begun) and (begun or len(_HAN.findall(stated)) >= _TITLE) and not stated.endswith(_CUT):
            return stated
    return ""


def _stated(anchor: LexborNode, *, beside: bool) -> Iterator[str]:
    yield from _of(anchor)
    if not beside:
        return
    for node in anchor.css("[title]"):
        yield from _of(node)
    over = anchor.parent
    if over is not None and over.tag in _ROWS and len(over.css("a")) == 1:
        yield from _of(over)


def _of(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    for name in _KEPT:
        if stated := (attributes.get(name) or "").strip():
            yield stated
