"""`probe`: one availability sample of every home page, appended to the home; never opens the database, so that cron may run it while the app lives."""

import re
import socket
from pathlib import Path
from typing import Annotated

import typer

from crawlers.contact import contact_of, is_set
from crawlers.probe import probe as sample
from crawlers.register import is_address, load_register
from scoring.cli.common import HomeOption, about_contact, home_of
from scoring.errors import BadInput, Refused
from scoring.facts import ProbeSample
from scoring.services.workspace import HomeFile, read_home, write_home

_VANTAGE = re.compile(r"[\w·.-]{1,40}")
_SLOW = 15


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("probe", help="对站点清单中的每个首页做一次可用性采样，追加到数据目录的 probes；不打开数据库，供定时任务每小时运行")(probe)


def probe(
    sites: Annotated[Path, typer.Option("--sites", help="站点清单（YAML）")],
    only: Annotated[list[str] | None, typer.Option("--only", help="只采样这些网站，可重复", show_default=False)] = None,
    vantage: Annotated[str | None, typer.Option("--vantage", help="采样地点的名称，默认为本机名", show_default=False)] = None,
    control: Annotated[list[str] | None, typer.Option("--control", help="对照地址：它也打不开时本轮无效，不计入网站；可重复", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """One round; exit 1 when it is 无效: then nothing counts for or against any site."""
    listed = load_register(sites)
    place = vantage if vantage is not None else re.sub(r"[^\w.-]", "-", socket.gethostname())[:40] or "本机"
    if not _VANTAGE.fullmatch(place):
        raise BadInput(f"--vantage {place!r} 无效，请写 1 至 40 个汉字、字母、数字或连字符")
    if wrong := next((url for url in control or () if not is_address(url)), None):
        raise BadInput(f"--control {wrong!r} 不是网址，应以 http:// 或 https:// 开头")
    path = home_of(home)
    content = read_home(path)
    simulated = bool(content and content.simulated)
    if listed.simulated != simulated and (content or listed.simulated):
        what = "模拟站点清单只能用于模拟数据目录（由 demo 建立）" if listed.simulated else "真实网站的样本不能写入模拟数据目录"
        raise Refused(f"{what}：{path}，请用 --home 另指定目录")
    real = not listed.simulated and any(not site.loopback for site in listed.sites if not only or site.id in only)
    if real and not is_set(contact_of(listed.contact)):
        typer.echo(about_contact(listed.contact), err=True)
    made, file = sample(listed, path, vantage=place, controls=control or (), only=only or None)
    if content is None:
        write_home(path, HomeFile())
    looks = [(look, ProbeSample(look.at, made.day, look.status, look.http, look.seconds, place).opened(_SLOW)) for look in made.samples]
    count = {state: sum(1 for _, opened in looks if opened is state) for state in (True, False, None)}
    typer.echo(
        f"可用性采样：网站 {len(looks)} 个，打开 {count[True]} 个，{_SLOW} 秒打不开 {count[False]} 个，不能判断 {count[None]} 个；地点“{place}”，记入 {file}"
    )
    for look, opened in looks:
        if not opened:
            code = f"，状态码 {look.http}" if look.http else ""
            typer.echo(f"{'打不开' if opened is False else '不能判断'}：{look.site}（{look.status.zh}{code}，{look.seconds} 秒）", err=True)
    if not made.valid:
        typer.echo(f"本轮无效，不计入任何网站：{made.why}", err=True)
        raise typer.Exit(1)
