"""`crawl`: one run, without the database."""

import re
from pathlib import Path
from typing import Annotated

import typer

from crawlers.browser import BrowserFailed, wanted
from crawlers.plan import Plan
from crawlers.register import Register, load_register
from crawlers.run import RunSummary, new_run_id
from crawlers.run import crawl as crawl_sites
from scoring.cli.common import HomeOption, about_contact, crawl_progress, home_of, now, observed_day
from scoring.errors import BadInput, Refused
from scoring.model import Edition
from scoring.services import editions
from scoring.services.plans import plan_for
from scoring.services.scopes import unmatched_of_run
from scoring.services.workspace import HomeFile, Workspace, read_home, write_home

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_CLUSTER = re.compile(r"[a-z]+://\S+:\d+/?")
_STORE = re.compile(r"[a-z][a-z0-9+]*://.|/.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crawl", help="采集站点清单中的网站，结果写入数据目录的 runs；不打开数据库")(crawl)


def crawl(
    sites: Annotated[Path, typer.Option("--sites", help="站点清单（YAML）")],
    edition: Annotated[list[str] | None, typer.Option("--edition", help="指标体系编号，可重复；默认全部", show_default=False)] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="只采集这些网站，可重复", show_default=False)] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, max=64, help="工作进程数；0 为不另开进程")] = 2,
    as_of: Annotated[str | None, typer.Option("--as-of", help="观测日期，默认今天", show_default=False)] = None,
    resume: Annotated[str | None, typer.Option("--resume", help="续采中断的批次", show_default=False)] = None,
    cluster: Annotated[str | None, typer.Option("--cluster", help="由 Dask 集群采集，如 tcp://主机:8786", show_default=False)] = None,
    runs: Annotated[str | None, typer.Option("--runs", help="取证文件另存到此网址（fsspec，如 s3://桶/runs）", show_default=False)] = None,
    browser: Annotated[
        bool | None, typer.Option("--browser/--no-browser", help="用浏览器打开脚本生成的页面并留截图；默认有浏览器就用，模拟网站除外", show_default=False)
    ] = None,
    home: HomeOption = None,
) -> None:
    """One run; exit 1 when some sites could not be observed, 2 when some scope matched nothing: both are named, and the run is complete all the same."""
    _check(resume, cluster, runs)
    listed = load_register(sites)
    plan = plan_for([editions.get(one) for one in edition] if edition else _every())
    path = home_of(home)
    content = read_home(path)
    simulated = bool(content and content.simulated)
    if listed.simulated != simulated and (content or listed.simulated):
        what = "模拟站点清单只能用于模拟数据目录（由 demo 建立）" if listed.simulated else "真实网站不能采集到模拟数据目录"
        raise Refused(f"{what}：{path}，请用 --home 另指定目录")
    moment = now()
    here = listed.simulated or all(site.loopback for site in listed.sites)
    observed = observed_day(as_of, Workspace(path, content or HomeFile(), None, now).today(moment), here=here)
    run_id = resume or new_run_id(moment)
    try:
        shown = wanted(browser, here=here)
    except BrowserFailed as error:
        raise BadInput(str(error)) from error
    real = not here and any(not site.loopback for site in listed.sites if not only or site.id in only)
    try:
        with crawl_progress("采集", about_contact(listed.contact) if real else "") as progress:
            summary = crawl_sites(
                listed,
                plan,
                runs=path / "runs",
                run_id=run_id,
                as_of=observed,
                only=only or None,
                workers=workers,
                resume=bool(resume),
                progress=progress,
                cluster=cluster or "",
                store=runs or "",
                browser=shown,
            )
    finally:
        # A command that is refused leaves nothing behind; a crawl that began leaves a home, even when it is cut off.
        if (path / "runs" / run_id).is_dir() and read_home(path) is None:
            write_home(path, HomeFile())
    if not shown and not here:
        typer.echo("未使用浏览器：脚本生成的页面记为未观测，确认缺失、空白或过期的栏目没有截图", err=True)
    _tell(summary, plan, listed)


def _every() -> list[Edition]:
    """All editions that load; the others are named, and are no reason not to crawl for the rest. Raises BadInput when none does."""
    found, wrong = editions.available(), editions.broken()
    for one in wrong:
        typer.echo(f"跳过不能加载的指标体系：{one}", err=True)
    if not found:
        raise BadInput(f"{editions.FOLDER} 中没有可用的指标体系，无法确定要查找的栏目")
    return found


def _check(resume: str | None, cluster: str | None, runs: str | None) -> None:
    """Options that were given, but say nothing usable."""
    if resume is not None and not _RUN.fullmatch(resume):
        raise BadInput(f"--resume 应为要续采的批次编号（数据目录 runs 中的文件夹名），现为 {resume!r}")
    if cluster is not None and not _CLUSTER.fullmatch(cluster):
        raise BadInput(f"--cluster {cluster!r} 不是集群地址，应写成 tcp://主机:8786 这样")
    if runs is not None and not _STORE.match(runs):
        raise BadInput(f"--runs {runs!r} 不是存放处，应写成 s3://桶/runs 或 file:///挂载的文件夹 这样")


def _tell(summary: RunSummary, plan: Plan, listed: Register) -> None:
    manifest = summary.manifest
    pages, failures = sum(one.pages for one in manifest.sites.values()), sum(one.failures for one in manifest.sites.values())
    typer.echo(f"采集完成：{summary.run_id}，网站 {len(manifest.sites)} 个，网页 {pages} 个，失败 {failures} 次，查找栏目 {len(plan.columns)} 个")
    typer.echo(f"目录：{summary.path}；网页运行时会自动接收，否则请运行 disclosure ingest")
    for site in summary.unobserved:
        typer.echo(f"未能观测：{site}（{manifest.sites[site].status.zh}）", err=True)
    wrong = list(unmatched_of_run(summary.path, manifest, listed))
    for one in wrong:
        typer.echo(str(one), err=True)
    if wrong or summary.unobserved:
        raise typer.Exit(2 if wrong else 1)
