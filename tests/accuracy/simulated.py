"""The simulated city: columns, newest dates and page states of every site in every quarter, and a sample of its articles."""

from datetime import date
from functools import cache
from urllib.parse import urlsplit

from crawlers.columns import Column as Entry
from crawlers.columns import load_columns, normal
from crawlers.dates import article_date
from crawlers.demo import DemoCity
from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.status import DateFrom, FetchStatus, Match, PageState
from tests.accuracy import reports
from tests.accuracy.city import Column, Seen, articles, crawled, load_city
from tests.accuracy.peer import guessed
from tests.accuracy.tally import Tally

_STATES = {"ok": PageState.CONTENT, "undated": PageState.CONTENT, "dated_inside": PageState.CONTENT, "blank": PageState.BLANK}
_STATES |= {"construction": PageState.UNDER_CONSTRUCTION, "soft_404": PageState.SOFT_404}


def tallies(*, quarters: int | None = None) -> list[Tally]:
    """Every reader on the city. `quarters`: only so many a site, taken in turn, for a quick look; None for all."""
    city = load_city()
    columns, newest, states = (Tally(name, "simulated") for name in ("columns", "newest date", "page state"))
    for seen in crawled(city, _days(city, quarters)):
        for column in seen.columns:
            _judge(seen, column, columns, newest, states)
    return [columns, newest, _articles(city, quarters), states, reports.simulated(city)]


@cache
def _dictionary() -> dict[str, Entry]:
    return load_columns()


def _days(city: DemoCity, quarters: int | None) -> dict[str, list[date]]:
    sites = [site.id for site in city.register().sites]
    ends = city.ends
    return {site: [ends[(number + turn) % len(ends)] for turn in range(quarters or len(ends))] for number, site in enumerate(sites)}


def _judge(seen: Seen, column: Column, columns: Tally, newest: Tally, states: Tally) -> None:
    scope = seen.scope(column.unit)
    sighting = scope.sighting(column.key) if scope else None
    entry = _dictionary().get(column.key)
    if sighting is None or entry is None or column.unseen:
        return
    case = f"{seen.site.content.id} {seen.day} {column.unit}/{column.key}"
    if seen.site.content.shield:
        states.note(case, FetchStatus.SHIELD, sighting.fetch)
        return
    expected = _match(column, entry)
    columns.note(case, (expected, column.path if expected else ""), (sighting.match, _path(sighting) if expected else ""))
    if expected not in (Match.EXACT, Match.ALIAS) or sighting.match is None or entry.kind not in ("list", "page"):
        return
    state = _STATES.get(column.content.state)
    by_script = seen.site.content.layout == "script" and entry.kind == "list" and column.content.kind == "list"
    if state is not None:
        states.note(case, PageState.NEEDS_SCRIPT if by_script else state, sighting.page)
    if entry.kind == column.content.kind == "list" and state is PageState.CONTENT and not by_script:
        newest.note(case, column.newest, sighting.newest)


def _match(column: Column, entry: Entry) -> Match | None:
    """How the column's name, as the site spells it, answers to the dictionary; None where there is no such column."""
    if not column.shown:
        return None
    if normal(column.content.name) == normal(entry.name):
        return Match.EXACT
    if normal(column.content.name) in {normal(alias) for alias in entry.aliases}:
        return Match.ALIAS
    return Match.CONTAINED if normal(entry.name) in normal(column.content.name) else None


def _path(sighting: Sighting) -> str:
    parts = urlsplit(sighting.url)
    return parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _articles(city: DemoCity, quarters: int | None) -> Tally:
    tally = Tally("article date", "simulated", peer=(0, 0))
    for day in city.ends[:quarters]:
        for site, path, body, kind, published in articles(city, day):
            page = Page(f"http://{city.sites[site]}{path}", body, kind)
            found = article_date(page, day)
            # A guess from the text is marked as one and counts as "not told" wherever a date is used.
            tally.note(f"{site} {day} {path}", published, found[0] if found and found[1] is not DateFrom.TEXT else None)
            tally.note_peer(guessed(page, day) == published)
    return tally
