"""Findings a second and core: every leaf of an edition judged over the observations of units that have all columns."""

import time
from datetime import UTC, date, datetime

from crawlers.columns import load_columns
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation
from crawlers.status import FetchStatus, Looked, Match, PageState, ScopeKind
from scoring.model import Check, Unit, UnitEvidence
from scoring.services import editions
from scoring.services.engine import judge

AS_OF = date(2026, 9, 30)
EDITION = "ningbo-2020"
COLUMNS = load_columns()


def evidence(n: int) -> UnitEvidence:
    """A unit whose columns are all there, each with twenty items."""
    items = tuple(Item(f"http://a.example/{n}/{day}", f"关于公布2026年第{day}批事项的通知", date(2026, 9, day)) for day in range(1, 21))
    sightings = tuple(
        Sighting(
            key=column.key,
            name=column.name,
            match=Match.EXACT,
            url=f"http://a.example/{column.key}/",
            fetch=FetchStatus.OK,
            http=200,
            page=PageState.CONTENT,
            items=items,
            newest=items[-1].date,
            complete=True,
            confirmed=True,
        )
        for column in COLUMNS.values()
    )
    view = ScopeObservation(f"u{n}", ScopeKind.SITE, "http://a.example/", "", True, Looked.COMPLETE, (), sightings)
    moment = datetime(2026, 9, 30, 1, tzinfo=UTC)
    site = SiteObservation(
        site=f"s{n}",
        run="r",
        home="http://a.example/",
        as_of=AS_OF,
        started=moment,
        finished=moment,
        status=FetchStatus.OK,
        http=200,
        page=PageState.CONTENT,
        home_newest=AS_OF,
        home_confirmed=True,
        search_box=True,
        links_checked=100,
        scopes=(view,),
    )
    return UnitEvidence(Unit(f"u{n}", f"单位{n}", "区县", duties=("行政执法", "规范性文件", "对外服务")), "r", site, view)


def main(units: int = 500) -> None:
    """Print one line."""
    one = editions.get(EDITION)
    leaves = [leaf for leaf in one.leaves() if leaf.check is not Check.MANUAL]
    given = [evidence(n) for n in range(units)]
    start = time.process_time()
    for each in given:
        for leaf in leaves:
            judge(leaf, each, AS_OF)
    seconds = time.process_time() - start
    print(f"{units:,} units × {len(leaves)} leaves with a rule: {units * len(leaves) / seconds:,.0f} findings a second and core")


if __name__ == "__main__":
    main()
