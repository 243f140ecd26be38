"""Every page that the navigation knows, at 1400 and 390 px, in a real browser; pictures go to build/screenshots/."""

import csv
import io
import os
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.navigation import Entry
from scoring.model import Role
from tests.browser import walk
from tests.browser.conftest import SHOTS, shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

_ON_TELEPHONES = ("overview", "briefing", "unit")
"""Pages that axe-core reads at 390 px as well: the others show the same nodes as at 1400 px, only narrower."""


def look(page: Page, said: list[str], entry: Entry, role: Role, width: int) -> list[str]:
    """What is wrong with one page at one width; a picture of it is kept."""
    walk.visit(page, walk.address(entry, role))
    wrong = [f"console: {line}" for line in said]
    said.clear()
    if page.get_by_text("模拟数据").count() == 0:
        wrong.append("模拟数据 is not said")
    if page.get_by_role("heading", level=1).count() != 1:
        wrong.append("not one h1")
    try:
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    except AssertionError:
        wrong.append("not marked as Chinese")
    if (more := walk.too_wide(page)) > 0:
        wrong.append(f"{more} px wider than the screen")
    if width == walk.WIDE or entry.path in _ON_TELEPHONES:
        wrong += walk.violations(page)
    if "DISCLOSURE_SCREENSHOTS" in os.environ:  # whoever asks for pictures gets the whole page
        page.set_viewport_size({"width": width, "height": max(844, walk.needed_height(page))})
        page.wait_for_timeout(500)
    shoot(page, f"{entry.path}-{role.value}-{width}")
    page.set_viewport_size({"width": width, "height": 844 if width < 500 else 1000})
    return [f"{entry.path} at {width} px: {one}" for one in wrong]


@pytest.mark.parametrize("width", [walk.WIDE, walk.PHONE])
def test_pages_of_leaders(chromium: Browser, server: str, width: int) -> None:
    with walk.window(chromium, server, width) as (page, said):
        wrong = [one for entry in walk.entries(Role.LEADER) for one in look(page, said, entry, Role.LEADER, width)]
    assert not wrong, "\n".join(wrong)
    assert SHOTS


def test_pages_that_others_have_beside_those(chromium: Browser, server: str) -> None:
    evaluators = walk.entries(Role.EVALUATOR, also=Role.LEADER)
    staff = [entry for entry in walk.entries(Role.STAFF, also=Role.LEADER) if entry not in evaluators]
    shared = [entry for entry in walk.entries(Role.EVALUATOR) if entry.path == "overview"]
    with walk.window(chromium, server, walk.WIDE) as (page, said):
        wrong = [one for entry in (*shared, *evaluators) for one in look(page, said, entry, Role.EVALUATOR, walk.WIDE)]
        wrong += [one for entry in staff for one in look(page, said, entry, Role.STAFF, walk.WIDE)]
    with walk.window(chromium, server, walk.PHONE) as (page, said):
        check = [entry for entry in walk.entries(Role.STAFF) if entry.path == "check"]
        wrong += [one for entry in check for one in look(page, said, entry, Role.STAFF, walk.PHONE)]
    with walk.window(chromium, server, walk.WIDE, "dark") as (page, said):
        wrong += [f"dark: {one}" for entry in shared for one in look(page, said, entry, Role.LEADER, walk.WIDE)]
        # The check can fail: what it must not let pass is put into the page.
        page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><button></button>')")
        noticed = {one.partition(":")[0] for one in walk.violations(page)}
    assert not wrong, "\n".join(wrong)
    assert {"image-alt", "button-name"} <= noticed


def test_a_briefing_fits_one_screen_of_a_telephone(chromium: Browser, server: str) -> None:
    with walk.window(chromium, server, walk.PHONE) as (page, _):
        for ids in ("&unit=zhangdu", "&group=市直部门"):
            page.goto(f"/briefing?period=2026Q2{ids}")
            walk.settle(page)
            assert walk.needed_height(page) <= 844, ids
            assert page.get_by_role("heading", name=re.compile("三处短板")).is_visible()
            assert page.get_by_role("heading", name="三条建议").is_visible()


def click_point(page: Page, n: int) -> None:
    """Click the `n`th point of the page's first chart as a person does: there first, then the button."""
    page.wait_for_selector("[data-testid=stPlotlyChart] .scatterlayer path.point", state="attached")
    page.wait_for_timeout(1000)  # the page takes its shape while the charts below are drawn
    x, y = page.evaluate(
        """(n) => {
          const points = document.querySelectorAll('[data-testid=stPlotlyChart]')[0].querySelectorAll('.scatterlayer path.point');
          const box = points[n].getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        n,
    )
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)


def test_a_tile_and_a_cell_lead_on_and_back_stays_back(chromium: Browser, server: str) -> None:
    with walk.window(chromium, server, walk.WIDE) as (page, _):
        page.goto("/?period=2026Q2")
        walk.settle(page)
        click_point(page, 0)
        expect(page).to_have_url(re.compile(r"/unit\?.*unit=qinghe"))
        walk.settle(page)
        page.go_back()
        expect(page.get_by_role("heading", name="总览")).to_be_visible()
        walk.settle(page)
        page.wait_for_timeout(800)  # a selection that outlived Back would lead away again
        expect(page.get_by_role("heading", name="总览")).to_be_visible()
        page.goto("/heatmap?period=2026Q2&heatmap_level=决策公开")
        walk.settle(page)
        click_point(page, 0)
        expect(page).to_have_url(re.compile(r"/unit\?.*indicator="))
        expect(page.get_by_role("heading", name=re.compile("所选指标"))).to_be_visible()


def test_a_deep_link_restores_the_view_and_its_table_downloads(chromium: Browser, server: str) -> None:
    with walk.window(chromium, server, walk.WIDE) as (page, _):
        page.goto("/heatmap?period=2026Q1&group=区县&heatmap_level=决策公开&heatmap_order=先难后易&heatmap_sort=按名称")
        walk.settle(page)
        for text in ("2026年一季度", "决策公开", "按名称"):
            expect(page.get_by_role("combobox").and_(page.locator(f"[value='{text}']"))).to_have_count(1)
        expect(page.locator("[data-selected=true]", has_text="先难后易")).to_have_count(1)
        with page.expect_download() as taken:
            page.get_by_role("button", name="下载得分率").click()
        assert taken.value.suggested_filename == "2026年一季度区县得分率（决策公开）.csv"
        rows = list(csv.reader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
        assert rows[0][:2] == ["名次", "单位"]
        assert [row[1] for row in rows[1:-1]] == sorted(row[1] for row in rows[1:-1])
        assert len(rows) == 12
        assert rows[-1][1] == "平均"


def test_a_keyboard_reaches_the_ranking_and_a_unit(chromium: Browser, server: str) -> None:
    with walk.window(chromium, server, walk.WIDE) as (page, _):
        page.goto("/?period=2026Q2")
        walk.settle(page)
        focused = "document.activeElement.closest('[data-testid=stSelectbox]')?.innerText + '|' + (document.activeElement.dataset.testid || '')"
        found: list[str] = []
        for _step in range(60):
            page.keyboard.press("Tab")
            found.append(page.evaluate(focused))
            if found[-1].endswith("data-grid-canvas"):
                break
        assert found[-1].endswith("data-grid-canvas"), "the ranking has the focus"
        page.get_by_role("combobox", name=re.compile("查找单位")).focus()
        page.keyboard.type("听泉")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/unit\?.*unit=tingquan"))
        expect(page.get_by_role("heading", name=re.compile("听泉县"))).to_be_visible()
