"""Publication dates that a page states to machines: metadata, JSON-LD, `<time>`, script variables; each held against the page's generation and its text."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawlers.dates.generated import stamps
from crawlers.dates.spelling import epoch_day, find_dates, normal_text, stated_at
from crawlers.page import Page

_FIRST = frozenset({"firstpublishedtime", "article:published_time", "og:published_time", "datepublished", "bytedance:published_time", "parsely-pub-date"})
_PUBLISHED = re.compile(r"pub(?:lish(?:ed|ing)?)?[-_:. ]?(?:date|time|at)|releas(?:e|ed)[-_:. ]?(?:date|time)|date[-_:. ]?(?:published|issued|pub|released)")
_CREATED = re.compile(
    r"^(?:dc(?:terms)?\.)?(?:date|created|date[-_.]?created|date\.available)$|^creat(?:e|ed|ion)[-_:. ]?(?:date|time|at)$|^og:time$|article:create"
)
_LATER = re.compile(r"modif|update|expire|effective|make|generat|lastmod")
_JSON_LD = re.compile(r"\"(?:datePublished|pubDate)\"\s{0,5}:\s{0,5}\"([^\"<>]{8,40})\"")
_VARIABLE = re.compile(
    r"\b(?:ct|pub_?date|pub_?time|publish_?date|publish_?time|create_?time|release_?time)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d{10,13}\b|(?:19|20)\d{2}[-/年][^\"',;<>]{4,24})",
    re.IGNORECASE | re.ASCII,
)
_REBUILT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Stated:
    """A day and the text that stated it."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """`sure`: days that nothing on the page speaks against. `doubtful`: days that may be those of a rebuilding. `made`: days of generation."""

    sure: tuple[date, ...]
    doubtful: tuple[date, ...]
    made: frozenset[date]


def metadata(page: Page, as_of: date, visible: frozenset[date], address: date | None) -> Metadata:
    """`visible`: the dates a reader sees on the page; `address`: the day its address states.

    A stated moment that is the moment of generation is that of generation. The day of generation alone, or a day more than a month after the address's, needs
    another witness: the text or the address. Of several values the one with a witness counts, else the earliest.
    """
    written = stamps(page)
    made = frozenset(day for stamp in written for day in find_dates(stamp, as_of))
    moments = {_moment(stamp) for stamp in written}
    witnesses = visible | ({address} if address else frozenset())
    sure: list[date] = []
    doubtful: list[date] = []
    for group in _groups(page, as_of):
        days = [one.day for one in group if not (_moment(one.text) in moments and len(_moment(one.text)) > 8)]
        seen = [day for day in days if day in witnesses]
        unseen = [one.day for one in group if one.day in days and not _doubted(one, made, address)]
        sure += seen[:1] or sorted(unseen)[:1]
        doubtful += sorted(days)[:1]
    return Metadata(tuple(sure), tuple(doubtful), made)


def _doubted(one: Stated, made: frozenset[date], address: date | None) -> bool:
    dated_only = len(_moment(one.text)) <= 8
    return (one.day in made and dated_only) or (address is not None and one.day - address > _REBUILT)


def _moment(text: str) -> str:
    """The digits of a date and time, zero-padded, so that spellings of one moment are equal: YYYYMMDD, or with hour and minute and, when stated, second."""
    return "".join(number.zfill(2) for number in re.findall(r"\d+", text[:19], re.ASCII))


def _groups(page: Page, as_of: date) -> list[list[Stated]]:
    """Stated days by kind, the surest kind first."""
    named: dict[int, list[Stated]] = {}
    for attributes in page.metas:
        name = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").strip().lower()
        rank = 0 if name in _FIRST else 9 if _LATER.search(name) else 1 if _PUBLISHED.search(name) else 2 if _CREATED.search(name) else 9
        if rank < 9 and (one := _stated(attributes.get("content") or "", as_of)):
            named.setdefault(rank, []).append(one)
    for node in page.tree.css("time[pubdate], time[itemprop=datePublished], [itemprop=datePublished]:not(meta)"):
        if one := _stated(node.attributes.get("datetime") or node.text(), as_of):
            named.setdefault(0, []).append(one)
    lone = page.tree.css("article time[datetime], time[datetime]")
    if len({node.mem_id for node in lone}) == 1 and (one := _stated(lone[0].attributes.get("datetime") or "", as_of)):
        named.setdefault(1, []).append(one)
    linked = [one for match in _JSON_LD.finditer(page.source) if (one := _stated(match[1], as_of))]
    if linked:
        named.setdefault(0, []).append(linked[0])
    return [named[rank] for rank in sorted(named)]


def _stated(content: str, as_of: date) -> Stated | None:
    text = normal_text(content.strip())
    found = find_dates(text, as_of)
    day = found[0] if found else epoch_day(text, as_of) or stated_at(text, 0, as_of)
    return Stated(day, text) if day else None


def script_date(page: Page, as_of: date) -> date | None:
    """The one day of publication that variables of the page's scripts state; None when they state several (a list of articles) or none."""
    days = set()
    for match in _VARIABLE.finditer(page.source):
        if one := epoch_day(match[1], as_of) or next(iter(find_dates(match[1], as_of)), None):
            days.add(one)
    return days.pop() if len(days) == 1 else None
