"""Findings of the machine and reviews of people: append-only, one sequence per leaf, read through the effective view."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

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


@dataclass(frozen=True, slots=True)
class LeafState:
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
Row = Mapping[str, Any]
"""A row of the effective view, or of a published file's table `finding`."""


class Readable(Protocol):
    """A database, or what stands in for one."""

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read."""
        ...


class SeqConflict(Exception):
    """Somebody else wrote first; `actual` is the leaf's sequence now."""

    def __init__(self, actual: int) -> None:
        super().__init__(f"expected another sequence, found {actual}")
        self.actual = actual


def states(store: Readable, period: str, unit: str | None = None) -> dict[str, dict[str, LeafState]]:
    """The state of every leaf that has a finding or a review, by unit and code."""
    rows = raw(store, period) if unit is None else _raw_unit(store, period, unit)
    return states_of(rows)


def states_of(rows: Iterable[Row]) -> dict[str, dict[str, LeafState]]:
    """The states in rows of the effective view or of a published file's table `finding`."""
    by_unit: dict[str, dict[str, LeafState]] = {}
    for row in rows:
        by_unit.setdefault(row["unit_id"], {})[row["code"]] = _state(row)
    return by_unit


def raw(store: Readable, period: str) -> list[dict[str, Any]]:
    """The rows of the effective view, as they go into a published file."""
    return store.rows("SELECT * FROM effective_finding WHERE period_id = ? ORDER BY unit_id, code", period)


def _raw_unit(store: Readable, period: str, unit: str) -> list[dict[str, Any]]:
    return store.rows("SELECT * FROM effective_finding WHERE period_id = ? AND unit_id = ? ORDER BY code", period, unit)


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


def _state(row: Mapping[str, Any]) -> LeafState:
    machine = decision = None
    if row["finding_seq"] is not None:
        machine = Finding(
            _OUTCOMES[row["machine_outcome"]],
            decimal(row["machine_ratio"]),
            row["reason_code"],
            LazyParams(row["params"]),
            LazyEvidence(row["evidence"], load_evidence),
        )
    if row["review_seq"] is not None:
        decision = Review(
            finding_seq=row["review_of"],
            outcome=_OUTCOMES[row["review_outcome"]],
            ratio=decimal(row["review_ratio"]),
            level=row["level"],
            points=decimal(row["points"]),
            why=row["why"],
            by=row["by_name"],
            at=aware(row["review_at"]),
        )
    return LeafState(
        unit=row["unit_id"],
        code=row["code"],
        seq=row["seq"],
        machine=machine,
        finding_seq=row["finding_seq"] or 0,
        input_sha=row.get("input_sha") or "",  # a published file has none: it is of no use to readers
        rule_version=row["rule_version"] or "",
        run=row["run_id"] or "",
        review=decision,
        reviewed=row["reviewed"],
    )
