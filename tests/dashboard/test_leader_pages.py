"""总览, 简报 and 热力图: what they draw, what they keep to themselves, and what is left when there is little to show."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dashboard import briefing, heatmap
from dashboard.components import heat_chart, spread_chart, tile_chart
from dashboard.components.text import shortened
from scoring.disclosure import Disclosure, Extent
from scoring.lists import USUAL, parse
from scoring.model import Grade, Outcome, PeriodState
from scoring.services.shapes import Ranking
from tests.dashboard import fake_index, fake_published
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World

PAGES = ("overview", "briefing", "heatmap")


def shape(world: World, monkeypatch: pytest.MonkeyPatch, change: Callable[[Ranking], Ranking]) -> None:
    """Every published ranking goes through `change`."""
    given = world.ranking
    world.ranking = lambda *args, **more: change(given(*args, **more))  # type: ignore[method-assign]
    monkeypatch.setattr("dashboard.components.data.results.ranking", world.ranking)


def taken_out(found: Ranking, *, vetoed: bool) -> Ranking:
    units = {row.unit for row in found.rows}
    return fake_published.none_ranked(fake_index.ungraded(found, units if vetoed else set(), set() if vetoed else units))


CASES: dict[str, Callable[[Ranking], Ranking]] = {
    "one unit": fake_published.one_unit,
    "one period": fake_published.first_period,
    "all equal": fake_published.all_equal,
    "vetoes only": lambda found: taken_out(found, vetoed=True),
    "数据不足 only": lambda found: taken_out(found, vetoed=False),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_page_with_little_to_show_still_makes_sense(world: World, monkeypatch: pytest.MonkeyPatch, name: str, case: str) -> None:
    shape(world, monkeypatch, CASES[case])
    for unit in ("", "qx01") if name == "briefing" else ("",):
        at = page(name, unit=unit) if unit else page(name)
        assert not at.exception
        assert not at.error, at.error[0].value
        assert at.header[0].value
        said = texts(at)
        assert "nan" not in said.lower()
        assert "None" not in said
        if case == "one period" and name != "heatmap":
            assert "首期评估" in said
        if case in ("vetoes only", "数据不足 only") and name == "overview":
            assert "本期没有可计分的单位" in at.header[0].value.replace("\\", "")
            assert "没有参加排名的单位" in said
        if case == "数据不足 only" and unit:
            assert "数据不足" in at.header[0].value
            assert "可提高" not in said


def test_lists_are_off_until_they_are_published(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [one.name for one in USUAL]
    assert not any(name in texts(page("overview")) for name in names)
    chosen = (parse("红榜=top:3"), parse("进步奖=improved:99"), parse("空榜=fell:99"))
    shape(world, monkeypatch, lambda found: replace(found, period=replace(found.period, lists=chosen)))
    import streamlit as st

    st.cache_resource.clear()
    at = page("overview")
    assert not at.exception
    heads = [element.value for element in at.subheader]
    assert all(one.name in heads for one in chosen)
    red = at.dataframe[0].value
    assert list(red["单位"]) == [row.name for row in world.ranking(None, "2026Q2", fake_index.GROUP).rows[:3]]
    assert "本期没有单位符合" in texts(at)
    assert "名次前3名" in texts(at)


def test_the_form_offers_lists_where_ranks_are_told(world: World) -> None:
    world.states[2] = PeriodState.LOCKED
    at = page("publish", period="2026Q3", role="评估员")
    assert not at.exception
    toggles = [toggle for toggle in at.toggle if "publish_list_" in (toggle.key or "")]
    assert len(toggles) == len(USUAL)
    assert not any(toggle.value for toggle in toggles)
    toggles[3].set_value(True).run()
    assert not at.exception
    assert "；名单：提醒名单" in at.checkbox[0].label.replace("\\", "")
    for extent, offered in ((Extent.TOP, 1), (Extent.GRADES, 0)):
        control: Any = at.get_by_key("publish_extent_2026Q3")
        control.set_value(extent).run()
        assert len([toggle for toggle in at.toggle if "publish_list_" in (toggle.key or "")]) == offered
    assert Disclosure(Extent.TOP, 5).zh == "前5名"


def test_the_form_of_a_correction_begins_with_what_was_published(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.components import closing

    world.states[2] = PeriodState.LOCKED
    old = replace(world.periods()[0], disclosure=Disclosure(Extent.TOP, 7), revision=2, lists=(parse("先进=top:5"),))
    monkeypatch.setattr(closing, "before", lambda _period: old)
    at = page("publish", period="2026Q3", role="评估员")
    assert not at.exception
    assert "已按第 2 版填好（口径：前7名；名单：先进）" in texts(at).replace("\\", "")
    assert at.number_input(key="publish_n_2026Q3").value == 7
    (toggle,) = [toggle for toggle in at.toggle if "publish_list_" in (toggle.key or "")]
    assert (toggle.value, toggle.label.replace("\\", "")) == (True, "先进（名次前5名）")
    label = at.checkbox[0].label.replace("\\", "")
    assert "口径：前7名；名单：先进" in label
    control: Any = at.get_by_key("publish_extent_2026Q3")
    control.set_value(Extent.ALL).run()
    assert [toggle.value for toggle in at.toggle if "publish_list_" in (toggle.key or "")] == [True, False, False, False]


def test_a_briefing_names_rank_change_three_shortfalls_and_three_suggestions(world: World) -> None:
    row = world.ranking(None, "2026Q2", fake_index.GROUP).rows[4]
    at = page("briefing", unit=row.unit)
    head = at.header[0].value.replace("\\", "")
    assert f"第 {row.score.rank} 名" in head
    assert row.name in head
    assert at.query_params["unit"] == row.unit
    lines = [element.value for element in elements(at, "markdown") if element.value.startswith(":small[") and "\\. **" in element.value]
    assert len(lines) == 6
    assert sum("中位" in line for line in lines) == 3
    assert sum("分" in line and ("升至第 1 名" in line or "名次不变" in line) for line in lines[3:]) == 3
    whole = page("briefing")
    assert "unit" not in whole.query_params
    assert whole.header[0].value.startswith("区县平均")


def test_the_weakest_are_those_furthest_below_the_median(world: World) -> None:
    from dashboard.components import briefing_parts

    found = world.ranking(None, "2026Q2", fake_index.GROUP)
    row = found.rows[-1]
    gaps = [(row.rates[node.code] or 0) - (found.medians[node.code] or 0) for node in briefing_parts.weakest(found, row, 3)]
    others = [(row.rates[node.code] or 0) - (found.medians[node.code] or 0) for node in found.edition.index if (row.rates[node.code] or 0) < 1]
    assert gaps == sorted(others)[: len(gaps)]
    assert briefing_parts.clause("核对机构名称，更新后发布。") == "核对机构名称"
    assert briefing_parts.clause("一" * 30) == "一" * 16 + "…"
    assert "首期" in briefing.headline(replace(row, change=None), None, first=True)


def test_the_heatmap_sorts_by_unit_and_by_indicator(world: World) -> None:
    at = page("heatmap")
    assert not at.exception
    assert at.query_params["period"] == "2026Q2"
    node = fake_index.EDITION.index[2]
    at.selectbox(key="heatmap_sort").select(f"按“{node.title}”从低到高").run()
    assert not at.exception
    at.selectbox(key="heatmap_level").select(node.title).run()
    assert not at.exception, "an order by an indicator that is no longer shown falls back"
    found = world.ranking(None, "2026Q2", fake_index.GROUP)
    from dashboard.components import published

    matrix = published.rates(found.period, fake_index.GROUP, [leaf.code for leaf in node.leaves()])
    rows, columns = heatmap._sorted(found, matrix, list(node.leaves()), "c2", hard=True)
    cells = [matrix.cell(row.unit, "c2") for row in rows]
    numbers = [cell for cell in cells if not isinstance(cell, Outcome)]
    assert numbers == sorted(numbers)
    means = [matrix.means[one.code] for one in columns]
    assert means == sorted(mean for mean in means if mean is not None)
    assert [row.name for row in heatmap._sorted(found, matrix, [], "按名称", hard=False)[0]] == sorted(row.name for row in rows)


def test_the_heatmap_filters_by_dimension_and_its_address_restores_it(world: World) -> None:
    node = fake_index.EDITION.index[2]
    at = page("heatmap", heatmap_level=node.title, heatmap_order="先难后易")
    assert not at.exception
    assert at.selectbox(key="heatmap_level").value == node.title
    order: Any = at.get_by_key("heatmap_order")
    assert order.value == "先难后易"
    assert "没有符合" not in texts(at)


def test_more_than_300_units_come_in_pages_of_50(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def many(found: Ranking) -> Ranking:
        rows = [replace(found.rows[n % 10], unit=f"u{n}", name=f"单位{n:03d}", order=n) for n in range(301)]
        return replace(found, rows=tuple(rows))

    shape(world, monkeypatch, many)
    at = page("heatmap", heatmap_page="7")
    assert not at.exception
    assert "第 301–301 个，共 301 个单位" in texts(at).replace("\\", "")
    figure = spread_chart.histogram(
        [row.score.total for row in many(world.ranking(None, "2026Q2", "区县")).rows[:300]], fake_index.EDITION.grades, full=fake_index.EDITION.full
    )
    assert sum(figure.data[0].y) == 300


def test_a_matrix_downloads_with_the_words_of_the_screen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.components import heat_card, published

    found = fake_index.ungraded(world.ranking(None, "2026Q2", fake_index.GROUP), set(), {"qx03"})
    world.unseen.add("qx03")
    leaves = [leaf for node in found.edition.index for leaf in node.leaves()]
    matrix = published.rates(found.period, fake_index.GROUP, [leaf.code for leaf in leaves])
    rows = list(csv.reader(io.StringIO(heat_card._csv(matrix, found.rows, leaves).decode("utf-8-sig"))))
    assert len(rows[0]) == len(set(rows[0])) == 2 * len(leaves) + 2
    by_name = {row[1]: row for row in rows[1:]}
    assert set(by_name["云岫区"][2 : 2 + len(leaves)]) == {"未判定"}
    assert set(by_name["云岫区"][2 + len(leaves) :]) == {""}
    assert "—" in by_name["听泉县"], "不涉及"
    assert by_name["平均"][2].endswith("%")


def test_clicks_have_something_to_hit() -> None:
    """A heatmap reports no selection, and a point that skips hovering none either: both charts carry invisible points with the ids."""
    found = World().ranking(None, "2026Q2", fake_index.GROUP)
    tiles = [tile_chart.Tile(row.unit, row.name, row.score.total, "") for row in found.rows]
    targets = [trace for trace in tile_chart.tiles(tiles, fake_published.TILES).data if trace.customdata is not None]
    assert len(targets) == 1
    assert targets[0].hoverinfo != "skip"
    assert {point[0] for point in targets[0].customdata} == {row.unit for row in found.rows}
    units = [heat_chart.Line(row.unit, row.name, row.name) for row in found.rows]
    heads = [heat_chart.Line(node.code, node.title, node.title) for node in found.edition.index]
    drawn = heat_chart.heat(units, heads, [[row.rates[node.code] or Outcome.NOT_OBSERVED for node in found.edition.index] for row in found.rows])
    cells = next(trace for trace in drawn.data if trace.customdata is not None)
    assert len(cells.customdata) == 80
    assert tuple(cells.customdata[0][:2]) == (units[0].id, heads[0].id)


def test_classes_of_a_map_are_round_and_never_more_than_five(world: World) -> None:
    totals = [Decimal(text) for text in ("54.7", "83.1", "99.2")]
    lines = tile_chart.edges(totals)
    assert [int(line) for line in lines] == [60, 70, 80, 90]
    assert [tile_chart.level(total, lines) for total in totals] == [0, 3, 4]
    assert tile_chart.edges([]) == ()
    assert tile_chart.level(Decimal(80), tile_chart.edges([Decimal(80)])) == 4
    assert len(tile_chart.edges([Decimal(0), Decimal(100)])) <= 4


def test_names_lose_what_all_share() -> None:
    assert shortened(["示例市教育局", "示例市统计局"]) == ["教育局", "统计局"]
    assert shortened(["青禾区", "望舒区"]) == ["青禾区", "望舒区"]
    assert shortened(["示例市局", "示例市局甲"]) == ["市局", "市局甲"]
    assert shortened(["示例市教育局"]) == ["示例市教育局"]


def test_a_histogram_counts_every_unit_and_every_tier() -> None:
    grades = (Grade("优秀", Decimal(90)), Grade("良好", Decimal(70)), Grade("差", Decimal(0)))
    totals = [Decimal(n) for n in range(50, 100)]
    figure = spread_chart.histogram(totals, grades, full=Decimal(100))
    assert sum(figure.data[0].y) == 50
    assert [one.text for one in figure.layout.annotations] == ["优秀 10 个", "良好 20 个", "差 20 个"]
    same = spread_chart.histogram([Decimal(80)] * 40, grades, full=Decimal(100))
    assert list(same.data[0].y) == [40]


def test_a_cell_leads_to_its_finding(world: World) -> None:
    leaf = next(one for one in world.found(2, "qx01") if one.lost)
    at = page("unit", unit="qx01", indicator=leaf.code)
    assert not at.exception
    assert f"所选指标：{leaf.title}" in [element.value for element in at.subheader]
    assert leaf.title in at.expander[0].label
    assert at.expander[0].proto.expanded
    first = page("unit", unit="qx01", indicator=leaf.first_level)
    assert f"所选指标：{next(node.title for node in fake_index.EDITION.index if node.code == leaf.first_level)}" in [one.value for one in first.subheader]
    assert not [one for one in page("unit", unit="qx01", indicator="nonsense").subheader if "所选指标" in one.value]
    at.button(key="unit_asked_close").click().run()
    assert "indicator" not in at.query_params
    assert not [one for one in at.subheader if "所选指标" in one.value]


def test_a_unit_is_found_by_its_name(world: World) -> None:
    at = page("overview")
    at.selectbox(key="overview_find").select("qx03").run()
    assert not at.exception
    assert (at.query_params["unit"], at.query_params["period"]) == ("qx03", "2026Q2")
    assert at.selectbox(key="overview_find").value is None
