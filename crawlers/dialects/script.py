"""What scripts of a page state, read as text and never run: string constants, loosely written objects, calls."""

import re
from html import unescape
from json import JSONDecoder
from urllib.parse import unquote

from crawlers.page import Page

_PAIR = re.compile(
    r"""['"]?(\b[A-Za-z_$][\w$]{0,39}(?:\[\])?)['"]?\s{0,8}[:=]\s{0,8}(?:'([^'\\\n<>]{0,300})'|"([^"\\\n<>]{0,300})"|(-?\d{1,18}|true|false|null)\b)"""
)
_STRING = re.compile(r"""'([^'\\\n]{1,2000})'|"([^"\\\n]{1,2000})\"""")
_DECODER = JSONDecoder()


def inline(page: Page) -> str:
    """The text of the page's inline scripts."""
    return "\n".join(node.text() for node in page.tree.css("script:not([src])"))


def pairs(text: str) -> dict[str, str]:
    """Names and plain values written as `name: 'value'` or `name = 1`; the first of each name, in lower case."""
    found: dict[str, str] = {}
    for match in _PAIR.finditer(text):
        found.setdefault(match[1].lower(), unescape(next(group for group in match.groups()[1:] if group is not None)))
    return found


def around(text: str, mark: str, before: int = 600, after: int = 2500) -> str:
    """What stands near a mark; empty when the mark is not there."""
    at = text.find(mark)
    return "" if at < 0 else text[max(0, at - before) : at + after]


def strings(text: str, *marks: str) -> list[str]:
    """String constants that hold one of the marks and are whole: not glued to a variable by `+`."""
    found = []
    if not any(mark in text for mark in marks):
        return []
    for match in _STRING.finditer(text):
        value = match[1] or match[2]
        if any(mark in value for mark in marks) and not text[match.end() : match.end() + 8].lstrip().startswith("+"):
            found.append(unescape(value))
    return found


def json_at(text: str, start: int) -> object | None:
    """The JSON value that begins at `start`; None when there is no valid one."""
    try:
        value: object = _DECODER.raw_decode(text, start)[0]
    except (RecursionError, ValueError):
        return None
    return value


def plain(value: str) -> str:
    """A parameter as its author meant it, percent signs undone."""
    return unquote(value) if "%" in value else value
