"""Periods as the database has them: what every service above needs first."""

from collections.abc import Sequence

from scoring.disclosure import EVERYTHING, parse
from scoring.errors import BadInput, Refused
from scoring.model import Edition, PeriodState
from scoring.services import editions, reading
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.store import catalogue, ledger
from scoring.store.catalogue import PeriodRow, PeriodUnit


def rows(ws: Workspace) -> list[PeriodRow]:
    """All periods of the database, newest first."""
    return ws.remember(("periods",), lambda: catalogue.periods(ws.store), catalogue=True)


def editions_of_groups(periods: Sequence[PeriodRow]) -> dict[str, str]:
    """The edition by which each group is judged: that of the newest period that has it; `periods` newest first."""
    found: dict[str, str] = {}
    for period in periods:
        for group, (edition, _) in period.groups.items():
            found.setdefault(group, edition)
    return found


def units(ws: Workspace, period: str) -> list[PeriodUnit]:
    """The units of a period as frozen, in official order."""
    return ws.remember(("units", period), lambda: catalogue.period_units(ws.store, period), catalogue=True)


def row(ws: Workspace, period: str) -> PeriodRow:
    """One period of the database. Raises BadInput when there is none."""
    for one in rows(ws):
        if one.id == period:
            return one
    raise BadInput(f"没有评估期次 {period}，现有：{'、'.join(one.id for one in rows(ws)) or '无，请先 period create'}")


def open_row(ws: Workspace, period: str) -> PeriodRow:
    """One open period; `latest` is the newest. Raises Refused when it is locked."""
    if period == "latest":
        found = next((one for one in rows(ws) if one.state is PeriodState.OPEN), None)
        if found is None:
            raise BadInput("没有进行中的评估期次，请先用 period create 建立")
        return found
    found = row(ws, period)
    if found.state is not PeriodState.OPEN:
        raise Refused(f"评估期次 {period} {found.state.zh}，不能再修改")
    return found


def info(ws: Workspace, period: PeriodRow) -> PeriodInfo:
    """A period as pages see it."""
    kept = ws.remember(("revisions", period.id), lambda: ledger.revisions(ws.store, period.id), catalogue=True)
    published = [one for one in kept if one.file]
    last = published[-1] if published else None
    file = ws.published / last.file if last and last.file else None
    return PeriodInfo(
        id=period.id,
        title=period.title,
        start=period.start,
        end=period.end,
        cutoff=period.cutoff,
        state=period.state,
        groups={group: edition for group, (edition, _) in period.groups.items()},
        revision=last.n if last else None,
        published_at=reading.header(file)[0].published_at if file and file.exists() else None,
        disclosure=parse(last.disclosure) if last and last.disclosure else EVERYTHING,
        reason=last.reason if last else "",
        corrects=published[-2].n if len(published) > 1 else None,
    )


def edition_of(ws: Workspace, period: PeriodRow, group: str) -> Edition:
    """The edition a group is judged by. Raises BadInput when the period has no such group."""
    if group not in period.groups:
        raise BadInput(f"评估期次 {period.id} 没有分组 {group}，现有：{'、'.join(period.groups)}")
    sha = period.groups[group][1]
    return ws.remember(("edition", sha), lambda: editions.stored(ws.store, sha), catalogue=True)
