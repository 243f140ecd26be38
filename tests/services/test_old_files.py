"""What was published stays readable and verifiable when the program goes on: rules, columns and reasons of its day have other names now."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from crawlers.columns import Column, load_columns
from scoring.edition import text
from scoring.errors import BadInput
from scoring.model import Role
from scoring.rules import RULES
from scoring.services import assess, edition_workbook, editions, engine, period_rows, reading, results, verification
from scoring.services.workspace import Workspace
from tests.services.closing import PERIOD, published
from tests.services.hand import NOW, missing

GROUP = "市直部门"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Path]]:
    ws, path = published(tmp_path_factory.mktemp("old") / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    yield ws, path
    ws.close()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A later program: one rule and one column renamed, another column renamed and given another age."""
    columns = load_columns()
    renamed: dict[str, Column] = {("guidebook" if key == "guide" else key): one for key, one in columns.items()}
    renamed["duties"] = renamed["duties"].model_copy(update={"name": "机构与职能", "days": 7})
    rules = {("column_there" if rule == "column_present" else rule): spec for rule, spec in RULES.items()}
    for module in (editions, engine):
        monkeypatch.setattr(module, "RULES", rules)
    monkeypatch.setattr(editions, "load_columns", lambda: renamed)
    _forget()
    yield
    _forget()


def _forget() -> None:
    editions.from_text.cache_clear()
    reading.edition.cache_clear()


def names(path: Path) -> Mapping[str, str]:
    one = reading.edition(path, GROUP)
    return {key: name for leaf in one.leaves() for key, name in leaf.params.get("names", {}).items()}


def shown(ws: Workspace, path: Path) -> list[object]:
    """What pages say: names of columns, every leaf's points and sentence, every unit's score."""
    profile, ranking = results.profile(ws, PERIOD, "fgw", role=Role.LEADER), results.ranking(ws, PERIOD, GROUP, role=Role.LEADER)
    leaves = [(one.code, one.points, one.outcome, one.reason) for one in profile.leaves]
    return [names(path), profile.row.score, leaves, [(row.unit, row.score) for row in ranking.rows]]


def test_a_file_holds_and_reads_as_it_did(made: tuple[Workspace, Path], request: pytest.FixtureRequest) -> None:
    ws, path = made
    before = shown(ws, path)
    assert names(path)["duties"] == "机关职能"
    request.getfixturevalue("later")
    verdict = verification.verify(path)
    assert (verdict.holds, verdict.faults) == (True, [])
    assert shown(ws, path) == before
    assert next(leaf for leaf in reading.edition(path, GROUP).leaves() if leaf.code == "p1-guide").rule == "column_present"


@pytest.mark.usefixtures("later")
def test_a_file_of_before_the_dictionary_was_kept_still_reads(made: tuple[Workspace, Path], tmp_path: Path) -> None:
    """Names then come from today's dictionary where it has them; scores do not depend on them."""
    copy = Path(shutil.copy(made[1], tmp_path / made[1].name))
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as file:
        ((written,),) = file.execute("SELECT yaml FROM period_group").fetchall()
        bare = written[: written.index("\ndictionary:")] + "\n"
        file.execute("UPDATE period_group SET yaml = ?, edition_sha = sha256(?)", [bare, bare])
    verdict = verification.verify(copy)
    assert [one.what for one in verdict.faults if "摘要" not in one.what] == []  # its digest names the other text; every score and rank is as computed
    assert names(copy)["duties"] == "机构与职能"
    assert "guide" not in names(copy)


@pytest.mark.usefixtures("later")
def test_nobody_is_judged_by_rules_that_are_gone(made: tuple[Workspace, Path]) -> None:
    ws = made[0]
    row = period_rows.rows(ws)[0]
    with pytest.raises(BadInput, match=r"已不存在：.*（column_present）.*可以查看和复算"):
        assess.outdated(ws, row, now=NOW)


def test_a_reason_of_another_program_is_said_to_be_one(made: tuple[Workspace, Path], tmp_path: Path) -> None:
    copy = Path(shutil.copy(made[1], tmp_path / made[1].name))
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as file:
        file.execute("UPDATE finding SET reason_code = 'gone_since' WHERE unit_id = 'fgw' AND code = 'p1-guide'")
    period = reading.header(copy)[0]
    leaf = next(one for one in reading.profile(copy, period, GROUP, "fgw", ()).leaves if one.code == "p1-guide")
    assert "gone_since" in leaf.reason
    assert "没有这一原因的文字" in leaf.reason


def test_the_dictionary_is_kept_once_and_is_none_of_the_scheme(made: tuple[Workspace, Path], tmp_path: Path) -> None:
    kept = reading.edition(made[1], GROUP)
    assert text.read(kept.text, "")["dictionary"]["guide"]["name"] == "政府信息公开指南"
    assert editions.kept(kept) == kept
    file = tmp_path / "own.yml"
    file.write_text(kept.text, "utf-8")
    again = editions.load(file)
    assert (again.index, editions.kept(again)) == (kept.index, kept)
    assert edition_workbook.export(kept)
    assert "dictionary" not in edition_workbook.read(edition_workbook.export(kept), "kept.xlsx").edition.text
