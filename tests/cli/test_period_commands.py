"""What evaluators do of a period on the command line: parts, exclusions, 送审稿, stages, imports; bad input is one clear line and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from scoring.model import Role
from scoring.parts import PartInput
from scoring.services import drafts, editions, period_rows, periods, submissions
from scoring.services.workspace import Workspace
from tests.cli.when import said
from tests.services.closing import PERIOD, finished
from tests.services.hand import GROUP, NAMES, NOW, register
from tests.services.test_composition import HEAD, LEAF

COMPOSED = f"""edition: composed\ntitle: 综合\n{HEAD}{LEAF}compose:
  - {{code: own, title: 专业评价, weight: 70, source: index}}
  - {{code: work, title: 工作考核, weight: 30, source: import, full: 100}}
"""
OUTSIDE = f"""edition: outside\ntitle: 外部\n{HEAD}index:
  - {{code: g, title: 模拟测试, weight: 50, check: assist, rule: request_answered_in_time, fix: 按期规范答复申请，并登记送达}}
  - {{code: h, title: 社会评议, weight: 50, rule: imported_value, fix: 针对评议意见整改，提高公众满意度}}
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda *arguments: said(capsys, *arguments)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """A home with one open period of a small edition."""
    folder = tmp_path / "editions"
    folder.mkdir()
    for name, text in (("composed", COMPOSED), ("outside", OUTSIDE)):
        (folder / f"{name}.yml").write_text(text, "utf-8")
    monkeypatch.setattr(editions, "FOLDER", folder)

    def create(edition: str) -> Path:
        ws = Workspace.open(tmp_path / "home", clock=lambda: NOW)
        periods.create(ws, PERIOD, "一季度", {GROUP: edition}, date(2026, 1, 1), date(2026, 3, 31), None, register(), "甲", role=Role.EVALUATOR, now=NOW)
        ws.close()
        return tmp_path / "home"

    yield create
    editions.from_text.cache_clear()


def table(folder: Path, text: str) -> str:
    path = folder / "t.csv"
    path.write_text(text, "utf-8")
    return str(path)


def refused(found: tuple[int, str, str], code: int, *words: str) -> None:
    assert found[0] == code, found
    assert found[2].count("\n") == 1, found[2]
    assert all(word in found[2] for word in words), found[2]


def test_parts_are_imported_and_units_left_out(made: Callable[[str], Path], run: Run, tmp_path: Path) -> None:
    home = made("composed")
    at = ("--home", str(home))
    assert run("period", "scores", table(tmp_path, f"unit,value\nfgw,90\n{NAMES['jyj']},80\nczj,70\n"), *at)[:2] == (0, "已导入得分 3 个\n")
    refused(run("period", "scores", table(tmp_path, "unit,value\nfgw,101\nnobody,3\n"), *at), 2, "第 2 行", "nobody")
    refused(run("period", "scores", str(tmp_path / "none.csv"), *at), 2, "none.csv")
    refused(run("period", "scores", table(tmp_path, "unit,value\nfgw,1\n"), "--part", "own", *at), 2, "own")
    refused(run("period", "exclude", "czj", *at), 2, "--why", "--again")
    refused(run("period", "exclude", "nobody", "--why", "x", *at), 2, "nobody")
    assert "设为暂不纳入" in run("period", "exclude", "czj", "--why", "三月并入财政局", *at)[1]
    ws = Workspace.open(home)
    try:
        row = period_rows.row(ws, PERIOD)
        scores = {unit: each["work"] for unit, each in composition_scores(ws).items()}
        assert {unit: str(part[0].lower) for unit, part in scores.items()} == {"fgw": "90", "jyj": "80", "czj": "70"}
        assert next(one.unit.excluded for one in period_rows.units(ws, row.id) if one.unit.id == "czj") == "三月并入财政局"
    finally:
        ws.close()
    assert "重新纳入" in run("period", "exclude", "czj", "--again", *at)[1]


def composition_scores(ws: Workspace) -> dict[str, dict[str, tuple[PartInput, ...]]]:
    book = drafts.group_book(ws, period_rows.row(ws, PERIOD), GROUP)
    return {unit: {code: tuple(parts) for code, parts in each.items()} for unit, each in book.inputs.items()}


def test_scores_and_cases_are_imported_whole_or_not_at_all(made: Callable[[str], Path], run: Run, tmp_path: Path) -> None:
    at = ("--home", str(made("outside")))
    code, out, err = run("import", "scores", table(tmp_path, "单位,来源,得分\nfgw,公众,90\n"), "--code", "h", *at)
    assert (code, "新增 1 个" in out, NAMES["jyj"] in err) == (0, True, True)
    refused(run("import", "scores", table(tmp_path, "单位,得分\nfgw,高\n"), "--code", "h", *at), 2, "第 2 行 B 列", "高")
    refused(run("import", "scores", table(tmp_path, "单位,得分\nfgw,80\n"), "--code", "zz", *at), 2, "zz")
    refused(run("import", "scores", table(tmp_path, "单位,得分\nfgw,80\n"), "--code", "h", "--period", "1999", *at), 2, "1999")
    cases = "单位,提交日期,登记日期,答复日期,申请渠道\nfgw,2026-01-12,2026-01-13,2026-02-06,网上平台\n"
    assert run("import", "cases", table(tmp_path, cases), *at)[:2] == (0, "模拟测试台账：新增 1 件，更正 0 件，未变 0 件\n")
    refused(run("import", "cases", table(tmp_path, cases + "某局,2026-01-12,,,\n"), *at), 2, "第 3 行 A 列", "某局")
    refused(run("import", "cases", table(tmp_path, "单位\nfgw\n"), *at), 2, "缺少列 提交日期")
    assert run("import", "cases", table(tmp_path, cases), "--home", str(tmp_path / "nowhere"))[0] == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_submission_is_made_listed_and_its_readings_too(run: Run, tmp_path: Path) -> None:
    finished(tmp_path / "home").close()
    at = ("--home", str(tmp_path / "home"))
    refused(run("period", "submit", *at), 2, "--approver")
    assert "还没有送审稿" in run("period", "submissions", "--period", PERIOD, *at)[1]
    code, out, _ = run("period", "submit", "--approver", "王局长", "--approver", "李处长", "--note", "请于周五前审阅", *at)
    assert (code, "送审稿第 1 稿" in out, "王局长、李处长" in out) == (0, True, True)
    ws = Workspace.open(tmp_path / "home", clock=lambda: NOW)
    submissions.view(ws, PERIOD, "王局长", NOW, role=Role.LEADER)
    ws.close()
    _, out, _ = run("period", "submissions", *at)
    first, second = out.splitlines()
    assert all(word in first for word in ("第 1 稿", "王局长、李处长", "请于周五前审阅"))
    assert second.split("\t")[1:] == ["王局长", "查看第 1 稿"]
    refused(run("period", "submissions", "--period", "1999", *at), 2, "1999")


def test_stages_are_noted_and_listed(run: Run, tmp_path: Path) -> None:
    finished(tmp_path / "home").close()
    at = ("--home", str(tmp_path / "home"))
    assert run("period", "stage", *at)[1].startswith("方案\t")
    code, out, _ = run("period", "stage", "反馈", "--note", "截止 4 月 20 日", *at)
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["方案", "反馈"]
    assert out.splitlines()[1].endswith("截止 4 月 20 日")
    refused(run("period", "stage", "休息", *at), 2, "休息", "可用：方案、")
    refused(run("period", "stage", "通报", *at), 3, "自动记录")
    refused(run("period", "stage", "--note", "x", *at), 2, "--note")
    refused(run("period", "changes", PERIOD, *at), 2, PERIOD)
    refused(run("period", "reopen", PERIOD, "--reason", "数字有误", *at), 3, PERIOD)


def test_a_bad_part_table_leaves_nothing(made: Callable[[str], Path], run: Run, tmp_path: Path) -> None:
    home = made("composed")
    refused(run("period", "scores", table(tmp_path, "unit,value\nfgw,90\nfgw,91\n"), "--home", str(home)), 2, "第 3 行")
    ws = Workspace.open(home)
    try:
        assert composition_scores(ws)["fgw"].get("work", ()) == ()
    finally:
        ws.close()
