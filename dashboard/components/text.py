"""How values are written: points, rates, dates, changes; and how foreign text is made harmless."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from dashboard.strings import common as words
from scoring import wording
from scoring.services.compute import exact as _places
from scoring.services.shapes import RankRow

# Streamlit looks for icons, emoji and addresses in the text that is left after escapes are resolved; an invisible word joiner parts them.
_AFTERWARDS = re.compile(r":(?=[A-Za-z_/+-]|\d+:)|www(?=\.)|@(?=\w)", re.IGNORECASE)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=])")
_WIDE = 0x2000
_LEAST = 2
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(foreign: str) -> str:
    """`foreign` as text that Markdown renders character for character, on one line: for labels built from crawled names, titles and addresses."""
    one_line = " ".join(_INVISIBLE.sub("", foreign).split())
    return _MARKDOWN.sub(r"\\\1", _AFTERWARDS.sub("\\g<0>\u2060", one_line))


def cell(value: object) -> object:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    text = str(value)
    if not isinstance(value, str) or not text or isinstance(value, Figure):
        return text
    return "'" + text if text.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") or text[0] in "\t\r\n" else text


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that Excel opens as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def points(value: Decimal | None) -> str:
    """88.6, or — when there is no value."""
    return wording.points(value)


def exact(value: Decimal | None) -> str:
    """0.75, 1.5, 4: points of a single leaf with the decimals they have, two at most."""
    return wording.exact(value)


class Figure(str):
    """A number of ours, written out: a minus before it makes no formula of it."""

    __slots__ = ()


def unrounded(value: Decimal | None) -> Figure:
    """12 places, half up, as exports carry them; empty when there is no value."""
    return Figure(_places(value) or "")


def width(line: str) -> float:
    """Length in 汉字: a half-width character counts half."""
    return sum(0.5 if ord(char) < _WIDE else 1 for char in line)


def percent(value: Decimal | None) -> str:
    """76%, or — when there is no value."""
    return wording.percent(value)


def shown(value: Decimal | None) -> Decimal | None:
    """The value as displayed, so that a change is the difference of what a reader sees."""
    return None if value is None else wording.displayed(value)


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Change between two displayed values; None when either is missing."""
    left, right = shown(now), shown(before)
    return None if left is None or right is None else left - right


def day(value: date | None) -> str:
    """2026-09-30, or —."""
    return words.NONE if value is None else value.isoformat()


def beijing(value: datetime | None) -> str:
    """2026-10-08 09:12 in Beijing, or —."""
    return wording.minute(value)


def change(row: RankRow) -> str:
    """▲ 进2位, ▼ 退1位, — 持平, 首期; — when the unit is not ranked now."""
    if row.score.rank is None:
        return words.NONE
    if row.change is None:
        return words.FIRST if row.previous_total is None and not any(total is not None for total in row.history[:-1]) else words.NONE
    if row.change == 0:
        return words.LEVEL
    return (words.UP if row.change > 0 else words.DOWN).format(n=abs(row.change))


def wrapped(label: str, chars: int) -> str:
    """A chart label in lines of about equal length, so that no line holds a single 汉字."""
    lines = -(-len(label) // chars) or 1
    size = -(-len(label) // lines)
    parts = [label[start : start + size] for start in range(0, len(label), size)]
    for n in range(1, len(parts)):
        if parts[n].startswith(words.COMMA):
            parts[n - 1], parts[n] = parts[n - 1] + words.COMMA, parts[n][1:]
    return "<br>".join(part for part in parts if part)


def listed(names: Sequence[str], limit: int = 6) -> str:
    """甲、乙、丙等 9 个, shortened beyond `limit`."""
    return words.COMMA.join(names) if len(names) <= limit else words.MORE.format(names=words.COMMA.join(names[:limit]), n=len(names))


def shortened(names: Sequence[str]) -> list[str]:
    """Names of one group without the words that all of them begin with (示例市教育局, 示例市统计局 → 教育局, 统计局), as long as two 汉字 are left of each."""
    if len(names) < 2:
        return list(names)
    same = next((n for n, chars in enumerate(zip(*names, strict=False)) if len(set(chars)) > 1), min(map(len, names)))
    start = min(same, min(map(len, names)) - _LEAST)
    return [name[start:] for name in names] if start >= _LEAST else list(names)
