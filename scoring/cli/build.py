"""Building the demo's home: three quarters crawled, assessed and scored by 模拟评估员; two of them locked and published, the third left open."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import typer
import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawlers.demo import DemoCity
from crawlers.demo.truth import PERIODS, Truth
from crawlers.demo.truth import Decision as TrueDecision
from crawlers.oserror import said
from crawlers.register import Register
from crawlers.run import crawl
from scoring.cli import demo_facts
from scoring.cli.common import crawl_progress
from scoring.errors import BadInput, Refused
from scoring.model import Outcome, Role
from scoring.services import assess, editions, maps, period_rows, periods, reviews, runs
from scoring.services.plans import plan_for
from scoring.services.reviews import Decision
from scoring.services.workspace import CHECKOUT, HomeFile, Workspace, read_home, write_home
from scoring.store import Store, findings
from scoring.store.catalogue import PeriodRow
from scoring.store.findings import LeafState
from scoring.wording import period_title

GROUPS = {"区县": "ningbo-2020", "市直部门": "ningbo-2020-bm", "镇街": "ningbo-2020-zj-zh"}
REGISTER = "register.yml"
_OURS = (REGISTER, maps.TILES, "disclosure.duckdb", "disclosure.duckdb.wal", "owner.json", "runs", "published", "jobs", "probes", "attachments")


def guard(home: Path) -> None:
    """Raise Refused unless the home is new, empty or simulated."""
    content = read_home(home)
    if content is not None and not content.simulated:
        raise Refused(f"{home} 中是真实数据，demo 不会改动它；请用 --home 另指定目录")
    if content is None and home.is_dir() and any((home / name).exists() for name in _OURS):
        raise Refused(f"{home} 中已有数据但缺少 home.json，demo 不会改动它；请用 --home 另指定目录")


def complete(home: Path) -> bool:
    """True when a build was finished there: only then home.json has a day."""
    content = read_home(home)
    return content is not None and content.as_of is not None and (home / "disclosure.duckdb").is_file()


def take_up(home: Path, city: DemoCity) -> None:
    """Serve the sites of a finished build again, on the same ports where they are free, else on new ones, which are then noted."""
    content = read_home(home) or HomeFile(simulated=True)
    day = content.as_of or city.ends[-1]
    try:
        city.start(day, {site: int(host.rsplit(":", 1)[1]) for site, host in content.sites.items()})
    except OSError:
        city.start(day)
    store = Store.open(home / "disclosure.duckdb")
    try:
        with store.write() as writer:
            periods.save_register(writer, city.register())
    finally:
        store.close()
    _finish(home, city, day)


def build(home: Path, city: DemoCity, workers: int) -> None:
    """Build from nothing. The home has a day only when everything is done, so that a cut-off build is never taken for a finished one."""
    _clear(home)
    write_home(home, HomeFile(simulated=True))
    # The database is held from the start, so that a second build of the same home is refused instead of clearing this one's files away.
    ws = Workspace.open(home)
    try:
        truth = Truth()
        city.start(city.ends[0])
        register = city.register()
        plan = plan_for([editions.get(edition) for edition in dict.fromkeys(GROUPS.values())])
        for period, as_of in zip(PERIODS, city.ends, strict=True):
            city.as_of = as_of
            with crawl_progress(f"采集 {period_title(period)}") as progress:
                summary = crawl(
                    register,
                    plan,
                    runs=home / "runs",
                    run_id=f"demo-{period}",
                    as_of=as_of,
                    workers=workers,
                    progress=progress,
                    origin="demo",
                    shift=_morning(as_of) - datetime.now(UTC),
                )
            results = summary.manifest.sites.values()
            typer.echo(
                f"{period_title(period)}：采集网站 {len(results)} 个，网页 {sum(one.pages for one in results)} 个，未能观测 {len(summary.unobserved)} 个"
            )
        for n, (period, as_of) in enumerate(zip(PERIODS, city.ends, strict=True)):
            _period(ws, period, as_of, register, truth, publish=n < len(PERIODS) - 1)
    finally:
        ws.close()
    _finish(home, city, city.ends[-1])
    typer.echo(f"模拟数据已建立：{home}")


def _morning(day: date) -> datetime:
    """09:00 in China of the day the sites stand at: what is fetched from them is stamped with their day, not with today."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _period(ws: Workspace, period: str, as_of: date, register: Register, truth: Truth, *, publish: bool) -> None:
    at = datetime(as_of.year, as_of.month, as_of.day, 8, tzinfo=UTC) + timedelta(days=1)
    start = date(as_of.year, as_of.month - 2, 1)
    periods.create(ws, period, period_title(period), GROUPS, start, as_of, as_of, register, "模拟评估员", role=Role.EVALUATOR, now=at)
    runs.ingest(ws, ws.runs / f"demo-{period}", actor="模拟评估员", now=at)
    demo_facts.enter(ws, period, register, at)
    assess.assess(ws, period, actor="模拟评估员", now=at)
    row = period_rows.row(ws, period)
    decisions = [(unit, code, decision) for unit in truth.units for code, decision in truth.manual(period, unit).items()]
    known = findings.states(ws.store, period)
    with _counted(f"评分 {period_title(period)}", len(decisions)) as step:
        for unit, code, decision in decisions:
            _decide(ws, row, known.get(unit, {}).get(code), (unit, code), decision, at + timedelta(days=3))
            step()
    if publish:
        periods.lock(ws, period, "模拟评估员", at + timedelta(days=10), role=Role.EVALUATOR)
        periods.publish(ws, period, "模拟评估员", at + timedelta(days=12), role=Role.EVALUATOR)
    typer.echo(f"{period_title(period)}：{'已发布' if publish else '进行中，留有待核查事项'}")


def _decide(ws: Workspace, row: PeriodRow, state: LeafState | None, leaf: tuple[str, str], decision: TrueDecision, at: datetime) -> None:
    outcome = Outcome(decision.outcome) if decision.outcome else None
    machine = state.machine if state else None
    accepts = decision.kind == "check" and machine is not None and machine.outcome is outcome
    ratio = None if decision.ratio is None or accepts else Decimal(decision.ratio.numerator) / Decimal(decision.ratio.denominator)
    made = Decision(
        period=row.id,
        unit=leaf[0],
        code=leaf[1],
        expected_seq=state.seq if state else 0,
        outcome=outcome,
        ratio=ratio if outcome is Outcome.PARTIAL else None,
        level=decision.level,
        points=Decimal(decision.points) if decision.points is not None else None,
        why=decision.why or (f"模拟评分：{decision.level}" if decision.level else ""),
    )
    reviews.record(ws, made, actor=decision.who, role=Role.EVALUATOR, now=at)


def _finish(home: Path, city: DemoCity, as_of: date) -> None:
    """Note the day and the ports, leave a site list with which `crawl` and `check --unit` reach the simulated sites, and where the tiles lie."""
    content = city.register().model_dump(mode="json", exclude_defaults=True)
    (home / REGISTER).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    shutil.copyfile(CHECKOUT / "data" / "demo" / maps.TILES, home / maps.TILES)
    made = read_home(home) or HomeFile(simulated=True)
    write_home(home, made.model_copy(update={"as_of": as_of, "sites": dict(city.sites)}))


def _clear(home: Path) -> None:
    """Remove an earlier build; refused by StoreBusy while another process has its database open."""
    if (home / "disclosure.duckdb").is_file():
        Store.open(home / "disclosure.duckdb").close()
    try:
        for path in [home / name for name in _OURS]:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
    except OSError as error:
        raise BadInput(f"无法清除 {home} 中原有的模拟数据（{said(error)}），请检查权限或用 --home 另指定目录") from error


@contextmanager
def _counted(title: str, total: int) -> Iterator[Callable[[], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=28), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)
