"""What changed between editions, leaf by leaf."""

import json

from scoring.services import edition_diff, edition_rows
from scoring.services.edition_diff import Kind
from tests.index.make import BESIDE, edition


def test_nothing_changed() -> None:
    found = edition_diff.diff(edition(BESIDE), edition("# 只加了注释\n" + BESIDE))
    assert (found.whole, found.changes) == ((), ())


def test_every_kind_of_change_is_told_once() -> None:
    after = BESIDE
    for old, new in (
        ("code: a3, title: 甲三, weight: 10", "code: a4, title: 甲四, weight: 10"),
        (
            "weight: 20, dimension: 及时性, rule: updated_within, with: {column: news, days: 14}",
            "weight: 25, rule: updated_within, with: {column: news, days: 7}",
        ),
        ("weight: 30", "weight: 25"),
        ("levels: {优: 1, 良: 0.7, 差: 0}", "levels: {优: 1, 良: 0.8, 差: 0}"),
        ("score: 59", "score: 40"),
        ("from: a, max: 5", "from: a, max: 3"),
        ("above: 80", "above: 85"),
        ("coverage: 0.8", "coverage: 0.9"),
    ):
        assert old in after
        after = after.replace(old, new)
    found = edition_diff.diff(edition(BESIDE), edition(after))
    kinds = {change.code: change.kind for change in found.changes}
    assert kinds == {"a3": Kind.DROPPED, "a4": Kind.ADDED, "a1": Kind.REWEIGHTED, "a2": Kind.REWEIGHTED, "v59": Kind.CHANGED, "d": Kind.REWEIGHTED}
    said = {change.code: "\n".join(map(str, change.fields)) for change in found.changes}
    assert said["a1"] == "分值：20 → 25\n参数：column=news；days=14 → column=news；days=7\n维度：及时性 → （无）"
    assert "评分档次：优=1；良=0.7；差=0 → 优=1；良=0.8；差=0" in said["a2"]
    assert (said["v59"], said["d"]) == ("否决后得分：59 → 40", "分值：5 → 3")
    assert [str(one) for one in found.whole] == ["覆盖率门槛：0.8 → 0.9", "加分起点：80 → 85"]
    assert found.changes[1].title == "甲 › 甲一"
    assert json.loads(json.dumps(edition_diff.as_json(found)))["changes"][1]["weight_after"] == "25"


def test_a_leaf_that_moves_and_siblings_in_another_order() -> None:
    lines = BESIDE.splitlines(keepends=True)
    a1 = next(n for n, line in enumerate(lines) if "code: a1" in line)
    swapped = edition("".join([*lines[:a1], lines[a1 + 1], lines[a1], *lines[a1 + 2 :]]))
    assert [str(one) for one in edition_diff.diff(edition(BESIDE), swapped).whole] == ["a的次序：a1、a2、a3 → a2、a1、a3"]
    moved = BESIDE.replace("{code: b, title: 乙, weight: 40,", "{code: c, title: 丙, weight: 40, children: [{code: b, title: 乙, weight: 40,").replace(
        "guide: 按评分表}}\n\nveto", "guide: 按评分表}}]}\n\nveto"
    )
    changes = edition_diff.diff(edition(BESIDE), edition(moved)).changes
    assert [(change.code, change.kind, str(change.fields[0]) if change.fields else "") for change in changes] == [
        ("c", Kind.ADDED, ""),
        ("b", Kind.CHANGED, "上级指标：（无） → c"),
    ]


def test_rows_hold_every_node_once() -> None:
    rows = edition_rows.rows(edition(BESIDE))
    assert [row.node.code for row in rows] == ["a", "a1", "a2", "a3", "b", "v0", "v59", "d", "x"]
    assert [row.parent for row in rows] == ["", "a", "a", "a", "", "", "", "", ""]
    assert rows[2].criteria == "按要求\n优=1；良=0.7；差=0"
    assert rows[1].criteria == "updated_within\ncolumn=news\ndays=14"
