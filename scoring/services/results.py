"""Published results: read from published files only, never from the database. A period is addressed by its id, a revision of it as `id@n`."""

import re
from dataclasses import replace
from pathlib import Path

from scoring.disclosure import Extent
from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import listing, reading, tables
from scoring.services.shapes import PeriodInfo, Ranking, Standing, UnitProfile
from scoring.services.workspace import Workspace
from scoring.store import published
from scoring.store.published import PublishedFile

_REF = re.compile(r"(?P<id>[^@]+)(@(?P<n>[1-9]\d{0,5}))?")


def headers(ws: Workspace) -> list[PeriodInfo]:
    """The published periods at their newest revision, newest period first."""
    found = [_info(path, newest=True) for path in published.newest(ws.published).values()]
    return sorted(found, key=lambda period: (period.end, period.id), reverse=True)


def history(ws: Workspace, period: str) -> list[PeriodInfo]:
    """Every published revision of a period, newest first."""
    found = [_info(path, newest=False) for path in published.revisions(ws.published).get(period, {}).values()]
    return [one if n else _info(file(ws, period), newest=True) for n, one in enumerate(reversed(found))]


def period(ws: Workspace, period: str) -> PeriodInfo:
    """A published period or revision; `latest` is the newest period. Raises BadInput when it is not published."""
    path = file(ws, period)
    return _info(path, newest=path in published.newest(ws.published).values())


def ranking(ws: Workspace, period: str, group: str, *, role: Role = Role.LEADER, nodes: bool = False) -> Ranking:
    """A group's published ranking; `nodes`: with every indicator's score, for exports.

    Raises BadInput when it is not published, Refused when its 发布口径 leaves no scores to see.
    """
    require(role, Action.VIEW_RESULTS)
    path, info = scored(ws, period)
    return reading.ranking(path, info, group, earlier(ws, info, group), nodes=nodes)


def grades(ws: Workspace, period: str, group: str, *, role: Role = Role.LEADER) -> list[tuple[str, str, str | None]]:
    """Id, name and grade of every unit that the file holds, in official order. Raises Refused when only each unit itself is told."""
    require(role, Action.VIEW_RESULTS)
    path = file(ws, period)
    info = reading.header(path)[0]
    if info.disclosure.extent is Extent.OWN:
        raise Refused(f"评估期次 {info.id} 的发布口径为{info.disclosure.zh}，结果由评估单位分别发给各单位")
    return reading.grades_of(PublishedFile(path), group)


def profile(ws: Workspace, period: str, unit: str, *, role: Role = Role.LEADER) -> UnitProfile:
    """A unit's published results. Raises BadInput when the period is not published or its file has no such unit, Refused as `ranking` does."""
    require(role, Action.VIEW_RESULTS)
    path, info = scored(ws, period)
    if (group := reading.group_of(path, unit)) is None:
        outside = f"（发布口径为{info.disclosure.zh}）" if info.disclosure.extent is not Extent.ALL else ""
        raise BadInput(f"评估期次 {info.id} 公布的结果中没有单位 {unit}{outside}")
    return reading.profile(path, info, group, unit, earlier(ws, info, group))


def earlier(ws: Workspace, period: PeriodInfo, group: str) -> list[Standing]:
    """The same group in earlier published periods, oldest first."""
    found = [
        (info, path)
        for path in published.newest(ws.published).values()
        if (info := reading.header(path)[0]).id != period.id
        and (info.end, info.id) < (period.end, period.id)
        and group in info.groups
        and info.disclosure.scored
    ]
    found.sort(key=lambda one: (one[0].end, one[0].id))
    return [reading.standing(path, group) for _, path in found[-tables.HISTORY + 1 :]]


def file(ws: Workspace, period: str) -> Path:
    """The published file of a period; `latest` is the newest, `id@n` a revision that may since have been corrected."""
    known = headers(ws)
    if period == "latest" and known:
        period = known[0].id
    ref = _REF.fullmatch(period)
    by_number = published.revisions(ws.published).get(ref["id"], {}) if ref else {}
    if not by_number:
        names = "、".join(one.id for one in known) or "无"
        raise BadInput(f"评估期次 {period} 尚未发布，已发布的有：{names}" if period != "latest" else f"数据目录 {ws.home} 中还没有已发布的评估期次")
    n = int(ref["n"]) if ref and ref["n"] else max(by_number)
    if n not in by_number:
        raise BadInput(f"评估期次 {period.partition('@')[0]} 没有已发布的第 {n} 版，已发布的有：{'、'.join(f'第 {one} 版' for one in by_number)}")
    return by_number[n]


def scored(ws: Workspace, period: str) -> tuple[Path, PeriodInfo]:
    """The published file of a period and the period. Raises BadInput when it is not published, Refused when its 发布口径 leaves no scores to see."""
    path = file(ws, period)
    info = _info(path, newest=path in published.newest(ws.published).values())
    if not info.disclosure.scored:
        raise Refused(f"评估期次 {info.id} 的发布口径为{info.disclosure.zh}，不公布得分和名次")
    return path, info


def _info(path: Path, *, newest: bool) -> PeriodInfo:
    info, meta = reading.header(path)
    return replace(info, newest=newest, lists=listing.read(meta.get("lists", "")))
