"""日常监测: which runs a period is judged by, and what the cut-off and the 评估时段 keep out."""

from datetime import date
from pathlib import Path

import pytest

from scoring.model import Outcome
from scoring.services import assess, period_rows
from scoring.store import findings
from tests.services.hand import NOW, sighting, stale
from tests.services.monitoring import crawled, edition, judged, opened

FRESH = "{code: x, weight: 1, rule: updated_within, with: {column: duties, days: 30}, fix: 改"
JAN, FEB, MAR, LATE = date(2026, 1, 20), date(2026, 2, 20), date(2026, 3, 20), date(2026, 3, 30)
NAME = "机关职能"


def test_a_run_after_the_cut_off_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(FRESH + "}"), cutoff=date(2026, 3, 25))
    good = crawled(ws, MAR)
    crawled(ws, LATE, duties=stale("duties", NAME, LATE))
    found, run, _ = judged(ws, "x")
    assert (found.outcome, run) == (Outcome.MET, good)
    ws.close()


def test_a_leaf_on_all_runs_is_judged_by_the_worst_and_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(FRESH + "}", FRESH.replace("code: x", "code: y") + ", runs: all}"))
    crawled(ws, JAN)
    bad = crawled(ws, FEB, duties=stale("duties", NAME, FEB, 40))
    last = crawled(ws, MAR)
    assert judged(ws, "x")[:2][1] == last
    found, run, _ = judged(ws, "y")
    assert (found.outcome, run, found.params["newest"]) == (Outcome.UNMET, bad, "2026-01-11")
    ws.close()


def test_runs_that_come_one_by_one_end_where_all_at_once_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = edition(FRESH + ", runs: all}")
    ws = opened(tmp_path / "h", monkeypatch, made)
    for day, age in ((JAN, 5), (FEB, 40), (MAR, 2), (LATE, 31)):
        crawled(ws, day, duties=stale("duties", NAME, day, age))
        judged(ws, "x")
    found, run, seq = judged(ws, "x")
    assert (found.outcome, run, seq) == (Outcome.UNMET, f"r-{LATE}", 4)
    (again,) = [one for one in assess.outdated(ws, period_rows.row(ws, "p"), again=True, now=NOW) if one.unit == "fgw"]
    assert (again.finding, again.run, again.input_sha) == (found, run, findings.states(ws.store, "p", "fgw")["fgw"]["x"].input_sha)
    ws.close()


def test_what_is_dated_after_the_period_is_not_of_its_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = edition("{code: x, weight: 1, rule: document_of_year, with: {column: budget}, fix: 改}")
    ws = opened(tmp_path / "h", monkeypatch, made, date(2025, 1, 1), date(2025, 12, 31), cutoff=date(2026, 1, 31))
    crawled(ws, JAN, budget=sighting("budget", "财政预决算", JAN, age=3))
    found, _, _ = judged(ws, "x")
    assert (found.outcome, found.params["what"]) == (Outcome.UNMET, " 2025 年的信息")
    crawled(ws, date(2026, 1, 21), budget=sighting("budget", "财政预决算", JAN, age=30))
    found, _, _ = judged(ws, "x")
    assert (found.outcome, found.params["date"]) == (Outcome.MET, "2025-12-21")
    ws.close()


@pytest.mark.parametrize(("extra", "outcome"), [("", Outcome.NOT_APPLICABLE), (", inherits: true", Outcome.MET)])
def test_a_unit_without_a_site_inherits_only_where_the_edition_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str, outcome: Outcome) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(f"{{code: x, weight: 1, rule: site_reachable, fix: 改{extra}}}"))
    crawled(ws, MAR)
    assert judged(ws, "x")[0].outcome is outcome
    ws.close()
