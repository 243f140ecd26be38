"""Findings of the machine and reviews of people: append-only, one sequence per leaf, read through the effective view."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from scoring.model import EvidenceRef, Finding, Outcome
from scoring.store.database import Writer, aware, utc
from scoring.store.lazy import LazyEvidence, LazyParams


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A machine finding to keep, and what it was computed from."""

    unit: str
    code: str
    run: str
    rule: str
    rule_version: str
    finding: Finding
    input_sha: str


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on one leaf. `finding_seq` 0: there was no machine finding."""

    finding_seq: int
    outcome: Outcome
    ratio: Decimal | None
    level: str | None
    points: Decimal | None
    why: str
    by: str
    at: datetime


class LeafState(NamedTuple):
    """What is known of one unit and one leaf. `reviewed`: the review is in force; False with a review present: the machine has changed its mind since.

    `seq` is what a writer must have seen.
    """

    unit: str
    code: str
    seq: int
    machine: Finding | None
    finding_seq: int
    input_sha: str
    rule_version: str
    run: str
    review: Review | None
    reviewed: bool


_OUTCOMES = {one.value: one for one in Outcome}
SEEN = (
    *("unit_id", "code", "seq", "finding_seq", "run_id", "rule_version", "machine_outcome", "machine_ratio", "reason_code", "params", "evidence"),
    *("review_seq", "review_of", "review_outcome", "review_ratio", "level", "points", "why", "by_name", "review_at", "reviewed"),
)
"""Columns of the effective view and of a published file's table `finding`, in the order in which `states_of` takes them."""
SELECT = f"SELECT {', '.join(SEEN)}"
Tuples = tuple[list[str], list[tuple[Any, ...]]]


class Readable(Protocol):
    """A database, or what stands in for one."""

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read."""
        ...

    def tuples(self, sql: str, *params: Any) -> Tuples:
        """Read: names and rows."""
        ...


class Columnar(Protocol):
    """A database, or what stands in for one, read by column."""

    def arrow(self, sql: str, *params: Any) -> pa.Table:
        """Read."""
        ...


class SeqConflict(Exception):
    """Somebody else wrote first; `actual` is the leaf's sequence now."""

    def __init__(self, actual: int) -> None:
        super().__init__(f"expected another sequence, found {actual}")
        self.actual = actual


def states(store: Readable, period: str, unit: str | None = None) -> dict[str, dict[str, LeafState]]:
    """The state of every leaf that has a finding or a review, by unit and code."""
    only, given = ("", (period,)) if unit is None else (" AND unit_id = ?", (period, unit))
    _, rows = store.tuples(f"{SELECT}, input_sha FROM effective_finding WHERE period_id = ?{only} ORDER BY unit_id, code", *given)
    return states_of(rows)


def states_in(table: pa.Table) -> dict[str, dict[str, LeafState]]:
    """The states in a table whose first columns are SEEN: a column at a time, half the time of rows."""
    return states_of(zip(*(table[name].to_pylist() for name in SEEN), strict=True))


def bare(file: Columnar, points_of: Collection[str]) -> dict[str, dict[str, LeafState]]:
    """The states of a published file without the texts that no score follows from: evidence, why, who; parameters only of these reasons.

    Most findings are then the same few: they are made once, which is a third of the time and of the memory.
    """
    kept = ", ".join(f"'{one}'" for one in points_of)
    left_out = dict.fromkeys(("evidence", "why", "by_name"), "NULL") | {"params": f"CASE WHEN reason_code IN ({kept}) THEN params END"}
    columns = ", ".join(f"{left_out[name]} AS {name}" if name in left_out else name for name in SEEN)
    return states_in(file.arrow(f"SELECT {columns} FROM finding"))  # noqa: S608 - columns and codes of ours


def states_of(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, LeafState]]:
    """The states in rows of SEEN, with or without `input_sha` at their end: a published file has none, it is of no use to readers."""
    by_unit: dict[str, dict[str, LeafState]] = {}
    for row in rows:
        state = _state(*row)
        known = by_unit.get(state.unit)
        if known is None:
            known = by_unit[state.unit] = {}
        known[state.code] = state
    return by_unit


def add(writer: Writer, period: str, findings: Sequence[NewFinding], at: datetime) -> None:
    """Append machine findings."""
    last = _last(writer, period, None, None)
    rows = []
    for new in findings:
        seq = last[new.unit, new.code] = last.get((new.unit, new.code), 0) + 1
        rows.append(
            {
                "period_id": period,
                "unit_id": new.unit,
                "code": new.code,
                "seq": seq,
                "run_id": new.run,
                "rule": new.rule,
                "rule_version": new.rule_version,
                "outcome": new.finding.outcome.value,
                "ratio": text(new.finding.ratio),
                "reason_code": new.finding.reason_code,
                "params": dump_params(new.finding.params),
                "evidence": dump_evidence(new.finding.evidence),
                "input_sha": new.input_sha,
                "at_utc": utc(at),
            }
        )
    writer.insert("finding", rows)


def review(writer: Writer, period: str, unit: str, code: str, decision: Review, expected_seq: int) -> int:
    """Append a review and return its sequence. Raises SeqConflict when the leaf has moved on since `expected_seq`."""
    actual = _last(writer, period, unit, code).get((unit, code), 0)
    if actual != expected_seq:
        raise SeqConflict(actual)
    row = {
        "period_id": period,
        "unit_id": unit,
        "code": code,
        "seq": actual + 1,
        "finding_seq": decision.finding_seq,
        "slot": "1",
        "outcome": decision.outcome.value,
        "ratio": text(decision.ratio),
        "level": decision.level,
        "points": text(decision.points),
        "why": decision.why,
        "by_name": decision.by,
        "at_utc": utc(decision.at),
    }
    writer.insert("review", [row])
    return actual + 1


def text(value: Decimal | None) -> str | None:
    """A decimal as exact text."""
    return None if value is None else str(value)


def decimal(value: str | None) -> Decimal | None:
    """Exact text as a decimal."""
    return None if value is None else Decimal(value)


def dump_params(params: Mapping[str, Any]) -> str:
    """A finding's parameters as canonical JSON."""
    return json.dumps(dict(params), ensure_ascii=False, sort_keys=True, default=str)


def dump_evidence(evidence: Sequence[EvidenceRef]) -> str:
    """A finding's evidence as JSON."""
    return json.dumps(
        [
            {"url": one.url, "at": one.at.isoformat() if one.at else None, "snapshot": one.snapshot} | ({"picture": True} if one.picture else {})
            for one in evidence
        ],
        ensure_ascii=False,
    )


def load_evidence(value: str) -> tuple[EvidenceRef, ...]:
    """The reverse of `dump_evidence`."""
    return tuple(
        EvidenceRef(one["url"], datetime.fromisoformat(one["at"]) if one["at"] else None, one["snapshot"], one.get("picture", False))
        for one in json.loads(value)
    )


def _last(writer: Writer, period: str, unit: str | None, code: str | None) -> dict[tuple[str, str], int]:
    rows = writer.rows(
        "SELECT unit_id, code, max(seq) AS seq FROM (SELECT period_id, unit_id, code, seq FROM finding UNION ALL SELECT period_id, unit_id, code, seq FROM review) "
        "WHERE period_id = $1 AND ($2 IS NULL OR unit_id = $2) AND ($3 IS NULL OR code = $3) GROUP BY unit_id, code",
        *(period, unit, code),
    )
    return {(row["unit_id"], row["code"]): row["seq"] for row in rows}


def _state(
    unit: str,
    code: str,
    seq: int,
    finding_seq: int | None,
    run: str | None,
    rule_version: str | None,
    machine_outcome: str | None,
    machine_ratio: str | None,
    reason_code: str | None,
    params: str | None,
    evidence: str | None,
    review_seq: int | None,
    review_of: int | None,
    review_outcome: str | None,
    review_ratio: str | None,
    level: str | None,
    points: str | None,
    why: str | None,
    by_name: str | None,
    review_at: datetime | None,
    reviewed: bool,
    input_sha: str | None = None,
) -> LeafState:
    machine = decision = None
    if finding_seq is not None:
        made = _finding if evidence is not None else _bare_finding
        machine = made(machine_outcome or "", machine_ratio, reason_code or "", params or "{}", evidence or "[]")
    if review_seq is not None and review_at is not None:
        decided = _review if why is not None else _bare_review
        decision = decided(review_of or 0, review_outcome or "", review_ratio, level, points, why or "", by_name or "", review_at)
    return LeafState(unit, code, seq, machine, finding_seq or 0, input_sha or "", rule_version or "", run or "", decision, reviewed)


def _finding(outcome: str, ratio: str | None, reason: str, params: str, evidence: str) -> Finding:
    return Finding(_OUTCOMES[outcome], _decimal(ratio), reason, LazyParams(params), LazyEvidence(evidence, load_evidence))


def _review(of: int, outcome: str, ratio: str | None, level: str | None, points: str | None, why: str, by: str, at: datetime) -> Review:
    return Review(of, _OUTCOMES[outcome], _decimal(ratio), level, _decimal(points), why, by, aware(at))


_bare_finding = lru_cache(maxsize=1 << 14)(_finding)
_bare_review = lru_cache(maxsize=1 << 14)(_review)


@lru_cache(maxsize=1 << 14)
def _decimal(value: str | None) -> Decimal | None:  # the same few ratios stand in every row
    return decimal(value)
