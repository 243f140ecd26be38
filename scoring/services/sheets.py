"""The sheets of an export, each column with its meaning, unit and type: read from a published file, for CSV and Parquet alike.

Scores, ratios and 得分率 are unrounded to 12 places (half up); text that comes from people or pages never becomes a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from scoring import wording
from scoring.model import Indicator, Scale, Unit
from scoring.score import Nodes
from scoring.services import figures, rule_words
from scoring.services.book import GroupBook
from scoring.services.edition_rows import Part
from scoring.services.figures import places, rate
from scoring.services.shapes import PeriodInfo
from scoring.store import lazy


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: text | number (12 places) | whole."""

    name: str
    meaning: str
    unit: str = "—"
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet by column: `values[n]` are those of `columns[n]`; whole numbers as such, all else as text, empty for none."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    values: tuple[pa.Array, ...]


_TYPES = {"text": pa.string(), "number": pa.string(), "whole": pa.int32()}
_WHO = (
    Column("期次", "评估期次编号"),
    Column("分组", "单位所在分组"),
    Column("单位编号", "被评估单位的编号"),
    Column("单位名称", "定稿时的名称"),
)
_INTERVAL = (
    Column("得分", "区间的中点，未取整", "分", "number"),
    Column("得分下限", "未判定的指标全不得分", "分", "number"),
    Column("得分上限", "未判定的指标全得满分", "分", "number"),
    Column("满分", "不涉及的权重分摊之后；0 为不涉及", "分", "number"),
    Column("得分率", "得分 ÷ 满分；不涉及时为空", "0–1", "number"),
)
_TOTALS = (
    *_WHO,
    Column("名次", "空为不参加排名", "名", "whole"),
    Column("等次", "空为数据不足"),
    *_INTERVAL,
    Column("覆盖率", "已判定的权重占适用权重的比例", "0–1", "number"),
    Column("单项否决", "触发的否决项名称"),
    Column("待判定否决", "未能判定的否决项名称"),
)
_NODES = (*_WHO, Column("指标代码", "指标体系中的代码"), Column("指标名称", "指标体系中的名称"), Column("级次", "一级指标为 1", "级", "whole"), *_INTERVAL)
_FINDINGS = (
    *_WHO,
    Column("指标代码", "指标体系中的代码"),
    Column("指标名称", "指标体系中的名称"),
    Column("结果", "达标、需改进、不达标、未判定、不涉及"),
    Column("得分比例", "该项得到的比例；未判定和不涉及为空", "0–1", "number"),
    Column("原因", "为什么这样判"),
    Column("评分方式", "自动判定，机器初判、人工核查，或人工评分"),
    Column("机器结果", "机器自己的判定；人工指标为空"),
    Column("核查理由", "核查人写明的理由"),
    Column("核查人", "空为没有人工核查"),
    Column("取证网址", "所依据的网页，空格分隔"),
    Column("存档地址", "批次/网站@起始字节+长度，可在系统中打开"),
)
_INDICATORS = (
    Column("分组", "使用这一指标体系的分组"),
    Column("指标体系", "编号"),
    Column("部分", "index 指标树，veto 单项否决，deduction 扣分，bonus 加分"),
    Column("指标代码", "唯一代码"),
    Column("上级代码", "空为一级指标"),
    Column("指标名称", "名称"),
    Column("分值", "权重；扣分项为最多扣分，加分项为最多加分", "分", "number"),
    Column("评分方式", "空为有下级的指标"),
    Column("判定规则", "规则编号与参数；人工评分为评分标准"),
    Column("维度", "及时性、规范性、准确性、完整性、互动性"),
    Column("适用条件", "须有的职责；没有则不涉及"),
    Column("评估依据", "条款"),
    Column("责任单位", "谁负责"),
    Column("整改办法", "怎么改"),
    Column("已核对原文", "是，或否（示例）"),
)
_GRADES = (*_WHO, Column("等次", "空为数据不足"))


def totals(period: PeriodInfo, books: Sequence[GroupBook]) -> Sheet:
    """得分: one row a unit, in rank order."""

    def rows() -> Iterable[tuple[Any, ...]]:
        for book in books:
            names, titles = {unit.id: unit.name for unit in book.units}, {veto.leaf.code: veto.leaf.title for veto in book.edition.vetoes}
            order = {unit.id: n for n, unit in enumerate(book.units)}
            for one in sorted(book.scores.values(), key=lambda score: (score.rank is None, score.rank or 0, order[score.unit])):
                numbers = (places(value) for value in (one.total, one.lower, one.upper, one.full))
                vetoes = ("、".join(titles.get(code, code) for code in codes) for codes in (one.veto, one.veto_open))
                who = (period.id, book.group, one.unit, names[one.unit])
                yield (*who, one.rank, one.grade or "", *numbers, rate(one.total, one.full), places(one.coverage), *vetoes)

    return _sheet("得分", "每个单位一行：名次、等次、得分、区间、得分率", _TOTALS, rows())


def nodes(period: PeriodInfo, books: Sequence[GroupBook]) -> Sheet:
    """指标得分: one row a unit and indicator, inner ones included."""
    found = _Columns(_NODES)
    for book in books:
        tree = [(node, depth) for first in book.edition.index for node, depth in _walk(first, 1)]
        of_tree = [node.code for node, _ in tree], [node.title for node, _ in tree], [depth for _, depth in tree]
        for unit in book.units:
            nodes = Nodes.of(book.scores[unit.id].nodes)
            numbers = list(figures.of_nodes(nodes))
            found.add(period, book, unit, *of_tree, *zip(*[numbers[nodes.places[code]] for code in of_tree[0]], strict=True))
    return found.sheet("指标得分", "每个单位每个指标（含上级指标）一行；下级之和等于上级")


def findings(period: PeriodInfo, books: Sequence[GroupBook]) -> Sheet:
    """评分结果: one row a unit and leaf."""
    found = _Columns(_FINDINGS)
    for book in books:
        leaves = list(book.edition.leaves())
        codes, titles, checks = [leaf.code for leaf in leaves], [leaf.title for leaf in leaves], [leaf.check.zh if leaf.check else "" for leaf in leaves]
        for unit in book.units:
            states, said = book.states.get(unit.id, {}), list(book.findings(unit).values())
            known = [states.get(code) for code in codes]
            decided = [state.review if state and state.reviewed else None for state in known]
            pages = lazy.pages_of([one.evidence for one in said])
            found.add(
                *(period, book, unit, codes, titles),
                [one.outcome.zh for one in said],
                [places(one.ratio) for one in said],
                [wording.told(one.reason_code, params) for one, params in zip(said, lazy.params_of([one.params for one in said]), strict=True)],
                checks,
                [state.machine.outcome.zh if state and state.machine else "" for state in known],
                [review.why if review else "" for review in decided],
                [review.by if review else "" for review in decided],
                [_listed([url for url, _ in each]) for each in pages],
                [_listed([snapshot for _, snapshot in each if snapshot]) for each in pages],
            )
    return found.sheet("评分结果", "每个单位每项指标一行：结果、原因、核查、取证")


def indicators(books: Sequence[GroupBook]) -> Sheet:
    """指标体系: every node of every edition in force, vetoes, deductions and bonus after the tree."""

    def rows() -> Iterable[tuple[Any, ...]]:
        for book in books:
            one = book.edition
            for first in one.index:
                for node, parent in _below(first, ""):
                    yield (book.group, one.id, "index", *_cells(node, parent))
            for veto in one.vetoes:
                yield (book.group, one.id, "veto", *_cells(veto.leaf, "", Part.VETO))
            for deduction in one.deductions:
                yield (book.group, one.id, "deduction", *_cells(deduction.leaf, deduction.source, Part.DEDUCTION))
            for leaf in one.bonus.leaves if one.bonus else ():
                yield (book.group, one.id, "bonus", *_cells(leaf, "", Part.BONUS))

    return _sheet("指标体系", "每个指标一行：分值、规则、依据、整改办法", _INDICATORS, rows())


def grades(period: PeriodInfo, books: Sequence[GroupBook]) -> Sheet:
    """等次: for a file without scores."""
    rows = ((period.id, book.group, unit.id, unit.name, book.scores[unit.id].grade or "") for book in books for unit in book.units)
    return _sheet("等次", "每个单位一行：只公布等次", _GRADES, rows)


def full_marks(book: GroupBook) -> str:
    """100 分制, or the sum of the points."""
    return f"{book.edition.full.normalize():f}" + ("（权重制）" if book.edition.scale is Scale.WEIGHTS else "")


def _listed(texts: Sequence[str]) -> str:
    """Each of several texts once."""
    return texts[0] if len(texts) == 1 else " ".join(dict.fromkeys(texts))


def _cells(node: Indicator, parent: str, part: Part = Part.INDEX) -> tuple[Any, ...]:
    how = (node.check.zh, rule_words.sentence(node, part)) if node.check else ("", "")
    said = (
        node.dimension.zh if node.dimension else "",
        "、".join(node.needs),
        node.basis,
        "、".join(node.responsible),
        node.fix,
        "是" if node.verified else "否",
    )
    return (node.code, parent, node.title, places(node.weight), *how, *said)


def _walk(node: Indicator, depth: int) -> Iterable[tuple[Indicator, int]]:
    yield node, depth
    for child in node.children:
        yield from _walk(child, depth + 1)


def _below(node: Indicator, parent: str) -> Iterable[tuple[Indicator, str]]:
    yield node, parent
    for child in node.children:
        yield from _below(child, node.code)


class _Columns:
    """A sheet of many rows a unit, filled column by column."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._values: tuple[list[Any], ...] = tuple([] for _ in columns)

    def add(self, period: PeriodInfo, book: GroupBook, unit: Unit, *columns: Sequence[Any]) -> None:
        """The rows of a unit: the columns after _WHO."""
        rows = len(columns[0])
        who = ([cell] * rows for cell in (period.id, book.group, unit.id, unit.name))
        for values, more in zip(self._values, (*who, *columns), strict=True):
            values.extend(more)

    def sheet(self, name: str, meaning: str) -> Sheet:
        """What was added."""
        return Sheet(
            name, meaning, self._columns, tuple(pa.array(values, _TYPES[column.kind]) for column, values in zip(self._columns, self._values, strict=True))
        )


def _sheet(name: str, meaning: str, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]]) -> Sheet:
    values = tuple(zip(*rows, strict=True)) or tuple(() for _ in columns)
    return Sheet(name, meaning, columns, tuple(pa.array(cells, _TYPES[column.kind]) for column, cells in zip(columns, values, strict=True)))
