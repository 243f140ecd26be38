"""Samples are taken in when their day is over, once; the veto follows; the table can be opened."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from crawlers.probe_log import Look, Round, append
from crawlers.status import FetchStatus
from scoring.errors import BadInput
from scoring.model import Outcome
from scoring.services import evidence, intake
from tests.services.monitoring import edition, judged, opened

VETO = "{code: x, weight: 1, rule: site_available, inherits: true, fix: 改}"
START = datetime(2026, 3, 2, 0, 10, tzinfo=UTC)


def _round(at: datetime, status: FetchStatus = FetchStatus.OK, *, simulated: bool = False) -> Round:
    look = Look(site="portal", at=at, status=status, seconds=Decimal("0.3"))
    return Round(round=f"{at:%Y%m%dT%H%M%SZ}-x", vantage="机房", started=at, finished=at, valid=True, simulated=simulated, samples=(look,))


def _week(home: Path, failed: int, per_day: int = 20) -> None:
    for n in range(7 * per_day):
        at = START + timedelta(days=n // per_day, minutes=n % per_day * 40)
        append(home / "probes", _round(at, FetchStatus.TIMEOUT if n < failed else FetchStatus.OK))


def test_a_week_of_samples_is_taken_in_and_vetoes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(VETO))
    assert judged(ws, "x")[0].reason_code == "probes_none"
    _week(ws.home, 7)
    after = datetime(2026, 3, 9, 12, tzinfo=UTC)
    taken = intake.take_in(ws, [], now=after)
    assert (taken.samples, taken.findings) == (140, {"p": 3})
    found, run, seq = judged(ws, "x")
    assert (found.outcome, run, seq) == (Outcome.UNMET, "", 2)
    assert intake.take_in(ws, [], now=after).samples == 0
    page = evidence.open_page(ws, found.evidence[0].snapshot)
    assert len(page.text.splitlines()) == 141
    assert page.url == "http://portal.example/"
    assert "访问超时" in page.text
    ws.close()


def test_a_day_is_taken_in_when_it_is_over_and_what_comes_later_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(VETO))
    append(ws.home / "probes", _round(START))
    evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    assert intake.take_in(ws, [], now=evening).samples == 0
    assert intake.take_in(ws, [], now=evening + timedelta(minutes=1)).samples == 1
    append(ws.home / "probes", _round(START + timedelta(hours=1)))
    assert intake.take_in(ws, [], now=evening + timedelta(hours=1)).samples == 1
    assert judged(ws, "x")[0].params["count"] == 2
    ws.close()


def test_damaged_lines_and_foreign_rounds_are_named_and_cost_only_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(VETO))
    path = append(ws.home / "probes", _round(START))
    with path.open("ab") as file:
        file.write(b'{"format": 1, "rou')
    append(ws.home / "probes", _round(START + timedelta(days=1), simulated=True))
    taken = intake.take_in(ws, [], now=datetime(2026, 3, 9, tzinfo=UTC))
    assert taken.samples == 1
    assert "1 行损坏" in taken.damaged[path.name]
    assert "模拟网站的样本" in taken.damaged["2026-03-03.jsonl"]
    ws.close()


def test_samples_after_the_cut_off_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(VETO), cutoff=datetime(2026, 3, 7).date())  # noqa: DTZ001
    _week(ws.home, 0)
    intake.take_in(ws, [], now=datetime(2026, 3, 20, tzinfo=UTC))
    found, _, _ = judged(ws, "x")
    assert (found.reason_code, found.params["full_days"]) == ("probes_few", 6)
    ws.close()


def test_samples_that_do_not_exist_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = opened(tmp_path / "h", monkeypatch, edition(VETO))
    with pytest.raises(BadInput, match="没有网站 portal"):
        evidence.open_page(ws, "probes/portal@2026-03-02+2026-03-08")
    ws.close()
