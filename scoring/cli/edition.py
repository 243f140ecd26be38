"""`edition validate|show|diff`."""

import json
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scoring.cli.common import JsonOption
from scoring.errors import BadInput
from scoring.model import Check, Edition
from scoring.services import edition_diff, edition_rows, editions
from scoring.services.edition_diff import EditionDiff, Kind
from scoring.services.edition_rows import plain

NamedArgument = Annotated[str, typer.Argument(metavar="FILE|ID", help="指标体系文件（YAML），或 data/editions 中的编号")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="指标体系", no_args_is_help=True, rich_markup_mode=None)
    group.command("validate", help="检查指标体系能否使用")(validate)
    group.command("show", help="显示指标体系的结构")(show)
    group.command("diff", help="比较两个指标体系：新增、删除、调整分值、修改，逐项列出")(diff)
    app.add_typer(group, name="edition")


def validate(edition: NamedArgument) -> None:
    """Exit 0 when the edition can be used."""
    typer.echo(f"通过：{edition}　{summary(editions.named(edition))}")


def summary(found: Edition) -> str:
    """An edition in one line."""
    counts = edition_rows.counts(found)
    kinds = "、".join(f"{name} {counts[check]} 项" for check, name in ((Check.AUTO, "自动"), (Check.ASSIST, "机器初判"), (Check.MANUAL, "人工")))
    beside = [("单项否决", len(found.vetoes)), ("扣分", len(found.deductions)), ("加分", len(found.bonus.leaves) if found.bonus else 0)]
    parts = [
        f"{found.id}《{found.title}》",
        f"{found.scale.zh}，满分 {plain(found.full)}",
        f"末级指标 {sum(counts.values())} 项（{kinds}）",
        "".join(f"，含{name} {count} 项" for name, count in beside if count).lstrip("，"),
        f"未核对 {edition_rows.unverified(found)} 项",
        f"依据 {found.parent}" if found.parent else "",
    ]
    return "；".join(part for part in parts if part)


def show(
    edition: NamedArgument,
    as_json: JsonOption = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="输出完整的 YAML（extends 已展开，可单独加载）")] = False,
) -> None:
    """The tree as a table."""
    if as_json and as_yaml:
        raise BadInput("--json 与 --yaml 只能选一个")
    found = editions.named(edition)
    if as_yaml:
        typer.echo(found.text, nl=not found.text.endswith("\n"))
    elif as_json:
        about = {"full": found.full, "sha": found.sha, "parent": found.parent, "parent_sha": found.parent_sha}
        typer.echo(_json(editions.content(found) | about))
    else:
        _table(found)


def _table(found: Edition) -> None:
    table = Table(title=escape(summary(found)), title_justify="left", caption=escape(found.note) or None, caption_justify="left")
    for name in ("代码", "指标", "分值", "评分方式", "规则或评分档次", "适用对象", "责任单位", "核对"):
        table.add_column(name, justify="right" if name == "分值" else "left", no_wrap=name in ("代码", "分值", "核对"))
    for row in edition_rows.rows(found):
        node = row.node
        mark = "" if row.part is edition_rows.Part.INDEX else f"〔{row.part.zh}〕"
        how = "按分值给分" if node.manual and node.manual.points else row.levels or " ".join([node.rule, *row.params.splitlines()])
        cells = [node.code, "　" * len(row.path) + mark + node.title, _weight(row), node.check.zh if node.check else "", how]
        cells += ["、".join(node.needs), "、".join(node.responsible), "" if node.verified else "未核对"]
        table.add_row(*(escape(cell) for cell in cells), style="bold" if node.children else None)
    _console().print(table)


def _weight(row: edition_rows.EditionRow) -> str:
    if row.part is edition_rows.Part.VETO:
        return "总分计0" if row.score is None else f"限 {plain(row.score)}"
    weight = plain(row.weight or Decimal(0))
    return f"从 {row.source} 最多扣 {weight}" if row.part is edition_rows.Part.DEDUCTION else weight


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="原指标体系：文件或编号")],
    after: Annotated[str, typer.Argument(metavar="B", help="新指标体系：文件或编号")],
    as_json: JsonOption = False,
) -> None:
    """What B has that A has not, and the other way round."""
    found = edition_diff.diff(editions.named(before), editions.named(after))
    if as_json:
        typer.echo(_json(edition_diff.as_json(found)))
        return
    typer.echo("\n".join(lines(found)))


def lines(found: EditionDiff) -> list[str]:
    """A difference as lines of text."""
    if not found.whole and not found.changes:
        return [f"{found.before} 与 {found.after} 的内容没有差别"]
    total = "、".join(f"{kind.zh} {len(found.of(kind))} 项" for kind in Kind if found.of(kind)) or "指标没有变化"
    out = [f"{found.before} → {found.after}：{total}"]
    out += [f"　整体　{one}" for one in found.whole]
    for change in found.changes:
        part = "" if change.part == edition_rows.Part.INDEX.zh else f"〔{change.part}〕"
        weight = change.weight_after if change.kind is Kind.ADDED else change.weight_before if change.kind is Kind.DROPPED else None
        out.append(f"{change.kind.zh}　{change.code}　{part}{change.title}{'' if weight is None else f'（{plain(weight)} 分）'}")
        out += [f"　　{one}" for one in change.fields]
    return out


def _console() -> Console:
    """As wide as the terminal; wide enough for every column where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
