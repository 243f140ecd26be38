"""Clues across runs: when an entry was first seen, whether it came too late for its date, whether its date was changed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers import sighting
from crawlers.columns import load_columns
from crawlers.demo.server import DemoCity
from crawlers.first_seen import KEPT, with_history
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation, load
from crawlers.plan import Plan, PlannedColumn
from crawlers.run import crawl
from crawlers.status import DateFrom, Dialect, FetchStatus, Looked, Match, PageState, ScopeKind

Q1, Q2, Q3 = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
URL = "http://x.invalid/zwgk/tasks/"


def item(number: int, day: date | None, title: str = "", url: str = "") -> Item:
    return Item(url or f"{URL}{number}.html", title or f"关于第{number}项工作的公告", day, DateFrom.LIST if day else None)


OLD, NEWER = item(1, date(2026, 1, 5)), item(2, date(2026, 3, 1))
LATE = item(3, date(2026, 3, 20))


def seen(*items: Item, **more: object) -> Sighting:
    known: dict[str, object] = {
        "match": Match.EXACT,
        "url": URL,
        "fetch": FetchStatus.OK,
        "page": PageState.CONTENT,
        "dialect": Dialect.LIST,
        "complete": True,
        "items": items,
    }
    return Sighting("tasks", "重点工作", **(known | more))  # type: ignore[arg-type]


def observed(as_of: date, *sightings: Sighting) -> SiteObservation:
    now = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    scope = ScopeObservation("u", ScopeKind.SITE, "http://x.invalid/", "", matched=True, looked=Looked.COMPLETE, sightings=sightings)
    return SiteObservation("s", f"run-{as_of}", "http://x.invalid/", as_of, now, now, FetchStatus.OK, scopes=(scope,))


def told(now: SiteObservation, earlier: SiteObservation | None, lists: frozenset[str] = frozenset({"tasks"})) -> SiteObservation:
    return with_history(now, earlier, lists)


def last(observation: SiteObservation) -> dict[str, Item]:
    return {one.title: one for one in observation.scopes[0].sightings[0].items}


def after(before: Sighting, now: Sighting, *more: Sighting, lists: frozenset[str] = frozenset({"tasks"})) -> Item:
    """The late entry as the second quarter sees it."""
    return last(told(observed(Q2, now), told(observed(Q1, before, *more), None), lists))[LATE.title]


def test_an_entry_dated_before_a_complete_reading_that_lacked_it_came_late() -> None:
    found = after(seen(NEWER, OLD), seen(LATE, NEWER, OLD))
    assert found.backdated
    assert found.first_seen == Q2


def test_an_ordinary_new_entry_did_not() -> None:
    fresh = replace(LATE, date=date(2026, 4, 2))
    assert not after(seen(NEWER, OLD), seen(fresh, NEWER, OLD)).backdated
    same_day = replace(LATE, date=Q1)  # it may have been published that day, after the reading
    assert not after(seen(NEWER, OLD), seen(same_day, NEWER, OLD)).backdated


@pytest.mark.parametrize(
    "before",
    [
        seen(NEWER, OLD, complete=False),
        seen(NEWER, OLD, fetch=FetchStatus.TIMEOUT),
        seen(NEWER, OLD, page=PageState.NEEDS_SCRIPT),
        seen(NEWER, OLD, match=Match.CONTAINED),
        seen(NEWER, OLD, match=None),
        seen(NEWER, OLD, url="http://x.invalid/zwgk/other/"),
        seen(NEWER, OLD, dialect=Dialect.PLAIN),
        seen(NEWER),  # nothing so old was read: the list may have been cut where this reading ended
        seen(item(2, date(2026, 3, 25)), item(1, date(2026, 3, 21))),
        seen(NEWER, item(1, None)),
        seen(),
        seen(page=PageState.BLANK),
        seen(*(item(number, date(2026, 3, 1)) for number in range(10, 10 + KEPT - 1)), OLD),
    ],
    ids=[
        "incomplete",
        "unread",
        "script",
        "ambiguous",
        "missing",
        "other-address",
        "plain",
        "later-only",
        "not-so-far-back",
        "undated",
        "empty",
        "blank",
        "cut",
    ],
)
def test_a_reading_that_proves_nothing_accuses_nobody(before: Sighting) -> None:
    newer = replace(LATE, date=date(2026, 2, 20)) if before.items == (NEWER,) else LATE
    assert not after(before, seen(newer, *before.items)).backdated


def test_columns_that_are_no_lists_and_first_runs_accuse_nobody() -> None:
    assert not after(seen(NEWER, OLD), seen(LATE, NEWER, OLD), lists=frozenset()).backdated
    first = last(told(observed(Q1, seen(LATE, OLD)), None))
    assert {(one.first_seen, one.backdated, one.was) for one in first.values()} == {(Q1, False, None)}


def test_an_address_that_merely_changed_is_the_same_entry() -> None:
    moved = replace(LATE, url="http://x.invalid/new/art_3.html")
    found = after(seen(LATE, NEWER, OLD), seen(moved, NEWER, OLD))
    assert (found.first_seen, found.backdated) == (Q1, False)
    assert after(seen(NEWER, OLD), seen(LATE, NEWER, OLD, url="https://www.x.invalid/zwgk/tasks/index.html")).backdated


def test_an_entry_that_stood_in_another_column_is_not_late() -> None:
    assert not after(seen(NEWER, OLD), seen(LATE, NEWER, OLD), replace(seen(LATE), key="other")).backdated


def test_rows_that_share_an_address_are_told_apart() -> None:
    page = URL
    before = seen(item(1, date(2026, 1, 5), url=page), item(2, date(2026, 3, 1), url=page))
    now = seen(item(3, date(2026, 3, 20), url=page), item(2, date(2026, 3, 1), url=page), item(1, date(2026, 1, 5), url=page))
    found = last(told(observed(Q2, now), told(observed(Q1, before), None)))
    assert [one.first_seen for one in found.values()] == [Q2, Q1, Q1]
    assert found[LATE.title].backdated


def test_a_changed_date_is_kept_beside_the_new_one() -> None:
    changed = replace(LATE, date=date(2026, 3, 28))
    found = after(seen(LATE, OLD), seen(changed, OLD))
    assert (found.was, found.first_seen, found.backdated) == (LATE.date, Q1, False)
    assert after(seen(LATE, OLD), seen(LATE, OLD)).was is None


@pytest.mark.parametrize(
    "now",
    [
        replace(LATE, date=date(2025, 3, 20)),  # the year of a year-less date is inferred
        replace(LATE, date=date(2026, 3, 28), date_from=DateFrom.URL),
        replace(LATE, date=None, date_from=None),
    ],
)
def test_two_readings_of_one_date_are_no_change(now: Item) -> None:
    assert after(seen(LATE, OLD), seen(now, OLD)).was is None


def test_a_chain_of_runs_keeps_the_earliest_day_and_the_clues() -> None:
    first = told(observed(Q1, seen(NEWER, OLD)), None)
    second = told(observed(Q2, seen(LATE, replace(NEWER, date=date(2026, 3, 2)), OLD)), first)
    third = last(told(observed(Q3, *second.scopes[0].sightings), second))
    assert {title: (one.first_seen, one.backdated, one.was) for title, one in third.items()} == {
        LATE.title: (Q2, True, None),
        NEWER.title: (Q1, False, NEWER.date),
        OLD.title: (Q1, False, None),
    }


def test_the_maximum_is_that_of_the_reader() -> None:
    assert sighting._KEPT == KEPT


def test_no_rule_scores_by_a_clue() -> None:
    """One rule reads them, and its clues leave the leaf to a person (tests/index/test_rules_checks.py)."""
    rules = Path(__file__).parents[2] / "scoring" / "rules"
    clues = re.compile(r"backdated|\.was\b")
    assert [path.name for path in rules.glob("*.py") if clues.search(path.read_text("utf-8"))] == ["dates_kept.py"]


def test_the_simulated_late_entry_is_found_and_nothing_else(tmp_path: Path) -> None:
    tasks = Plan(columns=(PlannedColumn(column=load_columns()["key_tasks"], stale_after=90, pages=5),), budget=200)
    city = DemoCity.load()
    city.start(Q1)
    try:
        sites = city.register()
        for quarter, day in (("q1", Q1), ("q2", Q2), ("q3", Q3)):
            city.as_of = day
            crawl(sites, tasks, runs=tmp_path, run_id=quarter, as_of=day, only=["heting"], workers=0)
    finally:
        city.stop()
    for quarter in ("q2", "q3"):
        items = load(tmp_path / quarter / "sites" / "heting.json").scopes[0].sightings[0].items
        assert [(one.date, one.first_seen) for one in items if one.backdated] == [(date(2026, 3, 20), Q2)]
        assert not [one for one in items if one.was]
