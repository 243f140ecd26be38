"""Working days by the State Council's calendar of holidays and 调休: the package `chinese_calendar`, and imported years in `data/holidays/*.csv`.

A year that neither knows is said, never guessed.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from chinese_calendar import constants

HOLIDAYS = Path(__file__).resolve().parent.parent / "data" / "holidays"
_HEAD = ("date", "kind", "name")
_REST = {"holiday": True, "放假": True, "休": True, "workday": False, "上班": False, "班": False}
_FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_SATURDAY = 5
_LONGEST = 366 * 3
"""Days that are counted at most: a longer span is a wrong date, and nobody asks for its working days."""


class HolidaysError(ValueError):
    """A file of holidays cannot be used; one Chinese line with file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Count:
    """`days` None: a year in `unknown_years` is not in the calendar."""

    days: int | None
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`rest`: True for a day off, False for a worked weekend, of the days that differ from the plain week. `years`: those whose arrangement is known."""

    rest: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool | None:
        """None when the year is not known."""
        if day.year not in self.years:
            return None
        off = self.rest.get(day)
        return day.weekday() < _SATURDAY if off is None else not off

    def between(self, first: date, last: date) -> Count:
        """Working days after `first` up to and including `last`; 0 when `last` is not later."""
        if (last - first).days > _LONGEST:
            return Count(None)
        days = list(_days_after(first, last))
        if unknown := tuple(sorted({day.year for day in days} - self.years)):
            return Count(None, unknown)
        return Count(sum(1 for day in days if self.is_workday(day)))

    def last_of(self, first: date, number: int) -> date | None:
        """The last of `number` working days that begin on `first` or on the first working day after it; None when a year is not known."""
        day, left = first, number
        while (works := self.is_workday(day)) is not None:
            left -= int(works)
            if left <= 0:
                return day
            day += timedelta(days=1)
        return None


def _days_after(first: date, last: date) -> Iterator[date]:
    for step in range(1, (last - first).days + 1):
        yield first + timedelta(days=step)


@cache
def calendar(folder: Path = HOLIDAYS) -> Calendar:
    """The package's years and those imported in `folder`, whose rows win. Raises HolidaysError."""
    rest = dict.fromkeys(constants.holidays, True) | dict.fromkeys(constants.workdays, False)
    years = {day.year for day in constants.holidays}
    for path in sorted(folder.glob("*.csv")):
        imported = _read(path)
        for year in {day.year for day in imported} - years:
            named = "、".join(name for day, (_, name) in imported.items() if day.year == year)
            if lacking := [festival for festival in _FESTIVALS if festival not in named]:
                raise HolidaysError(f"假日文件 {path} 中 {year} 年不全，缺 {'、'.join(lacking)}；请按国务院办公厅通知补齐全年安排后再导入")
        rest |= {day: off for day, (off, _) in imported.items()}
        years |= {day.year for day in imported}
    return Calendar(rest, frozenset(years))


def _read(path: Path) -> dict[date, tuple[bool, str]]:
    """Rows of one file: day → (day off, name)."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise HolidaysError(f"假日文件 {path} 无法读取（须为 UTF-8 编码的 CSV）：{type(error).__name__}") from error
    rows = list(csv.reader(text.splitlines()))
    if not rows or tuple(cell.strip() for cell in rows[0]) != _HEAD:
        raise HolidaysError(f"假日文件 {path} 第 1 行应为表头 date,kind,name")
    found: dict[date, tuple[bool, str]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        day, off, name = _row(path, number, [cell.strip() for cell in row])
        if day in found:
            raise HolidaysError(f"假日文件 {path} 第 {number} 行：日期 {day} 重复，请只保留一行")
        found[day] = (off, name)
    return found


def _row(path: Path, number: int, row: list[str]) -> tuple[date, bool, str]:
    if len(row) != len(_HEAD):
        raise HolidaysError(f"假日文件 {path} 第 {number} 行：应有 3 列（date,kind,name），实有 {len(row)} 列")
    try:
        day = date.fromisoformat(row[0])
    except ValueError as error:
        raise HolidaysError(f"假日文件 {path} 第 {number} 行：日期「{row[0][:20]}」不对，请写成 2031-01-01 的样子") from error
    if row[1] not in _REST:
        raise HolidaysError(f"假日文件 {path} 第 {number} 行：kind「{row[1][:20]}」不对，放假写 holiday，调休上班写 workday")
    if not row[2]:
        raise HolidaysError(f"假日文件 {path} 第 {number} 行：没有节日名称 name，请写明属于哪个节日")
    off = _REST[row[1]]
    if not off and day.weekday() < _SATURDAY:
        raise HolidaysError(f"假日文件 {path} 第 {number} 行：{day} 本来就是工作日，调休上班只写周六、周日")
    return day, off, row[2]
