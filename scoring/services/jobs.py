"""Background jobs: a subprocess of its own session, three small files that are replaced whole, and no database. Self-checks are done here; reports use it too."""

import json
import secrets
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from pydantic import TypeAdapter, ValidationError

from crawlers.manifest import RunError
from crawlers.observation import FormatTooNew
from crawlers.register import ScopeEntry, SiteEntry, UnitEntry
from crawlers.run import Progress
from crawlers.status import ScopeKind
from scoring.errors import BadInput, DisclosureError, Refused
from scoring.model import Edition, Role
from scoring.permissions import Action, require
from scoring.services import editions, period_rows
from scoring.services.selfcheck import RUN, CheckRequest, request_for, run_check, scope_zh
from scoring.services.selfcheck import address as parts_of
from scoring.services.shapes import CheckResult, CheckTarget, JobState
from scoring.services.workspace import Workspace, replace_json
from scoring.store import catalogue, ledger

_RESULT: TypeAdapter[CheckResult] = TypeAdapter(CheckResult)
_ID = 32
_AT_ONCE = 4
_SHOWN = 20
"""Self-checks of an owner that are shown, and kept: each holds its pages as evidence."""
CHECK = "check"
LIVE = ("queued", "running")
_children: dict[str, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A job as it is noted: its kind, what people read of it, whose it is, the unit it is about (may be empty) and what its process needs to know."""

    kind: str
    title: str
    owner: str
    unit: str
    request: Mapping[str, Any]


def targets(ws: Workspace) -> list[CheckTarget]:
    """The units that can be checked, by group in official order, each with the edition of the newest period that has its group."""
    edition_of = period_rows.editions_of_groups(period_rows.rows(ws))
    return [
        CheckTarget(
            unit=one.unit.id,
            name=one.unit.name,
            group=one.unit.group,
            site_home=SiteEntry.model_validate_json(one.site_entry).home,
            scope_zh=scope_zh(ScopeKind(one.kind), one.value),
            edition=edition_of[one.unit.group],
        )
        for one in catalogue.scopes(ws.store)
        if one.unit.group in edition_of
    ]


def start_check(ws: Workspace, *, url: str | None, unit: str | None, edition: str | None, owner: str, now: datetime, role: Role) -> str:
    """Start a self-check of an address or of a known unit; returns the job's id. Raises BadInput, or Refused while the owner has one running."""
    require(role, Action.CHECK)
    running = [one for one in of_kind(ws, CHECK) if one[1].state in LIVE]
    if any(note.get("owner") == owner for note, _ in running):
        raise Refused("您已有一个自查正在进行，请等它完成后再开始")
    if len(running) >= _AT_ONCE:
        raise Refused("同时进行的自查已达上限，请稍后再试")
    request = _request(ws, url, unit, edition, now)
    clear(ws, CHECK, lambda note: note.get("owner"), _SHOWN - 1)
    asked = Asked(CHECK, f"自查：{request.unit.name}", owner, unit or "", request.model_dump(mode="json"))
    return launch(ws, asked, ["check", "--job"], now=now, role=role, about=request.unit.id, told={"url": request.url})


def launch(ws: Workspace, asked: Asked, command: Sequence[str], *, now: datetime, role: Role, about: str, told: Mapping[str, str]) -> str:
    """Note a job and start `disclosure COMMAND ID --home HOME` for it; returns its id. `about`, `told`: what the audit trail says of it."""
    job = secrets.token_hex(16)
    folder = ws.home / "jobs" / job
    folder.mkdir(parents=True)
    note: dict[str, Any] = {
        "id": job,
        "kind": asked.kind,
        "title": asked.title,
        "owner": asked.owner,
        "unit": asked.unit,
        "started": now.isoformat(),
        "pid": None,
    }
    note["request"] = dict(asked.request)
    replace_json(folder / "job.json", note)
    with ws.store.write() as writer:
        ledger.add_job(writer, job, asked.kind, asked.owner, asked.unit, asked.title, now)
        ledger.audit(writer, now, asked.owner, role.value, asked.kind, about, after={"job": job, **told})
    with (folder / "log.txt").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "scoring.cli", *command, job, "--home", str(ws.home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=Path(__file__).resolve().parents[2],
        )
    _children[job] = child
    replace_json(folder / "job.json", {**note, "pid": child.pid})
    return job


def state(ws: Workspace, job: str) -> JobState:
    """Where a job stands. Raises BadInput for an unknown id."""
    return _state(folder_of(ws.home, job))


def result(ws: Workspace, job: str) -> CheckResult | None:
    """What a finished self-check found; None while it is not done. Raises BadInput for an unknown id and for another kind of job."""
    folder = folder_of(ws.home, job)
    if read(folder / "job.json").get("kind", CHECK) != CHECK:
        raise BadInput("这不是自查任务，请从“最近的自查”打开")
    found = read(folder / "result.json")
    return _RESULT.validate_python(found["result"]) if found.get("result") else None


def recent(ws: Workspace, owner: str) -> list[JobState]:
    """The owner's self-checks, newest first."""
    known = ledger.jobs_of(ws.store, owner, CHECK, _SHOWN)
    return [_state(ws.home / "jobs" / job) for job in known if (ws.home / "jobs" / job / "job.json").is_file()]


def clear(ws: Workspace, kind: str, group: Callable[[Mapping[str, Any]], object], keep: int) -> None:
    """Remove the files of ended jobs of a kind, but those of the `keep` newest of each group. What a job noted in the database and the audit trail stays."""
    groups: dict[object, list[JobState]] = defaultdict(list)
    for note, one in of_kind(ws, kind):
        if one.state not in LIVE:
            groups[group(note)].append(one)
    for ended in groups.values():
        for one in sorted(ended, key=begun, reverse=True)[keep:]:
            shutil.rmtree(ws.home / "jobs" / one.id, ignore_errors=True)


def begun(job: JobState) -> float:
    """When a job was started, in seconds since 1970; 0 when its note does not say."""
    return job.started.timestamp() if job.started else 0.0


def work(home: Path, job: str) -> int:
    """What the subprocess does: crawl, judge, leave the result. Returns an exit code; whatever goes wrong is left as the job's error."""
    folder = folder_of(home, job)
    note = read(folder / "job.json")

    def report(progress: Progress) -> None:
        shown = {"sites": progress.sites, "sites_done": progress.sites_done, "pages": progress.pages, "failures": progress.failures, "now": progress.now}
        replace_json(folder / "progress.json", shown)

    try:
        found = run_check(CheckRequest.model_validate(note["request"]), folder, run=f"{RUN}-{job}", progress=report)
    except ValidationError:
        replace_json(folder / "result.json", {"error": "自查任务的内容无法读取（可能由其他版本的程序建立），请重新开始自查"})
        return 2
    except (DisclosureError, RunError, FormatTooNew) as error:
        replace_json(folder / "result.json", {"error": " ".join(str(error).split())[:300]})
        return 2
    except Exception as error:  # the page that polls must learn that the job ended, whatever happened
        replace_json(folder / "result.json", {"error": f"程序内部错误（{type(error).__name__}），详见 {folder / 'log.txt'}"})
        raise
    replace_json(folder / "result.json", {"result": _RESULT.dump_python(found, mode="json")})
    return 0


def _request(ws: Workspace, url: str | None, unit: str | None, edition: str | None, now: datetime) -> CheckRequest:
    as_of = ws.today(now)
    if unit:
        known = next((one for one in catalogue.scopes(ws.store) if one.unit.id == unit), None)
        if known is None:
            raise BadInput(f"没有登记单位 {unit}，请从列表中选择或改填网址")
        target = next((one for one in targets(ws) if one.unit == unit), None)
        if edition is None and target is None:
            raise BadInput(f"单位 {known.unit.name} 所在的分组还没有指标体系，请选择一个")
        chosen = editions.get(edition or (target.edition if target else ""))
        body = known.unit
        entry = UnitEntry(id=body.id, name=body.name, group=body.group, level=body.level, order=body.order, duties=body.duties)
        site = SiteEntry.model_validate_json(known.site_entry)
        scope = ScopeEntry(unit=body.id, site=site.id, kind=ScopeKind(known.kind), entry=known.entry, value=known.value)
        return CheckRequest(url=scope.entry or site.home, unit=entry, site=site, scope=scope, edition=chosen.id, as_of=as_of, simulated=known.simulated)
    address = (url or "").strip()
    if not address:
        raise BadInput("请填写要自查的网址，或选择一个单位")
    address = address if "://" in address else f"http://{address}"
    netloc = parts_of(address).netloc.lower()
    simulated = netloc in {host.lower() for host in ws.sites.values()}
    if ws.simulated and not simulated:
        raise Refused(f"这是模拟数据目录，只能自查模拟网站，不能访问 {netloc or address}")
    chosen = editions.get(edition) if edition else _default_edition(ws)
    return request_for(address, chosen, as_of, loopback=simulated, rate=0 if simulated else None, simulated=simulated)


def _default_edition(ws: Workspace) -> Edition:
    for period in period_rows.rows(ws):
        for edition, _ in period.groups.values():
            return editions.get(edition)
    return editions.get(editions.DEFAULT)


def of_kind(ws: Workspace, kind: str) -> list[tuple[dict[str, Any], JobState]]:
    """The notes and states of all jobs of a kind, in no order."""
    notes = [(read(path), path.parent) for path in (ws.home / "jobs").glob("*/job.json")]
    return [(note, _state(folder)) for note, folder in notes if note.get("kind") == kind]


def _state(folder: Path) -> JobState:
    note, outcome = read(folder / "job.json"), read(folder / "result.json")
    name = "done" if "result" in outcome else "failed" if outcome else "queued" if not note.get("pid") else "running"
    if name == "running" and not _alive(folder.name, int(note["pid"])):
        outcome = read(folder / "result.json")  # it may have ended between the two looks
        name = "done" if "result" in outcome else "failed" if outcome else "lost"
    error = str(outcome.get("error", "")) if name == "failed" else "后台进程已不在，请重新开始" if name == "lost" else ""
    started = datetime.fromisoformat(note["started"]) if note.get("started") else None
    return JobState(folder.name, note.get("kind", ""), note.get("title", ""), name, started, read(folder / "progress.json"), error)


def _alive(job: str, pid: int) -> bool:
    if (child := _children.get(job)) is not None:
        return child.poll() is None
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and job in process.cmdline()
    except psutil.Error:
        return False


def folder_of(home: Path, job: str) -> Path:
    """Where a job's files lie. Raises BadInput for an unknown id."""
    if len(job) != _ID or not job.isalnum() or not (home / "jobs" / job / "job.json").is_file():
        raise BadInput(f"没有任务 {job[:_ID]!r}，可能已被清理；请重新开始")
    return home / "jobs" / job


def read(path: Path) -> dict[str, Any]:
    """One of a job's files; empty when it is not there or not whole."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
