"""From a published file back to what pages show: each function reads only the rows it needs."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from scoring.disclosure import parse
from scoring.errors import BadInput
from scoring.model import Dimension, Edition, NodeScore, Outcome, PeriodState, UnitScore
from scoring.parts import PartInput
from scoring.score import Nodes
from scoring.services import editions, tables
from scoring.services.book import GroupBook
from scoring.services.collector import paused
from scoring.services.publication import NODE
from scoring.services.shapes import GroupSummary, PeriodInfo, Ranking, RankRow, RowFacts, Shortfall, Standing, UnitProfile
from scoring.store import findings
from scoring.store.catalogue import unit_of
from scoring.store.findings import decimal
from scoring.store.published import PublishedFile

_ZERO = Decimal(0)
_JSON = ("dimensions", "rates")
_OUTCOMES = {one.value: one for one in Outcome}
_DIMENSIONS = {one.value: one for one in Dimension}
_number = lru_cache(maxsize=1 << 15)(Decimal)  # pages ask for the same rows again and again, and units have the same few weights
_rate = lru_cache(maxsize=1 << 15)(decimal)
_ROWS = "SELECT * EXCLUDE (seal) FROM period_unit JOIN total USING (unit_id) WHERE group_name = ?"


@lru_cache(maxsize=256)
def header(path: Path) -> tuple[PeriodInfo, Mapping[str, str]]:
    """The period of a published file and its header."""
    return header_of(PublishedFile(path))


def header_of(file: PublishedFile) -> tuple[PeriodInfo, Mapping[str, str]]:
    """The same of an open file. Raises BadInput when the header is damaged."""
    meta = file.meta()
    groups = {row["group_name"]: row["edition_id"] for row in file.rows("SELECT group_name, edition_id FROM period_group ORDER BY position")}
    try:
        period = PeriodInfo(
            id=meta["period"],
            title=meta["title"],
            start=date.fromisoformat(meta["start"]),
            end=date.fromisoformat(meta["end"]),
            cutoff=date.fromisoformat(meta["cutoff"]) if meta["cutoff"] else None,
            state=PeriodState.PUBLISHED,
            groups=groups,
            revision=int(meta["revision"]),
            published_at=datetime.fromisoformat(meta["published_at"]) if meta["published_at"] else None,
            disclosure=parse(meta["disclosure"]),
            reason=meta["reason"],
            corrects=int(meta["corrects"]) if meta["corrects"] else None,
        )
    except (KeyError, ValueError) as error:
        raise BadInput(f"发布文件 {file.path} 的文件头有误（{error}），请从备份恢复该文件") from error
    return period, meta


@lru_cache(maxsize=256)
def edition(path: Path, group: str) -> Edition:
    """The edition of a group, as it was."""
    return edition_of(PublishedFile(path), group)


def edition_of(file: PublishedFile, group: str) -> Edition:
    """The same of an open file. Raises BadInput when it has no such group."""
    found = {row["group_name"]: row["yaml"] for row in file.rows("SELECT group_name, yaml FROM period_group ORDER BY position")}
    if group not in found:
        raise BadInput(f"评估期次 {file.meta()['period']} 没有分组 {group}，现有：{'、'.join(found)}")
    return editions.from_text(str(found[group]))


@lru_cache(maxsize=256)
def standing(path: Path, group: str) -> Standing:
    """What later periods are compared with."""
    rows = PublishedFile(path).tuples(
        "SELECT unit_id, rank, total FROM period_unit JOIN total USING (unit_id) WHERE group_name = ? AND rank IS NOT NULL AND total IS NOT NULL", group
    )[1]
    return Standing(header(path)[0].title, {unit: (rank, Decimal(total)) for unit, rank, total in rows})


def ranking(path: Path, period: PeriodInfo, group: str, before: Sequence[Standing], *, nodes: bool) -> Ranking:
    """A group's ranking. `nodes`: with every indicator's score of every unit, for exports."""
    meta = header(path)[1]
    one = edition(path, group)
    file = PublishedFile(path)
    scores = _nodes(file, "", group) if nodes else {}
    with paused():
        rows = [_row(found, scores.get(found["unit_id"], {}), before) for found in _found(file, _ROWS, group)]
    as_of = date.fromisoformat(meta["as_of"]) if meta["as_of"] else None
    return tables.assemble(period, group, one, rows, _summary(file, group, one), before, draft=False, simulated=bool(meta["simulated"]), as_of=as_of)


def grades_of(file: PublishedFile, group: str) -> list[tuple[str, str, str | None]]:
    """Id, name and grade of every unit in the file, in official order."""
    sql = "SELECT unit_id, name, grade FROM period_unit LEFT JOIN total USING (unit_id) WHERE group_name = ? ORDER BY position, unit_id"
    return [(row["unit_id"], row["name"], row["grade"]) for row in file.rows(sql, group)]


def units(path: Path) -> dict[str, str]:
    """Names of the units in the file by id, in official order."""
    sql = "SELECT unit_id, u.name FROM period_unit u JOIN period_group g USING (group_name) ORDER BY g.position, u.position, unit_id"
    return {row["unit_id"]: row["name"] for row in PublishedFile(path).rows(sql)}


def group_of(path: Path, unit: str) -> str | None:
    """The group of a unit in the file; None when it is not there."""
    found = PublishedFile(path).rows("SELECT group_name FROM period_unit WHERE unit_id = ?", unit)
    return str(found[0]["group_name"]) if found else None


def profile(path: Path, period: PeriodInfo, group: str, unit: str, before: Sequence[Standing]) -> UnitProfile:
    """One unit of a group."""
    file, one = PublishedFile(path), edition(path, group)
    found = _found(file, "SELECT * FROM period_unit JOIN total USING (unit_id) WHERE unit_id = ?", unit)[0]
    nodes = {row["code"]: _node(row) for row in file.rows("SELECT * FROM node WHERE unit_id = ?", unit)}
    row = _row(found, nodes, before)
    states = findings.states_of(file.tuples(f"{findings.SELECT} FROM finding WHERE unit_id = ?", unit)[1])
    book = GroupBook(period, group, one, (unit_of(found),), states, {unit: row.score})
    size = file.rows("SELECT size FROM period_group WHERE group_name = ?", group)[0]["size"]
    return tables.unit_profile(book, row, size, _summary(file, group, one).medians, before, draft=False, simulated=bool(header(path)[1]["simulated"]))


def group_book(file: PublishedFile, period: PeriodInfo, group: str, one: Edition, only: Sequence[str] | None = None) -> GroupBook:
    """A group as it was published: its stored scores, not a new computation. `only`: these units alone."""
    inside = "" if only is None else " AND list_contains($2::VARCHAR[], unit_id)"
    given: tuple[Any, ...] = (group,) if only is None else (group, list(only))
    found = _found(file, f"{_ROWS.replace('= ?', f'= $1{inside}')} ORDER BY position, unit_id", *given)
    nodes = _nodes(file, inside, *given)
    scores = {row["unit_id"]: _score(row, nodes.get(row["unit_id"], {})) for row in found}
    among = f"unit_id IN (SELECT unit_id FROM period_unit WHERE group_name = $1{inside})"  # noqa: S608 - SQL of ours
    states = findings.states_of(file.tuples(f"{findings.SELECT} FROM finding WHERE {among}", *given)[1])
    return GroupBook(period, group, one, tuple(unit_of(row) for row in found), states, scores)


def inputs_of(file: PublishedFile) -> dict[str, dict[str, tuple[PartInput, ...]]]:
    """What went into the parts of each composed unit, as it was published."""
    found: dict[str, dict[str, tuple[PartInput, ...]]] = {}
    for row in file.rows("SELECT * FROM part_input ORDER BY rowid"):
        low, high, full, coverage = (Decimal(row[name]) for name in ("lower", "upper", "full", "coverage"))
        one = PartInput(row["source"], low, high, full, coverage, row["file_sha"], row["file_row"], row["drawn"])
        by_code = found.setdefault(row["unit_id"], {})
        by_code[row["code"]] = (*by_code.get(row["code"], ()), one)
    return found


def _found(file: PublishedFile, sql: str, *given: Any) -> list[dict[str, Any]]:
    """Rows of units with their totals and their JSON read: a column at a time, which takes half the time."""
    table = file.arrow(sql, *given)
    columns = {name: table[name].to_pylist() for name in table.column_names}
    for name in _JSON if table.num_rows and columns["total"][0] is not None else ():  # a file that tells grades only has none
        columns[name] = json.loads(f"[{','.join(columns[name])}]")
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@lru_cache(maxsize=4096)
def _counts(text: str) -> Mapping[Outcome, int]:
    return {_OUTCOMES[name]: count for name, count in json.loads(text).items()}


@lru_cache(maxsize=1024)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _row(row: Mapping[str, Any], nodes: Mapping[str, NodeScore], before: Sequence[Standing]) -> RankRow:
    facts = RowFacts(
        {code: _rate(value) for code, value in row["rates"].items()},
        _counts(row["counts"]),
        _number(row["bonus_open"]),
    )
    return tables.row(unit_of(row), _score(row, nodes), facts, before)


def _score(row: Mapping[str, Any], nodes: Mapping[str, NodeScore]) -> UnitScore:
    if row["total"] is None:  # a file that tells grades only
        return UnitScore(row["unit_id"], _ZERO, _ZERO, _ZERO, _ZERO, row["grade"], None, (), (), {}, {})
    return UnitScore(
        unit=row["unit_id"],
        total=_number(row["total"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        coverage=_number(row["coverage"]),
        grade=row["grade"],
        rank=row["rank"],
        veto=_codes(row["veto"]),
        veto_open=_codes(row["veto_open"]),
        nodes=nodes,
        dimensions={_DIMENSIONS[name]: _rate(value) for name, value in row["dimensions"].items()},
        full=_number(row["full"]),
    )


def _nodes(file: PublishedFile, inside: str, *given: Any) -> dict[str, Nodes]:
    """The nodes of every unit."""
    columns = ", ".join(f"n.{name}" for name in NODE)
    sql = f"SELECT unit_id, code, {columns} FROM node n JOIN period_unit USING (unit_id) WHERE group_name = $1{inside} ORDER BY unit_id, code"  # noqa: S608
    _, rows = file.tuples(sql, *given)
    places = _Places()
    found: dict[str, Nodes] = {}
    for unit, mine in groupby(rows, key=itemgetter(0)):
        _, codes, *numbers = zip(*mine, strict=True)
        found[unit] = Nodes(places[codes], tuple(tuple(map(_number, column)) for column in numbers))
    return found


class _Places(dict[tuple[str, ...], dict[str, int]]):
    """Where codes stand, the same for all units with the same codes."""

    def __missing__(self, codes: tuple[str, ...]) -> dict[str, int]:
        self[codes] = places = {code: n for n, code in enumerate(codes)}
        return places


def _node(row: Mapping[str, Any]) -> NodeScore:
    return NodeScore(row["code"], *(Decimal(row[name]) for name in NODE))


def _summary(file: PublishedFile, group: str, one: Edition) -> GroupSummary:
    found = json.loads(file.rows("SELECT summary FROM period_group WHERE group_name = ?", group)[0]["summary"])
    leaves = {leaf.code: leaf for leaf in one.leaves()}
    return GroupSummary(
        decimal(found["mean"]),
        {code: decimal(value) for code, value in found["medians"].items()},
        tuple(Shortfall(leaves[code], Decimal(mean), losing, units) for code, mean, losing, units in found["lost"]),
        tuple(tuple(one) for one in found["inseparable"]),
    )
