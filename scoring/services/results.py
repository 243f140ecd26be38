"""Published results: read from published files only, never from the database."""

from datetime import date
from pathlib import Path

from scoring.errors import BadInput
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import publication, tables
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo, Ranking, UnitProfile
from scoring.services.workspace import Workspace
from scoring.store import published


def headers(ws: Workspace) -> list[PeriodInfo]:
    """The published periods at their newest revision, newest period first."""
    found = [publication.header(path)[0] for path in published.newest(ws.published).values()]
    return sorted(found, key=lambda period: (period.end, period.id), reverse=True)


def period(ws: Workspace, period: str) -> PeriodInfo:
    """A published period; `latest` is the newest. Raises BadInput when it is not published."""
    return publication.header(file(ws, period))[0]


def ranking(ws: Workspace, period: str, group: str, *, role: Role = Role.LEADER) -> Ranking:
    """A group's published ranking; `latest` is the newest period. Raises BadInput when it is not published."""
    require(role, Action.VIEW_RESULTS)
    path = file(ws, period)
    info, meta = publication.header(path)
    if group not in info.groups:
        raise BadInput(f"评估期次 {info.id} 没有分组 {group}，现有：{'、'.join(info.groups)}")
    as_of = date.fromisoformat(meta["as_of"]) if meta["as_of"] else None
    return tables.ranking(publication.group_book(path, group), earlier(ws, info, group), draft=False, simulated=bool(meta["simulated"]), as_of=as_of)


def profile(ws: Workspace, period: str, unit: str, *, role: Role = Role.LEADER) -> UnitProfile:
    """A unit's published results. Raises BadInput when the period is not published or has no such unit."""
    require(role, Action.VIEW_RESULTS)
    path = file(ws, period)
    info, meta = publication.header(path)
    for group in info.groups:
        book = publication.group_book(path, group)
        if (found := book.unit(unit)) is not None:
            return tables.profile(book, earlier(ws, info, group), found, draft=False, simulated=bool(meta["simulated"]))
    raise BadInput(f"评估期次 {info.id} 中没有单位 {unit}")


def earlier(ws: Workspace, period: PeriodInfo, group: str) -> list[GroupBook]:
    """The same group in earlier published periods, oldest first."""
    found = [
        (info, path)
        for path in published.newest(ws.published).values()
        if (info := publication.header(path)[0]).id != period.id and (info.end, info.id) < (period.end, period.id) and group in info.groups
    ]
    found.sort(key=lambda one: (one[0].end, one[0].id))
    return [publication.group_book(path, group) for _, path in found[-tables.HISTORY + 1 :]]


def file(ws: Workspace, period: str) -> Path:
    """The published file of a period; `latest` is the newest."""
    known = headers(ws)
    if period == "latest" and known:
        period = known[0].id
    found = published.newest(ws.published).get(period)
    if found is None:
        names = "、".join(one.id for one in known) or "无"
        raise BadInput(f"评估期次 {period} 尚未发布，已发布的有：{names}" if period != "latest" else f"数据目录 {ws.home} 中还没有已发布的评估期次")
    return found
