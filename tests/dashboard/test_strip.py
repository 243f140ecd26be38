"""The strip of a large group: every unit is a dot in its place, none upon another, and the one that is asked for is picked out."""

from decimal import Decimal

import pytest

from dashboard.components import indicator_charts, indicator_strip
from dashboard.strings import indicator as words
from scoring.model import Finding, Outcome
from scoring.services.indicator import Mark
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World


def mark(n: int, rate: Decimal, outcome: Outcome | None = None) -> Mark:
    finding = Finding(outcome, rate, "column_stale", {}, ()) if outcome else None
    return Mark(f"u{n}", f"单位{n}", n, Decimal(80), finding, rate, rate, Decimal(1), short=False, unsure=False)


def test_every_unit_has_a_place_of_its_own() -> None:
    marks = [mark(n, Decimal(n % 7) / 7) for n in range(70)]
    dots = indicator_strip.strip(marks, Decimal("0.5")).data[0]
    assert len({*zip(dots.x, dots.y, strict=True)}) == 70
    assert [round(x, 6) for x in dots.x] == [round(float(one.rate or 0), 6) for one in marks]
    notes = [note.text for note in indicator_strip.strip(marks, None).layout.annotations]
    assert notes.count(words.PILE.format(n=10)) == 7


def test_outcomes_differ_by_shape_as_well_as_colour() -> None:
    marks = [mark(1, Decimal(1), Outcome.MET), mark(2, Decimal("0.5"), Outcome.PARTIAL), mark(3, Decimal(0), Outcome.UNMET)]
    dots = indicator_strip.strip(marks, None).data[0]
    assert len(set(dots.marker.symbol)) == len(set(dots.marker.color)) == 3


def test_one_unit_is_ringed_and_named() -> None:
    marks = [mark(n, Decimal(n) / 40) for n in range(40)]
    drawn = indicator_strip.strip(marks, None, "u30")
    assert (drawn.data[1].x[0], drawn.data[1].marker.symbol) == (0.75, "circle-open")
    assert any(note.text == "单位30 75%" for note in drawn.layout.annotations)
    assert len(indicator_strip.strip(marks, None, "nobody").data) == 1


def test_the_page_draws_a_strip_for_many_and_a_histogram_for_very_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator_charts, "ROWS", 4)
    at = page("indicator", indicator="a", unit="qx04")
    assert not at.exception
    assert words.STRIP_NODE in texts(at)
    assert at.selectbox(key="indicator_unit").value == "qx04"
    assert "澜湾区" in elements(at, "plotly_chart")[0].proto.spec.encode().decode("unicode_escape")
    world.unseen.add("qx04")
    assert words.CHOSEN_OUT in texts(page("indicator", indicator="a1", unit="qx04"))
    monkeypatch.setattr(indicator_strip, "MOST", 6)
    assert words.DOTS_MANY in texts(page("indicator", indicator="a", unit="qx04"))
