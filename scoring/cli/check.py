"""`check`: a self-check of one site or one unit's scope."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

import typer
from pydantic import ValidationError

from crawlers.register import Register, ScopeEntry, UnitEntry, load_register
from crawlers.status import FetchStatus, ScopeKind
from scoring.cli.common import HomeOption, JsonOption, about_contact, crawl_progress, home_of, now, observed_day
from scoring.errors import BadInput, Refused
from scoring.model import Edition, Outcome
from scoring.services import editions, jobs, selfcheck
from scoring.services.selfcheck import CheckRequest
from scoring.services.shapes import CheckResult
from scoring.services.workspace import CHECKOUT, HomeFile, Workspace, read_home
from scoring.wording import points


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("check", help="自查一个网站或一个单位的范围：自动判定的指标逐项给出结果、依据和整改办法")(check)


def check(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="网站首页或单位栏目的入口", show_default=False)] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="站点清单中的单位编号", show_default=False)] = None,
    sites: Annotated[Path | None, typer.Option("--sites", help="站点清单；默认在 data/sites 中查找", show_default=False)] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", help="范围，如 prefix=http://…/fgw/、query=number=A18、field=示例市发展和改革局", show_default=False)
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--edition", help="指标体系编号或文件；单位默认取其分组在最新一期所用的，此外为 ningbo-2020", show_default=False),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="观测日期，默认今天", show_default=False)] = None,
    rate: Annotated[float | None, typer.Option("--rate", min=0, max=50, help="每秒请求数；0 只允许用于本机", show_default=False)] = None,
    fail_below: Annotated[str | None, typer.Option("--fail-below", help="得分低于此数时退出码为 3", show_default=False)] = None,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="允许本机和内网地址")] = False,
    as_json: JsonOption = False,
    job: Annotated[str | None, typer.Option("--job", hidden=True)] = None,
    home: HomeOption = None,
) -> None:
    """Exit 1 when the site could not be observed, 2 when the scope matched nothing: then there is no score."""
    path = home_of(home)
    if job:
        raise typer.Exit(jobs.work(path, job))
    limit = _number(fail_below)
    content = read_home(path) or HomeFile()
    observed = observed_day(as_of, Workspace(path, content, None, now).today(now()), here=allow_loopback or content.simulated)
    if unit:
        listed, body = _find(unit, _registers(path, sites))
        chosen = _edition(edition or content.editions.get(body.group))
        request = _unit_request(listed, body, chosen, observed, url)
        if edition is None and body.group not in content.editions:
            typer.echo(f"分组「{body.group}」还没有评估期次，按指标体系 {chosen.id} 自查；可用 --edition 另行指定", err=True)
    elif url:
        chosen = _edition(edition)
        local = selfcheck.address(url).netloc in content.sites.values()
        request = _url_request(url, scope, chosen, observed, 0 if local and rate is None else rate, loopback=allow_loopback or local)
    else:
        raise BadInput("请给出要自查的网址，或用 --unit 指定单位")
    if content.simulated and urlsplit(request.site.home).netloc not in content.sites.values():
        raise Refused(f"{path} 是模拟数据目录，只能自查模拟网站；自查真实网站请用 --home 另指定目录")
    if not (content.simulated or request.simulated or request.site.loopback) and (notice := about_contact(request.contact)):
        typer.echo(notice, err=True)
    with TemporaryDirectory(prefix="disclosure-check-") as folder, crawl_progress("自查") as progress:
        found = selfcheck.run_check(request, Path(folder), progress=None if as_json else progress, edition=chosen)
    typer.echo(json.dumps(selfcheck.as_json(found), ensure_ascii=False, indent=1)) if as_json else _tell(found)
    if found.status != FetchStatus.OK:
        typer.echo(f"未能观测：{found.url}（{found.status_zh}）", err=True)
        raise typer.Exit(1)
    if limit is not None and found.score["points"] < limit:
        typer.echo(f"得分 {points(found.score['points'])} 低于 {limit}", err=True)
        raise typer.Exit(3)


def _edition(text: str | None) -> Edition:
    if text is None:
        return editions.get(editions.DEFAULT)
    return editions.load(Path(text)) if text.endswith((".yml", ".yaml")) else editions.get(text)


def _number(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"--fail-below 的值 {text!r} 不是数字") from None
    if not value.is_finite():
        raise BadInput(f"--fail-below 的值 {text!r} 不是数字")
    return value


def _url_request(url: str, scope: str | None, edition: Edition, as_of: date, rate: float | None, *, loopback: bool) -> CheckRequest:
    if scope is None:
        return selfcheck.request_for(url, edition, as_of, loopback=loopback, rate=rate)
    kind, _, value = scope.partition("=")
    parts = selfcheck.address(url)
    base = selfcheck.request_for(urlunsplit((parts.scheme, parts.netloc, "/", "", "")), edition, as_of, loopback=loopback, rate=rate)
    try:
        entry = ScopeEntry(unit="self", site="check", kind=ScopeKind(kind), entry=url, value=value)
    except (ValidationError, ValueError):
        kinds = "、".join(kind for kind in ScopeKind if kind is not ScopeKind.SITE)
        raise BadInput(f"--scope {scope!r} 无效，应写成 类型=值，类型可用 {kinds}") from None
    return base.model_copy(update={"scope": entry, "url": url})


def _registers(home: Path, sites: Path | None) -> list[Path]:
    """The site list given, else that of a simulated home, else those that come with the program."""
    own = home / "register.yml"
    return [sites] if sites else [own] if own.is_file() else sorted((CHECKOUT / "data" / "sites").glob("*.yml"))


def _find(unit: str, paths: list[Path]) -> tuple[Register, UnitEntry]:
    for listed in [load_register(path) for path in paths]:
        for one in listed.units:
            if one.id == unit:
                return listed, one
    raise BadInput(f"站点清单 {'、'.join(str(path) for path in paths)} 中没有单位 {unit}")


def _unit_request(listed: Register, unit: UnitEntry, edition: Edition, as_of: date, url: str | None) -> CheckRequest:
    scope = next(scope for scope in listed.scopes if scope.unit == unit.id)
    site = next(site for site in listed.sites if site.id == scope.site)
    return CheckRequest(
        url=url or scope.entry or site.home,
        unit=unit.model_copy(update={"parent": ""}),
        site=site,
        scope=scope,
        edition=edition.id,
        as_of=as_of,
        contact=listed.contact,
        simulated=listed.simulated,
    )


def _tell(found: CheckResult) -> None:
    typer.echo(f"{found.unit_name}　{found.url}　{found.as_of}　{found.edition_title}")
    typer.echo(f"{found.status_zh}，网页 {found.pages} 个，用时 {found.seconds:.0f} 秒；{selfcheck.shown(found.score)}")
    for leaf in found.leaves:
        if leaf.outcome in (Outcome.UNMET, Outcome.PARTIAL, Outcome.NOT_OBSERVED):
            typer.echo(f"{leaf.outcome.zh}　{leaf.title}（{points(leaf.points)}/{points(leaf.full)}）：{leaf.reason}")
            if leaf.outcome is not Outcome.NOT_OBSERVED and leaf.indicator.fix:
                typer.echo(f"　　整改：{leaf.indicator.fix}")
