"""Every page by AppTest, with fake services."""

import re
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from scoring.errors import BadInput
from scoring.model import Outcome, PeriodState
from scoring.services.shapes import JobState
from tests.dashboard import fake_index
from tests.dashboard.conftest import choose, elements, page, texts
from tests.dashboard.fake import World

PAGES = ("overview", "briefing", "heatmap", "unit", "indicator", "compare", "evidence", "review", "draft", "publish", "check", "methods")


def test_overview_answers_first(world: World) -> None:
    at = page("overview")
    assert not at.exception
    assert at.title[0].value == "总览"
    head = at.header[0].value
    assert head.startswith("区县平均 ")
    assert len(head) <= 60  # escapes included
    assert [metric.label for metric in at.metric][:4] == ["平均得分（分）", "最高分（分）", "最低分（分）", "最高最低相差（分）"]
    table = at.dataframe[0].value
    assert list(table["name"])[:1] == [world.ranking(None, "2026Q2", "区县").rows[0].name]
    assert len(table) == 10
    assert at.query_params["period"] == "2026Q2"


def test_overview_shows_published_periods_only(world: World) -> None:
    at = page("overview")
    assert at.selectbox(key="overview_period").options == ["2026年二季度", "2026年一季度"]
    at = page("overview", period="2026Q3")
    assert "2026Q3" in at.warning[0].value
    assert "2026年二季度" in at.warning[0].value.replace("\\", "")


def test_period_and_group_are_switched(world: World) -> None:
    at = page("overview")
    at.selectbox(key="overview_group").select("市直部门").run()
    assert not at.exception
    assert at.query_params["group"] == "市直部门"
    assert len(at.dataframe[0].value) == 3
    at.selectbox(key="overview_period").select("2026Q1").run()
    assert at.query_params["period"] == "2026Q1"
    assert set(at.dataframe[0].value["change"]) == {"首期"}


def test_intervals_are_not_for_leaders_and_on_for_evaluators(world: World) -> None:
    assert not page("overview").toggle
    assert page("overview", role="评估员").toggle(key="overview_intervals").value is True
    assert page("draft").toggle(key="draft_intervals").value is True


@pytest.mark.parametrize("name", ["overview", "unit", "indicator", "compare"])
def test_nothing_published_says_what_to_do(world: World, name: str) -> None:
    world.states = [PeriodState.OPEN] * 3
    at = page(name)
    assert not at.exception
    assert "还没有已发布的评估期次" in texts(at)
    assert "disclosure publish" in texts(at)


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_workspace_shows_no_error(world: World, name: str) -> None:
    world.states = []
    at = page(name)
    assert not at.exception
    assert not at.error
    assert at.title


def test_unit_page_orders_lost_points_with_reason_fix_basis_and_evidence(world: World) -> None:
    at = page("unit", unit="qx01")
    assert not at.exception
    profile = world.profile(None, "2026Q2", "qx01")
    lost = [leaf for leaf in profile.leaves if leaf.lost]
    gains = [float(found[1]) for expander in at.expander if (found := re.search(r"可提高 ([\d.]+) 分", expander.label))]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) == min(len(lost), 10)
    first = next(one for one in at.expander if "可提高" in one.label)
    shown = [element.value for element in first.text]
    assert lost[0].reason in shown
    assert lost[0].indicator.fix in shown
    assert lost[0].indicator.basis in shown
    assert first.code[0].value == lost[0].evidence[0].url
    assert "snapshot=run-q3%2Fqx01%401024%2B2048" in first.link_button[0].url


def test_foreign_text_is_never_markdown(world: World) -> None:
    for at in (page("unit", unit="qx01"), page("evidence", snapshot="run/qx01@1+2")):
        for kind in ("markdown", "caption", "header", "subheader", "title"):
            for element in elements(at, kind):
                assert "[点我](http" not in element.value
                assert "<b>" not in element.value


def test_evidence_shows_text_and_source_as_plain_code(world: World) -> None:
    at = page("evidence", snapshot="run/qx01@1 2")  # a "+" of the address bar
    assert not at.exception
    codes = [element.value for element in at.code]
    assert any("<script>alert(1)</script>" in code for code in codes)
    assert "ab" * 32 in codes
    assert all(not element.language or element.language == "plaintext" for element in at.code)
    assert "2026\\-09\\-30 09\\:05" in at.header[0].value


def test_a_bad_evidence_address_is_explained(world: World) -> None:
    assert "格式不对" in page("evidence", snapshot="x").error[0].value
    assert "没有指定取证页面" in page("evidence").info[0].value


def test_publish_locks_only_after_confirmation(world: World) -> None:
    at = page("publish")
    assert "项障碍" in at.header[0].value
    assert not [one for one in at.button if str(one.key).startswith(("publish_lock", "publish_publish"))]
    for blocker in world.blockers(None, "2026Q3"):
        leaves = world.found(3, blocker.unit)
        n = next(n for n, leaf in enumerate(leaves) if leaf.code == blocker.code)
        leaves[n] = fake_index.decided(leaves[n], Outcome.MET, fake_index.ONE, "", "模拟", datetime(2026, 10, 1, tzinfo=UTC))
    at = page("publish")
    assert at.button(key="publish_lock_2026Q3").disabled
    at.checkbox(key="publish_lock_2026Q3_sure").check().run()
    at.button(key="publish_lock_2026Q3").click().run()
    assert world.states[2].value == "locked"
    at.checkbox(key="publish_publish_2026Q3_sure").check().run()
    at.button(key="publish_publish_2026Q3").click().run()
    assert world.states[2].value == "published"
    assert "已发布" in at.header[0].value


def test_check_starts_a_job_and_keeps_its_id_in_the_address(world: World) -> None:
    at = page("check")
    at.button(key="check_start").click().run()
    assert not at.exception
    assert at.query_params["job"] == "job1"
    assert "已读 12 页" in at.progress[0].text
    again = page("check", job="job1")  # a refresh
    assert "已读 12 页" in again.progress[0].text
    world.jobs["job1"] = JobState("job1", "check", "自查：青禾区", "done", None, {}, "")
    done = page("check", job="job1")
    assert "项不达标" in done.header[0].value
    columns = done.dataframe[0].value
    assert list(columns["应有栏目"])[:2] == ["领导信箱", "审计公开"]
    assert "▲ 227 天未更新（限 180 天）" in set(columns["更新情况"])


def test_check_of_an_address_needs_one(world: World) -> None:
    at = page("check")
    choose(at, "check_mode", "按网址")
    at.text_input(key="check_url").set_value("javascript:alert(1)")
    at.button(key="check_start").click().run()
    assert "http" in at.error[0].value
    assert not world.jobs


@pytest.mark.parametrize(("state", "text"), [("failed", "连接被拒绝"), ("lost", "中断"), ("done", "重新自查")])
def test_ended_jobs_are_explained(world: World, state: str, text: str) -> None:
    world.jobs["j"] = JobState("j", "check", "自查：青禾区", state, None, {}, "连接被拒绝" if state == "failed" else "")
    at = page("check", job="j")
    assert not at.exception
    assert text in texts(at) + "".join(button.label for button in at.button)


def test_unknown_job_is_explained(world: World) -> None:
    assert "没有编号为" in page("check", job="nope").error[0].value


def test_methods_lists_every_leaf_with_its_weight(world: World) -> None:
    at = page("methods")
    assert not at.exception
    assert len(at.dataframe[0].value) == 40
    assert "示例" in at.info[0].value


@pytest.mark.parametrize("error", [BadInput("数据目录不存在，请先运行 disclosure demo"), RuntimeError("secret English detail")])
@pytest.mark.parametrize("name", ["overview", "draft", "review", "publish"])
def test_errors_become_one_chinese_line(world: World, tmp_path: object, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path))
    world.fail = {"periods": error, "published": error}
    at = page(name)
    assert not at.exception
    line = at.error[0].value.replace("\\", "")
    assert "English" not in line
    assert ("数据目录不存在" in line) or ("dashboard.log" in line)


def test_the_app_says_simulated_and_switches_roles(world: World) -> None:
    at = AppTest.from_file("../../app.py", default_timeout=30).run()
    assert not at.exception
    assert "模拟数据" in at.markdown[0].value
    assert at.title[0].value == "总览"
    world.simulated = False
    at = AppTest.from_file("../../app.py", default_timeout=30).run()
    assert "模拟数据" not in texts(at).split("来源")[0]
