"""`import`: tables that people keep, taken in whole or not at all."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from scoring.cli.common import HomeOption, PeriodOption, now, opened
from scoring.model import Role
from scoring.services import case_table, imports, period_rows
from scoring.services.uploads import Upload

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="CSV（UTF-8 或 GB18030）或 Excel（.xlsx）", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="导入外部数据和台账", no_args_is_help=True, rich_markup_mode=None)
    group.command("scores", help="导入一项指标的外部得分（如社会评议）：单位、来源、得分或等次、权重")(scores)
    group.command("cases", help="导入依申请公开模拟测试台账")(cases)
    app.add_typer(group, name="import")


def scores(
    file: FileArgument,
    code: Annotated[str, typer.Option("--code", help="指标代码")],
    period: PeriodOption = "latest",
    home: HomeOption = None,
) -> None:
    """Values of one leaf."""
    upload = Upload.of(file)
    with opened(home) as ws:
        row = period_rows.open_row(ws, period)
        done = imports.take_in(ws, row.id, code, upload, actor=getpass.getuser(), role=Role.EVALUATOR, now=now())
        typer.echo(f"评估期次 {row.id} 指标 {code}：新增 {done.new} 个，取代 {done.replaced} 个，未变 {done.same} 个；新的评分结果 {done.findings} 项")
        if done.lacking:
            typer.echo(f"还没有数据的单位 {len(done.lacking)} 个：{'、'.join(done.lacking)}", err=True)


def cases(file: FileArgument, home: HomeOption = None) -> None:
    """The case log; rows with a number correct that case, rows without are new."""
    upload = Upload.of(file)
    with opened(home) as ws:
        new, corrected, same = case_table.take_in(ws, upload, actor=getpass.getuser(), role=Role.EVALUATOR, now=now())
        typer.echo(f"模拟测试台账：新增 {new} 件，更正 {corrected} 件，未变 {same} 件")
