"""Places that misled: a veto below the fold, red marks where nothing was seen, points that cannot be regained."""

from dataclasses import replace
from decimal import Decimal

from dashboard import unit
from dashboard.components import leaf
from dashboard.components.text import exact, width
from scoring.services.shapes import UnitProfile
from tests.dashboard.conftest import page, texts
from tests.dashboard.fake import World


def test_a_veto_comes_first_with_reason_fix_and_evidence(world: World) -> None:
    world.barred = {"qx07"}
    at = page("unit", unit="qx07")
    assert not at.exception
    assert "单项否决" in at.header[0].value
    assert at.header[1].value.startswith("先解除单项否决")
    first = at.expander[0]
    assert "首页两周不更新" in first.label
    assert "满分 " not in first.label
    assert "立即在首页发布最新信息。" in [one.value for one in first.text]
    assert first.code[0].value.startswith("http://")
    rest = next(one.value for one in at.dataframe if "结果" in one.value.columns)
    assert "首页两周不更新" not in list(rest["指标"])


def test_too_little_seen_shows_no_total_no_rates_and_no_red(world: World) -> None:
    world.unseen = {"qx09"}
    at = page("unit", unit="qx09")
    assert not at.exception
    shown = texts(at).replace("\\", "")
    assert "已看到 20%，数据不足，不参加排名；这不代表没有公开" in shown
    assert "放行" in shown
    assert "防护" in shown
    assert "数据不足：各期都没有总分" in shown
    for word in ("失分构成", "分组中位", "一级指标得分", "扣分及其他", "red-badge"):
        assert word not in shown
    assert len([one for one in at.expander if "未判定" in one.label]) == 1
    assert not at.get("plotly_chart")


def test_a_late_report_is_not_a_gain(world: World) -> None:
    late = replace(next(one for one in world.found(2, "qx01") if one.lost), reason_code="report_late")
    assert not leaf.recoverable(late)
    assert "本年度无法补回" in leaf.label(late)
    assert "可提高" not in leaf.label(late)
    assert leaf.total_gain([late]) == 0
    assert leaf.total_lost([late]) == late.lost


def test_the_headline_names_two_close_losses_and_what_was_lost(world: World) -> None:
    profile = world.profile(None, "2026Q2", "qx05")
    node = {one.code: one for one in profile.edition.index}
    first, second = node["a"], node["e"]
    line = unit.headline(_losing(profile, {"a": Decimal(5), "e": Decimal("4.8")}))
    assert first.title in line
    assert second.title in line
    assert "失 " in line
    assert width(line) <= 40
    assert second.title not in unit.headline(_losing(profile, {"a": Decimal(6), "e": Decimal(2)}))


def test_points_of_a_leaf_keep_their_decimals() -> None:
    assert [exact(Decimal(one)) for one in ("0.75", "1.50", "4", "10", "0", "2.333")] == ["0.75", "1.5", "4", "10", "0", "2.33"]
    assert exact(None) == "—"


def _losing(profile: UnitProfile, lost: dict[str, Decimal]) -> UnitProfile:
    nodes = {
        code: node._replace(lower=node.weight - lost.get(code, 0), upper=node.weight - lost.get(code, 0), total=node.weight - lost.get(code, 0))
        for code, node in profile.row.score.nodes.items()
    }
    return replace(profile, row=replace(profile.row, score=replace(profile.row.score, nodes=nodes)))
