"""Units, sites, scopes, editions and periods in the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from scoring.model import Edition, Indicator, PeriodState, Unit
from scoring.store.database import Store, Writer


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with the edition of each of its groups: `groups` maps a group, in order, to (edition id, edition sha)."""

    id: str
    title: str
    start: date
    end: date
    cutoff: date | None
    state: PeriodState
    groups: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PeriodUnit:
    """A unit as frozen in a period, and the site it lives on."""

    unit: Unit
    site: str


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A unit's scope with its site's register entry (JSON text)."""

    unit: Unit
    site: str
    kind: str
    entry: str
    value: str
    site_entry: str
    simulated: bool


def unit_row(unit: Unit) -> dict[str, Any]:
    """A unit as columns: the same in the database and in a published file."""
    return {
        "unit_id": unit.id,
        "name": unit.name,
        "group_name": unit.group,
        "level": unit.level,
        "parent_id": unit.parent,
        "position": unit.order,
        "duties": json.dumps(unit.duties, ensure_ascii=False),
        "predecessors": json.dumps(unit.predecessors),
    }


def save_register(writer: Writer, units: Sequence[Unit], sites: Sequence[Mapping[str, Any]], scopes: Sequence[Mapping[str, Any]]) -> None:
    """Add or replace units, sites (columns of the table `site`) and scopes (columns of `scope`)."""
    writer.catalogue = True
    writer.insert("unit", [unit_row(unit) for unit in units], replace=True)
    writer.insert("site", sites, replace=True)
    writer.insert("scope", scopes, replace=True)


def scopes(store: Store) -> list[ScopeRow]:
    """Every unit with its scope and site, in official order by group."""
    rows = store.rows(
        "SELECT u.*, s.site_id, s.kind, s.entry, s.value, t.entry AS site_entry, t.simulated "
        "FROM unit u JOIN scope s USING (unit_id) JOIN site t USING (site_id) ORDER BY u.group_name, u.position, u.unit_id"
    )
    return [ScopeRow(unit_of(row), row["site_id"], row["kind"], row["entry"], row["value"], row["site_entry"], row["simulated"]) for row in rows]


def save_edition(writer: Writer, edition: Edition) -> None:
    """Keep an edition and its indicators; nothing happens when it is already there."""
    if writer.rows("SELECT 1 FROM edition WHERE edition_sha = ?", edition.sha):
        return
    writer.execute("INSERT INTO edition VALUES (?, ?, ?, ?, ?)", edition.sha, edition.id, edition.title, edition.text, edition.parent_sha or None)
    writer.insert("indicator", [_indicator(edition, n, *node) for n, node in enumerate(_nodes(edition))])


def edition_text(store: Store, sha: str) -> str:
    """The YAML text of a stored edition."""
    return str(store.rows("SELECT yaml FROM edition WHERE edition_sha = ?", sha)[0]["yaml"])


def create_period(writer: Writer, period: PeriodRow, units: Sequence[PeriodUnit]) -> None:
    """Add an open period with its groups and frozen units."""
    writer.catalogue = True
    writer.execute("INSERT INTO period VALUES (?, ?, ?, ?, ?, ?)", period.id, period.title, period.start, period.end, period.cutoff, period.state.value)
    groups = [{"period_id": period.id, "group_name": group, "position": n, "edition_sha": sha} for n, (group, (_, sha)) in enumerate(period.groups.items())]
    writer.insert("period_group", groups)
    rows = [
        {
            "period_id": period.id,
            **unit_row(one.unit),
            "excluded": one.unit.excluded,
            "site_id": one.site,
        }
        for one in units
    ]
    writer.insert("period_unit", rows)


def set_state(writer: Writer, period: str, state: PeriodState) -> None:
    """Move a period on."""
    writer.catalogue = True
    writer.execute("UPDATE period SET state = ? WHERE period_id = ?", state.value, period)


def periods(store: Store) -> list[PeriodRow]:
    """All periods, newest first."""
    groups: dict[str, dict[str, tuple[str, str]]] = {}
    for row in store.rows("SELECT g.*, e.edition_id FROM period_group g JOIN edition e USING (edition_sha) ORDER BY g.position"):
        groups.setdefault(row["period_id"], {})[row["group_name"]] = (row["edition_id"], row["edition_sha"])
    return [
        PeriodRow(
            row["period_id"], row["title"], row["start_date"], row["end_date"], row["cutoff"], PeriodState(row["state"]), groups.get(row["period_id"], {})
        )
        for row in store.rows("SELECT * FROM period ORDER BY end_date DESC, period_id DESC")
    ]


def period_units(store: Store, period: str) -> list[PeriodUnit]:
    """The units of a period as frozen, in official order."""
    rows = store.rows("SELECT * FROM period_unit WHERE period_id = ? ORDER BY position, unit_id", period)
    return [PeriodUnit(unit_of(row), row["site_id"]) for row in rows]


def exclude(writer: Writer, period: str, unit: str, why: str) -> None:
    """Make a unit of a period 暂不纳入 for a reason, or (empty) take it in again."""
    writer.catalogue = True
    writer.execute("UPDATE period_unit SET excluded = ? WHERE period_id = ? AND unit_id = ?", why, period, unit)


def unit_of(row: Mapping[str, Any]) -> Unit:
    """A unit from its row, in the database or in a published file."""
    duties, before = _names(row["duties"]), _names(row["predecessors"])
    return Unit(row["unit_id"], row["name"], row["group_name"], row["level"], row["parent_id"], row["position"], duties, before, row.get("excluded") or "")


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _nodes(edition: Edition) -> Iterator[tuple[str, str, Indicator]]:
    def below(parent: str, node: Indicator) -> Iterator[tuple[str, str, Indicator]]:
        yield "index", parent, node
        for child in node.children:
            yield from below(node.code, child)

    for node in edition.index:
        yield from below("", node)
    for veto in edition.vetoes:
        yield "veto", "", veto.leaf
    for deduction in edition.deductions:
        yield "deduction", deduction.source, deduction.leaf
    for leaf in edition.bonus.leaves if edition.bonus else ():
        yield "bonus", "", leaf


def _indicator(edition: Edition, position: int, part: str, parent: str, node: Indicator) -> dict[str, Any]:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, default=str)

    return {
        "edition_sha": edition.sha,
        "code": node.code,
        "part": part,
        "parent": parent,
        "position": position,
        "title": node.title,
        "weight": str(node.weight),
        "kind": node.check.value if node.check else None,
        "rule": node.rule,
        "params": text(dict(node.params)),
        "dimension": node.dimension.value if node.dimension else None,
        "needs": text(node.needs),
        "basis": node.basis,
        "fix": node.fix,
        "responsible": text(node.responsible),
    }
