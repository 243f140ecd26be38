"""The demo's facts that no crawl gives: availability samples, mock applications and survey results, from `data/demo`."""

from datetime import datetime

from crawlers import probe_log, yml
from crawlers.demo import monitoring
from crawlers.demo.content import ROOT
from crawlers.register import Register
from scoring.facts import Channel, Regular, RequestCase
from scoring.model import Role
from scoring.services import cases, composition, imports, probes
from scoring.services.uploads import Upload
from scoring.services.workspace import Workspace

_WHO = "模拟评估员"
_SURVEY = "h5-survey"


def enter(ws: Workspace, period: str, register: Register, at: datetime) -> None:
    """Enter what the simulated evaluators had of a period."""
    for made in monitoring.rounds(period, [site.id for site in register.sites]):
        probe_log.append(ws.home / probe_log.FOLDER, made)
    probes.take_in(ws, actor=_WHO, now=at)
    cases.save_all(ws, [(case, ()) for case in _cases(period, register)], actor=_WHO, role=Role.EVALUATOR, now=at)
    table = ROOT / f"survey-{period}.csv"
    if table.is_file():
        imports.take_in(ws, period, _SURVEY, Upload.of(table), actor=_WHO, role=Role.EVALUATOR, now=at)
    work = ROOT / f"work-{period}.csv"
    if work.is_file():
        composition.import_scores(ws, period, work, _WHO, at, role=Role.EVALUATOR)


def _cases(period: str, register: Register) -> list[RequestCase]:
    raw = yml.load((ROOT / "cases.yml").read_text("utf-8"))
    stated = {block["group"]: block["periods"][period] for block in (raw, *raw["more"])}
    found = []
    for unit in register.units:
        one = {**stated[unit.group]["defaults"], **stated[unit.group].get("units", {}).get(unit.id, {})}
        regular = Regular(one.pop("regular")) if one.get("regular") else one.pop("regular", None)
        found.append(RequestCase(id="", unit=unit.id, seq=0, channel=Channel(one.pop("channel")), regular=regular, **one))
    return found
