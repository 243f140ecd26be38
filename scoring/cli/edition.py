"""`edition validate|show|diff|export|import|dry-run`."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from crawlers.oserror import said
from scoring.cli import edition_dry_run
from scoring.cli.common import JsonOption
from scoring.errors import BadInput
from scoring.model import Check, Edition
from scoring.parts import NotApplicable
from scoring.services import edition_diff, edition_rows, edition_workbook, editions, rule_words
from scoring.services.edition_diff import EditionDiff, Kind
from scoring.services.edition_rows import plain

NamedArgument = Annotated[str, typer.Argument(metavar="FILE|ID", help="指标体系文件（YAML 或 .xlsx），或 data/editions 中的编号")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="指标体系", no_args_is_help=True, rich_markup_mode=None)
    group.command("validate", help="检查指标体系能否使用")(validate)
    group.command("show", help="显示指标体系的结构")(show)
    group.command("diff", help="比较两个指标体系：新增、删除、调整分值、修改，逐项列出")(diff)
    group.command("export", help="导出为 Excel 工作簿：一级/二级/三级指标、分值、评分标准、责任单位、适用对象等")(export)
    group.command("import", help="由 Excel 工作簿生成指标体系文件；有问题时列出工作表、行、列，什么也不写")(import_)
    group.command("dry-run", help="试算：改动后的指标体系用在已有的期次上，谁升谁降、为什么；不写入任何数据")(edition_dry_run.command)
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
        for line in beyond(found):
            typer.echo(line)


def beyond(found: Edition) -> list[str]:
    """What the table of the tree does not say: composition, samples as they are drawn, and what becomes of 不涉及."""
    lines = []
    if found.parts:
        each = [
            f"{part.title} {part.weight}%（{part.source.zh}{f'，抽 {part.sample.count} 个，种子 {part.sample.seed}' if part.sample else ''}）"
            for part in found.parts
        ]
        lines.append("组成：" + "＋".join(each))
    for node in (node for first in found.index for node in first.walk() if node.sample):
        drawn = "、".join(child.title for child in node.children if child.drawn)
        lines.append(
            f"抽样：{node.title} 的 {len(node.children)} 项下级指标抽 {node.sample.count if node.sample else 0} 项（种子 {node.sample.seed if node.sample else 0}），抽中 {drawn}"
        )
    if found.not_applicable is not NotApplicable.SHARE:
        lines.append(f"不涉及的指标：{found.not_applicable.zh}")
    return lines


def _table(found: Edition) -> None:
    table = Table(title=escape(summary(found)), title_justify="left", caption=escape(found.note) or None, caption_justify="left")
    for name in ("代码", "指标", "分值", "评分方式", "怎样判定或评分档次", "适用对象", "责任单位", "核对"):
        table.add_column(name, justify="right" if name == "分值" else "left", no_wrap=name in ("代码", "分值", "核对"))
    said = rule_words.by_code(found)
    for row in edition_rows.rows(found):
        node = row.node
        mark = "" if row.part is edition_rows.Part.INDEX else f"〔{row.part.zh}〕"
        how = "按分值给分" if node.manual and node.manual.points else row.levels or said.get(node.code, "")
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


ForceOption = Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")]


def export(
    edition: NamedArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="要写的工作簿")],
    force: ForceOption = False,
) -> None:
    """The workbook of an edition."""
    if file.suffix.lower() != ".xlsx":
        raise BadInput(f"导出的文件 {file} 应以 .xlsx 结尾")
    found = editions.named(edition)
    _save(file, edition_workbook.export(found), force=force)
    typer.echo(f"已导出 {found.id} 到 {file}（末级指标 {len(list(found.leaves()))} 项）")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="评估员的指标体系工作簿")],
    out: Annotated[Path | None, typer.Option("--out", help="要写的指标体系文件；默认与工作簿同名，后缀 .yml", show_default=False)] = None,
    id: Annotated[str, typer.Option("--id", help="工作簿没有写编号时的编号；默认取文件名", show_default=False)] = "",  # noqa: A002 - the option's name
    title: Annotated[str, typer.Option("--title", help="工作簿没有写名称时的名称；默认取表头之上的文字", show_default=False)] = "",
    force: ForceOption = False,
) -> None:
    """The edition of a workbook as YAML."""
    target = out or file.with_suffix(".yml")
    found = edition_workbook.load(file, id=id or (out.stem if out else ""), title=title)
    _save(target, found.edition.text.encode(), force=force)
    for note in found.notes:
        typer.echo(f"提示：{note}", err=True)
    typer.echo(f"已写入 {target}　{summary(found.edition)}")


def _save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file whole or not at all."""
    if path.exists() and not force:
        raise BadInput(f"{path} 已存在，请另取名称，或加 --force 覆盖")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise BadInput(f"无法写入 {path}：{said(error)}，请检查路径和权限") from error


def _console() -> Console:
    """As wide as the terminal; wide enough for every column where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
