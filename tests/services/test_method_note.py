"""方法说明 of a published period: every rule in words, and how far ranks follow from the weights."""

from pathlib import Path

from scoring.disclosure import Disclosure, Extent
from scoring.services import export_files, method_appendix, results, robust, rule_words
from tests.services.closing import PERIOD, published
from tests.services.hand import GROUP, missing
from tests.services.test_exports import unpacked


def test_the_appendix_says_how_far_ranks_follow_from_the_weights(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    packed = unpacked(path)
    note = packed["方法说明.md"].decode()
    found = robust.published(ws, PERIOD, GROUP)
    assert len(found.units) == 3
    assert f"变动 {found.draws:,} 次" in note
    assert f"随机种子 {found.seed}" in note
    rows = [line for line in note[note.index(method_appendix.HEAD) :].splitlines() if line.startswith("| ")]
    for one in found.units:
        (row,) = (line for line in rows if f"| {one.name} |" in line)
        assert row.startswith(f"| {one.rank} |")
        low, high = one.weights
        assert (f"第{low}–{high}名" if low != high else f"第{low}名") in row
        assert row.endswith(f"| {one.swaps} |")
    for each in found.indicators:
        assert any(line.startswith(f"| {each.title} | {each.moved:.1f} | {each.rho:.2f} |") for line in rows)
    for code, said in rule_words.by_code(results.ranking(ws, PERIOD, GROUP).edition).items():
        assert said in note, code
    assert export_files.contents(export_files.source(path)) == packed  # byte for byte, the draws too
    ws.close()


def test_of_units_that_readers_do_not_see_nothing_is_told(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", None, Disclosure(Extent.TOP, 1))
    note = unpacked(path)["方法说明.md"].decode()
    assert "名次稳定性见评估单位保存的全本" in note
    assert "| 名次 |" not in note
    ws.close()
