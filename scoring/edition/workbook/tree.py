"""The tree of indicators from the rows of the main sheet: merged, repeated or left out upper levels, in the order of the rows."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.edition.workbook import columns
from scoring.edition.workbook.row import Row, code_of, leaf_of, places_of
from scoring.edition.workbook.table import Table
from scoring.model import Scale
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import plain

_TOTALS = {"合计", "总计", "总分", "共计"}
_NOTES = ("注", "备注", "说明")
_POINTS = re.compile(r"^(.*?)[(（]\s*([0-9.]+)\s*分\s*[)）]$", re.DOTALL)


@dataclass(slots=True)
class _Node:
    title: str
    code: str
    row: Row
    level: int
    weight: Decimal | None
    content: dict[str, Any] | None = None  # of a leaf
    children: list["_Node"] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """What was read: nodes as the form has them, where each stands, and how many codes were made up."""

    index: list[dict[str, Any]]
    cells: dict[tuple[str, str], str]
    made_up: int


def read(table: Table, scale: Scale, inner: Mapping[str, Mapping[str, Any]], problems: Problems) -> Tree:
    """The tree; what is wrong is added to `problems`. `inner`: what 上级指标 says of nodes, by code."""
    reader = _Reader(table, problems)
    for row in table.rows:
        try:
            reader.take(row)
        except Problem as problem:
            problems.add(problem)
    builder = _Builder(scale, inner, problems)
    return Tree([builder.content(node, ()) for node in reader.first], builder.cells, builder.made_up)


class _Reader:
    """Takes one row after another. `path`: the nodes that the rows below may continue."""

    def __init__(self, table: Table, problems: Problems) -> None:
        self.table = table
        self.depth = table.depth
        self.problems = problems
        self.first: list[_Node] = []
        self.path: list[_Node] = []

    def take(self, row: Row) -> None:
        own = [row.cell(f"title{level}").text() for level in range(1, self.depth + 1)]
        deepest = max((level for level, title in enumerate(own, 1) if title), default=0)
        if own[0] in _TOTALS and deepest == 1 and not row.text("code") and not row.cell("manual").text():
            self._total(row)
            return
        if not deepest:
            self._continued(row)
            return
        if own[deepest - 1].startswith(_NOTES) and sum(not cell.blank for cell in row.cells) == 1:
            return  # a remark below the table
        for level in range(1, deepest):
            self._above(row, level, own[level - 1])
        self._leaf(row, deepest, own[deepest - 1])

    def _above(self, row: Row, level: int, title: str) -> None:
        """The node of an upper level that the row's leaf hangs under: the one above, or a new one."""
        code, weight = code_of(row, f"code{level}"), self._number(row, f"weight{level}")
        title, said = _split(title) if f"weight{level}" not in self.table.header.places else (title, None)
        weight = weight if weight is not None else said
        now = self.path[level - 1] if len(self.path) >= level else None
        if not title or (now and now.content is None and title == now.title and code in ("", now.code)):
            if now is None or now.content is not None:
                raise Problem(f"{row.where(f'title{level}')}：{columns.level(level)}为空，请填写或与上面的行合并")
            if weight is not None and now.weight is not None and weight != now.weight:
                raise row.cell(f"weight{level}").problem(f"「{now.title}」的分值为 {plain(weight)}，与第 {now.row.number} 行的 {plain(now.weight)} 不一致")
            return
        self._add(_Node(title, code, row, level, weight))

    def _leaf(self, row: Row, level: int, title: str) -> None:
        weight = self._number(row, "weight")
        key = "weight"
        if weight is None and f"weight{level}" in row.places:
            weight, key = self._number(row, f"weight{level}"), f"weight{level}"
        node = _Node(title, code_of(row) or code_of(row, f"code{level}"), row, level, weight, {})
        self._add(node)
        if weight is None:
            merged = row.cell(key).above
            raise Problem(f"{row.where(key)}：指标「{title}」的分值{'与上一行合并，请拆开逐项填写' if merged else '为空，请填写数字'}")
        if weight <= 0:
            raise row.cell(key).problem(f"指标「{title}」的分值为 {plain(weight)}，应大于 0")
        node.content = leaf_of(row)

    def _add(self, node: _Node) -> None:
        del self.path[node.level - 1 :]
        if len(self.path) < node.level - 1:
            raise Problem(f"{node.row.where(f'title{node.level}')}：「{node.title}」没有上级指标，请填写{columns.level(len(self.path) + 1)}")
        siblings = self.path[-1].children if self.path else self.first
        same = next((one for one in siblings if one.title == node.title and not (one.code and node.code and one.code != node.code)), None)
        siblings.append(node)
        self.path.append(node)
        if same:
            hint = "请改为不同的名称" if node.content is not None else "请把同一指标的各行排在一起，或改为不同的名称"
            raise Problem(f"{node.row.where(f'title{node.level}')}：{columns.level(node.level)}「{node.title}」与第 {same.row.number} 行重复，{hint}")

    def _continued(self, row: Row) -> None:
        """A row without a name of its own goes on with the criteria of the leaf above."""
        last = self.path[-1] if self.path else None
        more = row.cell("manual").text()
        if last is None or last.content is None or not row.cell("weight").blank or not more:
            raise Problem(f"{row.place}：没有指标名称，请填写或删去这一行")
        if "manual" in last.content:
            last.content["manual"]["guide"] += f"\n{more}"

    def _total(self, row: Row) -> None:
        cell = row.cell("weight")
        if cell.formula or cell.blank or self.problems:
            return
        total, said = sum((leaf.weight or Decimal(0) for node in self.first for leaf in _leaves(node)), Decimal(0)), cell.number("合计")
        if said is not None and said != total:
            raise cell.problem(f"合计为 {plain(said)}，各项分值之和为 {plain(total)}，请改为一致")

    @staticmethod
    def _number(row: Row, key: str) -> Decimal | None:
        return row.cell(key).number("分值") if key in row.places else None


class _Builder:
    """Nodes as the form has them, with codes for those that have none, and sums checked at their cells."""

    def __init__(self, scale: Scale, inner: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
        self.scale = scale
        self.inner = inner
        self.problems = problems
        self.cells: dict[tuple[str, str], str] = {}
        self.made_up = 0
        self.rows: dict[str, Row] = {}

    def content(self, node: _Node, above: tuple[str, ...]) -> dict[str, Any]:
        path = (*above, node.title)
        if not node.code:
            self.made_up += 1
            node.code = made_up(path)
        self._place(node)
        if node.content is not None:
            return {"code": node.code, "title": node.title, "weight": node.weight or Decimal(0)} | node.content
        children = [self.content(child, path) for child in node.children]
        total = sum((child["weight"] for child in children), Decimal(0))
        weight = total if node.weight is None else node.weight
        if self.scale is Scale.POINTS and weight != total and not self.problems:
            self.problems.add(f"{node.row.where(f'weight{node.level}')}：「{node.title}」的分值 {plain(weight)} 与下级分值合计 {plain(total)} 不符，请改为一致")
        return {"code": node.code, "title": node.title, "weight": weight, **self.inner.get(node.code, {}), "children": children}

    def _place(self, node: _Node) -> None:
        key = "code" if node.content is not None else f"code{node.level}"
        if node.code in self.rows:
            self.problems.add(f"{node.row.where(key)}：代码「{node.code}」与第 {self.rows[node.code].number} 行重复，请改为唯一的代码")
        self.rows[node.code] = node.row
        self.cells |= places_of(node.row, node.code, "weight" if node.content is not None else f"weight{node.level}")


def made_up(path: tuple[str, ...]) -> str:
    """The code of an indicator without one: it follows from its name and those above, so that it stays when rows move or weights change."""
    name = "/".join("".join(unicodedata.normalize("NFKC", title).split()) for title in path)
    return f"x{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _split(title: str) -> tuple[str, Decimal | None]:
    """政府信息公开平台（18分） → its name and weight."""
    found = _POINTS.match(title)
    if not found or found[2].count(".") > 1 or not found[1].strip() or found[2] == ".":
        return title, None
    return found[1].strip(), Decimal(found[2])


def _leaves(node: _Node) -> list[_Node]:
    return [node] if node.content is not None else [leaf for child in node.children for leaf in _leaves(child)]
