"""A hand-made world: three departments on one portal, runs written as a crawl would write them, observations chosen by the test."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crawlers.columns import load_columns
from crawlers.documents.record import Document, Pairing, Report
from crawlers.documents.report import SECTIONS
from crawlers.manifest import RunManifest, SiteResult
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation, Snapshot, dump
from crawlers.plan import Plan
from crawlers.register import Register
from crawlers.status import DocumentKind, FetchStatus, Looked, Match, PageState, ScopeKind
from scoring.model import Role
from scoring.services import editions, periods
from scoring.services.plans import plan_for
from scoring.services.workspace import Workspace

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
AS_OF = date(2026, 3, 31)
EDITION = "ningbo-2020-bm"
GROUP = "市直部门"
UNITS = ("fgw", "jyj", "czj")
NAMES = {"fgw": "示例市发展和改革局", "jyj": "示例市教育局", "czj": "示例市财政局"}
HOME = "http://portal.example/"
COLUMNS = load_columns()


def register(*, simulated: bool = False) -> Register:
    """Three departments, one without duties."""
    duties = {"fgw": ("行政执法", "规范性文件", "对外服务"), "jyj": ("对外服务",), "czj": ()}
    return Register.model_validate(
        {
            "format": 1,
            "title": "测试",
            "simulated": simulated,
            "units": [{"id": unit, "name": NAMES[unit], "group": GROUP, "order": n, "duties": duties[unit]} for n, unit in enumerate(UNITS, 1)],
            "sites": [{"id": "portal", "home": HOME}],
            "scopes": [{"unit": unit, "site": "portal", "kind": "prefix", "entry": f"{HOME}{unit}/", "value": f"{HOME}{unit}/"} for unit in UNITS],
        }
    )


def plan() -> Plan:
    """What a run must look for."""
    return plan_for([editions.get(EDITION)])


def sighting(key: str, name: str, as_of: date, *, age: int = 5) -> Sighting:
    """A column that is there, with items of that age and what reading them closely would have found: nothing wrong."""
    day = as_of - timedelta(days=age)
    title = f"2026年度{name} 2025年、2024年、2023年度报告 局长解读"
    items = tuple(Item(f"{HOME}{key}/{number}.html", title, day) for number in (1, 2))
    return Sighting(
        key=key,
        name=name,
        match=Match.EXACT,
        url=f"{HOME}{key}/",
        fetch=FetchStatus.OK,
        http=200,
        page=PageState.CONTENT,
        items=items,
        elements=tuple(COLUMNS[key].elements),
        documents=tuple(document(key, number, day) for number in range(2)),
        newest=day,
        complete=True,
        confirmed=True,
        snapshot=0,
    )


def document(key: str, number: int, day: date) -> Document:
    """One document of a column: an annual report, an interpretation with its document, or any other."""
    report = Report(2025 - number, "30", SECTIONS, checked=42, carried=(1, 1), source="html", mentions=2) if key == "annual" else None
    pair = Pairing(f"{HOME}policy/{number}.html", "某办法", day, 1, linked=True, linked_back=True) if key == "interpretation" else None
    kind = COLUMNS[key].reads or DocumentKind.OTHER
    return Document(
        f"{HOME}{key}/{number}.html",
        "某件",
        kind,
        FetchStatus.OK,
        200,
        PageState.CONTENT,
        snapshot=0,
        published=day,
        report=report,
        pairing=pair,
        confirmed=True,
    )


def portal(run: str, as_of: date = AS_OF, changes: Mapping[tuple[str, str], Sighting] | None = None, status: FetchStatus = FetchStatus.OK) -> SiteObservation:
    """The portal as every unit sees it: all there and fresh, but for `changes` by (unit, column)."""
    at = datetime(as_of.year, as_of.month, as_of.day, 3, tzinfo=UTC)
    scopes = tuple(
        ScopeObservation(
            unit=unit,
            kind=ScopeKind.PREFIX,
            entry=f"{HOME}{unit}/",
            value=f"{HOME}{unit}/",
            matched=True,
            looked=Looked.COMPLETE,
            sightings=tuple((changes or {}).get((unit, one.column.key)) or sighting(one.column.key, one.column.name, as_of) for one in plan().columns),
        )
        for unit in UNITS
    )
    return SiteObservation(
        site="portal",
        run=run,
        home=HOME,
        as_of=as_of,
        started=at,
        finished=at,
        status=status,
        page=PageState.CONTENT,
        pages=9,
        snapshots=(Snapshot(0, HOME, at, FetchStatus.OK, 200, "00", 0, 10),),
        scopes=scopes,
    )


def missing(key: str, name: str) -> Sighting:
    """A confirmed absence."""
    return Sighting(key=key, name=name, confirmed=True)


def stale(key: str, name: str, as_of: date = AS_OF, age: int = 900) -> Sighting:
    """A column that nobody has updated for long."""
    return sighting(key, name, as_of, age=age)


def write_run(home: Path, observation: SiteObservation, *, complete: bool = True, simulated: bool = False) -> Path:
    """A run directory with one site."""
    folder = home / "runs" / observation.run
    (folder / "sites").mkdir(parents=True)
    plan().write(folder / "plan.json")
    raw = dump(observation)
    (folder / "sites" / f"{observation.site}.json").write_bytes(raw)
    if complete:
        result = SiteResult(status=observation.status, pages=observation.pages, failures=0, sha256=hashlib.sha256(raw).hexdigest())
        manifest = RunManifest(
            run_id=observation.run,
            as_of=observation.as_of,
            started=observation.started,
            finished=observation.finished,
            plan_sha=plan().sha(),
            simulated=simulated,
            sites={observation.site: result},
        )
        (folder / "run.json").write_text(manifest.model_dump_json(), "utf-8")
    return folder


def with_period(home: Path, period: str = "2026Q1", *, simulated: bool = False) -> Workspace:
    """An opened home with one open period."""
    ws = Workspace.open(home, clock=lambda: NOW)
    add_period(ws, period, simulated=simulated)
    return ws


def add_period(ws: Workspace, period: str, start: date = date(2026, 1, 1), end: date = AS_OF, *, simulated: bool = False) -> None:
    """One more period of the same units."""
    periods.create(ws, period, f"{period} 测试", {GROUP: EDITION}, start, end, None, register(simulated=simulated), "测试员", role=Role.EVALUATOR, now=NOW)
