"""What can be proved: `verify`, `export`, `period reopen|changes`."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from crawlers.oserror import said
from scoring.cli.common import HomeOption, PeriodOption, home_of, now, opened
from scoring.errors import BadInput, Refused
from scoring.model import Outcome, Role
from scoring.services import corrections, export_files, handouts, results, verification
from scoring.services.corrections import LeafChange, UnitChange
from scoring.services.workspace import Workspace
from scoring.store import recognise
from scoring.wording import percent, points

_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify", help="复算一个发布文件，逐项核对；不需要数据库和数据目录")(verify)
    app.command("export", help="导出已发布的一期：CSV、Parquet、数据字典、方法说明；或一个单位自己的结果")(export)
    group = next(one.typer_instance for one in app.registered_groups if one.name == "period")
    assert group is not None
    group.command("reopen", help="重新打开已定稿的评估期次：更正（须写原因），或撤销没有改动的更正")(reopen)
    group.command("changes", help="更正的一版与它所更正的一版相比改了什么")(changes)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="发布文件（.duckdb）")],
    digest: Annotated[str, typer.Option("--digest", help="另行得知的摘要（通报、锁定记录中的），至少 12 位")] = "",
) -> None:
    """Exit 0 when the file holds, 3 when it does not: each difference is a line."""
    if digest and (len(digest) < 12 or not set(digest.lower()) <= set("0123456789abcdef")):
        raise BadInput(f"--digest {digest!r} 无效，应为至少 12 位十六进制数")
    if not file.is_file():
        raise BadInput(f"没有文件 {file}，请检查路径")
    if why := recognise.not_published(file):
        raise BadInput(why)
    found = verification.verify(file, digest=digest)
    for fault in found.faults[:_SHOWN]:
        typer.echo(f"不符：{fault.said}")
    if len(found.faults) > _SHOWN:
        typer.echo(f"不符：……另有 {len(found.faults) - _SHOWN} 处")
    for note in found.notes:
        typer.echo(f"说明：{note}")
    if not found.holds:
        raise Refused(f"{file.name} 校验不成立：{len(found.faults)} 处不符")
    typer.echo(f"{file.name} 校验成立：{found.period.title} 第 {found.period.revision} 版，{found.units} 个单位，{found.leaves} 项评分结果，全部由本机复算一致")
    typer.echo(f"全本摘要 {found.meta['digest']}，程序版本 {found.meta['engine']}")


def export(
    out: Annotated[Path, typer.Option("--out", help="写到这个目录")],
    period: PeriodOption = "latest",
    unit: Annotated[str, typer.Option("--unit", help="只导出这个单位自己的结果（评估员发给该单位用）")] = "",
    home: HomeOption = None,
) -> None:
    """Write the exports; nothing is overwritten."""
    ws = Workspace.open(home_of(home), write=False)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if unit:
            made = handouts.unit_file(ws, period, unit, out, role=Role.EVALUATOR)
            typer.echo(f"已导出 {made.name}（及同名 .zip）到 {out}")
            return
        found = export_files.contents(export_files.source(results.file(ws, period)))
        if there := [name for name in found if (out / name).exists()]:
            raise Refused(f"{out} 中已有 {'、'.join(there[:3])}，不会覆盖，请换一个目录")
        for name, content in found.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise BadInput(f"无法写入 {out}（{said(error)}），请检查路径和权限") from error
    typer.echo(f"已导出 {len(found)} 个文件到 {out}：{'、'.join(found)}")


def reopen(
    period: Annotated[str, typer.Argument(metavar="ID", help="期次编号")],
    reason: Annotated[str, typer.Option("--reason", help="更正或退回的原因，随新的一版公布")] = "",
    cancel: Annotated[bool, typer.Option("--cancel", help="撤销更正，恢复为原来的定稿（没有改动时）")] = False,
    home: HomeOption = None,
) -> None:
    """Open a closed period again, or close it as it was."""
    with opened(home) as ws:
        if cancel:
            made = corrections.cancel(ws, period, getpass.getuser(), now(), role=Role.EVALUATOR)
            typer.echo(f"评估期次 {made.id} 已恢复为{made.state.zh}")
        else:
            made = corrections.reopen(ws, period, reason, getpass.getuser(), now(), role=Role.EVALUATOR)
            typer.echo(f"评估期次 {made.id} 已重新打开；改正后请依次 lock、publish，成为新的一版")


def changes(
    period: Annotated[str, typer.Argument(metavar="ID", help="期次编号，或 编号@版次")],
    home: HomeOption = None,
) -> None:
    """What a correction changed."""
    ws = Workspace.open(home_of(home), write=False)
    info = results.period(ws, period)
    if info.corrects is None:
        raise Refused(f"评估期次 {info.id} 第 {info.revision} 版是首次发布，没有更正")
    typer.echo(f"{info.title} 第 {info.revision} 版，更正第 {info.corrects} 版，原因：{info.reason}")
    for one in (found := corrections.changes(ws, period)):
        typer.echo(f"{one.name}（{one.group}）：{_standing(one)}")
        for leaf in one.leaves:
            typer.echo(f"  「{leaf.title}」{_said(leaf)}")
    typer.echo(f"共 {len(found)} 个单位有变化")


def _standing(one: UnitChange) -> str:
    if one.before is None or one.after is None:
        return "本版新列入" if one.before is None else "本版不再公布"
    ranks = [f"第 {rank} 名" if rank else "不排名" for rank, *_ in (one.before, one.after)]
    return f"得分 {points(one.before[1])} → {points(one.after[1])}，{ranks[0]} → {ranks[1]}"


def _said(leaf: LeafChange) -> str:
    return " → ".join(
        "无" if side is None else side[0].zh + (f" {percent(side[1])}" if side[0] is Outcome.PARTIAL else "") for side in (leaf.before, leaf.after)
    )
