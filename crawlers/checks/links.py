"""The links that the pages of a site carry, and which of them are asked: newest articles first, the rest from all pages in turn."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from urllib.parse import parse_qsl, urlsplit

from crawlers.address import netloc_of, path_and_query
from crawlers.link import Link, names_file
from crawlers.observation import ScopeObservation
from crawlers.status import Dialect, LinkKind
from crawlers.visit import Visit

HOST_LIMIT = 3
"""One other site's host is asked at most for this many addresses."""
_PER_PAGE = 2_000
_DOWNLOAD = re.compile(r"/(?:download|downfile|attachment|attach|fileDownload)[^/]*(?:/|$|\.)", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z)$", re.IGNORECASE)
_PAGES = (".html", ".htm", ".shtml", "/")
_ACTION = re.compile(r"logout|signout|loginout|/delete|/print[./?]")
_ROUTE = re.compile(r"#!?/.*")
"""What a script of the page makes of an address; the server is never told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link as pages show it: the first page it stands on, what it reads there, how many pages carry it, and the day of the article it leads to.

    `read`: the page itself is wanted, not only that it is there.
    """

    url: str
    kind: LinkKind
    on: str
    text: str
    pages: int = 1
    day: date | None = None
    read: bool = False

    @property
    def host(self) -> str:
        """Host, with the port when one is written."""
        return urlsplit(self.url).netloc.lower()


def collect(visits: Iterable[Visit], scopes: Iterable[ScopeObservation], on_site: Callable[[str], bool]) -> dict[str, Found]:
    """Every link of the pages read and every item of the lists read, by address, in the order met; a link that stands five times on a page is one.

    Addresses that a reader put together out of scripts are left out: that they lead nowhere may be the reader's mistake.
    """
    met: dict[str, tuple[str, str]] = {}
    carried: Counter[str] = Counter()
    read: set[str] = set()
    for visit in visits:
        if visit.page is None or not visit.readable or visit.page.url in read or not on_site(visit.page.url) or not _is_html(visit):
            continue
        read.add(visit.page.url)
        here = dict.fromkeys(link.url for link in visit.page.links[:_PER_PAGE] if not link.written)
        if any("#" in url for url in here):
            here = dict.fromkeys(_ROUTE.sub("", url) for url in here)
        here.pop(visit.page.url, None)
        carried.update(here.keys())
        unnamed = {url for url in here if not (known := met.get(url)) or not known[1]}  # most links of a page are in every menu
        if unnamed:
            texts = _texts(visit.page.links[:_PER_PAGE], unnamed)
            for url in here:
                if url in unnamed:
                    met[url] = met[url][0] if url in met else visit.page.url, texts[url]
    items = [(sighting, item) for scope in scopes for sighting in scope.sightings for item in sighting.items]
    days = {item.url: item.date for _, item in items}
    found = {url: Found(url, kind_of(url, on_site), on, text, carried[url], days.get(url)) for url, (on, text) in met.items() if _is_askable(url)}
    for sighting, item in items:
        if item.url not in found and sighting.dialect is not Dialect.JSARRAY and _is_askable(item.url):
            found[item.url] = Found(item.url, kind_of(item.url, on_site), sighting.url, item.title, day=days[item.url])
    return found


def _texts(links: Iterable[Link], wanted: Set[str]) -> dict[str, str]:
    """What the links to some addresses read, of several to one the first that reads anything."""
    found = dict.fromkeys(wanted, "")
    for link in links:
        url = link.url if "#" not in link.url else _ROUTE.sub("", link.url)
        if url in found and not link.written and not found[url]:
            found[url] = link.text
    return found


def _is_askable(url: str) -> bool:
    return bool(netloc_of(url)) and not _ACTION.search(url.lower())  # a fifth of the time that looking in both cases takes


def _is_html(visit: Visit) -> bool:
    kind = visit.response.content_type.lower()
    return not kind or "html" in kind


def kind_of(url: str, on_site: Callable[[str], bool]) -> LinkKind:
    """An address that names a file is an attachment, wherever it lies."""
    path, query = path_and_query(url)
    plain = not query and path.endswith(_PAGES) and "down" not in (lowered := path.lower()) and "attach" not in lowered  # as nearly all are
    if not plain and (names_file(path) or _DOWNLOAD.search(path) or (query and any(_FILE_NAME.search(value) for _, value in parse_qsl(query)))):
        return LinkKind.ATTACHMENT
    return LinkKind.INTERNAL if on_site(url) else LinkKind.EXTERNAL


def select(links: Iterable[Found], kind: LinkKind, limit: int) -> list[Found]:
    """At most `limit` links of a kind, in the order to ask them. The same links always give the same choice."""
    ours = [link for link in links if link.kind is kind]
    if kind is LinkKind.EXTERNAL:
        first = {link.host: link.url for link in reversed(ours)}
        return [replace(link, read=first[link.host] == link.url) for link in _in_turn(ours, lambda link: link.host, HOST_LIMIT)][:limit]
    in_turn = list(_in_turn(ours, lambda link: link.on, None))
    if kind is LinkKind.ATTACHMENT:
        return in_turn[:limit]
    newest = sorted((link for link in ours if link.day), key=lambda link: link.day or date.min, reverse=True)[: limit // 2]
    chosen = {link.url: link for link in newest}
    for link in in_turn:
        if len(chosen) >= limit:
            break
        chosen.setdefault(link.url, link)
    return list(chosen.values())


def _in_turn(links: Iterable[Found], key: Callable[[Found], str], most: int | None) -> Iterator[Found]:
    """The first of each group, then the second of each, and so on."""
    groups: defaultdict[str, list[Found]] = defaultdict(list)
    for link in links:
        groups[key(link)].append(link)
    for turn in zip_longest(*(group[:most] for group in groups.values())):
        yield from (link for link in turn if link is not None)
