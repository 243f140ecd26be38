"""The dates of an article's page as its reader sees them: in lines, near the title or far from it, with or without a label."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, islice

from selectolax.lexbor import LexborNode

from crawlers.dates.label import BARE, BESIDE, PUBLISHED, Role, announced, before_numbers, has_weekday, role
from crawlers.dates.spelling import Spot, normal_text, spots
from crawlers.page import Page

_ABOVE, _BELOW = 2, 8
"""Lines before and after the title within which its date stands."""
_NEXT = 3
_LINE = 200
_TIME = re.compile(r"\d{1,2}:\d{2}")
_EDGE = re.compile(r"[^一-龥A-Za-z0-9]*$")
_HAN = re.compile(r"[一-龥]")
_PARTS = re.compile(r"[_|]| [-–—] |-(?=[^-]{2,20}$)")


class Heading:
    """Lines, dates and title of one page; nothing after `as_of` is a date."""

    def __init__(self, page: Page, as_of: date) -> None:
        self._page, self._as_of = page, as_of
        self.text = normal_text(page.text)
        self.spots: Sequence[Spot] = spots(self.text, as_of)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._lines[:-1])]

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        return list(before_numbers(self.text, [spot.start for spot in self.spots]))

    def _line_of(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _line(self, number: int) -> str:
        return self._lines[number]

    @cached_property
    def _titles(self) -> list[int]:
        """Numbers of the lines that are the article's title."""
        for title in self._stated():
            if len(title) >= 4 and (found := [number for number, line in enumerate(self._lines) if line == title]):
                return found
        for title in islice(self._stated(), 3):
            if len(title) >= 8 and (found := [number for number, line in enumerate(self._lines) if _names(line, title)]):
                return found
        return []

    def _stated(self) -> Iterator[str]:
        """The article's title as metadata, the first heading and the document's title have it, then the first part of that; the first is most times the one that its text has."""
        yield normal_text(self._page.meta_of("ArticleTitle"))
        head = self._page.tree.css_first("h1")
        yield " ".join(normal_text(head.text()).split()) if head else ""
        title = normal_text(self._page.title)
        yield title
        yield _PARTS.split(title)[0].strip()

    @cached_property
    def _linked(self) -> frozenset[str]:
        return frozenset(normal_text(name) for link in self._page.links for name in link.names)

    def _near(self, number: int) -> bool:
        return any(-_ABOVE <= number - title <= _BELOW for title in self._titles)

    def _above(self, number: int) -> bool:
        return not any(0 <= number - title <= _BELOW for title in self._titles)

    def labelled(self, label: re.Pattern[str], *, beside: bool = False, near: bool = False) -> date | None:
        """The date that a label announces: near the title, else the first. None when many rows are so labelled: that is a list.

        `beside`: the label is a word of every text (时间), so that it counts only in a line that tells of an article. `near`: only near the title.
        """
        hits = [(self._line_of(at), day) for at, day in announced(self.text, label, self.spots, self._as_of, self._stretches)]
        if beside:
            hits = [(number, day) for number, day in hits if self._tells(number)]
        if cells := self._columns(label):
            return cells
        close = [(self._above(number), day) for number, day in hits if self._near(number)]
        if close:
            return min(close, key=lambda pair: pair[0])[1]
        if near or len({day for _, day in hits}) >= 3 or not hits:
            return None
        after = [day for number, day in hits if self._titles and number > self._titles[0]]
        return (after or [day for _, day in hits])[0]

    def _tells(self, number: int) -> bool:
        line = self._line(number)
        if len(line) > _LINE:
            return False
        rest = BARE.sub("", line)
        alone = len(re.sub(r"[\d\s:/.年月日-]", "", rest)) <= 4
        return bool(BESIDE.search(line)) or (alone and (self._near(number) or not self._titles))

    def _columns(self, label: re.Pattern[str]) -> date | None:
        """A table whose first row has the labels and whose next row has the values."""
        for name, cell in self._cells:
            if label.fullmatch(name) and (below := _below(cell)):
                found = spots(normal_text(below), self._as_of)
                if found:
                    return found[0].day
        return None

    @cached_property
    def _cells(self) -> list[tuple[str, LexborNode]]:
        """How the cells of the page's tables begin, without a colon; those that hold tables, and those that say nothing, are left out."""
        cells = [cell for cell in self._page.tree.css("td, th") if cell.child is not None and cell.css_first("table") is None]
        return [(name.rstrip(": "), cell) for cell in cells if (name := normal_text(cell.text(deep=True)[:20]).strip())]

    def told(self) -> date | None:
        """The date without a label in the line that tells of the article (来源, 浏览 …), or alone in a line right after the title."""
        for spot in sorted(self.spots, key=lambda spot: self._above(self._line_of(spot.start))):
            number = self._line_of(spot.start)
            line = self._line(number)
            if len(line) > _LINE or not self._near(number) or role(self.text, spot) is not Role.PLAIN or has_weekday(self.text, spot):
                continue
            before = line[: spot.start - self._starts[number]]
            alone = _alone(line) and not _HAN.match(line[spot.end - self._starts[number] :]) and not _HAN.match(before[-1:])
            follows = any(0 < number - title <= _NEXT for title in self._titles)
            listed = not _TIME.search(line) and before.strip() in self._linked  # a row of a list below the text: its title, then its date
            if (BESIDE.search(line) and (BESIDE.search(before) or _EDGE.match(before))) or (alone and follows and not listed):
                return spot.day
        return None

    def plain(self) -> frozenset[date]:
        """The days that nothing beside them makes other days than the one of publication."""
        return frozenset(spot.day for spot in self.spots if role(self.text, spot) is Role.PLAIN and not has_weekday(self.text, spot))

    def line(self) -> date | None:
        """A short line with a date and a time of day, after the title where there is one."""
        after = self._titles[0] if self._titles else -1
        later: date | None = None
        for spot in self.spots:
            number = self._line_of(spot.start)
            line = self._line(number)
            if len(line) > 40 or role(self.text, spot) is not Role.PLAIN or has_weekday(self.text, spot):
                continue
            timed = bool(_TIME.search(line))
            if (timed or PUBLISHED.search(line)) and number > after:
                return spot.day
            if later is None and timed:
                later = spot.day
        return later


def _alone(line: str) -> bool:
    """Whether a line is a date, with a time or a name of a source, and no sentence."""
    return len(re.sub(r"[\d\s:/.年月日\[\]()|-]", "", line)) <= 10


def _names(line: str, title: str) -> bool:
    return len(line) >= 8 and (title.startswith(line) or line.startswith(title)) and len(line) < len(title) + 20


def _below(cell: LexborNode) -> str:
    """The text of the cell under a cell, when no cell of the cell's own row has digits: rows of labels above rows of values."""
    row = cell.parent
    if row is None or row.tag != "tr" or any(character.isdigit() for character in row.text(deep=True)):
        return ""
    at = next((index for index, node in enumerate(row.css("td, th")) if node.mem_id == cell.mem_id), -1)
    under = row.next
    while under is not None and under.tag != "tr":
        under = under.next
    if under is None or under.css_first("a[href]") is not None:
        return ""  # rows that link to their titles are a list, not the head of an article
    cells = list(under.css("td, th"))
    return cells[at].text(deep=True) if 0 <= at < len(cells) else ""
