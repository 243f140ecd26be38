"""The workbook of an edition: both ways without loss, read as people write it, refused cell by cell."""

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from scoring.edition import text
from scoring.errors import BadInput
from scoring.model import Check, Edition, Scale
from scoring.services import edition_workbook, editions
from tests.index.made_editions import contents
from tests.index.make import BESIDE, edition

HEADER = ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "责任单位", "适用对象")
ROWS: list[list[Any]] = [
    ["平台建设", "指南", "指南要素齐全", 10, "缺一项扣1分", "办公室", "全部"],
    [None, None, "指南及时更新", 5, "一年内更新", "办公室、法制科", "全部单位"],
    [None, "检索", None, "５分", "能检索", "大数据局", None],
    ["回应关切", None, None, 80, "按时回应", None, "对外服务、行政执法"],
]


def bare(one: Edition) -> Edition:
    """Without the text it came from."""
    return replace(one, text="", sha="")


def made(rows: list[list[Any]] = ROWS, header: tuple[Any, ...] = HEADER, edit: Callable[[Any], None] | None = None, above: tuple[str, ...] = ()) -> bytes:
    """A workbook as somebody would make it by hand."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "指标体系"
    for row in [*([one] for one in above), list(header), *rows]:
        sheet.append(row)
    if edit:
        edit(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Edition:
    return edition_workbook.read(data, "指标体系.xlsx").edition


@pytest.mark.parametrize("one", [*editions.available(), edition(BESIDE)], ids=lambda one: one.id)
def test_our_editions_survive(one: Edition) -> None:
    assert bare(read(edition_workbook.export(one))) == bare(one)


@settings(max_examples=20)
@given(contents())
def test_any_edition_survives_and_no_cell_is_a_formula(content: dict[str, Any]) -> None:
    one = editions.load(text.write(content))
    data = edition_workbook.export(one)
    assert bare(read(data)) == bare(one)
    assert all(cell.data_type in ("s", "n") for sheet in load_workbook(io.BytesIO(data)).worksheets for row in sheet.iter_rows() for cell in row)


def test_upper_levels_are_merged_over_their_leaves() -> None:
    sheet = load_workbook(io.BytesIO(edition_workbook.export(edition(BESIDE))))["指标体系"]
    assert [cell.value for cell in sheet[2]][:5] == ["一级指标", "一级分值", "二级指标", "分值", "评分方式"]
    assert {"A3:A5", "B3:B5", "S3:S5"} <= {str(one) for one in sheet.merged_cells.ranges}


def test_a_table_made_by_hand_becomes_an_edition_of_manual_leaves() -> None:
    one = read(made(above=("某市2026年政务公开评估指标体系",)))
    assert (one.title, str(one.full), [node.title for node in one.index]) == ("某市2026年政务公开评估指标体系", "100", ["平台建设", "回应关切"])
    leaves = list(one.leaves())
    assert [(leaf.title, int(leaf.weight)) for leaf in leaves] == [("指南要素齐全", 10), ("指南及时更新", 5), ("检索", 5), ("回应关切", 80)]
    assert all(leaf.check is Check.MANUAL and leaf.manual and leaf.manual.points for leaf in leaves)
    assert (leaves[1].responsible, leaves[3].needs, leaves[0].needs) == (("办公室", "法制科"), ("对外服务", "行政执法"), ())
    assert (int(one.index[0].weight), int(one.index[0].children[0].weight)) == (20, 15)


def test_codes_stay_when_rows_move_and_weights_change() -> None:
    before = read(made())
    after = read(made([ROWS[3], ["平台建设", "检索", None, 7, "能检索", None, None], [None, "指南", "指南及时更新", 13, "一年内更新", None, None]]))
    codes = {node.title: node.code for first in before.index for node in first.walk()}
    assert all(codes[node.title] == node.code for first in after.index for node in first.walk())


def merge(sheet: Any) -> None:
    for place in ("A2:A4", "B2:B3", "F2:F3", "C5:C5"):
        sheet.merge_cells(place)


VARIATIONS: dict[str, bytes] = {
    "merged": made(edit=merge),
    "upper levels repeated": made([["平台建设", "指南", *ROWS[0][2:]], ["平台建设", "指南", *ROWS[1][2:]], ["平台建设", *ROWS[2][1:]], ROWS[3]]),
    "blank rows": made([[None] * 7, *ROWS[:2], [None] * 7, *ROWS[2:], [None] * 7]),
    "other order, other words": made(
        [[one[3], one[5], one[0], one[1], one[2], one[4], one[6], 1] for one in ROWS],
        ("分 值（分）", "牵头单位", "一级 指标", "二级\n指标", "三级指标", "评分细则", "适用范围", "备注"),
    ),
    "rows above the header": made(above=("某市指标体系", "制表：办公室")),
    "weights in the names": made([["平台建设（20分）", *ROWS[0][1:]], *ROWS[1:]]),
    "a weight for every level": made(
        [
            ["平台建设", 20, "指南", 15, "指南要素齐全", 10, "缺一项扣1分"],
            [None, None, None, None, "指南及时更新", 5, "一年内更新"],
            [None, None, "检索", 5, None, None, "能检索"],
            ["回应关切", 80, None, None, None, None, "按时回应"],
        ],
        ("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分标准"),
    ),
    "a row with the total": made([*ROWS, ["合计", None, None, 100, None, None, None]]),
    "remarks below the table": made([*ROWS, ["注：本表由办公室负责解释"]]),
    "a total by formula": made([*ROWS, ["总计", None, None, "=SUM(D2:D5)", None, None, None]]),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_variations_say_the_same(name: str) -> None:
    def tree(one: Edition) -> list[tuple[str, str, Decimal]]:
        return [(node.code, node.title, node.weight) for first in one.index for node in first.walk()]

    assert tree(read(VARIATIONS[name])) == tree(read(made()))


def test_criteria_over_several_rows_belong_to_one_leaf() -> None:
    rows: list[list[Any]] = [
        ["甲", "指标一", None, 5, "标准一", None, None],
        [None, None, None, None, "标准二", None, None],
        [None, "指标二", None, 5, "标准三", None, None],
    ]
    one = read(made(rows, edit=lambda sheet: sheet.merge_cells("B2:B3")))
    assert [leaf.manual.guide for leaf in one.leaves() if leaf.manual] == ["标准一\n标准二", "标准三"]


def cell(row: int, column: int, value: Any) -> Callable[[Any], None]:
    def put(sheet: Any) -> None:
        sheet.cell(row, column).value = value

    return put


def ours(sheet: str, edit: Callable[[Any], None]) -> bytes:
    """The workbook of our own small edition with something wrong in it."""
    book = load_workbook(io.BytesIO(edition_workbook.export(edition(BESIDE))))
    edit(book[sheet])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(name: str, row: int, value: Any) -> Callable[[Any], None]:
    """Put a value under the header `name`."""

    def put(sheet: Any) -> None:
        header = next(one for one in sheet.iter_rows(max_row=2) if any(cell.value == name for cell in one))
        sheet.cell(row, next(one.column for one in header if one.value == name)).value = value

    return put


def drop(name: str) -> Callable[[Any], None]:
    def cut(sheet: Any) -> None:
        for row in sheet.iter_rows(max_row=2):
            for one in row:
                if one.value == name:
                    one.value = "另一列"

    return cut


MAIN = "工作表“指标体系”"
BAD: dict[str, tuple[bytes, str]] = {
    "text for a weight": (made(edit=cell(2, 4, "十分好")), f"{MAIN}第 2 行 D 列：分值为「十分好」，应为数字"),
    "a formula for a weight": (made(edit=cell(2, 4, "=5+5")), f"{MAIN}第 2 行 D 列：是公式"),
    "no weight": (made(edit=cell(2, 4, None)), f"{MAIN}第 2 行 D 列：指标「指南要素齐全」的分值为空"),
    "weight zero": (made(edit=cell(3, 4, 0)), f"{MAIN}第 3 行 D 列：指标「指南及时更新」的分值为 0，应大于 0"),
    "a weight for two leaves": (made(edit=lambda sheet: sheet.merge_cells("D2:D3")), f"{MAIN}第 3 行 D 列：指标「指南及时更新」的分值与上一行合并"),
    "no criteria": (made(edit=cell(2, 5, None)), f"{MAIN}第 2 行 E 列：评分标准为空"),
    "an unknown duty": (made(edit=cell(2, 7, "行政许可")), f"{MAIN}第 2 行 G 列：指标 .*needs 中的职责「行政许可」不认识"),
    "a leaf twice": (made(edit=cell(3, 3, "指南要素齐全")), f"{MAIN}第 3 行 C 列：三级指标「指南要素齐全」与第 2 行重复"),
    "an upper level that comes again": (
        made([*ROWS, ["平台建设", "其他", None, 1, "按", None, None]]),
        f"{MAIN}第 6 行 A 列：一级指标「平台建设」与第 2 行重复",
    ),
    "an upper level left out": (made([ROWS[0], ["乙", None, "某项", 5, "按", None, None]]), f"{MAIN}第 3 行 B 列：二级指标为空"),
    "no upper level at all": (made([[None, "指南", *ROWS[0][2:]]]), f"{MAIN}第 2 行 A 列：一级指标为空"),
    "no name": (made(edit=cell(5, 1, None)), f"{MAIN}第 5 行：没有指标名称"),
    "a missing column": (made(header=(*HEADER[:3], "分数线", *HEADER[4:])), f"{MAIN}第 1 行（表头）：缺少列「分值」"),
    "two missing columns": (made(header=(*HEADER[:3], "甲", "乙", *HEADER[5:])), "缺少列「分值」、「评分标准」"),
    "a column twice": (made(header=(*HEADER[:6], "责任单位")), f"{MAIN}第 1 行 G 列：列「责任单位」重复"),
    "no table": (made(header=("甲",) * 7), "没有找到指标表"),
    "no rows": (made([]), "表头之下没有指标"),
    "a total that is wrong": (made([*ROWS, ["合计", None, None, 99, None, None, None]]), f"{MAIN}第 6 行 D 列：合计为 99，各项分值之和为 100"),
    "sums by names": (made([["平台建设（21分）", *ROWS[0][1:]], *ROWS[1:]]), "「平台建设」的分值 21 与下级分值合计 20 不符"),
    "sums": (ours("指标体系", at("一级分值", 3, 61)), f"{MAIN}第 3 行 B 列：「甲」的分值 61 与下级分值合计 60 不符"),
    "an unknown rule": (ours("指标体系", at("规则", 3, "updated_soon")), f"{MAIN}第 3 行 O 列：指标 a1 规则 updated_soon 不存在"),
    "a wrong parameter": (ours("指标体系", at("参数", 3, "column=news\ndays=0")), f"{MAIN}第 3 行 P 列：指标 a1 .*应大于 0"),
    "parameters without a key": (ours("指标体系", at("参数", 3, "news")), f"{MAIN}第 3 行 P 列：参数「news」应写成"),
    "an unknown way to score": (ours("指标体系", at("评分方式", 3, "抽签")), f"{MAIN}第 3 行 E 列：评分方式「抽签」不认识"),
    "a rule on a manual leaf": (ours("指标体系", at("评分方式", 3, "人工")), f"{MAIN}第 3 行 O 列：评分方式为人工"),
    "no rule on an automatic leaf": (ours("指标体系", at("评分方式", 4, "自动")), f"{MAIN}第 4 行 E 列：评分方式为「自动」，但没有写规则"),
    "a level without a ratio": (ours("指标体系", at("评分档次", 4, "优=1；良")), f"{MAIN}第 4 行 G 列：评分档次「良」应写成"),
    "a level above one": (ours("指标体系", at("评分档次", 4, "优=10；良=7")), f"{MAIN}第 4 行 G 列：档次「优」的得分率为「10」，应在 0 与 1 之间"),
    "an unknown dimension": (ours("指标体系", at("维度", 3, "速度")), f"{MAIN}第 3 行 J 列：指标 a1 dimension 的值「速度」不在允许范围"),
    "no mending": (ours("指标体系", at("整改办法", 3, None)), f"{MAIN}第 3 行 L 列：指标 a1 自动判定的指标缺少整改办法"),
    "a code twice": (ours("指标体系", at("代码", 4, "a1")), f"{MAIN}第 4 行 R 列：代码「a1」与第 3 行重复"),
    "a code that is none": (ours("指标体系", at("代码", 4, "甲 1")), f"{MAIN}第 4 行 R 列：代码「甲 1」只能用小写字母"),
    "a veto's code twice": (ours("单项否决", at("代码", 2, "a1")), "工作表“单项否决”第 2 行 A 列：代码「a1」与工作表“指标体系”第 3 行重复"),
    "a deduction from nowhere": (ours("扣分项", at("扣分对象", 2, "zz")), "工作表“扣分项”第 2 行 C 列：指标 d from 所指的指标 zz"),
    "a deduction of text": (ours("扣分项", at("最多扣分", 2, "多")), "工作表“扣分项”第 2 行 D 列：分值为「多」，应为数字"),
    "a bonus without a cap": (ours("基本设置", at("内容", 8, None)), "bonus|cap"),
    "grades not falling": (ours("等次", at("最低得分", 2, 50)), "工作表“等次”第 4 行：grades"),
    "a grade of text": (ours("等次", at("最低得分", 2, "高")), "工作表“等次”第 2 行 B 列：最低得分为「高」"),
    "an unknown scale": (ours("基本设置", at("内容", 4, "星级制")), "工作表“基本设置”第 4 行 B 列：计分方式「星级制」不认识"),
    "an unknown setting": (ours("基本设置", at("项目", 4, "颜色")), "工作表“基本设置”第 4 行 A 列：项目「颜色」不认识"),
    "a sheet without its header": (ours("等次", drop("等次")), "工作表“等次”：没有找到表头"),
    "no workbook": (b"PK", "不是有效的 .xlsx"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused(case: str) -> None:
    data, why = BAD[case]
    with pytest.raises(BadInput, match=why) as caught:
        read(data)
    assert str(caught.value).startswith("指标体系.xlsx")
    assert "\n" not in str(caught.value)


def test_every_wrong_cell_is_named_at_once() -> None:
    def spoil(sheet: Any) -> None:
        for row in (2, 3):
            sheet.cell(row, 4).value = "x"
        sheet.cell(4, 5).value = None

    with pytest.raises(BadInput, match=r"共 3 处问题：（1）工作表“指标体系”第 2 行 D 列.*（2）工作表“指标体系”第 3 行 D 列.*（3）工作表“指标体系”第 4 行 E 列"):
        read(made(edit=spoil))


def test_unused_columns_and_made_up_codes_are_told() -> None:
    found = edition_workbook.read(made([[*one, "x"] for one in ROWS], (*HEADER, "备注")), "指标体系.xlsx")
    assert found.notes[0] == "未使用的列：备注"
    assert found.notes[1].startswith("6 个指标没有代码")
    assert found.edition.id == "imported"


def test_shares_of_one_are_weights_and_other_totals_are_told() -> None:
    shares = edition_workbook.read(made([["甲", None, None, 0.6, "按", None, None], ["乙", None, None, 0.4, "按", None, None]]), "指标体系.xlsx")
    assert (shares.edition.scale, str(shares.edition.full)) == (Scale.WEIGHTS, "100")
    assert "按权重制" in shares.notes[-1]
    odd = edition_workbook.read(made([["甲", None, None, 77, "按", None, None]]), "指标体系.xlsx")
    assert odd.notes[-1] == "分值合计为 77，不是 100，等次的分数线请相应调整"
