"""When a page was generated, by its own word: never the day that what stands on it was published."""

import re
from datetime import date, timedelta

from crawlers.dates.spelling import day_of, find_dates, normal_text, spots
from crawlers.page import Page

_NAMES = frozenset({"maketime", "htmlgeneratetime", "generatetime", "generate-time", "generatedtime", "generated", "pagegeneratetime", "buildtime"})
_STATED = re.compile(r"(?:页面|网页|页)生成(?:时间|日期)[\s:：\"'=>]{0,6}([^<>\n\"']{8,32})")
_PRODUCED = re.compile(r"\b(?:produced|generated) by[^<>\n\"']{1,60}?(?:date|time)[ ]?[:：=][ ]?([^<>\n\"']{8,32})", re.IGNORECASE)
_YEARLESS = re.compile(r"(?:^|[\s\[(])(?:(\d{1,2})-(\d{1,2})|(\d{2})[/.](\d{2})|(\d{1,2})月(\d{1,2})日)(?:[\])]|$)", re.MULTILINE)
_NEAR = timedelta(days=60)
_CURRENT = timedelta(days=1)


def stamps(page: Page) -> list[str]:
    """What the page says of its generation, as it is written: metadata of the publishing system and comments."""
    found = []
    for node in page.tree.css("meta[name], meta[property]"):
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = attributes.get("content") or ""
        if name in _NAMES or (name == "others" and ("生成" in content or content[:2] in ("19", "20"))):
            found.append(normal_text(content))
    for pattern, hints in ((_PRODUCED, ("roduced", "enerated")), (_STATED, ("生成",))):
        if any(hint in page.source for hint in hints):
            found += [normal_text(match[1]) for match in pattern.finditer(page.source)]
    return found


def made_on(page: Page, as_of: date) -> date:
    """The day a page was generated, or `as_of`: nothing on it is newer, so year-less dates are completed against it.

    A stamp that the page itself contradicts is old (a template's, a cache's) and says nothing of the rows: a full date after it, or more year-less dates
    that read as fresh on `as_of` than on the stamp's day. In doubt `as_of`: rows must not be made old.
    """
    stated = max((day for stamp in stamps(page) for day in find_dates(stamp, as_of)), default=as_of)
    if stated >= as_of - _CURRENT:
        return stated
    text = normal_text(page.text)
    if any(spot.day > stated + _CURRENT for spot in spots(text, as_of)):
        return as_of
    yearless = [tuple(int(number) for number in match.groups() if number) for match in _YEARLESS.finditer(text)]
    return stated if _fresh(yearless, stated) >= _fresh(yearless, as_of) else as_of


def _fresh(yearless: list[tuple[int, ...]], on: date) -> int:
    """How many year-less dates lie in the weeks before a day."""
    days = [day_of(year, month, day, on) for month, day in yearless for year in (on.year, on.year - 1)]
    return sum(1 for day in days if day and on - day <= _NEAR)
