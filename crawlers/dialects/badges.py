"""Marks that a list sets on its entries and that are no part of their titles: 置顶, NEW, [图], 热, a running number."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

_WORDS = r"置\s?顶|顶|图|图文|组图|视频|图解|热|热点|热门|新|最新|荐|推荐|精|精华|原创|转载|头条|new|hot|top"
_BRACKETED = re.compile(rf"^\s*(?:[\[【(（〔［](?:{_WORDS})[\]】)）〕］]\s*)+", re.IGNORECASE)
_MARK = re.compile(rf"[\[【(（〔［]?\s?(?:{_WORDS})[!！]?\s?[\]】)）〕］]?|\d{{1,3}}[.、]?", re.IGNORECASE)
_OPENS = "[【(（〔［"
_LONGEST = 6
_LEAST = 4
"""Characters that a title keeps at least."""


def without_badges(anchor: LexborNode, title: str) -> str:
    """A title without the marks: those in brackets before it, and those that stand in an element of their own at either end of the link."""
    if title[:1] in _OPENS and title:
        title = _BRACKETED.sub("", title) or title
    child = anchor.child
    if child is None or (child.next is None and child.tag == "-text"):
        return title
    for node, ahead in ((_first(child, forward=True), True), (_first(anchor.last_child, forward=False), False)):
        if node is None or node.tag in ("-text", "-comment", "img", "br"):
            continue
        text = " ".join(node.text().split())
        if not 0 < len(text) <= _LONGEST or not _is_mark(text) or (text[0].isdigit() and not ahead) or len(title) < len(text) + _LEAST:
            continue
        title = title.removeprefix(text).lstrip() if ahead else title.removesuffix(text).rstrip()
    return title


@lru_cache(1024)
def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None


def _first(node: LexborNode | None, *, forward: bool) -> LexborNode | None:
    """The node, or the next one after (or before) it that is no white space."""
    while node is not None and node.tag == "-text" and not (node.text_content or "").strip():
        node = node.next if forward else node.prev
    return node
