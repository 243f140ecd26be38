"""The steps of a period: `period create`, `ingest`, `assess`, `lock`, `publish`."""

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from crawlers.register import load_register
from scoring import lists as named
from scoring.cli.common import HomeOption, PeriodOption, day, has_database, home_of, now, opened
from scoring.disclosure import EVERYTHING, Disclosure, Extent, parse
from scoring.errors import BadInput
from scoring.lists import NamedList
from scoring.model import Role
from scoring.services import assess as assessing
from scoring.services import intake, period_rows, periods
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import HomeFile, read_home
from scoring.wording import period_title

GroupOption = Annotated[list[str], typer.Option("--group", help="分组=指标体系编号，可重复，如 区县=ningbo-2020")]

NO_LIST = "none"
DISCLOSURE_HELP = "发布口径：all 全部排名、top:5 前5名、grades 只公布等次、own 仅本单位；默认全部排名，更正时默认与上一版相同"
LIST_HELP = (
    "随期公布的名单，默认没有，更正时默认与上一版相同（不要名单写 none）；可重复，如 红榜=top:3、黑榜=bottom:3、进步奖=improved:3、提醒名单=below:合格,fell:3"
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="评估期次", no_args_is_help=True, rich_markup_mode=None)
    group.command("create", help="建立评估期次：分组、指标体系、评估时段、采集截止时间")(create)
    app.add_typer(group, name="period")
    app.command("ingest", help="接收采集批次（默认全部未接收的），并重新评分")(ingest)
    app.command("assess", help="按最新观测重新评分")(assess)
    app.command("lock", help="定稿锁定；有未办结事项时列出并拒绝")(lock)
    app.command("publish", help="发布已锁定的评估期次")(publish)


def create(
    period: Annotated[str, typer.Argument(metavar="ID", help="期次编号，如 2026Q3")],
    groups: GroupOption,
    start: Annotated[str, typer.Option("--from", help="评估时段开始日期")],
    end: Annotated[str, typer.Option("--to", help="评估时段结束日期")],
    sites: Annotated[Path, typer.Option("--sites", help="站点清单（YAML），被评估单位取自其中")],
    cutoff: Annotated[str | None, typer.Option("--cutoff", help="采集截止日期，默认为结束日期", show_default=False)] = None,
    title: Annotated[str | None, typer.Option("--title", help="标题", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """Open a period."""
    chosen: dict[str, str] = {}
    for text in groups:
        group, equals, edition = text.partition("=")
        if not (group and equals and edition):
            raise BadInput(f"--group {text!r} 无效，应写成 分组=指标体系编号")
        chosen[group] = edition
    listed = load_register(sites)
    first, last = day(start, "--from"), day(end, "--to")
    if first is None or last is None:
        raise BadInput("请用 --from 与 --to 指定评估时段")
    until, path = day(cutoff, "--cutoff"), home_of(home)
    content = read_home(path) or HomeFile()
    periods.check(period, chosen, first, last, until, listed, home=path, simulated=content.simulated)
    with opened(home, create=True) as ws:
        made = periods.create(ws, period, title or period_title(period), chosen, first, last, until, listed, getpass.getuser(), role=Role.EVALUATOR, now=now())
        count = sum(1 for unit in listed.units if unit.group in chosen)
        typer.echo(f"已建立评估期次 {made.id}（{made.title}）：{made.start} 至 {made.end}，{len(chosen)} 个分组，{count} 个单位")


def ingest(
    run: Annotated[list[str] | None, typer.Argument(metavar="[RUN]...", help="批次编号或目录", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """Take runs in; exit 2 when some could not be, each named: the others are in."""
    path = home_of(home)
    named = [_run_path(path / "runs", one) for one in run or ()]
    if named and not has_database(path):
        content = read_home(path) or HomeFile()
        refused = intake.unusable(path, named, simulated=content.simulated)
        if len(refused) == len(set(named)):
            _refuse(refused)
    with opened(home, create=bool(named)) as ws:
        taken = intake.take_in(ws, named or intake.pending(ws), actor=getpass.getuser(), now=now(), judge=True)
    typer.echo(f"接收采集批次 {len(taken.runs)} 个{'：' + '、'.join(taken.runs) if taken.runs else '（没有新的批次）'}")
    if taken.samples:
        typer.echo(f"接收可用性样本 {taken.samples} 个")
    for line in taken.damaged.values():
        typer.echo(line, err=True)
    for period, count in taken.findings.items():
        typer.echo(f"评估期次 {period}：新的评分结果 {count} 项")
    _refuse(taken.refused)


def _refuse(refused: Mapping[Path, str]) -> None:
    for line in refused.values():
        typer.echo(f"未接收：{line}", err=True)
    if refused:
        raise typer.Exit(2)


def assess(period: PeriodOption = "latest", home: HomeOption = None) -> None:
    """Judge again."""
    with opened(home) as ws:
        row = period_rows.open_row(ws, period)
        typer.echo(f"评估期次 {row.id}：新的评分结果 {assessing.assess(ws, row.id, actor=getpass.getuser(), now=now())} 项")


def lock(period: PeriodOption = "latest", home: HomeOption = None) -> None:
    """Lock, or list what stands in the way."""
    with opened(home) as ws:
        row = period_rows.open_row(ws, period)
        for one in periods.blockers(ws, row.id, role=Role.EVALUATOR):
            typer.echo(f"{one.unit_name}\t{one.code}\t{one.title}\t{one.why}")
        made = periods.lock(ws, row.id, getpass.getuser(), now(), role=Role.EVALUATOR)
        typer.echo(f"评估期次 {made.id} 已定稿锁定")


def publish(
    period: PeriodOption = "latest",
    disclosure: Annotated[str | None, typer.Option("--disclosure", help=DISCLOSURE_HELP, show_default=False)] = None,
    lists: Annotated[list[str] | None, typer.Option("--list", help=LIST_HELP)] = None,
    home: HomeOption = None,
) -> None:
    """Write the published file."""
    given = None if disclosure is None else parse(disclosure)
    wanted = None if lists is None else [] if lists == [NO_LIST] else [named.parse(one) for one in lists]
    if given and given.unit:
        raise BadInput(f"发布口径 {disclosure!r} 无效，可用：all、top:5、grades、own；单个单位的结果用 export --unit 导出")
    with opened(home) as ws:
        extent, chosen = _as_before(periods.before(ws, period), given, wanted)
        made = periods.publish(ws, period, getpass.getuser(), now(), role=Role.EVALUATOR, disclosure=extent, lists=chosen)
        typer.echo(f"评估期次 {made.id} 已发布（第 {made.revision} 版，口径：{extent.zh}），文件在 {ws.published}")
        for one in made.lists:
            typer.echo(f"随期公布名单“{one.name}”：{one.zh}")
        if extent.extent is not Extent.ALL:
            typer.echo(f"全本只供评估单位保存和核验，在 {ws.sealed}")


def _as_before(before: PeriodInfo | None, disclosure: Disclosure | None, lists: list[NamedList] | None) -> tuple[Disclosure, list[NamedList]]:
    """发布口径 and 名单 as given; what is not given comes from the revision that is corrected, which is said."""
    if before is None:
        return disclosure or EVERYTHING, lists or []
    if disclosure is None:
        disclosure = before.disclosure
        typer.echo(f"沿用第 {before.revision} 版的发布口径：{disclosure.zh}")
    if lists is not None:
        return disclosure, lists
    kept, left = named.fitting(before.lists, disclosure)
    for one in kept:
        typer.echo(f"沿用第 {before.revision} 版的名单“{one.name}”：{one.zh}")
    for one in left:
        typer.echo(f"第 {before.revision} 版的名单“{one.name}”不能在这个发布口径下公布，没有沿用", err=True)
    return disclosure, kept


def _run_path(folder: Path, run: str) -> Path:
    return Path(run).expanduser().absolute() if "/" in run or "\\" in run else folder / run
