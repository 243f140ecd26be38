"""One indicator over a group: counts, named causes, what stands apart, and only what is published."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.disclosure import EVERYTHING, Disclosure, Extent
from scoring.errors import BadInput, Refused
from scoring.model import Outcome, Role
from scoring.services import children, contrast, corrections, edition_rows, indicator, peers, results
from scoring.services.contrast import Turn
from scoring.services.workspace import Workspace
from scoring.wording import gap
from tests.index.make import together
from tests.services.closing import LATER, PERIOD, close, judge, published
from tests.services.hand import GROUP, NAMES, missing, stale

CHANGES = {
    ("fgw", "duties"): missing("duties", "机关职能"),
    ("czj", "duties"): missing("duties", "机关职能"),
    ("fgw", "guide"): stale("guide", "政府信息公开指南"),
}


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A published period, corrected once: the leaf of one unit was put in order."""
    ws, _ = published(tmp_path_factory.mktemp("shut") / "home", CHANGES)
    corrections.reopen(ws, PERIOD, "复核", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "czj", "p3-duties", Outcome.MET, "已补设")
    close(ws)
    yield ws
    ws.close()


def test_every_indicator_agrees_with_the_profiles_of_the_units(shut: Workspace) -> None:
    ranking = results.ranking(shut, PERIOD, GROUP)
    profiles = {row.unit: results.profile(shut, PERIOD, row.unit) for row in ranking.rows}
    for row in edition_rows.rows(ranking.edition):
        view = indicator.view(shut, PERIOD, GROUP, row.node.code)
        assert {one.unit for one in view.marks} == set(profiles)
        assert len(view.judged) == sum(view.counts.get(one, 0) for one in indicator.JUDGED) or not row.node.is_leaf
        for one in view.marks:
            profile = profiles[one.unit]
            if not row.node.is_leaf:
                node = profile.row.score.nodes[row.node.code]
                assert one.rate == (node.rate if node.weight else None)
                continue
            leaf = next(leaf for leaf in profile.leaves if leaf.code == row.node.code)
            assert together(one.outcome, one.points, one.reason) == (leaf.outcome, leaf.points, leaf.reason)
        rates = [one.rate for one in view.judged]
        assert rates == sorted(rates, key=lambda rate: -(rate or 0))
        if rates and view.difficulty is not None:
            assert abs(view.difficulty * len(rates) - sum(rate or Decimal(0) for rate in rates)) < Decimal("1e-20")
        assert sum(len(cause.units) for cause in view.causes) == sum(one.outcome in (Outcome.PARTIAL, Outcome.UNMET) for one in view.judged)


def test_a_cause_is_told_once_with_its_units_and_a_correction_counts(shut: Workspace) -> None:
    first = indicator.view(shut, f"{PERIOD}@1", GROUP, "p3-duties")
    assert together(first.counts[Outcome.MET], first.counts[Outcome.UNMET]) == (1, 2)
    [cause] = first.causes
    assert set(cause.units) == {NAMES["fgw"], NAMES["czj"]}
    assert "未找到「机关职能」" in cause.said
    now = indicator.view(shut, PERIOD, GROUP, "p3-duties")
    assert together(now.counts[Outcome.MET], now.counts[Outcome.UNMET], now.discrimination) == (2, 1, None)
    assert [one.title for one in now.spreads] == [now.period.title]
    with pytest.raises(BadInput, match="没有指标 nothing"):
        indicator.view(shut, PERIOD, GROUP, "nothing")


def test_what_changed_between_two_revisions_is_one_leaf_with_both_reasons(shut: Workspace) -> None:
    before, after = results.profile(shut, f"{PERIOD}@1", "czj"), results.profile(shut, PERIOD, "czj")
    changed = [one for one in contrast.turns(before, after) if one.turn is not Turn.SAME]
    assert [(one.code, one.turn) for one in changed] == [("p3-duties", Turn.BETTER)]
    assert changed[0].gained == after.row.score.total - before.row.score.total
    assert changed[0].before is not None
    assert "未找到" in changed[0].before.reason
    assert changed[0].rule is False
    back = [one for one in contrast.turns(after, before) if one.turn is not Turn.SAME]
    assert together(back[0].turn, back[0].gained) == (Turn.WORSE, -(changed[0].gained or 0))
    moves = contrast.moves(results.ranking(shut, f"{PERIOD}@1", GROUP), results.ranking(shut, PERIOD, GROUP))
    assert {one.unit for one in moves} == set(NAMES)
    assert next(one for one in moves if one.unit == "czj").gained == gap(after.row.score.total, before.row.score.total)


def test_units_side_by_side_differ_where_their_findings_do(shut: Workspace) -> None:
    profiles = [results.profile(shut, PERIOD, unit) for unit in ("fgw", "jyj")]
    found = contrast.across(profiles)
    assert len(found) == sum(1 for _ in profiles[0].edition.leaves())
    for one in found:
        left, right = one.results
        assert left is not None
        assert right is not None
        assert one.differs == ((left.outcome, left.ratio) != (right.outcome, right.ratio))
    assert [one.differs for one in found] == sorted((one.differs for one in found), reverse=True)
    assert contrast.across([]) == ()


def test_exact_scores_are_told_apart_and_overlapping_intervals_are_not(shut: Workspace) -> None:
    score = results.profile(shut, PERIOD, "fgw").row.score
    exact = replace(score, lower=score.total, upper=score.total)
    wide = replace(score, lower=score.total - 5, upper=score.total + 5)
    far = replace(score, lower=score.total + 6, upper=score.total + 9)
    assert not contrast.doubtful(exact, exact)
    assert contrast.doubtful(exact, wide)
    assert not contrast.doubtful(wide, far)


@pytest.mark.parametrize("disclosure", [Disclosure(Extent.TOP, 1), Disclosure(Extent.GRADES)])
def test_an_indicator_holds_only_what_is_published(tmp_path: Path, disclosure: Disclosure) -> None:
    ws, _ = published(tmp_path / "home", CHANGES, disclosure)
    if disclosure.extent is Extent.GRADES:
        for ask in (lambda: indicator.view(ws, PERIOD, GROUP, "p3-duties"), lambda: children.children(ws, PERIOD, "jyj")):
            with pytest.raises(Refused, match="不公布得分"):
                ask()
    else:
        view = indicator.view(ws, PERIOD, GROUP, "p3-duties")
        assert [one.name for one in view.marks] == [NAMES["jyj"]]
        assert view.period.disclosure != EVERYTHING
    ws.close()


def test_a_unit_beside_its_group(shut: Workspace) -> None:
    ranking = results.ranking(shut, PERIOD, GROUP)
    found = peers.fields(ranking)
    for row in ranking.rows:
        mine = found.by_first(row.unit)
        assert [one.own for one in mine] == [rate for node in ranking.edition.index if (rate := row.rates[node.code]) is not None]
        assert [one.median for one in mine] == [ranking.medians[one.code] for one in mine]
        assert all(one.low <= one.own <= one.best and (row.name in one.best_units) == (one.own == one.best) for one in mine)
        assert {one.code: one.own for one in found.by_dimension(row.unit)} == {name: rate for name, rate in row.score.dimensions.items() if rate is not None}
    assert found.by_first("nobody") == []
