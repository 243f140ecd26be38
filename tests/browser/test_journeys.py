"""The journeys of the three users, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


def click_cell(page: Page, row: int, from_right: int) -> None:
    """Click a cell of the page's first table, which is drawn on a canvas: `row` from 0 below the header, `from_right` pixels from its right edge."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)  # the canvas is drawn after the charts below have taken their room
    box = table.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - from_right, box["y"] + 36 + 38 * row + 18
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)


def test_a_leader_goes_from_the_ranking_to_the_first_lost_point_to_its_evidence(page: Page) -> None:
    page.goto("/?period=2026Q2")
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    expect(page.get_by_text("模拟数据").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    shoot(page, "ranking")
    click_cell(page, row=1, from_right=40)
    expect(page).to_have_url(re.compile(r"/unit\?.*unit="))
    expect(page.get_by_role("heading", name="单位画像")).to_be_visible()
    expect(page.get_by_text("发现的问题").first).to_be_visible()
    expect(page.get_by_text("怎么改").first).to_be_visible()
    expect(page.get_by_text("评估依据").first).to_be_visible()
    shoot(page, "unit")
    page.get_by_text("查看存档页面").first.click()
    expect(page).to_have_url(re.compile(r"/evidence\?.*snapshot="))
    expect(page.get_by_role("heading", name=re.compile("存档页面"))).to_be_visible()
    expect(page.get_by_text("SHA-256")).to_be_visible()
    expect(page.get_by_text(re.compile(r"127\.0\.0\.1:\d+/")).first).to_be_visible()
    page.get_by_role("tab", name="网页源码").click()
    expect(page.get_by_text(re.compile("<html", re.IGNORECASE)).first).to_be_visible()
    shoot(page, "evidence")
    page.go_back()
    expect(page.get_by_role("heading", name="单位画像")).to_be_visible()


def test_an_evaluator_scores_a_manual_leaf_and_the_draft_moves(page: Page) -> None:
    page.goto("/review?role=评估员&period=2026Q3&unit=wangshu&indicator=d5-content")
    expect(page.get_by_role("heading", name="评分", exact=True)).to_be_visible()
    expect(page.get_by_text("评分标准")).to_be_visible()
    before = page.get_by_role("heading", name=re.compile("望舒区.*待核查")).inner_text()
    waiting = int(re.search(r"还有 (\d+) 项", before).group(1))  # type: ignore[union-attr]
    page.get_by_test_id("stRadio").get_by_text(re.compile("^优")).click()
    page.get_by_role("button", name=re.compile("保存")).click()
    expect(page.get_by_role("heading", name=re.compile(f"还有 {waiting - 1} 项待核查"))).to_be_visible()
    shoot(page, "review")
    page.reload()
    expect(page.get_by_role("heading", name=re.compile(f"还有 {waiting - 1} 项待核查"))).to_be_visible()


def test_a_staff_member_checks_the_own_site_and_survives_a_refresh(page: Page) -> None:
    page.goto("/check?role=政务公开专员")
    page.get_by_role("button", name="开始自查").click()
    expect(page).to_have_url(re.compile(r"job=[0-9a-f]{16,}"))
    page.reload()
    expect(page.get_by_text("当前得分")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("逐栏目结果")).to_be_visible()
    expect(page.get_by_text("先改这", exact=False).first).to_be_visible()
    shoot(page, "check")
