"""单项否决「站点无法访问」 (国办秘函〔2019〕19号): 监测1周, 每天间隔访问20次以上, 超过(含)15秒打不开的累计占比达到或超过5%.

A week is `days` days in a row of which each holds at least `per_day` samples that say something of the site, `apart` minutes or more from each other. The latest such week of the
period decides, or the worst of all (`week`). Where several vantages watched a week, the one that saw the site best decides: what fails from one place only may be that place's fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from scoring.facts import ProbeSample
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import met, part, unmet, unobserved
from scoring.rules.spec import Days
from scoring.rules.spec import Params as Base

Share = Annotated[Decimal, Field(gt=0, le=1)]
_DAY = timedelta(days=1)


class Params(Base):
    """The figures of 19号; `warn`: share from which on the finding warns (监测实践 3%); `apart`: minutes that make two samples 间隔访问."""

    days: Days = 7
    per_day: Annotated[StrictInt, Field(gt=0, le=1440)] = 20
    seconds: Annotated[StrictInt, Field(gt=0, le=19)] = 15
    share: Share = Decimal("0.05")
    warn: Share = Decimal("0.03")
    apart: Annotated[StrictInt, Field(ge=0, le=60)] = 5
    week: Literal["latest", "worst"] = "latest"


@dataclass(frozen=True, slots=True)
class _Day:
    """The samples of one day from one vantage that count."""

    day: date
    count: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Week:
    first: date
    last: date
    vantage: str
    count: int
    failed: int

    @property
    def share(self) -> Decimal:
        return part(self.failed, self.count)


def says(params: Params) -> str:
    """The rule in words."""
    week = {"latest": "最近的", "worst": "最差的"}[params.week]
    return (
        f"按可用性监测样本，取评估时段内{week}连续 {params.days} 天（每天有效访问不少于 {params.per_day} 次，相隔不少于 {params.apart} 分钟）："
        f"{params.seconds} 秒内没有打开的次数达到 {phrase.percent(params.share)}，不得分；不到的，得满分，超过 {phrase.percent(params.warn)} 的另作提醒；访问次数不够的，未判定。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET (below `share`, with a warning from `warn` on), UNMET, NOT_OBSERVED (too few samples: how many there are)."""
    kept = [sample for sample in evidence.probes if sample.day <= as_of]
    if not kept:
        return unobserved(Reason.PROBES_NONE, {"days": params.days, "per_day": params.per_day}, ())
    by_vantage = {name: list(_days(samples, params)) for name, samples in _by_vantage(kept).items()}
    weeks: dict[date, _Week] = {}
    for week in (week for name, days in by_vantage.items() for week in _weeks(name, days, params)):
        best = weeks.get(week.last)
        weeks[week.last] = week if best is None or week.share < best.share else best
    if not weeks:
        return unobserved(Reason.PROBES_FEW, _few(kept, by_vantage, params), _page(evidence, kept[0].day, kept[-1].day, kept[-1].at))
    found = max(weeks.values(), key=lambda week: (week.share, week.last)) if params.week == "worst" else weeks[max(weeks)]
    told = {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "vantage": found.vantage,
        "count": found.count,
        "failed": found.failed,
        "seconds": params.seconds,
        "share": str(found.share),
        "limit": str(params.share),
        "warn": str(params.warn),
    }
    pages = _page(evidence, found.first, found.last, max(sample.at for sample in kept if sample.day <= found.last))
    if found.share >= params.share:
        return unmet(Reason.SITE_DOWN, told, pages)
    return met(Reason.SITE_UP_WARNED if found.share > params.warn else Reason.SITE_UP, told, pages)


def _by_vantage(samples: list[ProbeSample]) -> dict[str, list[ProbeSample]]:
    found: dict[str, list[ProbeSample]] = {}
    for sample in sorted(samples, key=lambda one: one.at):
        found.setdefault(sample.vantage, []).append(sample)
    return found


def _days(samples: list[ProbeSample], params: Params) -> Iterator[_Day]:
    apart = timedelta(minutes=params.apart)
    for day, several in groupby(samples, key=lambda one: one.day):
        count = failed = 0
        last: datetime | None = None
        for sample in several:
            opened = sample.opened(params.seconds)
            if opened is None or (last is not None and sample.at - last < apart):
                continue
            last, count, failed = sample.at, count + 1, failed + (not opened)
        yield _Day(day, count, failed)


def _weeks(vantage: str, days: list[_Day], params: Params) -> Iterator[_Week]:
    enough = {one.day: one for one in days if one.count >= params.per_day}
    for last in enough:
        span = [enough.get(last - back * _DAY) for back in range(params.days)]
        if all(span):
            whole = [one for one in span if one is not None]
            yield _Week(last - (params.days - 1) * _DAY, last, vantage, sum(one.count for one in whole), sum(one.failed for one in whole))


def _few(samples: list[ProbeSample], by_vantage: dict[str, list[_Day]], params: Params) -> dict[str, object]:
    enough = {day.day for days in by_vantage.values() for day in days if day.count >= params.per_day}
    counted = sum(day.count for days in by_vantage.values() for day in days)
    return {
        "count": counted,
        "void": len(samples) - counted,
        "full_days": len(enough),
        "days": params.days,
        "per_day": params.per_day,
        "from": samples[0].day.isoformat(),
        "to": samples[-1].day.isoformat(),
    }


def _page(evidence: UnitEvidence, first: date, last: date, at: datetime) -> tuple[EvidenceRef, ...]:
    """The table of the samples."""
    return (EvidenceRef(evidence.home, at, f"probes/{evidence.site_id}@{first}+{last}"),)
