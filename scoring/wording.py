"""Chinese text of findings and the one place where numbers are rounded for display (half up). Missing values read 「—」, never 0."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from crawlers.status import FetchStatus, PageState
from scoring.model import Outcome
from scoring.reasons import Reason

__all__ = [
    "ABSENT",
    "Reason",
    "change",
    "count",
    "displayed",
    "exact",
    "gap",
    "mean",
    "minute",
    "percent",
    "period_title",
    "points",
    "rank_range",
    "reason",
    "score_change",
    "told",
]

ABSENT = "—"
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_TENTH, _HUNDREDTH, _ONE = Decimal("0.1"), Decimal("0.01"), Decimal(1)
_QUARTERS = "一二三四"
_REASONS = {one.value: one for one in Reason}
_FIELD = re.compile(r"\{(\w+)(?:\|(\w+))?\}")


def displayed(value: Decimal) -> Decimal:
    """A score as it is shown: one decimal, half up. Ranks and grades stand on this value (docs/decisions/0003)."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def points(value: Decimal | None) -> str:
    """88.6: one decimal, half up, thousands with a comma."""
    return _fixed(value, _TENTH)


def mean(value: Decimal | None) -> str:
    """88.64: means of indicators, two decimals, half up."""
    return _fixed(value, _HUNDREDTH)


def exact(value: Decimal | None) -> str:
    """0.75, 1.5, 4: points of a single leaf with the decimals they have, two at most, half up."""
    return ABSENT if value is None else f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize() + 0:,f}"


def percent(value: Decimal | None) -> str:
    """76%: a rate between 0 and 1 without decimals, half up."""
    return ABSENT if value is None else f"{_fixed(value * 100, _ONE)}%"


def count(value: int | None) -> str:
    """1,234."""
    return ABSENT if value is None else f"{value:,}"


def rank_range(low: int, high: int) -> str:
    """第1–3名, or 第2名."""
    return f"第{low}名" if low == high else f"第{low}–{high}名"


def minute(value: datetime | None) -> str:
    """2026-10-08 09:12 in Asia/Shanghai."""
    return ABSENT if value is None else value.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M")


def period_title(period: str) -> str:
    """2026Q1 → 2026年一季度; 2026H1 → 2026年上半年; 2026-09 → 2026年9月; 2026 → 2026年; anything else as it is."""
    if found := re.fullmatch(r"(\d{4})Q([1-4])", period):
        return f"{found[1]}年{_QUARTERS[int(found[2]) - 1]}季度"
    if found := re.fullmatch(r"(\d{4})H([12])", period):
        return f"{found[1]}年{'上下'[int(found[2]) - 1]}半年"
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", period):
        return f"{found[1]}年{int(found[2])}月"
    return f"{period}年" if re.fullmatch(r"\d{4}", period) else period


def change(places: int | None) -> str:
    """Places gained since the period before: 进2位 | 退1位 | 持平 | 首期."""
    if places is None:
        return "首期"
    return "持平" if not places else f"进{places}位" if places > 0 else f"退{-places}位"


def gap(value: Decimal, before: Decimal) -> Decimal:
    """The difference of two scores as they are shown."""
    return displayed(value) - displayed(before)


def score_change(value: Decimal | None, before: Decimal | None) -> str:
    """提高 1.2 分 | 下降 0.3 分 | 持平 | 首期, from the displayed values; 「—」 when this period has none."""
    if value is None:
        return ABSENT
    if before is None:
        return "首期"
    step = gap(value, before)
    return "持平" if not step else f"{'提高' if step > 0 else '下降'} {points(abs(step))} 分"


def reason(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a reason code. Raises ValueError for an unknown code, KeyError naming a parameter that is not there."""
    cut = _cut(code)
    if cut.dated:
        params = {**params, "as_of": _day(params)}
    return cut.sentence % (cut.values(params) if cut.forms is None else tuple([form(params[name]) for name, form in cut.forms]))


class _Cut(NamedTuple):
    """A template with %s in place of its placeholders. `values` takes all of them at once where none has a form, else `forms` says how each is written."""

    sentence: str
    dated: bool
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    forms: list[tuple[str, Callable[[Any], str]]] | None


@cache
def _cut(code: str) -> _Cut:
    template, places = _known(code).template, fields(code)
    sentence = _FIELD.sub("%s", template.replace("%", "%%"))
    names = [found[1] for found in _FIELD.finditer(template)]
    take = itemgetter(*names) if len(names) > 1 else lambda params: tuple([params[name] for name in names])
    forms = [(name, _FORMS[places[name]] if places[name] else str) for name in names] if any(places.values()) else None
    return _Cut(sentence, "as_of" in places, take, forms)


def told(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a finding that was kept: also of one from a program whose reasons this one no longer has."""
    try:
        return reason(code, params)
    except (ValueError, KeyError, TypeError):
        return f"判定原因 {code}（由当时的程序判定，本版程序没有这一原因的文字）"


def shared(code: str, several: Sequence[Mapping[str, Any]]) -> str:
    """The sentence of a reason code over several findings: what they have in common is said, whole numbers as a span, anything else as …."""
    try:
        forms = fields(code)
        each = [{**params, "as_of": _day(params)} if "as_of" in forms else params for params in several]
        filled = {name: [_FORMS[form](params[name]) if form else str(params[name]) for params in each] for name, form in forms.items()}
    except (ValueError, KeyError, TypeError):
        return told(code, several[0])

    def fill(found: re.Match[str]) -> str:
        values = filled[found[1]]
        if len(set(values)) == 1:
            return values[0]
        whole = [params[found[1]] for params in each]
        return f"{min(whole):,}–{max(whole):,}" if all(type(value) is int for value in whole) else "…"

    return _FIELD.sub(fill, _known(code).template)


def fields(code: str) -> dict[str, str]:
    """The parameters that a reason's sentence needs, each with its form (empty: printed as it is)."""
    return {found[1]: found[2] or "" for found in _FIELD.finditer(_known(code).template)}


def _day(params: Mapping[str, Any]) -> Any:
    """`as_of`, the day an age counts to, follows from `newest` and `age`."""
    if "as_of" in params or not isinstance(params.get("age"), int):
        return params["as_of"]
    return _later(params["newest"], params["age"])


@lru_cache(maxsize=1 << 16)
def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _known(code: str) -> Reason:
    try:
        return _REASONS[code]
    except KeyError:
        raise ValueError(f"unknown reason code {code!r}") from None


def _fixed(value: Decimal | None, unit: Decimal) -> str:
    if value is None:
        return ABSENT
    return f"{value.quantize(unit, ROUND_HALF_UP) + 0:,}"  # + 0 turns −0.0 into 0.0


def _gaps(value: list[str]) -> str:
    return "、".join(value[:3]) + (f"等 {len(value)} 处" if len(value) > 3 else "") if value else "原因未记录"


def _rate(value: Any) -> str:
    """Two decimals at most, so that 2.04% is not shown as 「2%, over 2%」."""
    return f"{(Decimal(str(value)) * 100).quantize(_HUNDREDTH, ROUND_HALF_UP).normalize() + 0:f}%"


_FORMS: dict[str, Callable[[Any], str]] = {
    "fetch": lambda value: FetchStatus(value).zh,
    "page": lambda value: PageState(value).zh,
    "outcome": lambda value: Outcome(value).zh,
    "http": lambda value: "" if value is None else f"，状态码 {value}",
    "list": "、".join,
    "lines": "；".join,
    "gaps": _gaps,
    "points": lambda value: points(Decimal(str(value))),
    "rate": _rate,
}
