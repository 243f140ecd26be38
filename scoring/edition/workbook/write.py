"""The workbook of an edition."""

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scoring.edition import params
from scoring.edition.text import flow
from scoring.edition.workbook import columns, text
from scoring.edition.workbook.columns import Column
from scoring.errors import BadInput
from scoring.model import Check, Dimension, Edition
from scoring.tabular.xlsx import to_number, to_text

MOST_TEXT = 32767
_HEAD = PatternFill("solid", fgColor="DDE7F3")
_LINE = Side(style="thin", color="B8C2CC")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_Node = Mapping[str, Any]
_HELP = (
    "工作表“指标体系”一行一个末级指标；上级指标的单元格可以合并，也可以逐行重复或只写首行。",
    "必填的列：一级指标、分值、评分标准（由规则判定的指标不看评分标准）。列的次序不限，可以加“序号”“备注”等列，导入时不使用。",
    "分值只写数字，不写公式；上级分值应等于下级分值之和（权重制不要求）。",
    "评分方式：自动、机器初判、人工。自动和机器初判须写规则与参数，参数每行一个，如 days=365；人工须写评分标准。",
    "评分档次：优=1；良=0.7；差=0。不写档次或写“按分值给分”的，由评估员在分值以内给分。",
    "适用对象：全部，或单位须具备的职责（行政执法、规范性文件、对外服务、农业农村），用顿号隔开。",
    "维度：及时性、规范性、准确性、完整性、互动性。核对：已核对、未核对（数字是否与原文核对过）。",
    "代码由程序用来认指标：改名称时不要改代码；新增的指标可以不写，程序按名称生成。",
)


def write(edition: Edition, content: _Node, said: Mapping[str, str]) -> bytes:
    """The workbook of an edition and the content of its YAML text. `said`: by code, what a rule checks, in words. Every cell is a text or a number. Raises BadInput for a text longer than a cell can hold."""
    book = Workbook()
    sheet: Any = book.active
    _main(_Sheet(sheet, columns.MAIN), edition, content, said)
    inner = list(_inner(content["index"]))
    _table(_Sheet(book.create_sheet(), columns.INNER), columns.ABOVE, [_cells(node, said) for node in inner])
    for name, key in ((columns.VETO, "veto"), (columns.DEDUCTIONS, "deductions"), (columns.BONUS, "bonus")):
        held = content.get(key) or ()
        nodes: Sequence[_Node] = held["leaves"] if isinstance(held, Mapping) else held
        _table(_Sheet(book.create_sheet(), name), columns.BESIDE[name], [_cells(node, said) for node in nodes])
    grades = [{"name": grade.name, "at_least": grade.at_least} for grade in edition.grades]
    _table(_Sheet(book.create_sheet(), columns.GRADES), (columns.NAME, columns.AT_LEAST), grades)
    _table(_Sheet(book.create_sheet(), columns.SETTINGS), (columns.ITEM, columns.CONTENT), list(_settings(edition, content)))
    notes = _Sheet(book.create_sheet(), columns.HELP)
    for number, line in enumerate(_HELP, 1):
        notes.put(number, 1, line)
    notes.sheet.column_dimensions["A"].width = 120
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Sheet:
    """A worksheet in which every cell is a text or a number."""

    def __init__(self, sheet: Any, name: str) -> None:
        self.sheet = sheet
        sheet.title = name

    def put(self, row: int, column: int, value: str | Decimal | None) -> None:
        if value is None or value == "":
            return
        cell = self.sheet.cell(row, column)
        stored = to_number(value) if isinstance(value, Decimal) else to_text(value)
        if isinstance(stored, str) and len(stored) > MOST_TEXT:
            raise BadInput(f"工作表“{self.sheet.title}”第 {row} 行的文字有 {len(stored)} 字，超过 Excel 单元格的上限 {MOST_TEXT} 字，请缩短后再导出")
        cell.value = stored
        if isinstance(stored, str):
            cell.data_type = "s"  # never a formula or an error value, whatever the text begins with
            cell.quotePrefix = stored[:1] in ("=", "+", "-", "@")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if isinstance(value, Decimal) else None)

    def header(self, row: int, names: Sequence[tuple[str, int]]) -> None:
        for column, (name, width) in enumerate(names, 1):
            self.put(row, column, name)
            cell = self.sheet.cell(row, column)
            cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BORDER
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        self.sheet.freeze_panes = self.sheet.cell(row + 1, 1)

    def offer(self, column: int, values: Sequence[str], first: int, last: int) -> None:
        offer = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True, showErrorMessage=False)
        offer.add(f"{get_column_letter(column)}{first}:{get_column_letter(column)}{max(first, last)}")
        self.sheet.add_data_validation(offer)


def _main(out: _Sheet, edition: Edition, content: _Node, said: Mapping[str, str]) -> None:
    rows = [row for node in content["index"] for row in _rows((), node)]
    depth = max(len(row) for row in rows)
    heads: list[tuple[str, int]] = []
    for number in range(1, depth + 1):
        heads.append((columns.level(number), 30 if number == depth else 18))
        if number < depth:
            heads.append((columns.level_weight(number), 8))
    leaf = (columns.WEIGHT, *columns.LEAF, columns.CODE)
    heads += [(column.header, column.width) for column in leaf]
    heads += [(columns.level_code(number), 12) for number in range(1, depth)]
    out.put(1, 1, edition.title)
    out.sheet.cell(1, 1).font = Font(bold=True, size=14)
    out.sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    out.header(2, heads)
    places = {name: number for number, (name, _) in enumerate(heads, 1)}
    before: tuple[_Node, ...] = ()
    for number, path in enumerate(rows, 3):
        for place, node in enumerate(path[:-1], 1):
            if place > len(before) - 1 or any(one is not other for one, other in zip(path[:place], before[:place], strict=True)):
                last = number + sum(1 for _ in _rows((), node)) - 1
                values = (
                    (columns.level(place), _title(node)),
                    (columns.level_weight(place), Decimal(node["weight"])),
                    (columns.level_code(place), node["code"]),
                )
                for name, value in values:
                    out.put(number, places[name], value)
                    if last > number:
                        out.sheet.merge_cells(start_row=number, start_column=places[name], end_row=last, end_column=places[name])
        out.put(number, places[columns.level(len(path))], _title(path[-1]))
        cells = _cells(path[-1], said)
        for column in leaf:
            out.put(number, places[column.header], cells.get(column.key))
        before = path
    for row in out.sheet.iter_rows(min_row=3, max_row=len(rows) + 2, max_col=len(heads)):
        for cell in row:
            cell.border = _BORDER
    _offers(out, places, 3, len(rows) + 2)


def _table(out: _Sheet, heads: Sequence[Column], rows: Sequence[_Node]) -> None:
    out.header(1, [(column.header, column.width) for column in heads])
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(heads, 1):
            out.put(number, place, row.get(column.key))
    _offers(out, {column.header: place for place, column in enumerate(heads, 1)}, 2, len(rows) + 1)


def _offers(out: _Sheet, places: Mapping[str, int], first: int, last: int) -> None:
    for header, values in (
        (columns.CHECK.header, list(text.CHECKS.values())),
        ("维度", [one.value for one in Dimension]),
        ("核对", [text.CHECKED, text.UNCHECKED]),
    ):
        if header in places:
            out.offer(places[header], values, first, last)


def _rows(path: tuple[_Node, ...], node: _Node) -> Iterator[tuple[_Node, ...]]:
    """A path of nodes for each leaf."""
    if node.get("children"):
        for child in node["children"]:
            yield from _rows((*path, node), child)
    else:
        yield (*path, node)


def _inner(nodes: Sequence[_Node]) -> Iterator[_Node]:
    for node in nodes:
        if node.get("children"):
            yield node
            yield from _inner(node["children"])


def _title(node: _Node) -> str:
    return str(node.get("title") or "").strip() or str(node["code"])


def _cells(node: _Node, said: Mapping[str, str]) -> dict[str, str | Decimal | None]:
    """What stands in a node's cells, by the key of the column."""
    manual: _Node = node.get("manual") or {}
    rule = node.get("rule")
    cells: dict[str, str | Decimal | None] = {
        "code": node["code"],
        "title": _title(node),
        **{key: Decimal(node[key]) for key in ("weight", "max", "score") if node.get(key) is not None},
        "from": node.get("from"),
        "responsible": text.many(node.get("responsible") or ()),
        "dimension": node.get("dimension"),
        "basis": node.get("basis"),
        "fix": node.get("fix"),
        "verified": text.UNCHECKED if node.get("verified") is False else text.CHECKED,
        "obligations": text.many(node.get("obligations") or ()),
        "other": flow(other) if (other := {key: one for key, one in node.items() if key not in columns.KNOWN}) else None,
    }
    if not node.get("children"):
        kind = Check(node.get("check") or Check.AUTO) if rule else Check.MANUAL
        cells |= {"check": text.CHECKS[kind], "needs": text.many(node.get("needs") or ()) or text.EVERYBODY, "rule": rule}
        cells |= (
            {"manual": said.get(str(node["code"]), "") + text.BY_RULE, "with": params.write(node.get("with") or {})}
            if rule
            else {"manual": manual.get("guide")}
        )
        cells["levels"] = None if rule else text.BY_POINTS if manual.get("points") else text.levels(manual.get("levels") or {})
    return cells


def _settings(edition: Edition, content: _Node) -> Iterator[dict[str, str | Decimal]]:
    based: _Node = content.get("based_on") or {}
    known: dict[str, str | Decimal | None] = {
        "编号": edition.id,
        "名称": edition.title,
        "说明": edition.note,
        "计分方式": edition.scale.zh,
        "并列名次": edition.rank.zh,
        "覆盖率门槛": edition.coverage,
        "加分上限": edition.bonus.cap if edition.bonus else None,
        "加分起点": edition.bonus.above if edition.bonus else None,
        "依据版本": based.get("edition"),
        "依据版本指纹": based.get("sha"),
    }
    yield from ({"item": item, "content": value} for item, value in known.items() if value is not None and value != "")
    for key, value in content.items():
        if (
            key not in ("edition", "format", "title", "note", "based_on", "scale", "rank", "coverage", "grades", "index", "veto", "deductions", "bonus")
            and value
        ):
            yield {"item": key, "content": flow(value)}
