"""Annual reports in HTML: what holds is never accused, what was changed is always found and located."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.documents.record import Report
from crawlers.documents.report import SECTIONS, carried_over, comparable, read_report
from crawlers.page import Page
from tests.crawlers.report_pages import APPLICANTS, LAYOUTS, Layout, Model, models, page, simple

AS_OF = date(2026, 3, 31)
SHARED = Path(__file__).resolve().parents[3] / "shared"
COLUMNS = (*APPLICANTS, "总计")
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(body: bytes | str) -> Report:
    found = read_report(Page("http://www.example.invalid/nb.html", body.encode() if isinstance(body, str) else body, "text/html; charset=utf-8"), AS_OF)
    assert found is not None
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["30", "60"])
def test_every_layout_is_read_whole(layout: Layout, form: str) -> None:
    model = simple("30" if form == "30" else "60", 2022 if form == "30" else 2020)
    found = read(page(model, layout))
    assert found.violations == ()
    assert (found.form, found.year, found.source, found.carried) == (form, model.year, "html", (1, 2))
    assert (found.checked, found.unchecked) == (42 if form == "30" else 40, 0)
    assert found.sections == SECTIONS
    assert found.tables == ("表二", "表三", "表四")


@MANY
@given(models(), st.sampled_from(LAYOUTS), st.integers(0, 6))
def test_a_report_that_holds_is_never_accused(model: Model, layout: Layout, style: int) -> None:
    found = read(page(model, layout, style))
    assert found.violations == ()
    if style == 1 and layout != "pre" and not any(map(any, model.rows)):
        assert found.carried == (None, None)  # nothing but empty cells: not filled in
        return
    assert found.unchecked == 0
    assert found.carried == (model.rows[1][6], model.rows[-1][6])


@MANY
@given(models(), st.sampled_from(LAYOUTS), st.sampled_from([0, 2, 3, 4, 5]), st.data())
def test_every_changed_number_of_table_three_is_found_and_located(model: Model, layout: Layout, style: int, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, len(model.rows) - 1)), data.draw(st.integers(0, 6))
    value = model.rows[row][column]
    wrong = model.changed(row, column, data.draw(st.integers(-value, 99).filter(bool)))
    found = read(page(wrong, layout, style))
    rules = {one.rule for one in found.violations}
    assert "row_sum" in rules
    label = model.labels[row].replace("．", ".")
    assert any(one.rule == "row_sum" and label in one.where.replace("．", ".") for one in found.violations)
    assert any(one.rule in ("balance", "outcomes_sum") and f"“{COLUMNS[column]}”列" in one.where for one in found.violations)
    assert all("行" in one.where or f"“{COLUMNS[column]}”" in one.where for one in found.violations)


@MANY
@given(models(), st.sampled_from(LAYOUTS), st.integers(0, 2), st.integers(0, 4), st.integers(1, 40))
def test_every_changed_number_of_table_four_is_found_and_located(model: Model, layout: Layout, block: int, place: int, more: int) -> None:
    cases = [list(one) for one in model.cases]
    cases[block][place] += more
    found = read(page(Model(model.form, model.rows, tuple(map(tuple, cases)), model.year), layout))
    assert [(one.rule, one.expected, one.found) for one in found.violations] == [("litigation_sum", str(sum(cases[block][:4])), str(cases[block][4]))]
    assert ("行政复议", "未经复议直接起诉", "复议后起诉")[block] in found.violations[0].where


@pytest.mark.parametrize(("table", "form"), [("t7_annual_report_hangzhou2025_table3", "30"), ("t8_annual_report_haishu2020_table3", "60")])
def test_real_tables_hold(table: str, form: str) -> None:
    path = SHARED / "tables" / f"{table}.csv"
    if not path.exists():
        pytest.skip("real tables are kept outside the project")
    rows = [line.split(",") for line in path.read_text("utf-8-sig").splitlines() if line]
    body = (
        "<h1>示例2024年政府信息公开工作年度报告</h1><table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )
    found = read(body)
    assert found.violations == ()
    assert (found.form, found.checked) == (form, 39 if form == "30" else 37)
    assert found.unchecked == 3  # table four is not there: that is not an agreement


def test_the_source_document_contradicts_its_own_table() -> None:
    files = sorted((SHARED / "seeds").glob("002*.txt")) if SHARED.exists() else []
    if not files:
        pytest.skip("source documents are kept outside the project")
    found = read(files[0].read_bytes())
    assert (found.year, found.form, found.sections, found.unchecked) == (2020, "60", SECTIONS, 0)
    (one,) = found.violations
    assert (one.rule, one.expected, one.found) == ("prose", "28", "27")
    assert "区本级办理依申请公开27件" in one.where


def test_an_unread_cell_leaves_its_equations_untried() -> None:
    body = page(simple()).decode()
    cells = "<td>9</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>9</td>"
    assert body.count(cells) == 2
    found = read(body.replace(cells, cells.replace("<td>9</td>", "<td>*</td>", 1), 1))
    assert found.violations == ()
    assert (found.checked, found.unchecked) == (42 - 2, 2)  # the row, and the sum of its column
    remark = read(body.replace(cells, cells.replace("<td>9</td>", "<td>9（含撤回）</td>", 1), 1))
    assert remark.violations == ()
    assert remark.unchecked > 0


def test_a_total_left_empty_is_not_stated() -> None:
    """A real report gives 总计 for three rows only."""
    body = page(simple()).decode()
    for value in (9, 3, 6):
        body = body.replace(f"<td>{value}</td></tr>", "<td>&nbsp;</td></tr>")
    found = read(body)
    assert found.violations == ()
    assert found.unchecked == 5  # four rows, and the sum of the total column


def test_a_table_without_any_figure_was_not_read() -> None:
    body = page(simple(), style=0).decode()
    for value in (27, 28, 26, 1, 2, 9, 3, 5, 6, 0):
        body = body.replace(f"<td>{value}</td>", "<td></td>")
    found = read(body)
    assert found.violations == ()
    assert found.carried == (None, None)
    assert found.checked == 3


def test_a_row_that_is_left_out_is_named() -> None:
    body = page(simple()).decode()
    start = body.index("<tr><td>2．重复申请")
    found = read(body[:start] + body[body.index("</tr>", start) + 5 :])
    assert [(one.rule, one.expected) for one in found.violations] == [("table_incomplete", "重复申请")]


def test_a_row_that_the_norm_does_not_know_leaves_the_sum_open() -> None:
    body = page(simple()).decode()
    extra = "<tr><td>9．属于工作秘密</td>" + "<td>4</td>" + "<td>0</td>" * 5 + "<td>4</td></tr>"
    place = body.index("<tr><td rowspan=3>（四）无法提供")
    found = read(body[:place] + extra + body[place:])
    assert found.violations == ()
    assert found.unchecked == 0  # the sum without it is the total that is stated
    wrong = read((body[:place] + extra + body[place:]).replace("<td>9</td><td>0</td>", "<td>8</td><td>0</td>"))
    assert {one.rule for one in wrong.violations} == {"row_sum"}
    assert wrong.unchecked == 1


def test_a_row_cut_in_two_is_one_row() -> None:
    body = page(simple()).decode()
    label = "<td>5．要求行政机关确认或重新出具已获取信息</td>"
    cut = body.replace(label + "<td>0</td>" * 7, "<td>5．要求行政机关确认或重</td>" + "<td>0</td>" * 7 + "</tr><tr><td>新出具已获取信息</td>" + "<td></td>" * 7)
    assert cut != body
    found = read(cut)
    assert (found.violations, found.unchecked) == ((), 0)


@pytest.mark.parametrize(
    ("title", "prose", "year"),
    [
        ("示例局2023年度政府信息公开工作年度报告", "", 2023),
        ("示例局关于2023年政府信息公开年度报告的公示", "", 2023),
        ("示例局二〇二三年政府信息公开工作年度报告", "", 2023),
        ("2023年示例市人民政府政务公开工作年度报告", "", 2023),
        ("示例局政府信息公开工作年度报告（2023年）", "", 2023),
        ("示例局政府信息公开工作年度报告", "所列数据的统计期限自2023年1月1日起至2023年12月31日止。", 2023),
        ("示例局政府信息公开工作年度报告", "", None),
    ],
)
def test_the_year_reported_on(title: str, prose: str, year: int | None) -> None:
    body = page(simple(), prose=prose).decode().replace("示例区财政局2022年政府信息公开工作年度报告", title)
    assert read(body).year == year


@pytest.mark.parametrize(
    "body",
    [
        "<h1>区人民政府关于印发2025年政务公开工作要点的通知</h1><p>一、总体要求</p><p>认真做好政府信息公开工作年度报告编制发布工作。</p>",
        "<title>政府信息公开年报</title><ul>"
        + "".join(f"<li><a href='/{n}.html'>示例局{n}年政府信息公开工作年度报告</a></li>" for n in range(2019, 2026))
        + "</ul>",
        "<h1>2024年政府信息公开工作年度报告</h1><ul>"
        + "".join(f"<li><a href='/{n}.html'>{n}2024年政府信息公开工作年度报告</a></li>" for n in "甲乙丙丁")
        + "</ul>",
        "<h1>示例局2024年财政决算</h1><table><tr><td>项目</td><td>上年结转</td><td>结转下年</td></tr><tr><td>基本支出</td><td>1</td><td>2</td></tr></table>",
        "",
    ],
)
def test_what_is_no_report(body: str) -> None:
    assert read_report(Page("http://www.example.invalid/", body.encode(), "text/html; charset=utf-8"), AS_OF) is None


def test_a_report_that_is_only_attached_was_not_read() -> None:
    found = read("<h1>示例局2024年政府信息公开工作年度报告</h1><p><a href='/a.pdf'>示例局2024年政府信息公开工作年度报告.pdf</a></p>")
    assert (found.year, found.source, found.checked, found.violations) == (2024, "", 0, ())
    assert found.unchecked > 0
    assert "附件" in found.note


@pytest.mark.parametrize("missing", range(6))
def test_a_missing_section_is_seen(missing: int) -> None:
    body = page(simple()).decode()
    heading = (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    )[missing]
    found = read(body.replace(f"<p>{heading}</p>", ""))
    assert found.sections == tuple(name for number, name in enumerate(SECTIONS) if number != missing)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (0, "一、概述"),
        (0, "总体情况"),
        (0, "第一部分 总体情况"),
        (1, "二、行政机关主动公开政府信息情况"),
        (1, "（二）主动公开政府信息情况"),
        (2, "三、行政机关收到和处理政府信息公开申请情况"),
        (2, "三．收到和处理政府信息公开申请的情况"),
        (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "五、政府信息公开工作存在的主要问题及改进情况"),
        (4, "五、存在问题和改进情况"),
        (5, "六、其他需要报告的事项：无。"),
        (5, "6、其它需要报告的事项"),
    ],
)
def test_headings_in_other_words(number: int, heading: str) -> None:
    headings = (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    )
    found = read(page(simple()).decode().replace(f"<p>{headings[number]}</p>", f"<p>{heading}</p>"))
    assert found.sections == SECTIONS


def test_carried_over_between_years() -> None:
    earlier, this = read(page(simple("60", 2020))), read(page(simple("30", 2021)))
    found = carried_over(this, earlier)
    assert found is not None
    assert (found.rule, found.expected, found.found) == ("carried", "2", "1")
    assert "2020" in found.where
    assert not comparable(this, read(page(simple("60", 2019))))
    assert carried_over(this, read(page(simple("60", 2019)))) is None
    unread = Report(2020)
    assert carried_over(this, unread) is None


def test_a_report_with_a_table_for_the_region_and_one_for_the_body() -> None:
    """Both are checked; the prose may speak of either; what is carried over is not guessed."""
    first, second = page(simple()).decode(), page(simple().changed(0, 0, 5).changed(0, 6, 5).changed(2, 0, 5).changed(2, 6, 5)).decode()
    table = second[second.index("<table><thead>") : second.index("<p>四、")]
    both = first.replace("<p>四、", table + "<p>四、", 1).replace("12月31日。", "12月31日。2022年共收到政府信息公开申请33件。")
    found = read(both)
    assert sorted(one.rule for one in found.violations) == ["balance", "balance", "outcomes_sum", "outcomes_sum"]  # the total row was left as it was
    assert found.carried == (None, None)
    assert found.mentions == 1


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>" * 10_000 + "x",
        "<table><tr>" + "<td>1</td>" * 100_000 + "</tr></table>",
        "<p>" + "1 " * 300_000 + "</p>",
        "<table><tr><td>一、本年新收</td><td>1</td></tr></table>" * 5_000,
        "<table><tr><td colspan=99999999999999999999>一、本年新收政府信息公开申请数量</td><td colspan=-1 rowspan=x>1</td></tr></table>",
        "<h1>示例局2024年政府信息公开工作年度报告</h1><p>" + "一、总体情况" * 100_000 + "</p>",
    ],
    ids=["nested", "wide", "line", "tables", "spans", "heading"],
)
def test_hostile_pages_take_little_time(body: str) -> None:
    started = time.process_time()
    found = read_report(Page("http://www.example.invalid/", body.encode(), "text/html; charset=utf-8"), AS_OF)
    assert found is None or found.violations == ()
    assert time.process_time() - started < 5
