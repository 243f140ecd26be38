"""How long pages took, and the metadata tags they carry."""

from collections.abc import Callable, Iterable
from statistics import median

from crawlers.checks.record import LoadTime, TagShare
from crawlers.link import is_article
from crawlers.observation import ScopeObservation
from crawlers.status import Match
from crawlers.visit import Visit

COLUMN_TAGS = ("ColumnName", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")


def load_times(visits: Iterable[Visit], home: Visit, on_site: Callable[[str], bool]) -> LoadTime | None:
    """Of pages that came, each request once; None when nothing was measured. Whether it is fast enough is not said here."""
    times = {visit.seq: (visit.response.seconds, visit.response.url) for visit in visits if _is_page(visit, on_site) and visit.response.seconds > 0}
    if not times:
        return None
    slowest, url = max(times.values(), key=lambda pair: pair[0])
    seconds = home.via.response.seconds if home.via is not None else home.response.seconds
    return LoadTime(round(seconds, 3) if seconds > 0 else None, round(median(value for value, _ in times.values()), 3), round(slowest, 3), url, len(times))


def tag_shares(visits: Iterable[Visit], scopes: Iterable[ScopeObservation], on_site: Callable[[str], bool]) -> tuple[TagShare, ...]:
    """How many of the column and article pages that were read carry each tag; a page counts once, and a kind of which none was read is left out."""
    columns = {seen.url for scope in scopes for seen in scope.sightings if seen.url and seen.match in (Match.EXACT, Match.ALIAS)}
    pages = {visit.response.final: visit for visit in visits if visit.readable and _is_page(visit, on_site)}
    kinds = {
        "column": (COLUMN_TAGS, [visit for visit in pages.values() if visit.response.url in columns and not is_article(visit.response.final)]),
        "article": (ARTICLE_TAGS, [visit for visit in pages.values() if is_article(visit.response.final)]),
    }
    return tuple(
        TagShare(kind, name, sum(_carries(visit, name) for visit in ours), len(ours)) for kind, (names, ours) in kinds.items() if ours for name in names
    )


def _carries(visit: Visit, name: str) -> bool:
    return visit.page is not None and bool(visit.page.meta_of(name))


def _is_page(visit: Visit, on_site: Callable[[str], bool]) -> bool:
    kind = visit.response.content_type.lower()
    return visit.page is not None and visit.response.ok and (not kind or "html" in kind) and on_site(visit.response.final)
