"""指标分析: one sentence with counts and cases, what stands apart, the table that goes with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.components import indicator_said, indicator_table
from scoring.disclosure import Disclosure, Extent
from scoring.model import Outcome
from tests.dashboard import fake_index as index
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World
from tests.dashboard.fake_closer import view_of
from tests.dashboard.test_unit import all_barred, all_unseen, equal, first_period


def test_the_sentence_counts_judged_units_and_names_the_rest_apart(world: World) -> None:
    world.unseen = {"qx09"}
    leaves = world.found(2, "qx10")
    leaves[0] = replace(leaves[0], outcome=Outcome.NOT_OBSERVED, ratio=None, points=None, lost=None)
    at = page("indicator", indicator="a1")
    assert not at.exception
    view = view_of(world, "2026Q2", index.GROUP, "a1")
    met = sum(one.outcome is Outcome.MET for one in view.judged)
    assert len(view.judged) == 8
    assert f"8 个单位中 {met} 个（" in at.header[0].value.replace("\\", "")
    said = texts(at).replace("\\", "")
    assert "另有未判定 1 个、数据不足或暂不纳入 1 个，不计入上面的比例" in said
    named = [one.name for one in view.judged if one.outcome is Outcome.UNMET][:3]
    assert all(name in said for name in named)
    table = at.dataframe[-1].value
    assert list(table["结果"]).count("数据不足") == 1
    assert list(table[table["结果"] == "数据不足"]["得分"]) == ["—"]


def test_the_address_restores_indicator_and_filter_and_a_wrong_one_is_explained(world: World) -> None:
    view = view_of(world, "2026Q2", index.GROUP, "b2")
    kind = indicator_said.outcome_of(view, view.marks[-1])
    at = page("indicator", indicator="b2", period="2026Q2", group=index.GROUP, indicator_only=kind)
    assert not at.exception
    assert set(at.dataframe[-1].value["结果"]) == {next(value for value in at.dataframe[-1].value["结果"])}
    assert len(at.dataframe[-1].value) == sum(indicator_said.outcome_of(view, one) == kind for one in view.marks)
    at = page("indicator", indicator="nothing")
    assert "网址里的指标" in texts(at)
    assert not at.exception


def test_a_node_above_leaves_has_a_mean_and_leads_down(world: World) -> None:
    at = page("indicator", indicator="e")
    assert not at.exception
    assert "10 个单位平均得分率" in at.header[0].value
    assert "结果" not in at.dataframe[-1].value.columns
    assert len([one for one in elements(at, "link_button") if "/indicator?" in one.url]) == 5


def test_the_csv_holds_every_unit_with_reason_and_evidence_and_no_formula(world: World) -> None:
    view = view_of(world, "2026Q2", index.GROUP, "a1")
    lines = indicator_table.csv(view).decode("utf-8-sig").splitlines()
    assert len(lines) == len(view.marks) + 1
    assert lines[0].startswith("名次,单位,结果")
    assert "http://127.0.0.1:8101/" in lines[1]


def test_what_is_published_in_part_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    periods = index.periods
    monkeypatch.setattr(index, "periods", lambda states: [replace(one, disclosure=Disclosure(Extent.TOP, 5)) for one in periods(states)])
    assert "以上只含公布的单位" in texts(page("indicator", indicator="a1"))
    monkeypatch.setattr(index, "periods", lambda states: [replace(one, disclosure=Disclosure(Extent.GRADES)) for one in periods(states)])
    assert "不公布各单位的得分" in texts(page("indicator", indicator="a1"))


@pytest.mark.parametrize(("change", "said"), [(equal, "全部达标"), (first_period, "只有这一期"), (all_barred, "个单位中"), (all_unseen, "没有单位能判定")])
@pytest.mark.parametrize("code", ["a1", "a"])
def test_the_page_makes_sense_at_the_edges(world: World, change: Callable[[World], None], said: str, code: str) -> None:
    change(world)
    at = page("indicator", indicator=code)
    assert not at.exception
    assert not at.error
    assert code == "a" or said in texts(at).replace("\\", "")
