"""A published file computes itself anew on any machine; whatever is changed in it is noticed and named."""

import hashlib
import shutil
from pathlib import Path

import duckdb
import pytest

from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput
from scoring.services import editions, verification
from scoring.services.verification import Verdict
from tests.services.closing import correct, published
from tests.services.hand import missing

DUTIES = "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The first revision and its correction."""
    ws, first = published(tmp_path_factory.mktemp("home") / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    second = correct(ws)
    ws.close()
    return first, second


def tampered(path: Path, folder: Path, *statements: str) -> Verdict:
    """A copy, changed by somebody, verified."""
    copy = folder / path.name
    shutil.copy(path, copy)
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as file:
        for statement in statements:
            file.execute(statement)
    return verification.verify(copy)


def test_every_revision_holds_without_database_or_home(made: tuple[Path, Path], tmp_path: Path) -> None:
    for path in made:
        verdict = verification.verify(Path(shutil.copy(path, tmp_path / path.name)))
        assert (verdict.holds, verdict.faults, verdict.notes) == (True, [], [])
        assert (verdict.units, verdict.leaves > 30) == (3, True)


@pytest.mark.parametrize("revision", [0, 1])
@pytest.mark.parametrize(
    ("statement", "unit", "code", "words"),
    [
        ("UPDATE finding SET machine_ratio = '0', machine_outcome = 'UNMET' WHERE unit_id = 'czj' AND code = 'p3-duties'", "czj", "p3-duties", "校验码不符"),
        ("UPDATE finding SET machine_ratio = '0.99' WHERE unit_id = 'jyj' AND code = 'p1-guide'", "jyj", "p1-guide", "校验码不符"),
        ("UPDATE finding SET evidence = '[]' WHERE unit_id = 'jyj' AND code = 'p1-guide'", "jyj", "p1-guide", "校验码不符"),
        ("UPDATE finding SET why = '同意' WHERE unit_id = 'fgw' AND code = 'p10-training'", "fgw", "p10-training", "校验码不符"),
        ("UPDATE finding SET by_name = '乙' WHERE unit_id = 'fgw' AND code = 'p10-training'", "fgw", "p10-training", "校验码不符"),
        ("UPDATE finding SET level = '差', review_ratio = '0' WHERE unit_id = 'fgw' AND code = 'p10-training'", "fgw", "p10-training", "校验码不符"),
        ("DELETE FROM finding WHERE unit_id = 'fgw' AND code = 'p10-training'", "fgw", "p10", "复算"),
        ("UPDATE total SET total = '99.9' WHERE unit_id = 'fgw'", "fgw", "", "得分复算为"),
        ("UPDATE total SET rank = 1 WHERE unit_id = 'fgw'", "fgw", "", "，文件中为 1"),
        ("UPDATE total SET grade = '优秀' || grade WHERE unit_id = 'czj'", "czj", "", "等次复算为"),
        ("UPDATE total SET coverage = '0.5' WHERE unit_id = 'czj'", "czj", "", "覆盖率复算为"),
        ("UPDATE node SET total = '0' WHERE unit_id = 'czj' AND code = 'p3-duties'", "czj", "p3-duties", "得分复算为"),
        ("DELETE FROM node WHERE unit_id = 'czj' AND code = 'p3-duties'", "czj", "p3-duties", "文件中没有"),
        ("UPDATE period_unit SET name = '示例市大数据局' WHERE unit_id = 'jyj'", "jyj", "", "单位资料"),
        ("UPDATE period_unit SET position = 9 WHERE unit_id = 'jyj'", "jyj", "", "单位资料"),
        ("UPDATE period_unit SET seal = 'aa' WHERE unit_id = 'jyj'", "jyj", "", "单位资料"),
        ("DELETE FROM total WHERE unit_id = 'jyj'", "jyj", "", "文件中没有"),
        ("UPDATE period_group SET summary = replace(summary, '\"mean\"', '\"men\"')", "", "", "本组统计"),
        ("DELETE FROM period_unit WHERE unit_id = 'jyj'", "", "", "应有 3 个单位"),
        ("UPDATE meta SET value = repeat('0', 64) WHERE key = 'digest'", "", "", "文件名与内容不符"),
    ],
)
def test_what_is_changed_is_named(made: tuple[Path, Path], tmp_path: Path, revision: int, statement: str, unit: str, code: str, words: str) -> None:
    verdict = tampered(made[revision], tmp_path, statement)
    assert not verdict.holds
    assert [one for one in verdict.faults if one.unit == unit and one.code.startswith(code) and words in one.what], [one.said for one in verdict.faults]


def test_a_changed_weight_names_the_edition_and_the_leaves_it_moves(made: tuple[Path, Path], tmp_path: Path) -> None:
    with duckdb.connect(str(made[0]), read_only=True) as file:
        (text,) = file.execute("SELECT yaml FROM period_group").fetchall()[0]
    tree = editions.from_text(text)
    one = next(tree.index[0].leaves())
    changed = text.replace(f"weight: {one.weight}", f"weight: {one.weight + 1}", 1)
    assert changed != text
    for statements in (["UPDATE period_group SET yaml = $t"], ["UPDATE period_group SET yaml = $t, edition_sha = sha256($t)"]):
        quoted = "'" + changed.replace("'", "''") + "'"
        verdict = tampered(made[0], tmp_path, *(one.replace("$t", quoted) for one in statements))
        assert not verdict.holds
        said = "\n".join(one.said for one in verdict.faults)
        assert "与其摘要不符" in said or "复算的摘要" in said or "不能加载" in said


def test_a_forger_who_fixes_every_mark_still_fails_the_announced_digest(made: tuple[Path, Path], tmp_path: Path) -> None:
    """Consistent in itself, but not the result that was announced: only the digest kept elsewhere can tell, and does."""
    first, second = made
    assert not verification.verify(second, digest=first.stem[-12:]).holds
    verdict = verification.verify(second, digest=hashlib.sha256(b"x").hexdigest())
    assert "不是同一份结果" in verdict.faults[0].what
    assert verification.verify(first, digest=first.stem[-12:]).holds


def test_a_renamed_file_is_noticed(made: tuple[Path, Path], tmp_path: Path) -> None:
    copy = shutil.copy(made[0], tmp_path / "2026Q2-r1-000000000000.duckdb")
    assert "文件名与内容不符" in verification.verify(Path(copy)).faults[0].what


@pytest.mark.parametrize("content", [b"", b"not a database", b"\0" * 9000])
def test_what_is_no_published_file_gets_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.duckdb"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"x\.duckdb"):
        verification.verify(path)


@pytest.mark.parametrize(
    ("disclosure", "statement", "words"),
    [
        (Disclosure(Extent.TOP, 1), "UPDATE total SET total = '12' WHERE rank = 1", "得分复算为"),
        (Disclosure(Extent.GRADES), "UPDATE total SET grade = '优秀吗' WHERE unit_id = 'fgw'", "等次与文件所载"),
        (Disclosure(Extent.GRADES), "UPDATE period_unit SET name = '甲' WHERE unit_id = 'fgw'", "单位名称"),
        (Disclosure(Extent.OWN), "INSERT INTO period_unit VALUES ('x','x','市直部门','','',1,'[]','[]','','')", "单位名称"),
    ],
)
def test_an_extract_holds_and_tells_what_it_cannot(tmp_path: Path, disclosure: Disclosure, statement: str, words: str) -> None:
    ws, path = published(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")}, disclosure)
    ws.close()
    verdict = verification.verify(path)
    assert verdict.holds
    assert any("全本由评估单位保存" in note for note in verdict.notes)
    assert verification.verify(ws.sealed / path.name, digest=verdict.meta["digest"]).holds
    (tmp_path / "copy").mkdir()
    broken = tampered(path, tmp_path / "copy", statement)
    assert [one for one in broken.faults if words in one.what], [one.said for one in broken.faults]
