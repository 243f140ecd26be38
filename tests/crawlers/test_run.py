"""Runs: complete or not, resumed, damaged; a site's trouble costs only itself; evidence opens again."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest

from crawlers.evidence import EvidenceError, read_snapshot
from crawlers.manifest import RunDamaged, RunError, RunIncomplete, read_run
from crawlers.observation import FormatTooNew, load
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import Register, RegisterError, load_register
from crawlers.run import crawl
from crawlers.status import FetchStatus, Match
from tests.crawlers.web import column
from tests.demo.faults import closed_port, misbehaving

AS_OF = date(2026, 3, 31)
PLAN = Plan(columns=(PlannedColumn(column=column("news", "政务要闻"), stale_after=14),))


def register(*homes: str, timeout: float = 0.3) -> Register:
    names = [f"s{number}" for number in range(len(homes))]
    return Register.model_validate(
        {
            "format": 1,
            "title": "测试",
            "simulated": True,
            "units": [{"id": name, "name": name, "group": "区县"} for name in names],
            "sites": [
                {"id": name, "home": home, "rate": 0, "loopback": True, "timeout": timeout, "max_bytes": 500_000}
                for name, home in zip(names, homes, strict=True)
            ],
            "scopes": [{"unit": name, "site": name} for name in names],
        }
    )


def test_misbehaving_sites_cost_only_themselves(tmp_path: Path) -> None:
    with misbehaving(delay=1.0) as origin, misbehaving(delay=1.0) as other:
        homes = [f"{origin}/{fault}" for fault in ("slow", "loop/a", "endless", "broken", "reset")]
        summary = crawl(register(*homes, f"http://127.0.0.1:{closed_port()}/", f"{other}/broken"), PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0)
    assert {site: result.status for site, result in summary.manifest.sites.items()} == {
        "s0": FetchStatus.TIMEOUT,
        "s1": FetchStatus.REDIRECT_LOOP,
        "s2": FetchStatus.TOO_LARGE,
        "s3": FetchStatus.OK,
        "s4": FetchStatus.RESET,
        "s5": FetchStatus.REFUSED,
        "s6": FetchStatus.OK,
    }
    for site in ("s0", "s1", "s2", "s4", "s5"):
        seen = load(summary.path / "sites" / f"{site}.json").scopes[0].sightings[0]
        assert (seen.match, seen.confirmed) == (None, False), "a site that failed never yields a missing column"
    assert set(summary.unobserved) == {"s0", "s1", "s2", "s4", "s5"}


def test_a_run_is_complete_when_run_json_is_there(tmp_path: Path) -> None:
    with misbehaving() as origin:
        sites = register(f"{origin}/broken")
        crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0)
        assert read_run(tmp_path / "r").as_of == AS_OF
        with pytest.raises(RunError, match="已经存在"):
            crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0)
        with pytest.raises(RunError, match="s9"):
            crawl(sites, PLAN, runs=tmp_path, run_id="x", as_of=AS_OF, only=["s9"])
    manifest = json.loads((tmp_path / "r" / "run.json").read_text())
    (tmp_path / "r" / "run.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(FormatTooNew, match="99"):
        read_run(tmp_path / "r")
    (tmp_path / "r" / "run.json").write_text(json.dumps(manifest))
    (tmp_path / "r" / "sites" / "s0.json").write_text("{}")
    with pytest.raises(RunDamaged, match=r"s0\.json"):
        read_run(tmp_path / "r")
    (tmp_path / "r" / "run.json").unlink()
    with pytest.raises(RunIncomplete, match="--resume r"):
        read_run(tmp_path / "r")
    with pytest.raises(RunError, match="不存在"):
        read_run(tmp_path / "none")


def test_resume_keeps_what_was_finished(tmp_path: Path) -> None:
    with misbehaving() as origin, misbehaving() as other:
        sites = register(f"{origin}/broken", f"{other}/broken")
        crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0)
        first = load(tmp_path / "r" / "sites" / "s0.json")
        (tmp_path / "r" / "run.json").unlink()
        (tmp_path / "r" / "sites" / "s1.json").unlink()
        with pytest.raises(RunError, match="站点清单已改动"):
            crawl(register(f"{origin}/broken", f"{other}/error"), PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, resume=True)
        with pytest.raises(RunError, match="采集方案"):
            crawl(sites, PLAN.model_copy(update={"horizon": 1}), runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, resume=True)
        plan = (tmp_path / "r" / "plan.json").read_text()
        (tmp_path / "r" / "plan.json").write_text(plan[:20])
        with pytest.raises(RunDamaged, match=r"plan\.json 无法读取"):
            crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, resume=True)
        (tmp_path / "r" / "plan.json").write_text(plan)
        summary = crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=date(2027, 1, 1), workers=0, resume=True)
        assert summary.manifest.as_of == AS_OF, "a resumed run keeps its day"
        assert load(tmp_path / "r" / "sites" / "s0.json").started == first.started
        assert set(read_run(summary.path).sites) == {"s0", "s1"}
        with pytest.raises(RunError, match="已经采完"):
            crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, resume=True)


def test_an_unwritable_place_is_one_clear_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RunError, match="无法写入"):
        crawl(register("http://127.0.0.1:9/"), PLAN, runs=blocked, run_id="r", as_of=AS_OF, workers=0)


def test_evidence_opens_again_and_a_bad_address_is_explained(tmp_path: Path) -> None:
    with misbehaving() as origin:
        crawl(register(f"{origin}/login"), PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0)
    observation = load(tmp_path / "r" / "sites" / "s0.json")
    shot = observation.snapshot(observation.home_snapshot)
    assert shot is not None
    stored = read_snapshot(tmp_path, f"r/s0@{shot.offset}+{shot.length}")
    assert (stored.sha256, stored.url, stored.http) == (shot.sha256, f"{origin}/login", 200)
    assert "登录" in stored.body.decode()
    assert stored.at == shot.at
    for address in (
        "r/s0@0+99999999999999999999",
        "r/s0@0+999999999999",
        "x",
        "../r/s0@0+10",
        "r/s0@5+10",
        "r/none@0+10",
        f"r/s0@{shot.offset}+10",
        ".r/s0@0+1",
    ):
        with pytest.raises(EvidenceError):
            read_snapshot(tmp_path, address)


def test_processes_crawl_like_threads(tmp_path: Path) -> None:
    with misbehaving() as origin, misbehaving() as other:
        sites = register(f"{origin}/broken", f"{other}/broken")
        one = crawl(sites, PLAN, runs=tmp_path, run_id="one", as_of=AS_OF, workers=0)
        two = crawl(sites, PLAN, runs=tmp_path, run_id="two", as_of=AS_OF, workers=2)
    assert {site: result.status for site, result in one.manifest.sites.items()} == {site: result.status for site, result in two.manifest.sites.items()}
    assert not list((tmp_path / "two" / "sites").glob("*.progress"))


def test_a_worker_that_dies_costs_only_the_site_that_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    killer = tmp_path / "sitecustomize.py"
    killer.write_text(
        "import crawlers.site, os\n_seen = crawlers.site.SiteCrawl.observe\n"
        "def observe(self, run, earlier=None):\n    if self._site.id == 's1': os._exit(9)\n    return _seen(self, run, earlier)\ncrawlers.site.SiteCrawl.observe = observe\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path.cwd()}")
    with misbehaving() as a, misbehaving() as b, misbehaving() as c:
        summary = crawl(register(f"{a}/broken", f"{b}/broken", f"{c}/broken"), PLAN, runs=tmp_path / "runs", run_id="r", as_of=AS_OF, workers=2)
    assert {site: result.status for site, result in summary.manifest.sites.items()} == {"s0": FetchStatus.OK, "s1": FetchStatus.CANCELLED, "s2": FetchStatus.OK}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": 1}, "colour"),
        ({"sites": [{"id": "s0", "home": "www.x.gov.cn"}]}, "s0.*http"),
        ({"sites": [{"id": "s0", "home": "http://x/", "speed": 3}]}, "speed.*不认识的键"),
        ({"sites": [{"id": "s0", "home": "http://x/", "rate": 0}]}, "rate"),
        ({"scopes": [{"unit": "s0", "site": "nowhere"}]}, "nowhere"),
        ({"scopes": []}, "s0.*没有范围"),
        ({"scopes": [{"unit": "s0", "site": "s0", "kind": "query", "entry": "http://x/", "value": "a"}]}, "参数=值"),
        ({"sites": [{"id": "s0", "home": "http://127.0.0.1:99999/"}]}, "s0.*无效"),
        ({"sites": [{"id": "s0", "home": "http://a..b/"}]}, "s0.*无效"),
        ({"scopes": [{"unit": "s0", "site": "s0", "kind": "prefix", "entry": "http://x/"}]}, "缺少 value"),
        ({"units": [{"id": "s0", "name": "a", "group": "区县"}, {"id": "s0", "name": "b", "group": "区县"}]}, "s0 出现了两次"),
        ({"format": 2}, "format"),
    ],
)
def test_a_bad_site_list_is_refused_in_one_line(change: dict[str, object], says: str, tmp_path: Path) -> None:
    good = register("http://127.0.0.1:9/").model_dump(mode="json")
    path = tmp_path / "sites.yml"
    path.write_text(json.dumps(good | change, ensure_ascii=False), "utf-8")
    with pytest.raises(RegisterError, match=says) as caught:
        load_register(path)
    assert "\n" not in str(caught.value)
    path.write_bytes("title: 示例".encode("gb18030"))
    with pytest.raises(RegisterError, match="UTF-8"):
        load_register(path)
    path.write_text("[" * 5000, "utf-8")
    with pytest.raises(RegisterError):
        load_register(path)
    path.write_text("a: [", "utf-8")
    with pytest.raises(RegisterError, match="YAML"):
        load_register(path)
    with pytest.raises(RegisterError, match="无法读取"):
        load_register(tmp_path / "none.yml")


def test_first_seen_is_carried_over_from_the_run_before(tmp_path: Path) -> None:
    from crawlers.demo.server import DemoCity

    city = DemoCity.load()
    city.start(date(2026, 3, 31))
    try:
        sites = city.register()
        site = sites.sites[0].id
        crawl(sites, PLAN, runs=tmp_path, run_id="q1", as_of=date(2026, 3, 31), only=[site], workers=0)
        city.as_of = date(2026, 6, 30)
        crawl(sites, PLAN, runs=tmp_path, run_id="q2", as_of=date(2026, 6, 30), only=[site], workers=0)
    finally:
        city.stop()
    seen = load(tmp_path / "q2" / "sites" / f"{site}.json").scopes[0].sightings[0]
    assert seen.match is Match.EXACT
    assert {item.first_seen for item in seen.items if item.date and item.date > date(2026, 3, 31)} == {date(2026, 6, 30)}
    old = load(tmp_path / "q1" / "sites" / f"{site}.json").scopes[0].sightings[0]
    both = {item.url for item in old.items} & {item.url for item in seen.items}
    assert all(item.first_seen == date(2026, 3, 31) for item in seen.items if item.url in both)


def test_a_damaged_earlier_run_costs_first_seen_only(tmp_path: Path) -> None:
    with misbehaving() as origin:
        sites = register(f"{origin}/broken")
        crawl(sites, PLAN, runs=tmp_path, run_id="a", as_of=AS_OF, workers=0)
        (tmp_path / "a" / "sites" / "s0.json").write_text("{")
        summary = crawl(sites, PLAN, runs=tmp_path, run_id="b", as_of=AS_OF, workers=0)
    assert summary.manifest.sites["s0"].status is FetchStatus.OK


def test_a_simulated_crawl_is_stamped_with_the_day_of_its_sites(tmp_path: Path) -> None:
    with misbehaving() as origin:
        crawl(
            register(f"{origin}/broken"),
            PLAN,
            runs=tmp_path,
            run_id="a",
            as_of=AS_OF,
            workers=0,
            shift=datetime(2026, 3, 31, 1, tzinfo=UTC) - datetime.now(UTC),
        )
    assert {shot.at.date() for shot in load(tmp_path / "a" / "sites" / "s0.json").snapshots} == {AS_OF}


_CRAWL = """
import sys
from datetime import date
from pathlib import Path
from crawlers.run import crawl
from tests.crawlers.test_run import PLAN, register
if __name__ == "__main__":
    crawl(register(*sys.argv[2:], timeout=60), PLAN, runs=Path(sys.argv[1]), run_id="r", as_of=date(2026, 3, 31), workers=2)
"""


def test_workers_do_not_outlive_a_crawl_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "crawl_slowly.py"
    script.write_text(_CRAWL)
    with misbehaving(delay=30) as one, misbehaving(delay=30) as two:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        process = subprocess.Popen([sys.executable, str(script), str(tmp_path / "runs"), f"{one}/slow", f"{two}/slow"], env=environment)
        try:
            deadline = time.monotonic() + 30
            while len(workers := psutil.Process(process.pid).children(recursive=True)) < 3:  # two workers and the resource tracker
                assert time.monotonic() < deadline
                time.sleep(0.1)
            time.sleep(1)
        finally:
            process.kill()
            process.wait()
        _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive
