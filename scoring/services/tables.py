"""Rankings and unit profiles from 底稿, for drafts and published results alike."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from scoring import wording
from scoring.errors import BadInput
from scoring.model import Check, Edition, Finding, Indicator, Outcome, Unit, UnitScore
from scoring.ranking import change, inseparable
from scoring.rollup import LeafPoints, Rollup, losses
from scoring.services.book import GroupBook
from scoring.services.effective import FOR_GOOD
from scoring.services.shapes import GroupSummary, LeafResult, PeriodInfo, Ranking, RankRow, RowFacts, Shortfall, Standing, UnitProfile
from scoring.store.findings import LeafState

HISTORY = 8


def ranking(book: GroupBook, before: Sequence[Standing], *, draft: bool, simulated: bool, as_of: date | None) -> Ranking:
    """A group's ranking. `before`: the same group in earlier published periods, oldest first."""
    rows = [row(unit, book.scores[unit.id], facts, before) for unit, facts in zip(book.units, all_facts(book), strict=True)]
    return assemble(book.period, book.group, book.edition, rows, summary(book), before, draft=draft, simulated=simulated, as_of=as_of)


def assemble(
    period: PeriodInfo,
    group: str,
    edition: Edition,
    rows: Sequence[RankRow],
    whole: GroupSummary,
    before: Sequence[Standing],
    *,
    draft: bool,
    simulated: bool,
    as_of: date | None,
) -> Ranking:
    """A ranking from its rows, wherever they come from."""
    names = {one.unit: one.name for one in rows}
    totals = {one.unit: one.score.total for one in rows if one.score.rank is not None}
    earlier = {unit: total for unit, (_, total) in before[-1].ranked.items()} if before else {}
    both = [unit for unit in totals if unit in earlier]
    return Ranking(
        period=period,
        group=group,
        edition=edition,
        rows=tuple(sorted(rows, key=lambda one: (one.score.rank is None, one.score.rank or 0, one.order, one.unit))),
        medians=whole.medians,
        inseparable=tuple(tuple(names[unit] for unit in one) for one in whole.inseparable),
        lost=whole.lost,
        mean=whole.mean,
        previous_mean=_mean(earlier[unit] for unit in both),
        draft=draft,
        simulated=simulated,
        as_of=as_of,
        mean_both=_mean(totals[unit] for unit in both),
        compared=len(both),
        before=earlier,
    )


def profile(book: GroupBook, before: Sequence[Standing], unit: Unit, *, draft: bool, simulated: bool) -> UnitProfile:
    """One unit of a group."""
    found = row(unit, book.scores[unit.id], facts_of(book, unit, Rollup(book.edition)), before)
    return unit_profile(book, found, len(book.units), medians(book), before, draft=draft, simulated=simulated)


def unit_profile(
    book: GroupBook, found: RankRow, size: int, middle: Mapping[str, Decimal | None], before: Sequence[Standing], *, draft: bool, simulated: bool
) -> UnitProfile:
    """A profile from a unit's row and a book that holds at least this unit."""
    unit = unit_of(book, found.unit)
    leaves = leaf_results(book, unit)
    order = {leaf.code: n for n, leaf in enumerate(leaves)}

    def key(leaf: LeafResult) -> tuple[int, Decimal, int]:
        if leaf.lost:
            return 0, -leaf.lost, order[leaf.code]
        return (1 if leaf.outcome is Outcome.NOT_OBSERVED else 2), Decimal(0), order[leaf.code]

    titles = [*(one.title for one in before), book.period.title][-HISTORY:]
    return UnitProfile(
        period=book.period,
        group=book.group,
        edition=book.edition,
        row=found,
        size=size,
        medians=middle,
        leaves=tuple(sorted(leaves, key=key)),
        history=tuple(zip(titles, found.history, strict=True)),
        draft=draft,
        simulated=simulated,
    )


def leaf_results(book: GroupBook, unit: Unit) -> list[LeafResult]:
    """Every leaf of a unit, in the edition's order."""
    first = {leaf.code: node.code for node in book.edition.index for leaf in node.leaves()}
    findings, states, points, beside = book.findings(unit), book.states.get(unit.id, {}), book.points(unit.id), _beside(book.edition)
    return [
        leaf_result(leaf, first.get(leaf.code, ""), findings[leaf.code], states.get(leaf.code), points.get(leaf.code), beside.get(leaf.code, ""))
        for leaf in book.edition.leaves()
    ]


def leaf_result(leaf: Indicator, first_level: str, finding: Finding, state: LeafState | None, points: LeafPoints | None, beside: str = "") -> LeafResult:
    """One leaf as pages see it."""
    machine = state.machine if state else None
    review = state.review if state else None
    reviewed = bool(state and state.reviewed and finding.reason_code not in FOR_GOOD)
    full = points.full if points else Decimal(0)
    return LeafResult(
        code=leaf.code,
        title=leaf.title,
        first_level=first_level,
        indicator=leaf,
        check=leaf.check or Check.MANUAL,
        outcome=finding.outcome,
        ratio=finding.ratio,
        points=points.points if points else None,
        full=full,
        lost=points.lost if points else None,
        reason=wording.told(finding.reason_code, finding.params),
        reason_code=finding.reason_code,
        params=finding.params,
        evidence=finding.evidence,
        reviewed=reviewed,
        review_why=review.why if review else "",
        review_by=review.by if review else "",
        review_at=review.at if review else None,
        machine_outcome=machine.outcome if machine else None,
        machine_ratio=machine.ratio if machine else None,
        machine_reason=wording.told(machine.reason_code, machine.params) if machine else "",
        seq=state.seq if state else 0,
        beside=beside,
        run=state.run if state else "",
    )


def unit_of(book: GroupBook, unit: str) -> Unit:
    """The unit in the group. Raises BadInput when it is not there."""
    if (found := book.unit(unit)) is None:
        raise BadInput(f"评估期次 {book.period.id} 的分组 {book.group} 中没有单位 {unit}")
    return found


def medians(book: GroupBook) -> dict[str, Decimal | None]:
    """The group's median 得分率 by first-level code, over the units of which enough was observed."""
    each = [_rates(book, unit.id) for unit in book.units]
    return {node.code: _median(rate for rates in each if (rate := rates[node.code]) is not None) for node in book.edition.index}


def summary(book: GroupBook) -> GroupSummary:
    """What is said of the group as a whole."""
    order = {unit.id: unit.order for unit in book.units}
    ranked = sorted((score for score in book.scores.values() if score.rank is not None), key=lambda score: (score.rank or 0, order[score.unit]))
    return GroupSummary(_mean(score.total for score in ranked), medians(book), _lost(book), inseparable(ranked))


def standing(book: GroupBook) -> Standing:
    """What later periods are compared with."""
    return Standing(book.period.title, {unit: (score.rank, score.total) for unit, score in book.scores.items() if score.rank is not None})


def all_facts(book: GroupBook) -> list[RowFacts]:
    """The facts of every unit of the group, in official order."""
    rollup = Rollup(book.edition)
    return [facts_of(book, unit, rollup) for unit in book.units]


def facts_of(book: GroupBook, unit: Unit, rollup: Rollup) -> RowFacts:
    """What a row says beside the score."""
    findings = book.findings(unit)
    return RowFacts(_rates(book, unit.id), _counts(book.edition, findings), rollup.bonus_open(findings, unit.duties, book.scores[unit.id]))


def row(unit: Unit, score: UnitScore, facts: RowFacts, before: Sequence[Standing]) -> RankRow:
    """One line of a ranking."""
    known = [one.ranked.get(unit.id) or (one.ranked.get(unit.predecessors[0]) if len(unit.predecessors) == 1 else None) for one in before]
    previous, total = (known[-1] if known else None) or (None, None)
    past = [found[1] if found else None for found in known]
    return RankRow(
        unit=unit.id,
        name=unit.name,
        order=unit.order,
        score=score,
        rates=facts.rates,
        counts=facts.counts,
        previous_rank=previous,
        previous_total=total,
        change=change(previous, score.rank),
        history=tuple([*past, score.total if score.rank is not None else None][-HISTORY:]),
        bonus_open=facts.bonus_open,
        excluded=unit.excluded,
    )


def _rates(book: GroupBook, unit: str) -> dict[str, Decimal | None]:
    nodes = book.scores[unit].nodes if book.enough(unit) else {}
    return {node.code: nodes[node.code].rate if node.code in nodes else None for node in book.edition.index}


def _beside(edition: Edition) -> dict[str, str]:
    kinds = {veto.leaf.code: "veto" for veto in edition.vetoes} | {deduction.leaf.code: "deduction" for deduction in edition.deductions}
    return kinds | {leaf.code: "bonus" for leaf in (edition.bonus.leaves if edition.bonus else ())}


def _counts(edition: Edition, findings: Mapping[str, Finding]) -> dict[Outcome, int]:
    found = Counter([findings[code].outcome for code in edition.tree_leaves])
    return {outcome: found[outcome] for outcome in Outcome}


def _lost(book: GroupBook) -> tuple[Shortfall, ...]:
    found: list[Shortfall] = []
    leaves = [leaf for node in book.edition.index for leaf in node.leaves()]
    columns = zip(*(losses(book.edition, score) for unit, score in book.scores.items() if book.enough(unit)), strict=True)
    for leaf, lost_by_unit in zip(leaves, columns, strict=False):  # no column at all when no unit has enough data
        each = [lost for lost in lost_by_unit if lost is not None]
        if mean := _mean(each):
            found.append(Shortfall(leaf, mean, sum(1 for lost in each if lost), len(each)))
    return tuple(sorted(found, key=lambda one: -one.mean))


def _mean(values: Iterable[Decimal]) -> Decimal | None:
    known = list(values)
    return sum(known, Decimal(0)) / len(known) if known else None


def _median(values: Iterable[Decimal]) -> Decimal | None:
    known = sorted(values)
    if not known:
        return None
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
