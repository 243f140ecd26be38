"""Self-checks in the background, and the ingester thread, on the simulated city."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from crawlers.demo import DemoCity
from crawlers.run import crawl
from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Outcome, Role
from scoring.services import drafts, editions, evidence, jobs, period_rows, periods
from scoring.services.plans import plan_for
from scoring.services.workspace import HomeFile, Workspace, replace_json, utc_now, write_home
from scoring.store import ledger

GROUPS = {"市直部门": "ningbo-2020-bm"}


@pytest.fixture(scope="module")
def city() -> Iterator[DemoCity]:
    made = DemoCity.load()
    with made:
        made.start(made.ends[-1])
        yield made


@pytest.fixture
def ws(city: DemoCity, tmp_path: Path) -> Iterator[Workspace]:
    write_home(tmp_path, HomeFile(simulated=True, as_of=city.ends[-1], sites=dict(city.sites)))
    made = Workspace.open(tmp_path)
    periods.create(made, "2026Q3", "三季度", GROUPS, date(2026, 7, 1), city.ends[-1], None, city.register(), "a", role=Role.EVALUATOR, now=utc_now())
    yield made
    made.close()


def wait(ws: Workspace, job: str) -> str:
    """The state in which a job ends."""
    for _ in range(600):
        if (state := jobs.state(ws, job).state) not in ("queued", "running"):
            return state
        time.sleep(0.1)
    return "too slow"


def test_a_unit_without_a_site_of_its_own_checks_itself(ws: Workspace) -> None:
    target = next(one for one in jobs.targets(ws) if one.unit == "fagai")
    assert target.edition == "ningbo-2020-bm"
    job = jobs.start_check(ws, url=None, unit="fagai", edition=None, owner="张三", now=utc_now(), role=Role.STAFF)
    with pytest.raises(Refused, match="正在进行"):
        jobs.start_check(ws, url=None, unit="fagai", edition=None, owner="张三", now=utc_now(), role=Role.STAFF)
    assert wait(ws, job) == "done", jobs.state(ws, job).error
    found = jobs.result(ws, job)
    assert found is not None
    assert found.pages > 5
    assert jobs.state(ws, job).progress["pages"] > 0
    assert found.score["max"] == Decimal("82.5")
    by_rule = {leaf.code for leaf in editions.get("ningbo-2020-bm").leaves() if leaf.rule}
    assert {leaf.code for leaf in found.leaves} == by_rule - {"p12-test"}  # mock applications are no matter of a page
    assert all(column.outcome is Outcome.MET for column in found.columns if column.key == "guide")
    address = next(ref.snapshot for leaf in found.leaves for ref in leaf.evidence if ref.snapshot)
    assert evidence.open_page(ws, address).text
    assert [state.id for state in jobs.recent(ws, "张三")] == [job]
    assert jobs.recent(ws, "李四") == []
    assert len(job) == 32
    assert ws.store.rows("SELECT count(*) AS n FROM run") == [{"n": 0}]


def test_a_job_whose_process_is_gone_is_lost(ws: Workspace) -> None:
    folder = ws.home / "jobs" / ("0" * 32)
    folder.mkdir(parents=True)
    replace_json(folder / "job.json", {"id": folder.name, "kind": "check", "title": "t", "owner": "o", "pid": 2**22 - 3})
    assert jobs.state(ws, folder.name).state == "lost"
    assert jobs.result(ws, folder.name) is None
    for bad in ("../../etc", "x", "1" * 32):
        with pytest.raises(BadInput):
            jobs.state(ws, bad)


def test_an_owner_keeps_the_twenty_newest_checks_whatever_else_was_started(ws: Workspace) -> None:
    """Reports do not push self-checks out of the list; the files of older checks go, those of other owners and of what still runs stay."""
    began = utc_now()

    def note(number: int, owner: str, kind: str = jobs.CHECK, pid: int | None = 2**22 - 3) -> str:
        job, at = f"{number:032d}", began + timedelta(minutes=number)
        folder = ws.home / "jobs" / job
        folder.mkdir(parents=True)
        replace_json(folder / "job.json", {"id": job, "kind": kind, "title": "t", "owner": owner, "pid": pid, "started": at.isoformat()})
        with ws.store.write() as writer:
            ledger.add_job(writer, job, kind, owner, "", "t", at)
        return job

    waiting = note(0, "张三", pid=None)
    checks = [note(number, "张三") for number in range(1, 26)]
    reports = [note(number, "张三", "report") for number in range(30, 55)]
    other = note(60, "李四")
    assert [one.id for one in jobs.recent(ws, "张三")] == checks[:-21:-1]
    jobs.clear(ws, jobs.CHECK, lambda noted: noted.get("owner"), 20)
    left = {path.name for path in (ws.home / "jobs").iterdir()}
    assert left == {waiting, *checks[-20:], *reports, other}


def test_what_may_not_be_checked(ws: Workspace) -> None:
    def start(*, url: str | None = None, unit: str | None = None, role: Role = Role.STAFF) -> None:
        jobs.start_check(ws, url=url, unit=unit, edition=None, owner="o", now=utc_now(), role=role)

    with pytest.raises(Refused, match="模拟"):
        start(url="http://www.gov.cn/")
    with pytest.raises(BadInput, match="请填写"):
        start(url=" ")
    with pytest.raises(BadInput, match="nobody"):
        start(unit="nobody")
    with pytest.raises(NotPermitted):
        start(unit="fagai", role=Role.LEADER)
    assert not (ws.home / "jobs").exists()


def test_a_finished_crawl_simply_appears(city: DemoCity, ws: Workspace) -> None:
    ws.start_ingester(every=0.2)
    assert drafts.as_of(ws, period_rows.row(ws, "2026Q3")) is None
    crawl(city.register(), plan_for([editions.get("ningbo-2020-bm")]), runs=ws.runs, run_id="cron", as_of=city.ends[-1], only=["portal"], workers=0)
    for _ in range(300):
        if any(row.counts[Outcome.MET] for row in drafts.ranking(ws, "2026Q3", "市直部门", role=Role.EVALUATOR).rows):
            break
        time.sleep(0.1)
    assert ws.ingester is not None
    assert ws.ingester.error == ""
    assert drafts.ranking(ws, "2026Q3", "市直部门", role=Role.EVALUATOR).as_of == city.ends[-1]


def test_the_ingester_outlives_an_error(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> dict[str, str]:
        raise RuntimeError("disk gone")

    monkeypatch.setattr("scoring.services.ingester.ingest_new", broken)
    ws.start_ingester(every=0.05)
    thread = ws.ingester
    assert thread is not None
    for _ in range(100):
        if thread.error:
            break
        time.sleep(0.05)
    assert "disk gone" in thread.error
    assert thread.is_alive()


def test_an_address_without_any_period_is_checked_by_the_edition_for_a_whole_site(tmp_path: Path) -> None:
    ws = Workspace.open(tmp_path)
    assert jobs._request(ws, "gov.example", None, None, utc_now()).edition == editions.DEFAULT == "ningbo-2020"
    ws.close()
