"""`compute`: a findings CSV in, ranked scores out; every bad table refused with its line."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.errors import BadInput
from scoring.manual import by_level, by_points, pending
from scoring.model import Outcome, Scale
from scoring.services.compute import compute, exact
from scoring.services.editions import load
from tests.index.make import BESIDE, SICHUAN, TREE, edition

HEADER = "unit,group,code,outcome,ratio,points\n"
GOOD = HEADER + "甲区,区县,a1,MET,1,\n甲区,区县,a2,PARTIAL,0.7,\n甲区,区县,a3,NOT_APPLICABLE,,\n甲区,区县,b,PARTIAL,,33.3\n"


def table(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "findings.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_shape(tmp_path: Path) -> None:
    result = compute(edition(TREE), table(tmp_path, GOOD + "乙镇,镇街,a1,UNMET,0,\n"))
    assert json.loads(json.dumps(result)) == result
    assert set(result) == {"edition", "groups"}
    assert list(result["groups"]) == ["区县", "镇街"]
    one = result["groups"]["区县"][0]
    assert set(one) == {"unit", "total", "lower", "upper", "coverage", "grade", "rank", "veto", "veto_open", "scores", "dimensions"}
    assert one["total"] == "82.500000000000"  # (20 + 21) / 50 × 60 + 33.3
    assert (one["rank"], one["grade"], one["coverage"]) == (1, "合格", "1.000000000000")
    assert one["scores"]["a"] == "49.200000000000"
    assert (one["scores"]["a3"], one["scores"]["b"]) == (None, "33.300000000000")
    poor = result["groups"]["镇街"][0]
    assert (poor["rank"], poor["grade"], poor["lower"], poor["upper"], poor["coverage"]) == (None, None, "0.000000000000", "80.000000000000", "0.200000000000")


def test_vetoes_and_bonus(tmp_path: Path) -> None:
    text = GOOD + "甲区,区县,v0,MET,,\n甲区,区县,v59,UNMET,,\n甲区,区县,d,MET,1,\n甲区,区县,x,PARTIAL,,2\n"
    one = compute(edition(BESIDE), table(tmp_path, text))["groups"]["区县"][0]
    assert (one["total"], one["rank"], one["grade"], one["veto"], one["veto_open"]) == ("59.000000000000", None, "不合格", ["v59"], [])


def test_scale_of_weights_takes_and_gives_points_of_a_hundred(tmp_path: Path) -> None:
    one = edition(TREE.replace("scale: points", "scale: weights"))
    unit = compute(one, table(tmp_path, GOOD.replace("33.3", "80")))["groups"]["区县"][0]
    assert (unit["scores"]["b"], unit["scores"]["a"], unit["total"]) == ("80.000000000000", "82.000000000000", "81.200000000000")


def test_twelve_places_half_up() -> None:
    assert exact(Decimal("0.0000000000005")) == "0.000000000001"
    assert exact(Decimal("0.00000000000049999")) == "0.000000000000"
    assert exact(None) is None


def test_units_keep_the_order_of_the_file_in_a_tie(tmp_path: Path) -> None:
    rows = "".join(f"{unit},g,{code},MET,,\n" for unit in ("丙", "甲", "乙") for code in ("a1", "a2", "a3", "b"))
    assert [(one["unit"], one["rank"]) for one in compute(edition(TREE), table(tmp_path, HEADER + rows))["groups"]["g"]] == [("丙", 1), ("甲", 1), ("乙", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    assert compute(edition(TREE), table(tmp_path, GOOD.replace("\n", "\r\n").encode(encoding)))["groups"]["区县"][0]["unit"] == "甲区"


def test_columns_in_another_order_and_blank_lines(tmp_path: Path) -> None:
    text = "code,unit,group,points,ratio,outcome\na1,甲区,区县,,1,MET\n\n,,,,,\n"
    assert compute(edition(TREE), table(tmp_path, text))["groups"]["区县"][0]["lower"] == "20.000000000000"


ROW = "甲区,区县,{}\n"
BAD = [
    ("outcome and ratio disagree", ROW.format("a1,MET,0.5,"), "与 outcome MET 矛盾"),
    ("unmet with a ratio", ROW.format("a1,UNMET,0.1,"), "与 outcome UNMET 矛盾"),
    ("partial with full ratio", ROW.format("a1,PARTIAL,1,"), "与 outcome PARTIAL 矛盾"),
    ("partial with nothing", ROW.format("a1,PARTIAL,,"), "应填写 ratio 或 points"),
    ("unobserved with a ratio", ROW.format("a1,NOT_OBSERVED,0,"), "应留空"),
    ("inapplicable with points", ROW.format("a1,NOT_APPLICABLE,,3"), "points 应留空"),
    ("unmet with points", ROW.format("b,UNMET,,3"), "矛盾"),
    ("met with no points", ROW.format("b,MET,,0"), "矛盾"),
    ("ratio above one", ROW.format("a1,PARTIAL,1.5,"), "ratio 为 1.5"),
    ("ratio below zero", ROW.format("a1,PARTIAL,-0.5,"), "ratio 为 -0.5"),
    ("ratio is no number", ROW.format("a1,PARTIAL,half,"), "应为数字"),
    ("ratio is NaN", ROW.format("a1,PARTIAL,NaN,"), "应为数字"),
    ("points without end", ROW.format("b,PARTIAL,,Infinity"), "应为数字"),
    ("points above the weight", ROW.format("b,PARTIAL,,40.01"), "应在 0 与 40 之间"),
    ("negative points", ROW.format("b,PARTIAL,,-1"), "应在 0 与 40 之间"),
    ("unknown outcome", ROW.format("a1,GOOD,1,"), "outcome「GOOD」不认识"),
    ("outcome empty", ROW.format("a1,,1,"), "outcome 为空"),
    ("unknown code", ROW.format("zz,MET,1,"), "「zz」"),
    ("a node with children", ROW.format("a,MET,1,"), "不在指标体系 test 的叶子中"),
    ("unit empty", ",区县,a1,MET,1,\n", "unit 为空"),
    ("group empty", "甲区,,a1,MET,1,\n", "group 为空"),
    ("a row twice", ROW.format("a1,MET,1,") * 2, "出现了两次"),
    ("two groups", ROW.format("a1,MET,1,") + "甲区,镇街,a2,MET,1,\n", "前面属于分组「区县」"),
    ("too few cells", "甲区,区县,a1\n", "应有 6 列，实有 3 列"),
    ("too many cells", ROW.format("a1,MET,1,,"), "应有 6 列，实有 7 列"),
    ("an open quote", '甲区,区县,a1,"MET,1,\n', "不是有效的 CSV"),
]


@pytest.mark.parametrize(("rows", "why"), [pytest.param(rows, why, id=name) for name, rows, why in BAD])
def test_refused(tmp_path: Path, rows: str, why: str) -> None:
    path = table(tmp_path, HEADER + rows)
    with pytest.raises(BadInput, match=re.escape(why)) as caught:
        compute(edition(TREE), path)
    assert re.search(r"第 [23] 行", str(caught.value))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "表头应为"),
        ("unit,code\n", "表头应为"),
        (HEADER.replace("points", "marks"), "实为 unit"),
        (HEADER, "没有评分结果"),
        (b"\xff\xfe\x00\xff\xff", "编码无法识别"),
    ],
)
def test_refused_as_a_whole(tmp_path: Path, text: str | bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        compute(edition(TREE), table(tmp_path, text))


def test_refused_when_absent(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="无法读取"):
        compute(edition(TREE), tmp_path / "none.csv")


def test_points_for_a_veto_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有分值"):
        compute(edition(BESIDE), table(tmp_path, HEADER + ROW.format("v0,MET,,1")))


def test_the_published_editions_load_by_path(tmp_path: Path) -> None:
    path = tmp_path / "sichuan.yml"
    path.write_text(SICHUAN, "utf-8")
    assert load(path).id == "sichuan-2011"


def test_people_score_by_level_or_by_points() -> None:
    one = edition(BESIDE)
    assert (by_level(one.leaf("a2"), "良").ratio, by_level(one.leaf("a2"), "优").outcome) == (Decimal("0.7"), Outcome.MET)
    with pytest.raises(BadInput, match="可用：优、良、差"):
        by_level(one.leaf("a2"), "中")
    assert by_points(one.leaf("b"), Decimal(40)).outcome is Outcome.MET
    assert by_points(one.leaf("b"), Decimal(80), Scale.WEIGHTS).ratio == Decimal("0.8")
    for wrong in ("-1", "40.1", "NaN"):
        with pytest.raises(BadInput, match="应在 0 与 40 之间"):
            by_points(one.leaf("b"), Decimal(wrong))
    with pytest.raises(BadInput, match="应在 0 与 4 之间"):
        by_points(one.leaf("x"), Decimal(5), Scale.WEIGHTS, bonus=True)
    assert (pending().outcome, pending().reason_code) == (Outcome.NOT_OBSERVED, "manual_pending")
