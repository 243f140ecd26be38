"""The year of a period: `period submit`, `period submissions`, `period stage`."""

import getpass
from typing import Annotated

import typer

from scoring.cli.common import HomeOption, PeriodOption, now, opened
from scoring.errors import BadInput
from scoring.model import Role
from scoring.services import period_rows, stages, submissions
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store.catalogue import PeriodRow
from scoring.wording import minute


def register(app: typer.Typer) -> None:
    """Add the commands to `period`."""
    group = next(one.typer_instance for one in app.registered_groups if one.name == "period")
    if group is None:
        raise RuntimeError("period has no commands")
    group.command("submit", help="送审：写出一份送审稿，只有所列审阅人能看，带水印")(submit)
    group.command("submissions", help="列出送审稿，以及谁在何时查看、下载过")(listed)
    group.command("stage", help="登记评估期次进入的阶段（如 反馈、回头看）；不写阶段则列出全部记录")(stage)


def submit(
    approver: Annotated[list[str] | None, typer.Option("--approver", help="审阅人姓名，可重复", show_default=False)] = None,
    note: Annotated[str, typer.Option("--note", help="给审阅人的说明", show_default=False)] = "",
    period: PeriodOption = "latest",
    home: HomeOption = None,
) -> None:
    """Make a 送审稿."""
    if not approver:
        raise BadInput("请用 --approver 写明审阅人的姓名，可重复，送审稿只有他们能看")
    with opened(home) as ws:
        row = period_rows.open_row(ws, period) if period == "latest" else period_rows.row(ws, period)
        made = submissions.make(ws, row.id, approver, note, getpass.getuser(), now(), role=Role.EVALUATOR)
        typer.echo(f"评估期次 {row.id} 送审稿第 {made.n} 稿已写出，审阅人：{'、'.join(made.approvers)}；请他们登录后在“送审稿”页查看")
        typer.echo(f"摘要 {made.digest}")


def listed(period: PeriodOption = "latest", home: HomeOption = None) -> None:
    """Every 送审稿 of a period and its readings, newest first."""
    with opened(home) as ws:
        row = _row(ws, period)
        made = submissions.made_for(ws, row.id, role=Role.EVALUATOR)
        if not made:
            typer.echo(f"评估期次 {row.id} 还没有送审稿")
            return
        for one in made:
            typer.echo(
                f"第 {one.n} 稿\t{minute(one.at)}\t{one.by}\t审阅人：{'、'.join(one.approvers)}\t摘要 {one.digest[:12]}" + (f"\t{one.note}" if one.note else "")
            )
        for read in submissions.log(ws, row.id, role=Role.EVALUATOR):
            typer.echo(f"　{minute(read.at)}\t{read.reader}\t{read.what}第 {read.n} 稿")


def stage(
    name: Annotated[str, typer.Argument(metavar="[STAGE]", help="阶段：方案、指标征求意见、采集、初评、反馈、整改与复核、回头看", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", help="说明，如 反馈截止 10 月 20 日", show_default=False)] = "",
    period: PeriodOption = "latest",
    home: HomeOption = None,
) -> None:
    """Note a stage, or list them."""
    if note and not name:
        raise BadInput("--note 要与阶段一起写，如 disclosure period stage 反馈 --note 截止10月20日")
    with opened(home) as ws:
        row = _row(ws, period)
        if name:
            stages.enter(ws, row.id, name, note, getpass.getuser(), now(), role=Role.EVALUATOR)
        for one in stages.history(ws, row.id, role=Role.EVALUATOR):
            typer.echo(f"{Stage(one.stage).zh}\t{minute(one.at)}\t{one.by}\t{one.note}".rstrip())


def _row(ws: Workspace, period: str) -> PeriodRow:
    """A period in any state; `latest` is the newest."""
    known = period_rows.rows(ws)
    return known[0] if period == "latest" and known else period_rows.row(ws, period)
