"""What the tests of site checks share: a site in memory that has been opened, and other sites that answer, or do not."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from crawlers.checks.dead_links import LinksSeen, check_links
from crawlers.checks.links import collect
from crawlers.checks.outside import Outside, Turns
from crawlers.checks.tries import Tries
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.observation import DeadLink
from crawlers.status import LinkKind, Phase
from crawlers.visit import Visitor
from tests.crawlers.web import AS_OF, HOME, NOW, Answer, Web, page

HOST = "www.example.invalid"
Pages = Mapping[str, Answer | list[Answer]]


def anchors(*addresses: str) -> str:
    """Links, each reading its own address."""
    return "".join(f'<p><a href="{address}">链接 {address}</a></p>' for address in addresses)


def away(pages: Pages, gone: frozenset[str] = frozenset()) -> tuple[Outside, Web]:
    """Other sites: their pages, and hosts that have no address."""
    web = Web(pages)

    def resolve(host: str, port: int, family: int) -> list[str]:
        if host in gone:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return ["8.8.8.8"]

    return Outside(Policy(), lambda: NOW, resolve=resolve, turns=Turns(wait=lambda seconds: None), fetchers=lambda policy, now: cast("Fetcher", web)), web


@dataclass
class Site:
    """A crawled site: its home page and the pages named `read` have been opened."""

    web: Web
    visitor: Visitor

    def links(self, outside: Outside | None = None, limit: int = 60) -> LinksSeen:
        """Its links, tried."""
        own = self.on_site
        return check_links(self.visitor, collect(self.visitor.visits(), (), own), Tries(self.visitor, own, outside), limit, HOME)

    @staticmethod
    def on_site(url: str) -> bool:
        """Whether an address is the site's."""
        return urlsplit(url).netloc == HOST


def site(tmp_path: Path, home: str, pages: Pages | None = None, *, read: tuple[str, ...] = (), budget: int = 200, make: type[Web] = Web) -> Site:
    """A site whose home page holds `home`; the addresses `read` have been opened as a crawl would."""
    web = make({HOME: page("首页", home), **(pages or {})})
    visitor = Visitor(cast("Fetcher", web), EvidenceWriter(tmp_path / "site.warc.gz"), AS_OF, budget, lambda url, good: None)
    visitor.home = HOME
    for url in (HOME, *read):
        visitor.open(url, Phase.FIRST)
    return Site(web, visitor)


def dead(seen: LinksSeen) -> dict[str, DeadLink]:
    """The dead links by address."""
    return {link.url: link for link in seen.dead}


def tally(seen: LinksSeen, kind: LinkKind) -> tuple[int, int, int]:
    """Tried, dead, unknown."""
    count = next(count for count in seen.counts if count.kind is kind)
    return count.tried, count.dead, count.unknown
