"""What the tests of site checks share: a site in memory that has been opened, and other sites that answer, or do not."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from crawlers.checks.dead_links import LinksSeen, check_links
from crawlers.checks.links import collect
from crawlers.checks.outside import Outside, Turns
from crawlers.checks.tries import Tries
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.observation import DeadLink, SiteObservation
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import ScopeEntry, SiteEntry
from crawlers.site import SiteCrawl
from crawlers.status import LinkKind, Phase, ScopeKind
from crawlers.visit import Visitor
from tests.crawlers.web import AS_OF, HOME, NOW, Answer, Web, column, links, page, rows

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


PLAN = Plan(columns=(PlannedColumn(column=column("news", "政务要闻"), stale_after=90),))
TITLE = "示例县召开重点项目推进会议"
MENU = links(("政务要闻", "/xw/"), ("政务公开", "/zw/"), ("办事服务", "/bs/"), ("互动交流", "/hd/"), ("走进示例", "/zj/"))
SEARCH = "<form action='/s.html'><input name='q' placeholder='请输入关键词'><button>搜索</button></form>"
LIST = rows((TITLE, "2026-03-20"), ("示例县部署春季防汛工作", "2026-03-18"), ("关于节假日值班安排的通知公告", "2026-03-10"))


def city(more: Pages | None = None, home: str = "", tags: str = "") -> dict[str, Any]:
    """A small site whose column 政务要闻 lists three articles. `home` stands on its home page, `tags` in the head of that."""
    columns = {f"{HOME}{name}/": page(name, MENU) for name in ("zw", "bs", "hd", "zj")}
    articles = {f"{HOME}a/t{day}_{number}.html": page("正文", "<p>全文</p>" * 400) for number, day in enumerate(("20260320", "20260318", "20260310"))}
    front = page("示例县人民政府", MENU + LIST + home).replace("<head>", f"<head>{tags}")
    return {HOME: front, f"{HOME}xw/": page("政务要闻", MENU + LIST), **columns, **articles, **(more or {})}


def look(
    pages: Pages,
    tmp_path: Path,
    *,
    outside: Outside | None = None,
    earlier: SiteObservation | None = None,
    budget: int = 200,
    make: type[Web] = Web,
    on: Callable[[Web], None] | None = None,
    **site: Any,
) -> SiteObservation:
    """Crawl a site of the web in memory, with the ways out it is given."""
    web = make(pages)
    plan = PLAN.model_copy(update={"budget": budget})
    with EvidenceWriter(tmp_path / "s.warc.gz") as writer:
        made = SiteCrawl(
            SiteEntry(id="s", home=HOME, **site),
            [ScopeEntry(unit="u", site="s", kind=ScopeKind.SITE)],
            plan,
            fetcher=web,  # type: ignore[arg-type]
            writer=writer,
            as_of=AS_OF,
            on_page=lambda url, good: None,
            outside=outside,
        )
        seen = made.observe("r", earlier)
    if on:
        on(web)
    return seen
