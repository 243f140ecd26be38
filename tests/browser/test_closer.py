"""A leader looks closely: a unit, an indicator, a comparison; each address restores its view, and every way leads back."""

import csv
import io
import re
import unicodedata
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from tests.browser import walk
from tests.browser.conftest import shoot
from tests.browser.test_journeys import click_cell

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


def test_a_unit_is_read_three_ways_and_its_address_keeps_the_choice(page: Page) -> None:
    page.goto("/unit?period=2026Q2&unit=xingzhu")
    expect(page.get_by_text(re.compile(r"这 5 项都改好，得 [\d.]+ 分.*列第 \d+ 名"))).to_be_visible()
    page.get_by_role("radio", name="按指标").click()
    expect(page).to_have_url(re.compile(r"unit_by=.*unit=xingzhu|unit=xingzhu.*unit_by="))
    page.get_by_role("radio", name="名次").click()
    page.get_by_role("radio", name="维度", exact=True).click()
    expect(page.get_by_test_id("stPlotlyChart").filter(has_text="其余").first).to_be_visible()
    page.reload()
    for name in ("按指标", "名次", "维度"):
        expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
    expect(page.get_by_test_id("stPlotlyChart").filter(has_text="及时性")).to_be_visible()
    shoot(page, "unit_closer")
    walk.settle(page)
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as printed:
        assert len(printed.pages) <= 6
        words = [word for sheet in printed.pages for word in sheet.extract_words()]
        assert all(word["x0"] >= 0 and word["x1"] <= printed.pages[0].width for word in words)
        text = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in printed.pages))  # a PDF writes some characters as radicals
    assert "单位画像" in text
    assert "与本组比较" in text
    assert "热力图" not in text, "the menu is not printed"
    assert "下载" not in text, "nor are buttons"


def test_an_indicator_leads_to_evidence_and_unit_and_back(page: Page, tmp_path: Path) -> None:
    address = "/indicator?period=2026Q2&group=区县&indicator=c1-catalogue"
    page.goto(address)
    expect(page.get_by_role("heading", name=re.compile(r"9 个单位中 \d 个（\d+%）达标"))).to_be_visible()
    expect(page.get_by_text("数据不足或暂不纳入 1 个，不计入上面的比例")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载各单位结果").click()
    waiting.value.save_as(tmp_path / "units.csv")
    rows = list(csv.DictReader((tmp_path / "units.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 10
    assert {row["结果"] for row in rows} >= {"达标", "不达标", "数据不足"}
    shoot(page, "indicator")
    click_cell(page, row=0, from_right=100)
    expect(page).to_have_url(re.compile(r"/evidence\?.*source=indicator"))
    expect(page.get_by_role("heading", name=re.compile("存档页面"))).to_be_visible()
    page.get_by_role("link", name="回到指标分析").click()
    expect(page).to_have_url(re.compile("indicator=c1-catalogue"))
    expect(page.get_by_role("heading", name=re.compile("公布年度重大行政决策"))).to_be_visible()
    click_cell(page, row=0, from_right=40)
    expect(page.get_by_role("heading", name="单位画像")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="指标分析")).to_be_visible()
    expect(page).to_have_url(re.compile("indicator=c1-catalogue"))


def test_a_comparison_goes_from_a_group_to_one_unit_and_back(page: Page, tmp_path: Path) -> None:
    page.goto("/compare?period=2026Q2&group=区县&units=xingzhu,lanwan,nobody")
    expect(page.get_by_text("“nobody”不存在")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("澜湾区得 .* 分，比星渚区高"))).to_be_visible()
    page.get_by_role("radio", name="一个分组的两期").click()
    expect(page.get_by_role("heading", name=re.compile("区县平均从"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=re.compile("区县平均从"))).to_be_visible()
    shoot(page, "compare_group")
    page.get_by_role("radio", name="一个单位的两期").click()
    expect(page.get_by_text("变了什么、为什么")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载逐项比较").click()
    waiting.value.save_as(tmp_path / "turns.csv")
    header = (tmp_path / "turns.csv").read_text("utf-8-sig").splitlines()[0]
    assert header.startswith("一级指标,指标,变化,2026年一季度结果")
    shoot(page, "compare_unit")
