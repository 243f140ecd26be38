"""From 底稿 to a published file and back, without loss."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from scoring.model import Dimension, NodeScore, PeriodState, Unit, UnitScore
from scoring.rollup import LeafPoints
from scoring.services import book as books
from scoring.services import editions
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo
from scoring.store import findings
from scoring.store.catalogue import unit_row
from scoring.store.findings import decimal, text
from scoring.store.published import PublishedFile


def meta_of(period: PeriodInfo, digest: str, engine: str, *, simulated: bool, as_of: date | None) -> dict[str, str]:
    """The header of a published file."""
    return {
        "period": period.id,
        "title": period.title,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "cutoff": period.cutoff.isoformat() if period.cutoff else "",
        "revision": str(period.revision),
        "published_at": period.published_at.isoformat() if period.published_at else "",
        "digest": digest,
        "engine": engine,
        "simulated": "1" if simulated else "",
        "as_of": as_of.isoformat() if as_of else "",
    }


def tables_of(groups: Sequence[GroupBook], raw: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a published file; `raw` are those of the effective view."""
    return {
        "period_group": [
            {"group_name": one.group, "position": n, "edition_id": one.edition.id, "edition_sha": one.edition.sha, "yaml": one.edition.text}
            for n, one in enumerate(groups)
        ],
        "period_unit": [unit_row(unit) for one in groups for unit in one.units],
        "effective_finding": [dict(row) for row in raw],
        "total": [_total_row(score) for one in groups for score in one.scores.values()],
        "node": [_node_row(score.unit, node) for one in groups for score in one.scores.values() for node in score.nodes.values()],
        "leaf_points": [
            {"unit_id": unit, "code": code, "points": text(one.points), "full": str(one.full)}
            for group in groups
            for unit, by_code in group.points.items()
            for code, one in by_code.items()
        ],
    }


@lru_cache(maxsize=256)
def header(path: Path) -> tuple[PeriodInfo, dict[str, str]]:
    """The period of a published file and its header."""
    file = PublishedFile(path)
    meta = file.meta()
    groups = {row["group_name"]: row["edition_id"] for row in file.rows("SELECT * FROM period_group ORDER BY position")}
    period = PeriodInfo(
        id=meta["period"],
        title=meta["title"],
        start=date.fromisoformat(meta["start"]),
        end=date.fromisoformat(meta["end"]),
        cutoff=date.fromisoformat(meta["cutoff"]) if meta["cutoff"] else None,
        state=PeriodState.PUBLISHED,
        groups=groups,
        revision=int(meta["revision"]),
        published_at=datetime.fromisoformat(meta["published_at"]),
    )
    return period, meta


@lru_cache(maxsize=64)
def group_book(path: Path, group: str) -> GroupBook:
    """A group as it was published: its stored scores, not a new computation."""
    file = PublishedFile(path)
    period, _ = header(path)
    edition = editions.from_text(str(file.rows("SELECT yaml FROM period_group WHERE group_name = ?", group)[0]["yaml"]))
    units = tuple(_unit(row) for row in file.rows("SELECT * FROM period_unit WHERE group_name = ? ORDER BY position, unit_id", group))
    ids = [unit.id for unit in units]
    nodes: dict[str, dict[str, NodeScore]] = {unit: {} for unit in ids}
    for row in file.rows("SELECT * FROM node WHERE list_contains($1::VARCHAR[], unit_id)", ids):
        nodes[row["unit_id"]][row["code"]] = _node(row)
    points: dict[str, dict[str, LeafPoints]] = {unit: {} for unit in ids}
    for row in file.rows("SELECT * FROM leaf_points WHERE list_contains($1::VARCHAR[], unit_id)", ids):
        gained, full = decimal(row["points"]), exact(row["full"])
        points[row["unit_id"]][row["code"]] = LeafPoints(gained, full, None if gained is None else full - gained)
    totals = file.rows("SELECT * FROM total WHERE list_contains($1::VARCHAR[], unit_id)", ids)
    scores = {row["unit_id"]: _total(row, nodes[row["unit_id"]]) for row in totals}
    states = findings.states(file, period.id)
    return GroupBook(period, group, edition, units, {unit: states.get(unit, {}) for unit in ids}, scores, points)


def recomputed_digest(path: Path) -> str:
    """The digest of a published file, computed anew from its findings and editions alone."""
    period, _ = header(path)
    groups = [group_book(path, group) for group in period.groups]
    return books.digest([books.build(one.period, one.group, one.edition, one.units, one.states) for one in groups])


def stored_digest(path: Path) -> str:
    """The digest of a published file's stored scores."""
    period, _ = header(path)
    return books.digest([group_book(path, group) for group in period.groups])


def exact(value: str) -> Any:
    """Exact text as a decimal; never None."""
    found = decimal(value)
    if found is None:
        raise ValueError(value)
    return found


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(row["unit_id"], row["name"], row["group_name"], row["level"], row["parent_id"], row["position"], tuple(json.loads(row["duties"])))


def _total_row(score: UnitScore) -> dict[str, Any]:
    return {
        "unit_id": score.unit,
        "total": str(score.total),
        "lower": str(score.lower),
        "upper": str(score.upper),
        "coverage": str(score.coverage),
        "grade": score.grade,
        "rank": score.rank,
        "veto": json.dumps(score.veto),
        "veto_open": json.dumps(score.veto_open),
        "dimensions": json.dumps({name: text(value) for name, value in score.dimensions.items()}, ensure_ascii=False),
    }


def _total(row: Mapping[str, Any], nodes: Mapping[str, NodeScore]) -> UnitScore:
    return UnitScore(
        unit=row["unit_id"],
        total=exact(row["total"]),
        lower=exact(row["lower"]),
        upper=exact(row["upper"]),
        coverage=exact(row["coverage"]),
        grade=row["grade"],
        rank=row["rank"],
        veto=tuple(json.loads(row["veto"])),
        veto_open=tuple(json.loads(row["veto_open"])),
        nodes=nodes,
        dimensions={Dimension(name): decimal(value) for name, value in json.loads(row["dimensions"]).items()},
    )


def _node_row(unit: str, node: NodeScore) -> dict[str, Any]:
    return {
        "unit_id": unit,
        "code": node.code,
        "lower": str(node.lower),
        "upper": str(node.upper),
        "total": str(node.total),
        "weight": str(node.weight),
        "observed": str(node.observed),
        "applicable": str(node.applicable),
    }


def _node(row: Mapping[str, Any]) -> NodeScore:
    return NodeScore(row["code"], *(exact(row[name]) for name in ("lower", "upper", "total", "weight", "observed", "applicable")))
