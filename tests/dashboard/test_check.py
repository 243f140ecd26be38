"""The self-check page: a blocked site, a check by address, what can still be gained."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from scoring.model import Outcome
from scoring.services.shapes import CheckResult, JobState
from tests.dashboard import fake
from tests.dashboard.conftest import choose, page, texts
from tests.dashboard.fake import World


def _done(world: World, monkeypatch: pytest.MonkeyPatch, result: CheckResult) -> None:
    world.jobs["j"] = JobState("j", "check", "自查：青禾区", "done", None, {}, "")
    monkeypatch.setattr(fake, "check_result", lambda: result)


def _blocked() -> CheckResult:
    made = fake.check_result()
    why = "未能取得网站首页（被防护系统拦截），尚未判定，不计为不达标。"
    leaves = tuple(replace(one, outcome=Outcome.NOT_OBSERVED, ratio=None, points=None, lost=None, reason=why) for one in made.leaves)
    columns = tuple(replace(one, outcome=Outcome.NOT_OBSERVED, url=None, newest=None, age_days=None) for one in made.columns) * 12
    return replace(made, status="shield", status_zh="被防护系统拦截", leaves=leaves, columns=columns)


def test_a_blocked_site_has_no_result_and_one_advice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _done(world, monkeypatch, _blocked())
    at = page("check", job="j")
    assert not at.exception
    shown = texts(at)
    assert at.header[0].value == "没能看到网站，本次没有结果"
    assert "被防护系统拦截" in at.warning[0].value
    assert not at.get("plotly_chart")
    assert not at.dataframe
    assert shown.count("没能确认，请检查栏目") == 0
    assert shown.count("放行本系统的采集访问") == 1
    assert len([one for one in at.expander if "未判定" in one.label]) == 1


def test_a_check_by_address_asks_what_kind_of_body_it_is(world: World) -> None:
    at = choose(page("check"), "check_mode", "按网址")
    assert at.selectbox(key="check_edition").value is None
    at.text_input(key="check_url").set_value("http://127.0.0.1:8101/")
    at.button(key="check_start").click().run()
    assert "哪类单位" in at.error[0].value
    assert not world.jobs
    at.selectbox(key="check_edition").select_index(0)
    at.button(key="check_start").click().run()
    assert world.jobs


def test_a_check_by_address_bears_the_sites_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fake.check_result()
    ref = replace(made.leaves[0].evidence[0], url="http://127.0.0.1:8101")
    leaves = (replace(made.leaves[0], evidence=(ref,)), *made.leaves[1:])
    _done(world, monkeypatch, replace(made, unit_name="127.0.0.1:8101", leaves=leaves))
    from dashboard.components import data

    monkeypatch.setattr(data, "title_of", lambda _address: "青禾区人民政府 - 首页")
    assert page("check", job="j").header[0].value.startswith("青禾区人民政府：")


def test_the_page_opens_on_the_unit_of_the_address(world: World) -> None:
    assert page("check", unit="qx05").selectbox(key="check_unit").value == "qx05"


def test_the_rest_is_offered_after_the_first_five(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fake.check_result()
    leaves = tuple(replace(one, outcome=Outcome.PARTIAL, points=one.full / 2, lost=one.full / 2) for one in made.leaves)
    _done(world, monkeypatch, replace(made, leaves=leaves))
    at = page("check", job="j")
    kinds = [child.type for child in _walk(at.main) if child.type in ("expander", "expandable", "toggle") and getattr(child, "label", "") != "只看有问题的栏目"]
    assert kinds.index("toggle") == 5
    assert f"显示其余 {len(leaves) - 5} 项" in [one.label for one in at.toggle]


def test_a_late_report_is_left_out_of_what_to_mend_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fake.check_result()
    worst = max((one for one in made.leaves if one.lost), key=lambda one: one.lost or 0)
    leaves = tuple(replace(one, reason_code="report_late") if one.lost == worst.lost else one for one in made.leaves)
    _done(world, monkeypatch, replace(made, leaves=leaves))
    at = page("check", job="j")
    late = [one.title for one in leaves if one.reason_code == "report_late"]
    cards = "\n".join(str(one.value) for one in at.markdown if "trending_up" in str(one.value))
    assert cards
    assert not any(title in cards for title in late)
    assert any("本年度无法补回" in one.label for one in at.expander)


def _walk(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _walk(child)
