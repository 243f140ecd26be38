"""When that was decided of which a document tells: 处罚决定日期, 许可决定日期, 批复日期, 「经…于某日批准」. Kept apart from 成文 and 发布."""

import re
from datetime import date

from crawlers.documents.body import Body
from crawlers.documents.days import days_in

_LABEL = re.compile(r"(?:(?:作出)?(?:行政)?(?:处罚|许可)?决定(?:书)?|批复|批准|核准)(?:的)?(?:日期|时间)")
_DONE = re.compile(r"^[^。;\n]{0,30}?(?:批准|批复|审查通过|审议通过|作出(?:行政)?(?:处罚|许可)?决定)(?!日期|时间|后)")
_LINE = 2000
_NEAR = 12


def decided(body: Body, as_of: date) -> date | None:
    """The last day of a decision that the document states, up to `as_of`; None when it states none."""
    found = [*_labelled(body), *_tabled(body), *_told(body)]
    return max((day for day in found if day <= as_of), default=None)


def _labelled(body: Body) -> list[date]:
    days = []
    for line in body.lines:
        for label in _LABEL.finditer(line[:_LINE]):
            after = line[label.end() : label.end() + 40]
            first = next((one for one in days_in(after, None) if one.dated), None)
            if first is not None and first.start <= _NEAR and not re.search(r"[一-龥]", after[: first.start].replace("为", "").replace("是", "")):
                days.append(first.day)
    return days


def _tabled(body: Body) -> list[date]:
    days = []
    for table in body.tables:
        at = -1
        for row in table.rows:
            label = next((number for number, cell in enumerate(row) if len(cell) <= 20 and _LABEL.search(cell)), -1)
            if label >= 0 and not any(one.dated for one in days_in(" ".join(row), None)):
                at = label
            elif 0 <= at < len(row):
                days += [one.day for one in days_in(row[at][:60], None) if one.dated][:1]
    return days


def _told(body: Body) -> list[date]:
    return [one.day for line in body.lines for one in days_in(line[:_LINE], None) if one.dated and _DONE.match(line[one.end : one.end + 60])]
