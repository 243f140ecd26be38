"""What every command shares: the app, the home option, days, progress."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawlers.contact import VARIABLE, contact_of, is_set
from crawlers.run import Progress as CrawlProgress
from scoring.errors import BadInput
from scoring.services.workspace import Workspace, default_home

app = typer.Typer(
    name="disclosure",
    help="政务公开指数：采集政府网站、评分、排名，每项结果都有依据。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_FIRST_DAY = date(1995, 1, 1)
_AHEAD = 366

HomeOption = Annotated[Path | None, typer.Option("--home", help="数据目录；默认取 DISCLOSURE_HOME，否则为程序目录下的 data/local", show_default=False)]
DemoHomeOption = Annotated[Path | None, typer.Option("--home", help="数据目录；默认取 DISCLOSURE_HOME，否则为程序目录下的 data/local/demo", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="评估期次编号；latest 为最新一期")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def home_of(home: Path | None, *, demo: bool = False) -> Path:
    """The home a command works in; the demo has one of its own, beside real data."""
    return (home or default_home(demo=demo)).expanduser().absolute()


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


def day(text: str | None, option: str) -> date | None:
    """A date option. Raises BadInput naming the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} 的日期 {text!r} 无效，应写成 2026-03-31 这样") from None


def observed_day(text: str | None, today: date, *, here: bool) -> date:
    """`--as-of`, or today. Raises BadInput for a day on which no site can have been seen; sites of this machine (`here`) may be of a day to come."""
    found = day(text, "--as-of") or today
    if found < _FIRST_DAY:
        raise BadInput(f"--as-of {found} 早于 {_FIRST_DAY}，那时还没有政府网站，请改正日期")
    if found > (latest := today + timedelta(days=_AHEAD if here else 1)):
        raise BadInput(f"--as-of {found} 在将来（最晚 {latest}），届时网站上有什么无从观测，请改正日期")
    return found


def about_contact(listed: str) -> str:
    """One line for those who ask real sites without an address at which their administrators reach them; empty when there is one."""
    if is_set(contact_of(listed)):
        return ""
    return f"未设置联系地址，网站管理员无法与采集方联系：请把本单位的邮箱或网址写入站点清单的 contact: 或环境变量 {VARIABLE}"


def has_database(home: Path) -> bool:
    """Whether the home was ever worked in."""
    return (home / "disclosure.duckdb").is_file()


@contextmanager
def opened(home: Path | None, *, create: bool = False) -> Iterator[Workspace]:
    """The workspace with its database; closed afterwards. Only `create` makes a home that is not there."""
    path = home_of(home)
    if not create and not has_database(path):
        raise BadInput(f"数据目录 {path} 中还没有数据库，请先用 period create 建立评估期次，或用 --home 指定已有的目录")
    workspace = Workspace.open(path)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block as Ctrl-C does, so that what it started is ended too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def end(_number: int, _frame: FrameType | None) -> None:
        for kind in kinds:  # once is enough: a second one must not cut the clearing up short
            signal.signal(kind, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {kind: signal.signal(kind, end) for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


@contextmanager
def crawl_progress(title: str, notice: str = "") -> Iterator[Callable[[CrawlProgress], None]]:
    """A progress bar with sites, pages and failures, on stderr; silent when that is no terminal. `notice` is told in any case, once the crawl began."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=28), TextColumn("{task.fields[counts]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None, counts="")

        def show(progress: CrawlProgress) -> None:
            nonlocal notice
            if notice:
                console.print(notice, soft_wrap=True, markup=False, highlight=False)
                notice = ""
            counts = f"网站 {progress.sites_done}/{progress.sites} · 网页 {progress.pages} · 失败 {progress.failures}"
            bar.update(task, total=max(progress.sites, 1), completed=progress.sites_done, counts=counts)

        yield show
