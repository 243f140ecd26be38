"""A correction published on the command line keeps the 发布口径 and the 名单 of the revision before, and says so; others can be given."""

from pathlib import Path

import pytest

from scoring.disclosure import Disclosure, Extent
from scoring.lists import parse
from scoring.model import Outcome, Role
from scoring.services import corrections, periods, results
from scoring.services.workspace import Workspace
from tests.cli.when import said
from tests.services.closing import LATER, PERIOD, finished, judge
from tests.services.hand import NOW

LISTS = (parse("先进=top:1"), parse("提醒名单=below:合格,fell:3"))
TOP = Disclosure(Extent.TOP, 2)


def corrected(home: Path, disclosure: Disclosure, lists: tuple[str, ...]) -> None:
    """A home with one published revision and a locked second one."""
    ws = finished(home)
    periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
    assert periods.before(ws, PERIOD) is None
    periods.publish(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR, disclosure=disclosure, lists=[parse(one) for one in lists])
    corrections.reopen(ws, PERIOD, "机关职能判错", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "jyj", "p3-duties", Outcome.UNMET, "复核：栏目为空")
    periods.lock(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR)
    ws.close()


def newest(home: Path) -> tuple[Disclosure, tuple[str, ...], int | None]:
    info = results.period(Workspace.open(home, write=False), PERIOD)
    return info.disclosure, tuple(map(str, info.lists)), info.revision


def test_what_is_not_given_comes_from_the_revision_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrected(tmp_path, TOP, ("先进=top:1",))
    code, out, err = said(capsys, "publish", "--home", str(tmp_path))
    assert (code, err) == (0, "")
    assert "沿用第 1 版的发布口径：前2名" in out
    assert "沿用第 1 版的名单“先进”：名次前1名" in out
    assert newest(tmp_path) == (TOP, ("先进=top:1",), 2)


def test_what_is_given_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrected(tmp_path, Disclosure(Extent.ALL, 0), ("先进=top:1", "黑榜=bottom:1"))
    code, out, err = said(capsys, "publish", "--home", str(tmp_path), "--disclosure", "top:2")
    assert code == 0
    assert "第 1 版的名单“黑榜”不能在这个发布口径下公布，没有沿用" in err
    assert "发布口径：" not in out
    assert newest(tmp_path) == (TOP, ("先进=top:1",), 2)


def test_lists_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrected(tmp_path, Disclosure(Extent.ALL, 0), ("先进=top:1",))
    assert said(capsys, "publish", "--home", str(tmp_path), "--list", "none")[0] == 0
    assert newest(tmp_path)[1] == ()


def test_a_first_publication_tells_everything_and_has_no_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws = finished(tmp_path)
    periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
    ws.close()
    code, out, _ = said(capsys, "publish", "--home", str(tmp_path))
    assert code == 0
    assert "沿用" not in out
    assert newest(tmp_path) == (Disclosure(Extent.ALL, 0), (), 1)
