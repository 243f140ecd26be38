"""`doctor`: versions, browser, fonts, who holds the database, disk."""

import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from crawlers.browser import executable
from crawlers.workdays import HolidaysError, calendar
from scoring.cli.common import HomeOption, home_of
from scoring.services.workspace import read_home
from scoring.store import owner_of

_PACKAGES = ("duckdb", "streamlit", "requests", "selectolax", "warcio", "pydantic", "playwright")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help="检查运行环境：版本、浏览器、字体、数据库占用、磁盘")(doctor)


def doctor(home: HomeOption = None) -> None:
    """Everything that a report of a fault should say."""
    path = home_of(home)
    typer.echo(f"Python {platform.python_version()}　{platform.platform()}")
    typer.echo("软件包　" + "　".join(f"{name} {_version(name)}" for name in _PACKAGES))
    typer.echo(f"浏览器　{executable() or '未找到 Chromium 或 Playwright：脚本生成的页面将记为未观测，也不留截图'}")
    typer.echo(f"中文字体　{_fonts()}")
    typer.echo(f"节假日　{_holidays()}")
    content = read_home(path)
    kind = "尚未建立" if content is None else "模拟数据" if content.simulated else "真实数据"
    typer.echo(f"数据目录　{path}（{kind}）")
    owner = owner_of(path)
    held = f"进程 {owner['pid']} 正在使用，自 {owner['since']}：{owner['command']}" if owner else "空闲"
    typer.echo(f"数据库　{held if content else '尚未建立'}")
    typer.echo(f"磁盘　可用 {_free(path)}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "未安装"


def _holidays() -> str:
    try:
        years = calendar().years
    except HolidaysError as error:
        return str(error)
    return f"{min(years)}–{max(years)} 年；其他年份的工作日数记为未知，可在 data/holidays 中补充"


def _fonts() -> str:
    try:
        found = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=10, check=False).stdout.split("\n")
    except (OSError, subprocess.TimeoutExpired):
        return "无法检查（没有 fc-list）"
    names = sorted({line.split(",")[0].strip() for line in found if line.strip()})
    return "、".join(names[:3]) or "未找到，浏览器中的中文可能显示为方框，请安装 fonts-noto-cjk"


def _free(path: Path) -> str:
    while not path.exists():
        path = path.parent
    return f"{shutil.disk_usage(path).free / 1e9:.1f} GB"
