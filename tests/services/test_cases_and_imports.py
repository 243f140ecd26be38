"""The case log and imported values: append-only, all or nothing, each culprit named by row and column, everything traceable."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from dashboard.components.text import to_csv
from scoring.errors import BadInput, NotPermitted, Refused
from scoring.facts import Regular, RequestCase
from scoring.model import Outcome, Role
from scoring.services import case_table, cases, evidence, imports
from scoring.services.uploads import Upload
from scoring.services.workspace import Workspace
from tests.services.hand import NAMES, NOW
from tests.services.monitoring import edition, judged, opened

LEAVES = edition("{code: g, weight: 1, check: assist, rule: request_answered_in_time, fix: 改}", "{code: h, weight: 1, rule: imported_value, fix: 改}")
WHO = {"actor": "测试员", "role": Role.EVALUATOR, "now": NOW}
NEW = RequestCase(id="", unit="fgw", seq=0, applied=date(2026, 1, 12), registered=date(2026, 1, 13), what="=cmd")


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return opened(tmp_path / "h", monkeypatch, LEAVES)


def table(text: str, name: str = "t.csv") -> Upload:
    return Upload(name, text.encode())


def test_a_case_is_entered_corrected_and_opened(ws: Workspace) -> None:
    assert judged(ws, "g")[0].reason_code == "cases_none"
    made = cases.save(ws, NEW, **WHO, files=(Upload("答复.pdf", b"%PDF"),))  # type: ignore[arg-type]
    assert (made.id, made.seq) == ("2026-fgw-1", 1)
    assert judged(ws, "g")[0].outcome is Outcome.UNMET  # the limit has passed
    better = replace(made, answered=date(2026, 2, 10), regular=Regular.YES, served_right=True, why="补登答复")
    cases.save(ws, better, **WHO)  # type: ignore[arg-type]
    found, _, _ = judged(ws, "g")
    assert (found.outcome, found.evidence[0].snapshot) == (Outcome.MET, "cases/2026-fgw-1+2")
    page = evidence.open_page(ws, found.evidence[0].snapshot)
    assert "补登答复" in page.text
    assert "答复.pdf" in page.text
    assert [one.seq for one in cases.history(ws, made.id, role=Role.EVALUATOR)] == [1, 2]
    assert cases.attachment(ws, made.attachments[0], role=Role.EVALUATOR) == b"%PDF"


def test_what_contradicts_itself_is_refused_and_leaves_nothing(ws: Workspace) -> None:
    for wrong, said in (
        (replace(NEW, unit="nobody"), "nobody"),
        (replace(NEW, registered=date(2026, 1, 11)), "登记日期 2026-01-11 早于提交日期"),
        (replace(NEW, supplemented=date(2026, 1, 20)), "没有补正告知日期"),
        (replace(NEW, answered=date(2027, 1, 1)), "答复日期 2027-01-01 在今天"),
        (replace(NEW, regular=Regular.YES), "还没有答复日期"),
    ):
        with pytest.raises(BadInput, match=said):
            cases.save(ws, wrong, **WHO)  # type: ignore[arg-type]
    made = cases.save(ws, NEW, **WHO)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="更正须写明理由"):
        cases.save(ws, made, **WHO)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="请刷新"):
        cases.save(ws, replace(made, seq=0, why="x"), **WHO)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        cases.save(ws, NEW, actor="x", role=Role.LEADER, now=NOW)
    assert len(cases.listed(ws, role=Role.EVALUATOR, now=NOW)) == 1


def test_a_log_goes_out_and_comes_back_unchanged(ws: Workspace) -> None:
    cases.save(ws, NEW, **WHO)  # type: ignore[arg-type]
    header, rows = case_table.rows(cases.listed(ws, role=Role.EVALUATOR, now=NOW), NAMES)
    out = Upload("台账.csv", to_csv(header, rows))
    assert b"'=cmd" in out.data
    assert case_table.take_in(ws, out, **WHO) == (0, 0, 1)  # type: ignore[arg-type]
    rows[0][header.index("申请内容")] = "公开养护资金"
    rows[0][header.index("答复日期")] = date(2026, 2, 10)
    assert case_table.take_in(ws, Upload("台账.csv", to_csv(header, rows)), **WHO) == (0, 1, 0)  # type: ignore[arg-type]
    assert case_table.take_in(ws, Upload("台账.csv", to_csv(header, rows)), **WHO) == (0, 0, 1)  # type: ignore[arg-type]
    assert "第 2 行" in cases.history(ws, "2026-fgw-1", role=Role.EVALUATOR)[-1].why


def test_every_wrong_row_of_a_log_is_named_and_none_is_entered(ws: Workspace) -> None:
    text = "单位,提交日期,答复日期,申请渠道\n示例市教育局,2026-01-12,2026-02-10,网上平台\n某局,2026-01-12,,\nfgw,1月12日,,\nfgw,2026-01-12,2026-01-02,\nfgw,2026-01-12,,鸽子\n"
    with pytest.raises(BadInput) as caught:
        case_table.take_in(ws, table(text), **WHO)  # type: ignore[arg-type]
    for said in ("第 3 行 A 列：单位「某局」", "第 4 行 B 列：日期「1月12日」", "第 5 行：新案件：答复日期", "第 6 行 D 列：申请渠道「鸽子」"):
        assert said in str(caught.value)
    assert cases.listed(ws, role=Role.EVALUATOR, now=NOW) == []
    with pytest.raises(BadInput, match="缺少列 提交日期"):
        case_table.take_in(ws, table("单位\nfgw\n"), **WHO)  # type: ignore[arg-type]


def take(ws: Workspace, upload: Upload, code: str = "h") -> imports.Imported:
    return imports.take_in(ws, "p", code, upload, actor="测试员", role=Role.EVALUATOR, now=NOW)


def test_sources_are_weighed_and_a_later_table_replaces_without_forgetting(ws: Workspace) -> None:
    assert judged(ws, "h")[0].reason_code == "import_none"
    done = take(ws, table("单位,来源,得分,等次,权重\nfgw,公众,90,,0.6\nfgw,企业,,一般,0.4\n"))
    assert (done.new, done.replaced, done.lacking, done.findings > 0) == (2, 0, (NAMES["jyj"], NAMES["czj"]), True)
    assert str(judged(ws, "h")[0].ratio) == "0.78"
    done = take(ws, table("单位,来源,得分,权重\n示例市发展和改革局,公众,100,0.6\n", "改.csv"))
    assert (done.new, done.replaced) == (0, 1)
    found, _, _ = judged(ws, "h")
    assert str(found.ratio) == "0.84"
    page = evidence.open_page(ws, found.evidence[0].snapshot)
    assert "已被后来的导入取代" in page.text
    assert take(ws, table("单位,来源,得分,权重\n示例市发展和改革局,公众,100,0.6\n", "改.csv")).same == 1


def test_excel_is_read_as_well(ws: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("单位", "得分"), ("fgw", 88.5)):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "s.xlsx")
    take(ws, Upload.of(tmp_path / "s.xlsx"))
    assert str(judged(ws, "h")[0].ratio) == "0.885"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位,得分\nfgw,101\n", "第 2 行 B 列：得分为 101，应在 0 与 100 之间"),
        ("单位,得分\nfgw,高\n", "第 2 行 B 列：得分为「高」，应为数字"),
        ("单位,等次\nfgw,中\n", "第 2 行 B 列：等次「中」不认识"),
        ("单位,得分,等次\nfgw,80,良\n", "须填且只填一个"),
        ("单位,得分\nfgw,80\nfgw,90\n", "第 3 行 A 列：单位「示例市发展和改革局」的来源"),
        ("单位,得分\n某局,80\n", "单位「某局」不在单位名单中"),
        ("单位,得分,权重\nfgw,80,0\n", "第 2 行 C 列：权重为 0"),
        ("单位,分数线\nfgw,80\n", "第 1 行 B 列：列「分数线」不认识"),
        ("单位,得分\n", "没有数据"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_whole(ws: Workspace, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        take(ws, table(text))
    assert imports.in_force(ws, "p", "h", role=Role.EVALUATOR) == []


def test_only_leaves_that_take_values_take_them(ws: Workspace) -> None:
    with pytest.raises(BadInput, match="可用：h"):
        take(ws, table("单位,得分\nfgw,80\n"), "g")
