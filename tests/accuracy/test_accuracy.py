"""The readers hold their floors; a sample of what `make accuracy` measures."""

from pathlib import Path

import pytest

from tests.accuracy import floors
from tests.accuracy.__main__ import ORDER, absent, measure
from tests.accuracy.tally import Tally


def tally(passed: int, total: int) -> Tally:
    return Tally("columns", "simulated", passed, total)


def test_no_reader_falls_below_its_floor() -> None:
    known = floors.load()
    assert {name.split("/")[1] for name in known} == set(ORDER)
    tallies = measure(quarters=1)
    assert floors.below(tallies, known, sample=True, absent=absent()) == [], [miss for one in tallies for miss in one.misses]
    ours = {one.name: one for one in tallies}
    for name, one in ours.items():
        if one.peer:
            assert one.passed >= one.peer[0], f"{name}: htmldate reads more of the same articles"


def test_what_falls_is_named() -> None:
    known = {"simulated/columns": [90, 100]}
    assert floors.below([tally(90, 100)], known) == []
    assert floors.below([tally(46, 50)], known) == []
    assert floors.below([tally(89, 100)], known) == ["simulated/columns: 89/100, its floor is 90/100"]
    assert floors.below([tally(0, 0)], known) != []
    assert floors.below([tally(40, 50)], known, sample=True) == []
    assert floors.below([tally(39, 50)], known, sample=True) != []


def test_what_vanishes_is_named_unless_its_collection_is_not_here() -> None:
    known = {"simulated/columns": [90, 100], "simulated/page state": [9, 10], "real/columns": [14, 16], "written/columns": [0, 0]}
    gone = ["simulated/page state: not measured, its floor is 9/10", "real/columns: not measured, its floor is 14/16"]
    assert floors.below([tally(90, 100)], known) == gone
    assert floors.below([tally(90, 100)], known, absent=frozenset({"real"})) == gone[:1]
    assert floors.below([], known, sample=True, absent=frozenset({"real"})) == ["simulated/columns: not measured, its floor is 90/100", gone[0]]


def test_a_floor_goes_down_only_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "PATH", tmp_path / "baseline.json")
    assert floors.record([tally(90, 100)], {}, lower=False) == []
    assert floors.record([tally(80, 100)], floors.load(), lower=False) == []
    assert floors.load() == {"simulated/columns": [90, 100]}
    assert floors.record([tally(80, 100)], floors.load(), lower=True) == ["LOWERED simulated/columns: 90/100 -> 80/100"]
    assert floors.record([tally(95, 100)], floors.load(), lower=False) == []
    assert floors.load() == {"simulated/columns": [95, 100]}
