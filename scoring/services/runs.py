"""Taking finished runs in: once each, whole or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from crawlers import observation
from crawlers.manifest import RunError, RunManifest, read_run
from crawlers.observation import FormatTooNew, SiteObservation
from crawlers.plan import Plan
from scoring.errors import BadInput
from scoring.services.workspace import Workspace, is_newer
from scoring.store import ledger, runs


def read(path: Path, home: Path, *, simulated: bool) -> RunManifest:
    """The manifest of a run that the home could take in, as far as files tell. Raises BadInput naming the run."""
    if path.parent != home / "runs":
        raise BadInput(f"{path} 不在数据目录的 runs 文件夹 {home / 'runs'} 中，请把批次目录放到那里再接收")
    try:
        manifest = read_run(path)
    except (ValueError, OSError) as error:
        raise BadInput(_why(error, f"采集批次 {path.name} 无法读取，请重新采集或从采集机器取回")) from error
    if manifest.simulated != simulated:
        what = "模拟网站，不能收入真实数据目录" if manifest.simulated else "真实网站，不能收入模拟数据目录"
        raise BadInput(f"采集批次 {manifest.run_id} 采集的是{what} {home}")
    _check_plan(path, manifest.plan_sha)
    return manifest


def ingest(ws: Workspace, path: Path, *, actor: str = "system", now: datetime) -> bool:
    """Take one run in; False when the same run is in already. Raises BadInput naming the run; then nothing was written."""
    path = path.absolute()
    manifest = read(path, ws.home, simulated=ws.simulated)
    sha = hashlib.sha256((path / "run.json").read_bytes()).hexdigest()
    if (known := runs.run_sha(ws.store, manifest.run_id)) is not None:
        if known != sha:
            raise BadInput(f"采集批次 {manifest.run_id} 已接收过，但目录内容与当时不同，请改用新的批次编号重新采集")
        return False
    sites = [(_read_site(path / "sites" / f"{site}.json"), result.sha256) for site, result in manifest.sites.items()]
    row = runs.RunRow(
        id=manifest.run_id,
        as_of=manifest.as_of,
        started=manifest.started,
        finished=manifest.finished,
        plan_sha=manifest.plan_sha,
        engine=manifest.engine,
        origin=manifest.origin,
        path=path.name,
        sha=sha,
    )
    with ws.store.write() as writer:
        runs.add(writer, row, sites, now)
        ledger.audit(writer, now, actor, "", "ingest", manifest.run_id, after={"sites": len(sites), "as_of": manifest.as_of})
    return True


def latest(ws: Workspace, since: date, until: date) -> dict[str, runs.Seen]:
    """For each site the run to judge a period by: the last one in the window in which its home page was read, else the last one."""
    return {site: one.latest for site, one in monitored(ws, since, until).items()}


@dataclass(frozen=True, slots=True)
class Monitored:
    """日常监测 of one site for one period: every run of its window that may count, oldest first, and before each the last run that had read the site.

    Runs that read the home page; when none did, the last that tried. What a run after the cut-off saw does not count.
    """

    counting: tuple[runs.Seen, ...]
    before: Mapping[str, runs.Seen]

    @property
    def latest(self) -> runs.Seen:
        """The one that facts of the present are judged by."""
        return self.counting[-1]


def monitored(ws: Workspace, since: date, until: date) -> dict[str, Monitored]:
    """The runs by which a period may be judged, by site."""
    tried: dict[str, runs.Seen] = {}
    read: dict[str, list[runs.Seen]] = {}
    before: dict[str, dict[str, runs.Seen]] = {}
    for seen in runs.seen(ws.store, until):
        earlier = [one for one in read.get(seen.site, ()) if one.as_of < seen.as_of]
        if earlier:
            before.setdefault(seen.site, {})[seen.run] = earlier[-1]
        if seen.as_of >= since:
            tried[seen.site] = seen
        if seen.ok:
            read.setdefault(seen.site, []).append(seen)
    found: dict[str, Monitored] = {}
    for site, last in tried.items():
        counting = tuple(one for one in read.get(site, ()) if one.as_of >= since) or (last,)
        found[site] = Monitored(counting, before.get(site, {}))
    return found


def observed(ws: Workspace, seen: runs.Seen) -> SiteObservation:
    """What a run says of a site."""
    return _load(ws.runs / seen.path / "sites" / f"{seen.site}.json", seen.sha)


@lru_cache(maxsize=256)
def _load(path: Path, _sha: str) -> SiteObservation:
    return observation.load(path)


def _check_plan(path: Path, sha: str) -> None:
    try:
        raw = (path / "plan.json").read_bytes()
        if is_newer(raw, "format", 1):
            raise BadInput(f"采集批次 {path.name} 的采集方案 plan.json 由更新的版本写成，请升级程序后再接收")
        plan = Plan.model_validate_json(raw)
    except (OSError, ValidationError) as error:
        raise BadInput(f"采集批次 {path.name} 的采集方案 plan.json 无法读取，请重新采集") from error
    if plan.sha() != sha:
        raise BadInput(f"采集批次 {path.name} 的采集方案与批次记录不一致（plan.json 已被改动），请重新采集")


def _read_site(path: Path) -> SiteObservation:
    try:
        return observation.load(path)
    except (OSError, ValueError) as error:
        run = path.parent.parent.name
        if path.is_file() and is_newer(path.read_bytes(), "format", observation.FORMAT):
            raise BadInput(f"采集批次 {run} 的观测文件 {path.name} 由更新的版本写成，请升级程序后再接收") from error
        raise BadInput(_why(error, f"采集批次 {run} 的观测文件 {path.name} 已损坏或格式不符，请重新采集或从采集机器取回")) from error


def _why(error: Exception, otherwise: str) -> str:
    """The line of an error that has one in Chinese, else `otherwise`: what libraries say is for logs."""
    return " ".join(str(error).split())[:300] if isinstance(error, (RunError, FormatTooNew)) else otherwise
