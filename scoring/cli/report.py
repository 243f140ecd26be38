"""`report`: the reports of a published period, written into a folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from scoring.cli.common import HomeOption, PeriodOption, ended_by_signals, home_of
from scoring.errors import BadInput
from scoring.model import Role
from scoring.services.report import background, build
from scoring.services.report.kinds import Kind, kinds
from scoring.services.workspace import Workspace

_SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", help="已发布一期的报告：总报告、通报、分报告、问题清单、得分明细、演示文稿、图表、静态网页、徽标")(report)
    app.command("report-job", hidden=True)(report_job)


def report(
    out: Annotated[Path, typer.Option("--out", help="写到这个目录，须是新的或空的")],
    period: PeriodOption = "latest",
    kind: Annotated[list[str] | None, typer.Option("--kind", help=f"只写这一种，可以重复：{'、'.join(one.zh for one in Kind)}", show_default=False)] = None,
    unit: Annotated[str, typer.Option("--unit", help="只写这个单位的（编号）：分报告、问题清单、得分明细、徽标")] = "",
    font: Annotated[list[str] | None, typer.Option("--font", help="字体，可以重复，如 正文=仿宋；图片=字体文件", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """Write the reports, all of them or none."""
    asked = kinds(kind or [])
    press = build.Press(Workspace.open(home_of(home), write=False), period, Role.EVALUATOR, font or ())
    if unit and unit not in press.units:
        raise BadInput(f"评估期次 {press.material.period.id} 中没有单位 {unit}，请用单位编号")
    offered = press.offered
    own = [*build.OWN, *([Kind.BADGES] if unit in press.material.names else [])]
    chosen = list(asked) if kind else own if unit else offered
    rounds = sum(one in (Kind.UNIT, Kind.WEB) for one in chosen)
    with ended_by_signals(), _progress(rounds * (1 if unit else len(press.units))) as done:
        made = build.write(press, out.expanduser().absolute(), chosen, unit, done)
    for note in press.notes:
        typer.echo(f"说明：{note}", err=True)
    if not kind and not unit and (left := [one.zh for one in Kind if one not in offered]):
        typer.echo(f"说明：发布口径为{press.material.period.disclosure.zh}，未写{'、'.join(left)}", err=True)
    names = [str(path.relative_to(out.expanduser().absolute())) for path in made]
    typer.echo(f"已写 {len(made)} 个文件到 {out}：{'、'.join(names[:_SHOWN])}{'……' if len(names) > _SHOWN else ''}")


def report_job(job: Annotated[str, typer.Argument(metavar="ID")], home: HomeOption = None) -> None:
    """What a page starts in the background."""
    raise typer.Exit(background.work(home_of(home), job))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, silent when that is no terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=28), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("正在写报告", total=max(total, 1))
        yield lambda _: bar.advance(task)
