"""发布口径 in reports: what lies outside it is in no file; the evaluator may hand each unit its own."""

import io
import zipfile
from html import unescape
from pathlib import Path

import pytest

from scoring.cli import run
from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput, Refused
from scoring.model import Outcome, Role
from scoring.services import reading
from scoring.services.report import material
from scoring.services.report.build import Press
from scoring.services.report.kinds import Kind
from scoring.services.workspace import Workspace
from scoring.wording import points
from tests.services.closing import PERIOD, close, correct, finished, judge, published
from tests.services.hand import GROUP, NAMES, missing, stale
from tests.services.reported import NASTY, words_of

CHANGES = {("fgw", "guide"): missing("guide", "政府信息公开指南"), ("czj", "duties"): stale("duties", "机关职能")}


def inside(content: bytes) -> str:
    """All text of an Office file, that of workbooks inside it too, as a reader sees it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        found = [unescape(parts.read(name).decode()) for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        return "\n".join([*found, *(inside(parts.read(name)) for name in parts.namelist() if name.endswith(".xlsx"))])


def everything(press: Press) -> str:
    """Every text of everything that a reader may download."""
    made = [content for kind in press.offered for content in press.make(kind).values()]
    return "\n".join(inside(content) if content[:2] == b"PK" else content.decode("utf-8", "ignore") for content in made)


def reader(ws: Workspace, role: Role = Role.LEADER) -> Press:
    return Press(Workspace.open(ws.home, write=False), PERIOD, role)


def test_the_first_n_are_all_that_reports_tell(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home", CHANGES, Disclosure(Extent.TOP, 1))
    said = everything(reader(ws))
    assert NAMES["jyj"] in said
    assert not [name for unit, name in NAMES.items() if unit != "jyj" and name in said]
    assert "portal.example/fgw/" not in said
    assert "前1名" in said
    with pytest.raises(Refused, match="前1名"):
        reader(ws).make(Kind.UNIT, "fgw")
    ws.close()


def test_grades_come_without_a_number(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", CHANGES, Disclosure(Extent.GRADES))
    press = reader(ws)
    assert press.offered == [Kind.OVERALL, Kind.CIRCULAR, Kind.SCORES, Kind.SLIDES, Kind.WEB, Kind.BADGES]
    said = everything(press)
    whole = reading.ranking(ws.sealed / path.name, press.material.period, GROUP, [], nodes=False)
    for row in whole.rows:
        assert row.name in said
        assert f"{points(row.score.total)} 分" not in said
        assert f">{points(row.score.total)}<" not in said
    assert "只公布等次" in said
    for kind in (Kind.PROBLEMS, Kind.CHARTS, Kind.UNIT):
        with pytest.raises(Refused, match="发布口径为等次"):
            press.make(kind)
    ws.close()


def test_own_results_are_told_to_each_unit_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws, _ = published(tmp_path / "home", CHANGES, Disclosure(Extent.OWN))
    press = reader(ws)
    assert press.offered == [Kind.OVERALL, Kind.CIRCULAR, Kind.SLIDES, Kind.WEB]
    said = everything(press)
    assert not [name for name in NAMES.values() if name in said]
    assert "仅本单位" in said
    with pytest.raises(Refused, match="发给该单位"):
        press.make(Kind.UNIT, "fgw") if press.units else material.of_unit(press.ws, press.material, "fgw", role=Role.LEADER)
    ws.close()
    evaluator = reader(ws, Role.EVALUATOR)
    for kind in (Kind.UNIT, Kind.PROBLEMS, Kind.SCORES):
        ((_, content),) = evaluator.make(kind, "fgw").items()
        own = inside(content)
        assert NAMES["fgw"] in own
        assert not [name for unit, name in NAMES.items() if unit != "fgw" and name in own]
        assert "portal.example/jyj/" not in own
    report = words_of(next(iter(evaluator.make(Kind.UNIT, "fgw").values())))
    assert "本组平均分" not in report
    assert "可提高" in report
    assert "，名次为" not in report
    assert run(["report", "--home", str(ws.home), "--out", str(tmp_path / "o"), "--unit", "fgw"]) == 0
    assert sorted(path.suffix for path in (tmp_path / "o").rglob("*") if path.is_file()) == [".docx", ".xlsx", ".xlsx"]
    assert run(["report", "--home", str(ws.home), "--out", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all" / "分报告").iterdir())) == len(NAMES)
    assert "未写问题清单、得分明细、图表、徽标" in capsys.readouterr().err


def test_the_command_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A correction's report says that it is one; the hostile review of it stays text."""
    ws = finished(tmp_path / "home", CHANGES)
    judge(ws, "jyj", "p3-duties", Outcome.UNMET, NASTY.replace("\x07", " "))
    close(ws)
    correct(ws)
    ws.close()
    home, out = ["--home", str(ws.home)], tmp_path / "out"
    assert run(["report", *home, "--out", str(out), "--kind", "分报告", "--kind", "问题清单", "--unit", "jyj", "--font", "正文=宋体"]) == 0
    assert sorted(path.name for path in out.rglob("*.*")) == [
        "2026Q1 测试-第2版-示例市教育局-jyj.docx",
        "2026Q1 测试-第2版-示例市教育局-问题清单与整改链接表.xlsx",
    ]
    said = words_of(next(out.rglob("*.docx")).read_bytes())
    assert "更正第 1 版" in said
    assert "复核：栏目为空" in said
    capsys.readouterr()
    (tmp_path / "file").touch()
    cases = {
        ("--out", str(out)): "不是空的",
        ("--out", str(tmp_path / "file")): "不是目录",
        ("--out", "/proc/no/such"): "无法写入",
        ("--out", str(tmp_path / "x"), "--unit", "nobody"): "没有单位 nobody",
        ("--out", str(tmp_path / "x"), "--kind", "大报告"): "没有“大报告”这种报告",
        ("--out", str(tmp_path / "x"), "--kind", "总报告", "--unit", "fgw"): "不能只要一个单位的",
        ("--out", str(tmp_path / "x"), "--period", "2031Q1"): "2031Q1",
        ("--out", str(tmp_path / "x"), "--font", "图片=/no/such.ttf"): "打不开",
    }
    for given, told in cases.items():
        assert run(["report", *home, *given]) in (2, 3), given
        line = capsys.readouterr().err
        assert told in line, given
        assert line.count("\n") == 1, given
    assert not (tmp_path / "x").exists()
    (ws.home / "templates").mkdir()
    (ws.home / "templates" / "通报.docx").write_bytes(b"PK no template")
    assert run(["report", *home, "--out", str(tmp_path / "x"), "--kind", "通报"]) == 2
    assert "通报.docx 不能使用" in capsys.readouterr().err


def test_a_users_template_is_filled_in_and_cannot_reach_out(tmp_path: Path, built_period: Workspace) -> None:
    from docx import Document
    from docx.document import Document as File

    own = built_period.home / "templates"
    own.mkdir(exist_ok=True)
    file: File = Document()
    file.add_paragraph("我们的通报：{{ title }}")
    file.save(str(own / "通报.docx"))
    assert words_of(next(iter(reader(built_period).make(Kind.CIRCULAR).values()))) == "我们的通报：关于2026Q1 测试政务公开评估情况的通报"
    for bad in ("{{ no_such }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% for x in %}"):
        file = Document()
        file.add_paragraph(bad)
        file.save(str(own / "通报.docx"))
        with pytest.raises(BadInput, match=r"通报\.docx 不能使用"):
            reader(built_period).make(Kind.CIRCULAR)


@pytest.fixture
def built_period(tmp_path: Path) -> Workspace:
    ws, _ = published(tmp_path / "home")
    ws.close()
    return ws
