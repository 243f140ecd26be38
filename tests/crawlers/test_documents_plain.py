"""The plainer documents: elements of guides, the day of a decision, headings of catalogues, a column's own page, and titles that are opened before newer ones."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.columns import Column
from crawlers.documents.body import Body
from crawlers.documents.catalogue import HEADINGS, headings
from crawlers.documents.decision import decided
from crawlers.documents.elements import named_in
from crawlers.page import Page
from crawlers.status import DocumentKind
from tests.crawlers.test_documents import Pages, article, documents, site
from tests.crawlers.web import HOME, column

AS_OF = date(2026, 3, 31)
ASKED = {"申请条件": ("申报条件",), "申请材料": ("所需材料",), "联系电话": ()}
GUIDES = column("business", "惠企政策", reads="other", documents=2, elements=ASKED)
PUBLICITY = column("double_publicity", "双公示", reads="other", documents=3)
CATALOGUE = column("grassroots", "基层政务公开标准目录", reads="catalogue", documents=2, elements={"就业": (), "养老服务": ()})
FORM = column("application", "依申请公开", kind="entry", reads="page", documents=1, elements={"姓名": ("申请人",), "获取方式": ("提供方式",)})
PLANS = column("policy_documents", "政策文件", reads="policy", documents=1, first=["政务公开"])
PDF = "%PDF-1.4\nstartxref\n0\n%%EOF\n"


def read(asked: Column, inside: list[str], tmp_path: Path, more: Pages | None = None) -> list:  # type: ignore[type-arg]
    rows = [(f"/a/t2026030{number}_1.html", f"关于某事的通知{number}", f"2026-03-0{number}") for number in range(1, len(inside) + 1)]
    pages: Pages = {url: article(title, text, day) for (url, title, day), text in zip(rows, inside, strict=True)}
    found, _ = documents(site(asked.name, "/x1/", rows, pages | (more or {})), [asked], tmp_path, asked.key)
    return list(found)


def body(inside: str) -> Body:
    return Body(Page(HOME + "a.html", article("某文件", inside).encode(), "text/html; charset=utf-8"))


def test_elements_of_each_guide(tmp_path: Path) -> None:
    second, first = read(GUIDES, ["<p>申报条件：无</p><p>所需材料：无</p><p>联系电话：0000-80000001</p>", "<p>申请条件：无</p>"], tmp_path)
    assert (first.elements, first.whole, first.confirmed) == (("申请条件", "申请材料", "联系电话"), True, True)
    assert (second.elements, second.whole, second.confirmed, second.kind) == (("申请条件",), True, True, DocumentKind.OTHER)


def test_what_stands_in_files_that_were_not_read_is_not_lacking(tmp_path: Path) -> None:
    (found,) = read(GUIDES, ["<p>申请条件：无</p><a href='/f/1.pdf'>材料.pdf</a>"], tmp_path, {"/f/1.pdf": PDF})
    assert (found.elements, found.whole) == (("申请条件",), False)


def test_elements_ignore_spacing_and_width() -> None:
    assert named_in(GUIDES, "一、申 报 条 件：\n二、联系电话:") == ("申请条件", "联系电话")


@pytest.mark.parametrize(
    ("inside", "day"),
    [
        ("<p>处罚决定日期：2026年2月20日</p>", date(2026, 2, 20)),
        ("<table><tr><td>许可决定日期</td><td>2026-02-19</td></tr></table>", date(2026, 2, 19)),
        (
            "<table><tr><th>名称</th><th>决定日期</th></tr><tr><td>甲</td><td>2026-02-17</td></tr><tr><td>乙</td><td>2026/2/18</td></tr></table>",
            date(2026, 2, 18),
        ),
        ("<p>2026年1月20日经区第十届人民代表大会第五次会议批准。</p>", date(2026, 1, 20)),
        ("<p>批复时间：2026年1月21日</p>", date(2026, 1, 21)),
        ("<p>批准后二十日内公开，2026年1月5日发布</p>", None),
        ("<p>有关决定日期另行通知，2026年4月1日起施行</p>", None),
        ("<p>处罚决定日期：2026年6月1日</p>", None),  # a day to come
        ("<p>没有日期</p>", None),
    ],
)
def test_the_day_of_the_decision(inside: str, day: date | None) -> None:
    assert decided(body(inside), AS_OF) == day


def test_working_days_from_the_decision_to_the_publication(tmp_path: Path) -> None:
    late, early = read(PUBLICITY, ["<p>处罚决定日期：2026年2月27日</p>", "<p>处罚决定日期：2026年1月4日</p>"], tmp_path)
    assert (early.decided, early.published, early.working_days) == (date(2026, 2, 27), date(2026, 3, 1), 1)
    assert (late.decided, late.confirmed) == (date(2026, 1, 4), True)
    assert late.working_days is not None
    assert late.working_days > 30


HEAD = (
    "<tr>"
    + "".join(
        f"<td>{name}</td>" for name in ("序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "责任单位", "公开渠道和载体", "公开对象", "公开方式")
    )
    + "</tr>"
)


def test_headings_of_catalogues(tmp_path: Path) -> None:
    assert headings([[("公开事项", "公开内容", "公开依据"), ("公开方式", "无", "无")]]) == ("事项", "内容", "依据")
    assert headings([[("事项", "内容")], [("x" * 30 + "事项内容依据时限",)]]) == ()
    poor, full = read(CATALOGUE, [f"<table>{HEAD}</table><p>就业领域</p><p>养老服务领域</p>", "<p>就业</p>"], tmp_path)
    assert (full.headings, full.elements, full.confirmed) == (HEADINGS, ("就业", "养老服务"), True)
    assert (poor.headings, poor.elements, poor.whole, poor.confirmed) == ((), ("就业",), True, True)


def test_a_columns_own_page_with_its_files(tmp_path: Path) -> None:
    text = f"<p>申请人、提供方式按表填写。</p><a href='/f/1.pdf'>申请表.pdf</a><a href='/f/2.doc'>申请表.doc</a><p>{'请如实填写。' * 20}</p>"
    pages = site("依申请公开", "/ysq/", [], {"/ysq/": f"<html><body><h1>依申请公开</h1>{text}</body></html>", "/f/1.pdf": PDF})
    (found,), _ = documents(pages, [FORM], tmp_path, "application")
    assert (found.url, found.kind, found.elements) == (HOME + "ysq/", DocumentKind.PAGE, ("姓名", "获取方式"))
    assert [file.opens for file in found.attachments] == [True, False]


def test_wanted_titles_are_opened_before_newer_ones(tmp_path: Path) -> None:
    rows = [("/a/t20260305_1.html", "关于某事的通知", "2026-03-05"), ("/a/t20250305_2.html", "2026年政务公开工作实施方案", "2025-03-05")]
    pages: Pages = {url: article(title, "<p>一、目标</p>", day) for url, title, day in rows}
    (found,), _ = documents(site("政策文件", "/x1/", rows, pages), [PLANS], tmp_path, "policy_documents")
    assert (found.title, found.confirmed) == ("2026年政务公开工作实施方案", True)
