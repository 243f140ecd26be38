"""The page 报告 and the web folder in a real browser: what comes down opens, nothing is wider than the screen, nothing is asked of any server."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, ViewportSize, expect
from pptx import Presentation

from tests.browser import walk
from tests.browser.conftest import shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
TELEPHONE: ViewportSize = {"width": 390, "height": 844}


def taken(page: Page, kind: str) -> bytes:
    """Make a report and download it."""
    page.get_by_role("button", name=f"生成{kind}", exact=False).first.click()
    button = page.get_by_role("button", name=f"下载{kind}")
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def too_wide(page: Page) -> int:
    page.wait_for_load_state("load")  # before its style sheet is read, a page is as wide as its table
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_reports_come_down_and_open(page: Page, tmp_path: Path) -> None:
    page.goto("/reports?period=2026Q2&unit=huaqiao")
    expect(page.get_by_role("heading", name="2026年二季度可以下载 9 种报告")).to_be_visible()
    shoot(page, "reports")
    assert "二、总体评估结果" in [line.text for line in Document(io.BytesIO(taken(page, "总报告"))).paragraphs]
    assert len(Presentation(io.BytesIO(taken(page, "演示文稿"))).slides) > 10
    assert load_workbook(io.BytesIO(taken(page, "问题清单"))).sheetnames == ["问题清单"]
    content = taken(page, "静态网页")
    page.set_viewport_size(TELEPHONE)
    page.goto("/reports?period=2026Q2&unit=huaqiao")
    expect(page.get_by_role("button", name="生成分报告")).to_be_visible()
    assert too_wide(page) <= 0
    shoot(page, "reports-390")
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{folder.as_uri()}/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("2026年二季度政务公开评估结果")
    shoot(page, "web-390")
    wrong = walk.violations(page, ())
    for name in ("望舒区", "樟渡县", "棠溪县"):
        assert too_wide(page) <= 0
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_role("heading", name="发现的问题")).to_be_visible()
        assert too_wide(page) <= 0
        page.get_by_role("link", name="总览").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2026年二季度政务公开评估结果")
    page.set_viewport_size({"width": 1400, "height": 1000})
    shoot(page, "web")
    page.get_by_role("link", name="望舒区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("望舒区")
    wrong += walk.violations(page, ())
    assert not wrong, "\n".join(wrong)
    assert not said
    assert {url.split(":")[0] for url in asked} == {"file"}
