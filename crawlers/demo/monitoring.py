"""The simulated city's availability samples (`data/demo/probes.yml`): a week at the end of each quarter, hour by hour, as `probe` would have written them."""

from collections.abc import Iterator
from datetime import date as Day  # noqa: N812
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from crawlers import yml
from crawlers.demo.content import ROOT
from crawlers.probe_log import Look, Round
from crawlers.status import FetchStatus

_CHINA = ZoneInfo("Asia/Shanghai")
_HOURS, _DAYS = 24, 7
_MINUTE = timedelta(minutes=5)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Answer(_Strict):
    status: FetchStatus = FetchStatus.OK
    http: int | None = 200
    seconds: Decimal | None = None


class _Failure(_Strict):
    """From one hour on, for some hours."""

    begins: datetime
    hours: int
    status: FetchStatus
    http: int | None = None
    seconds: Decimal


class _Week(_Strict):
    begins: Day
    void: tuple[datetime, ...] = ()
    failures: dict[str, tuple[_Failure, ...]] = {}
    absent: dict[str, tuple[Day, ...]] = {}


class _Monitoring(_Strict):
    vantage: str
    seconds: Decimal
    answers: dict[str, _Answer]
    weeks: dict[str, _Week]


def rounds(period: str, sites: list[str], root: Path = ROOT) -> Iterator[Round]:
    """The rounds of a period's week, oldest first."""
    text = (root / "probes.yml").read_text("utf-8").replace("from:", "begins:")
    plan = _Monitoring.model_validate(yml.load(text))
    week = plan.weeks[period]
    for n in range(_DAYS * _HOURS):
        hour = datetime(week.begins.year, week.begins.month, week.begins.day) + timedelta(hours=n)  # noqa: DTZ001 - the file's hours are China's
        at = (hour + _MINUTE).replace(tzinfo=_CHINA)
        void = hour in week.void
        looks = [_look(site, at, hour, plan, week, void=void) for site in sites if hour.date() not in week.absent.get(site, ())]
        yield Round(
            round=f"demo-{period}-{n:03d}",
            vantage=plan.vantage,
            started=at,
            finished=at,
            simulated=True,
            valid=not void,
            why=f"{len(looks)} 个网站同时打不开，应是采样机的网络出了问题" if void else "",
            samples=tuple(looks),
        )


def _look(site: str, at: datetime, hour: datetime, plan: _Monitoring, week: _Week, *, void: bool) -> Look:
    if void:
        return Look(site=site, at=at, status=FetchStatus.DNS, seconds=Decimal("0.010"))
    for failure in week.failures.get(site, ()):
        if failure.begins <= hour < failure.begins + timedelta(hours=failure.hours):
            return Look(site=site, at=at, status=failure.status, http=failure.http, seconds=failure.seconds)
    answer = plan.answers.get(site, _Answer())
    return Look(site=site, at=at, status=answer.status, http=answer.http, seconds=plan.seconds if answer.seconds is None else answer.seconds)
