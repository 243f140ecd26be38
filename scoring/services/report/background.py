"""Reports that take minutes, written by a background job: one zip in the job's folder, there for whoever may ask for the same."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

from scoring.errors import BadInput, DisclosureError, Refused
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import jobs, results
from scoring.services.report.build import Press
from scoring.services.report.kinds import Kind
from scoring.services.shapes import JobState, PeriodInfo
from scoring.services.workspace import Workspace, replace_json

KIND = "report"
_FILE = "reports.zip"
_AT_ONCE = 2
_TOLD = 25
"""Progress is written every so many files."""


def start(ws: Workspace, period: str, kind: Kind, *, owner: str, role: Role, now: datetime) -> str:
    """Begin to write a kind of report of a published period; returns the job's id. Raises BadInput, Refused while the same or too many are being written."""
    require(role, Action.VIEW_RESULTS)
    info = results.period(ws, period)
    live = [(note, state) for note, state in jobs.of_kind(ws, KIND) if state.state in jobs.LIVE]
    if any(note.get("request") == _request(info, kind, role) for note, _ in live):
        raise Refused(f"{kind.zh}正在后台写，请等它完成")
    if len(live) >= _AT_ONCE:
        raise Refused("后台正在写的报告已达上限，请稍后再试")
    jobs.clear(ws, KIND, lambda note: json.dumps(note.get("request"), sort_keys=True), 1)
    asked = jobs.Asked(KIND, f"{info.title}{kind.zh}", owner, "", _request(info, kind, role))
    return jobs.launch(ws, asked, ["report-job"], now=now, role=role, about=info.id, told={"kind": kind.value})


def newest(ws: Workspace, period: PeriodInfo, kind: Kind, *, role: Role) -> JobState | None:
    """The newest job for this kind, revision and role: what one role may read another may not."""
    wanted = _request(period, kind, role)
    found = [state for note, state in jobs.of_kind(ws, KIND) if note.get("request") == wanted]
    return max(found, key=jobs.begun, default=None)


def content(ws: Workspace, job: str, *, role: Role) -> tuple[str, bytes]:
    """File name and zip of a finished job. Raises BadInput when there is none, or when it was written for another role."""
    folder = jobs.folder_of(ws.home, job)
    note, found = jobs.read(folder / "job.json"), jobs.read(folder / "result.json").get("result")
    if note.get("kind") != KIND or not found or note["request"].get("role") != role.value:
        raise BadInput("没有这份写好的报告，请重新生成")
    return str(found["name"]), (folder / _FILE).read_bytes()


def work(home: Path, job: str) -> int:
    """What the subprocess does. Returns an exit code; whatever goes wrong is left as the job's error."""
    folder = jobs.folder_of(home, job)
    try:
        result = _written(home, folder)
    except DisclosureError as error:
        replace_json(folder / "result.json", {"error": " ".join(str(error).split())[:300]})
        return 2
    except Exception as error:  # the page that polls must learn that the job ended, whatever happened
        replace_json(folder / "result.json", {"error": f"程序内部错误（{type(error).__name__}），详见 {folder / 'log.txt'}"})
        raise
    replace_json(folder / "result.json", {"result": result})
    return 0


def _written(home: Path, folder: Path) -> dict[str, object]:
    request = jobs.read(folder / "job.json").get("request") or {}
    try:
        kind, role = Kind(request["kind"]), Role(request["role"])
        period = f"{request['period']}@{request['revision']}"
    except (KeyError, ValueError):
        raise BadInput("任务的内容无法读取（可能由其他版本的程序建立），请重新生成") from None
    press = Press(Workspace.open(home, write=False), period, role)
    of, done = len(press.units), 0

    def told(_: str) -> None:
        nonlocal done
        done += 1
        if done % _TOLD == 0:
            replace_json(folder / "progress.json", {"done": done, "of": of})

    files = press.make(kind, done=told)
    draft = folder / f"{_FILE}.part"
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, each in files.items():
            packed.writestr(name, each)
    draft.replace(folder / _FILE)
    return {"name": f"{press.name}-{kind.zh}.zip", "size": (folder / _FILE).stat().st_size, "files": len(files), "notes": press.notes}


def _request(period: PeriodInfo, kind: Kind, role: Role) -> dict[str, object]:
    return {"period": period.id, "revision": period.revision, "kind": kind.value, "role": role.value}
