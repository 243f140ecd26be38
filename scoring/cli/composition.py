"""What a period is composed of: `period scores`, `period exclude`."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from scoring.cli.common import HomeOption, PeriodOption, now, opened
from scoring.errors import BadInput
from scoring.model import Role
from scoring.services import composition


def register(app: typer.Typer) -> None:
    """Add the commands to `period`."""
    group = next(one.typer_instance for one in app.registered_groups if one.name == "period")
    if group is None:
        raise RuntimeError("period has no commands")
    group.command("scores", help="导入组成部分的得分（CSV 或 Excel：unit,value[,code]）")(scores)
    group.command("exclude", help="把一个单位设为暂不纳入（列出而不排名）；--again 重新纳入")(exclude)


def scores(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="得分表（CSV 或 .xlsx），单位写编号或名称")],
    period: PeriodOption = "latest",
    part: Annotated[str, typer.Option("--part", help="部分的代码，指标体系 compose 中所写", show_default=False)] = "",
    home: HomeOption = None,
) -> None:
    """Take imported scores in."""
    with opened(home) as ws:
        count = composition.import_scores(ws, period, file, getpass.getuser(), now(), role=Role.EVALUATOR, part=part)
        typer.echo(f"已导入得分 {count} 个")


def exclude(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位编号或名称")],
    why: Annotated[str, typer.Option("--why", help="暂不纳入的原因，例如 2026年2月并入某局", show_default=False)] = "",
    again: Annotated[bool, typer.Option("--again", help="重新纳入")] = False,
    period: PeriodOption = "latest",
    home: HomeOption = None,
) -> None:
    """Leave a unit out of a period, or take it in again."""
    if again == bool(why.strip()):
        raise BadInput("请用 --why 写明暂不纳入的原因，或用 --again 重新纳入，二者只用一个")
    with opened(home) as ws:
        found = composition.exclude(ws, period, unit, why, getpass.getuser(), now(), role=Role.EVALUATOR)
        typer.echo(f"{found.name} 已{'重新纳入' if again else '设为暂不纳入'}")
