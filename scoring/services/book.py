"""底稿: one group of one period with everything known of it, from which rankings, profiles, exports and digests are made."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Edition, Finding, Unit, UnitScore
from scoring.ranking import rank
from scoring.rollup import LeafPoints, Rollup, leaf_points
from scoring.services.compute import exact
from scoring.services.effective import effective
from scoring.services.shapes import PeriodInfo
from scoring.store.findings import LeafState

_HEADER = ("period", "group", "unit", "code", "outcome", "ratio", "lower", "upper", "total", "coverage", "grade", "rank", "veto", "veto_open")


@dataclass(frozen=True, slots=True)
class GroupBook:
    """One group: `units` in official order; `states`, `scores` and `points` by unit id (states and points then by leaf code)."""

    period: PeriodInfo
    group: str
    edition: Edition
    units: tuple[Unit, ...]
    states: Mapping[str, Mapping[str, LeafState]]
    scores: Mapping[str, UnitScore]
    points: Mapping[str, Mapping[str, LeafPoints]]

    def enough(self, unit: str) -> bool:
        """Whether enough was observed of the unit for its numbers to stand in a comparison (not 数据不足)."""
        return self.scores[unit].coverage >= self.edition.coverage

    def unit(self, unit: str) -> Unit | None:
        """The unit with this id; None when it is not of this group."""
        return next((one for one in self.units if one.id == unit), None)

    def findings(self, unit: Unit) -> dict[str, Finding]:
        """The effective finding of every leaf of a unit, in the edition's order."""
        known = self.states.get(unit.id, {})
        return {leaf.code: effective(leaf, unit, known.get(leaf.code)) for leaf in self.edition.leaves()}


def build(period: PeriodInfo, group: str, edition: Edition, units: Sequence[Unit], states: Mapping[str, Mapping[str, LeafState]]) -> GroupBook:
    """Roll a group up and rank it."""
    rollup = Rollup(edition)
    scores: dict[str, UnitScore] = {}
    points: dict[str, Mapping[str, LeafPoints]] = {}
    for unit in units:
        known = states.get(unit.id, {})
        findings = {leaf.code: effective(leaf, unit, known.get(leaf.code)) for leaf in edition.leaves()}
        scores[unit.id] = rollup.score(findings, unit.duties, unit.id)
        points[unit.id] = leaf_points(edition, scores[unit.id])
    ranked = rank(edition, [scores[unit.id] for unit in units])
    return GroupBook(period, group, edition, tuple(units), states, {one.unit: one for one in ranked}, points)


def places(value: Decimal | None) -> str:
    """A number for an export: 12 places, half up; empty for None."""
    return exact(value) or ""


def canonical_csv(books: Sequence[GroupBook]) -> bytes:
    """Every total, node and effective finding of a period: UTF-8, LF, sorted by group, unit and code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(sorted(row for book in books for row in _rows(book)))
    return out.getvalue().encode()


def digest(books: Sequence[GroupBook]) -> str:
    """SHA-256 of the canonical CSV."""
    return hashlib.sha256(canonical_csv(books)).hexdigest()


def _rows(book: GroupBook) -> Iterator[tuple[str, ...]]:
    for unit in book.units:
        score = book.scores[unit.id]
        key = (book.period.id, book.group, unit.id)
        rank = "" if score.rank is None else str(score.rank)
        numbers = (places(score.lower), places(score.upper), places(score.total), places(score.coverage))
        yield (*key, "", "", "", *numbers, score.grade or "", rank, " ".join(score.veto), " ".join(score.veto_open))
        findings = book.findings(unit)
        for code in sorted({*score.nodes, *findings}):
            node, finding = score.nodes.get(code), findings.get(code)
            seen = (finding.outcome.value, places(finding.ratio)) if finding else ("", "")
            nums = (places(node.lower), places(node.upper), places(node.total)) if node else ("", "", "")
            yield (*key, code, *seen, *nums, "", "", "", "", "")
