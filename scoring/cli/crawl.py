"""`crawl`: one run, without the database."""

from pathlib import Path
from typing import Annotated

import typer

from crawlers.plan import Plan
from crawlers.register import Register, load_register
from crawlers.run import RunSummary, new_run_id
from crawlers.run import crawl as crawl_sites
from scoring.cli.common import HomeOption, crawl_progress, day, home_of, now
from scoring.errors import BadInput, Refused
from scoring.services import editions
from scoring.services.plans import plan_for
from scoring.services.scopes import unmatched_of_run
from scoring.services.workspace import HomeFile, Workspace, read_home, write_home


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
    cluster: Annotated[str | None, typer.Option("--cluster", help="Dask 集群地址（尚未支持）", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """One run; exit 1 when some sites could not be observed, 2 when some scope matched nothing: both are named, and the run is complete all the same."""
    if cluster:
        raise BadInput(f"暂不支持 --cluster {cluster}，请去掉该选项，用 --workers 指定本机进程数")
    listed = load_register(sites)
    plan = plan_for([editions.get(one) for one in edition] if edition else editions.available())
    path = home_of(home)
    content = read_home(path)
    simulated = bool(content and content.simulated)
    if listed.simulated != simulated and (content or listed.simulated):
        what = "模拟站点清单只能用于模拟数据目录（由 demo 建立）" if listed.simulated else "真实网站不能采集到模拟数据目录"
        raise Refused(f"{what}：{path}，请用 --home 另指定目录")
    moment = now()
    observed = day(as_of, "--as-of") or Workspace(path, content or HomeFile(), None, now).today(moment)
    run_id = resume or new_run_id(moment)
    try:
        with crawl_progress("采集") as progress:
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
            )
    finally:
        # A command that is refused leaves nothing behind; a crawl that began leaves a home, even when it is cut off.
        if (path / "runs" / run_id).is_dir() and read_home(path) is None:
            write_home(path, HomeFile())
    _tell(summary, plan, listed)


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
