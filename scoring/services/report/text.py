"""Text of a report: names, reasons and addresses from pages and people, made fit for every format on one line."""

import re
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")
_UNFIT = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What XML does not admit, what no reader sees, and what turns the direction of writing."""

NUMERALS = "一二三四五六七八九十"
_TEN = 10


def clean(foreign: str) -> str:
    """`foreign` on one line, without control and invisible characters."""
    return _SPACE.sub(" ", _UNFIT.sub("", _SPACE.sub(" ", foreign))).strip()


def listed(names: Sequence[str], limit: int = 3, counted: str = "家") -> str:
    """甲、乙、丙, or 甲、乙、丙等 5 家 beyond `limit`; `counted` is what they are counted in."""
    shown = "、".join(clean(name) for name in names[:limit])
    return shown if len(names) <= limit else f"{shown}等 {len(names)} {counted}"


def quoted(title: str) -> str:
    """“title”."""
    return f"“{clean(title)}”"


def numeral(n: int) -> str:
    """一 … 十, 十一 … 九十九: the number of a section, from 1."""
    if n <= _TEN:
        return NUMERALS[n - 1]
    tens, ones = divmod(n, _TEN)
    return f"{'' if tens == 1 else NUMERALS[tens - 1]}十{NUMERALS[ones - 1] if ones else ''}"
