"""The clock of a mock application (依申请公开模拟测试): which working-day limit holds, when it ends, and what may be said of it (条例30条、31条、33条)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from crawlers.status import Labelled
from crawlers.workdays import Calendar
from scoring.facts import RequestCase

_DAY = timedelta(days=1)
_DATES = ("registered", "supplement", "supplemented", "extended", "consult_from", "consult_to", "answered", "served")


class State(Labelled):
    """Where an application stands against its limit."""

    ON_TIME = "on_time", "按期答复"
    LATE = "late", "逾期答复"
    OVERDUE = "overdue", "逾期未答复"
    RUNNING = "running", "办理中，未到期限"
    PAUSED = "paused", "等待申请人补正"
    UNKNOWN = "unknown", "节假日安排未知，不能计算期限"


@dataclass(frozen=True, slots=True)
class Limits:
    """Working days: 补正告知 (条例30条), 答复 and its extension (条例33条)."""

    supplement: int = 7
    answer: int = 20
    extension: int = 20


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Clock:
    """`start`: the day the limit counts from, itself not counted; `days` used until the answer, 征求意见 left out; `limit` in working days; `deadline` its last day.

    `supplement_days`: until 补正告知; None when there was none or it is not known. `unknown`: years whose holidays are not known.
    """

    state: State
    start: date
    limit: int
    days: int | None = None
    deadline: date | None = None
    supplement_days: int | None = None
    supplement_in_time: bool | None = None
    extended_in_time: bool | None = None
    unknown: tuple[int, ...] = ()


def known_by(case: RequestCase, day: date) -> RequestCase:
    """The case as it could be known on a day: what happened later has not happened."""
    later: dict[str, Any] = {name: None for name in _DATES if (at := getattr(case, name)) is not None and at > day}
    if "answered" in later:
        later |= {"regular": None, "served_right": None}
    return replace(case, **later)


def clock(case: RequestCase, calendar: Calendar, as_of: date, limits: Limits = LIMITS) -> Clock:
    """Where the case stands on a day. The limit counts from the day it was received, after a correction from the day the corrected application came."""
    case = known_by(case, as_of)
    received = case.registered or case.applied
    start = case.supplemented or received
    days, unknown = _within(calendar, received, case.supplement, limits.supplement) if case.supplement else (None, ())
    told = None if case.supplement is None or (days is None and unknown) else days is not None and days <= limits.supplement
    out, out_unknown = _left_out(case, calendar, start)
    extended = None
    if case.extended is not None:
        used, years = _within(calendar, start, case.extended, limits.answer + out)
        unknown += years
        extended = None if used is None and years else used is not None and used - out <= limits.answer
    limit = limits.answer + (limits.extension if extended else 0)
    base = Clock(
        State.RUNNING,
        start,
        limit,
        deadline=calendar.last_of(start + _DAY, limit + out),
        supplement_days=days,
        supplement_in_time=told,
        extended_in_time=extended,
    )
    unknown = tuple(sorted({*unknown, *out_unknown}))
    if case.answered is not None:
        used, years = _within(calendar, start, case.answered, limit + out)
        if used is None:
            return replace(base, state=State.UNKNOWN, unknown=tuple(sorted({*unknown, *years})))
        return replace(base, state=State.ON_TIME if used - out <= limit else State.LATE, days=max(0, used - out), unknown=unknown)
    if case.supplement is not None and case.supplemented is None:
        return replace(base, state=State.PAUSED, deadline=None, unknown=unknown)
    if base.deadline is None:
        years = tuple(sorted({(start + n * _DAY).year for n in range(1, limit * 3)} - calendar.years))
        return replace(base, state=State.RUNNING if (as_of - start).days <= limit else State.UNKNOWN, unknown=years)
    return replace(base, state=State.OVERDUE if as_of > base.deadline else State.RUNNING, unknown=unknown)


def _within(calendar: Calendar, first: date, last: date, limit: int) -> tuple[int | None, tuple[int, ...]]:
    """Working days between; where a year is not known, so few calendar days that the limit is kept whatever its holidays stand for them."""
    found = calendar.between(first, last)
    if found.days is None and 0 <= (last - first).days <= limit:
        return (last - first).days, ()
    return found.days, found.unknown_years


def _left_out(case: RequestCase, calendar: Calendar, start: date) -> tuple[int, tuple[int, ...]]:
    """Working days of 征求意见 that do not count (条例33条); none while it has no end."""
    if case.consult_from is None or case.consult_to is None:
        return 0, ()
    found = calendar.between(max(case.consult_from, start), case.consult_to)
    return found.days or 0, found.unknown_years


def said(case: RequestCase, at: Clock) -> str:
    """The case in one line: dates, days, which limit."""
    parts = [f"{case.applied} {case.channel.zh}提交", f"{case.registered} 登记" if case.registered else "未见登记"]
    if case.supplement is not None:
        days = "" if at.supplement_days is None else f"（第 {at.supplement_days} 个工作日，条例第三十条限 7 个）"
        parts.append(f"{case.supplement} 告知补正{days}{f'，{case.supplemented} 补正' if case.supplemented else ''}")
    if case.extended is not None:
        parts.append(f"{case.extended} 告知延期{'' if at.extended_in_time is not False else '（已过期限，不算延期）'}")
    limit = f"条例第三十三条限 {at.limit} 个工作日{f'，至 {at.deadline}' if at.deadline else ''}"
    if case.answered is not None and at.days is not None:
        parts.append(f"{case.answered} 答复（第 {at.days} 个工作日，{limit}）")
    elif at.state is State.UNKNOWN:
        parts.append(f"{'、'.join(map(str, at.unknown))} 年的节假日安排未知，不能计算期限")
    else:
        parts.append(f"{at.state.zh}（{limit}）" if at.deadline else at.state.zh)
    if case.answered is not None:
        parts += [f"文书{case.regular.zh}"] if case.regular else ["文书尚未评定"]
        parts += ["送达方式尚未登记" if case.served_right is None else "按要求送达" if case.served_right else "未按要求送达"]
    return f"{case.id}：{'，'.join(parts)}"
