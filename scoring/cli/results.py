"""Results: `rank`, `compute`."""

import json
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from crawlers.register import load_register
from scoring.cli.common import HomeOption, JsonOption, PeriodOption, home_of, opened
from scoring.disclosure import Extent
from scoring.model import PeriodState, Role
from scoring.services import compute as computing
from scoring.services import drafts, editions, exports, period_rows, results
from scoring.services.shapes import PeriodInfo, Ranking
from scoring.services.workspace import Workspace
from scoring.wording import percent, points


class Format(StrEnum):
    """Ways to print a ranking."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("rank", help="排名：默认读取已发布的结果，--draft 读取进行中的草稿")(rank)
    app.command("compute", help="只做汇总计算：指标体系加评分结果表（CSV 或 Excel），不需要数据库")(compute)


def rank(
    period: PeriodOption = "latest",
    draft: Annotated[bool, typer.Option("--draft", help="进行中的草稿，需要数据库")] = False,
    format: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.TABLE,  # noqa: A002 - the option's name
    home: HomeOption = None,
) -> None:
    """The ranking of every group of a period."""
    if draft:
        with opened(home) as ws:
            row = period_rows.open_row(ws, period) if period == "latest" else period_rows.row(ws, period)
            found = [drafts.ranking(ws, row.id, group, role=Role.EVALUATOR) for group in row.groups]
    else:
        ws = Workspace.open(home_of(home), write=False)
        info = results.period(ws, period)
        if info.disclosure.extent is Extent.GRADES and format is Format.TABLE:
            _grades(ws, info)
            return
        found = [results.ranking(ws, info.ref, group, nodes=format is Format.JSON) for group in info.groups]
    if format is Format.JSON:
        typer.echo(json.dumps(exports.ranking_json(found), ensure_ascii=False, indent=1))
    elif format is Format.CSV:
        typer.echo(exports.ranking_csv(found), nl=False)
    else:
        for one in found:
            _table(one)


def _grades(ws: Workspace, period: PeriodInfo) -> None:
    for group in period.groups:
        table = Table(title=f"{period.title} {group}（已发布，第 {period.revision} 版，只公布等次）", title_justify="left")
        for name in ("单位", "等次"):
            table.add_column(name)
        for _, name, grade in results.grades(ws, period.ref, group):
            table.add_row(name, grade or "数据不足")
        Console().print(table)


def _table(ranking: Ranking) -> None:
    state = (
        "草稿，暂定"
        if ranking.draft
        else f"已发布，第 {ranking.period.revision} 版{_extent(ranking.period)}"
        if ranking.period.state is PeriodState.PUBLISHED
        else ""
    )
    table = Table(title=f"{ranking.period.title} {ranking.group}（{state}）{'　模拟数据' if ranking.simulated else ''}", title_justify="left")
    for name in ("名次", "单位", "得分", "区间", "等次", "覆盖率"):
        table.add_column(name, justify="left" if name in ("单位", "等次") else "right")
    for row in ranking.rows:
        score = row.score
        interval = f"{points(score.lower)}–{points(score.upper)}" if score.provisional else ""
        rank_text = "—" if score.rank is None else str(score.rank)
        table.add_row(rank_text, row.name, points(score.total), interval, score.grade or "数据不足", percent(score.coverage))
    Console().print(table)


def _extent(period: PeriodInfo) -> str:
    corrected = f"，更正第 {period.corrects} 版：{period.reason}" if period.corrects is not None else ""
    return corrected + (f"，只公布{period.disclosure.zh}" if period.disclosure.extent is not Extent.ALL else "") + ("" if period.newest else "，已被更正")


def compute(
    edition: Annotated[str, typer.Option("--edition", help="指标体系文件（YAML），或 data/editions 中的编号")],
    findings: Annotated[Path, typer.Option("--findings", help="评分结果表（CSV 或 .xlsx）：unit,group,code,outcome,ratio,points")],
    as_json: JsonOption = False,
    sites: Annotated[Path | None, typer.Option("--sites", help="站点清单；给出后，评分结果中的单位须是清单中的编号或名称", show_default=False)] = None,
    parts: Annotated[Path | None, typer.Option("--parts", help="组成部分的得分（CSV 或 .xlsx）：unit,value[,code]", show_default=False)] = None,
    parents: Annotated[Path | None, typer.Option("--parents", help="单位的上级（CSV 或 .xlsx）：unit,parent，用于所属单位的平均", show_default=False)] = None,
) -> None:
    """The roll-up alone."""
    known = {name for unit in load_register(sites).units for name in (unit.id, unit.name)} if sites else None
    found = computing.compute(editions.named(edition), findings, known, parts=parts, parents=parents)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for group, rows in found["groups"].items():
        table = Table(title=f"{found['edition']} {group}", title_justify="left")
        for name in ("名次", "单位", "得分", "等次"):
            table.add_column(name, justify="left" if name in ("单位", "等次") else "right")
        for row in rows:
            table.add_row("—" if row["rank"] is None else str(row["rank"]), row["unit"], points(Decimal(row["total"])), row["grade"] or "数据不足")
        Console().print(table)
