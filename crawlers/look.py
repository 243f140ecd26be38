"""Looking round a site as one scope sees it: navigation to the plan's depth, the names met on the way, and what could not be read."""

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crawlers.bounds import Bounds
from crawlers.columns import Names, normal, shortest
from crawlers.link import Link, is_article, is_file
from crawlers.loading import loads_menu
from crawlers.menu import Menus
from crawlers.observation import Gap, Step
from crawlers.sections import PLATFORM, above, kin, section
from crawlers.status import FetchStatus, Looked, Match, PageState, Phase, ScopeKind
from crawlers.visit import Visit, Visitor

_PAGER = re.compile(r"^(\d+|上一?页|下一?页|尾页|末页|第一页|最后一页|前一页|后一页|>+|<+|…)$")
_PAGED = re.compile(r"[_/]index_\d+\.|[?&](page|pageNum|currentPage)=\d+", re.IGNORECASE)
_TITLE = re.compile(r"关于|通知|公告|通报|说明|解读|印发|召开|意见$|报告$")
_LOGIN = re.compile(r"登录|登陆|注册|login", re.IGNORECASE)
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_PARTS = re.compile(r"[_|｜—\-]+")
_THIN = 5
"""A home page with fewer links into its own site is no home page that could show a column: a challenge, a notice, an error told with 200."""
_SHORT = 10
"""A link text this short is a menu's, not an article's, whatever its address looks like."""
_SITE_MAP = ("网站地图", "站点地图", "网站导航", "站点导航")
_MENU = 3
_DEEPER = 3
_FURTHER = 60
"""Pages below the last depth that are opened where sections, or pages that hold nothing but links, lead further down."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that answers to a column's name. `written`: its address or name was put together from a script, a handler or a heading."""

    key: str
    match: Match
    text: str
    url: str
    on: str
    written: bool = False


@dataclass
class Look:
    """What looking round found. `menus`: the pages whose menus name columns; `doubtful`: pages that were dead or empty. A second look re-reads both.

    `selves`: pages that call themselves by a column's name, whatever the links to them say. `searches`: what the site's own search was asked for a column.
    `whys`: what on a column's page says that it holds nothing, by address. `words`: what stands in menu files without having been understood as a link.
    `below`: pages whose breadcrumb names a column above them.
    `away`: sections that other sites hold, which were not read. `bordering`: links by a planned name to addresses outside the scope that may be the unit's all the same.
    """

    entry: Visit
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    contained: dict[str, list[Candidate]] = field(default_factory=dict)
    selves: dict[str, list[Candidate]] = field(default_factory=dict)
    searches: dict[str, list[Step]] = field(default_factory=dict)
    whys: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    below: dict[str, list[str]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    bordering: dict[str, list[Candidate]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    path: list[Step] = field(default_factory=list)
    menus: list[str] = field(default_factory=list)
    read: list[Visit] = field(default_factory=list)
    linked: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    matched: bool = False

    def menu(self, url: str) -> frozenset[str]:
        """Addresses that pages other than `url` link to as navigation."""
        own = any(url == visit.response.final for visit in self.read)
        return frozenset(address for address, pages in self.linked.items() if pages > int(own))

    def hides(self, key: str) -> bool:
        """Whether a column may stand in a section that was not read."""
        return not self.away.isdisjoint(above(key))

    @property
    def looked(self) -> Looked:
        """Complete when everything that could have shown a column was read."""
        return Looked.INCOMPLETE if self.gaps or not self.matched else Looked.COMPLETE


def look_round(visitor: Visitor, bounds: Bounds, names: Names, depth: int, phase: Phase = Phase.FIRST) -> Look:
    """Read the entry, its site map and navigation to `depth`. Every page on the way that was not read is a gap, and so is a menu file."""
    entry = bounds.scope.entry
    look, menus = Look(visitor.open(entry, phase)), Menus(visitor, bounds.on_site, phase)
    queue: deque[tuple[str, str, int]] = deque([(entry, "入口", 0)])
    queued, further = {entry}, _FURTHER
    while queue:
        url, text, level = queue.popleft()
        visit = visitor.open(url, phase)
        if level < 2:
            look.path.append(Step("打开", text, url, visit.result))
        for frame in frames_of(visit):
            if frame not in queued and bounds.holds(frame):
                queued.add(frame)
                queue.append((frame, "框架", level))  # what a frame shows belongs to the page it stands on
        if not _read(visit, look, url, text) or not bounds.admits(visit):
            continue
        look.read.append(visit)
        assert visit.page is not None
        visit.page.loose.gather(names.spellings)  # asked for by every column that no link names, when the page has been put aside
        leads = level == 0 or normal(text) in _SITE_MAP or bool(section(text) or section(visit.page.own_name))
        links = menus.links(visit, wide=leads)
        leading = navigation(visit, links)
        look.linked.update({link.url for link in leading})
        onward = [link for link in leading if bounds.holds(link.url)]
        _doubt(visit, links, bounds, look, url, level, len(onward))
        look.matched = look.matched or (level > 0 and bounds.confirms(visit)) or bounds.scope.kind in (ScopeKind.SITE, ScopeKind.FIELD)
        _note_away(visit, links, bounds, look)
        if (leads or level < 2) and loads_menu(visit.page, sure=leads) and visit.asked is None:
            look.gaps.append(Gap(url, visit.response.status, PageState.NEEDS_SCRIPT))
        found = note_names(visit, links, bounds, names, look)
        if found >= _MENU and len(look.menus) < 10:
            look.menus.append(url)
        if level:
            note_self(visit, bounds, names, look)
        if level >= depth:
            further_down = level < depth + _DEEPER and (leads or (not visit.listing.items and names.match(text) is None))
            onward = _below(visit, onward, queued) if further_down else []
            if len(onward) > further:
                look.gaps += [Gap(url, FetchStatus.CANCELLED, None, over_budget=True)] if leads else []
                onward = []
            further -= len(onward)
        for link in onward:
            if link.url not in queued:
                is_map = any(normal(name) in _SITE_MAP for name in link.names)
                queued.add(link.url)
                queue.append((link.url, link.text, 1 if is_map else level + 1))
    look.gaps += menus.gaps()
    look.words |= menus.words
    return look


def _below(visit: Visit, onward: Sequence[Link], queued: set[str]) -> list[Link]:
    """What a page at the last depth still leads to: links named like columns, and pictures without a name, that no other page led to."""
    new = [link for link in onward if link.url not in queued and not is_article(link.url) and (not link.names or 2 <= len(normal(link.text)) <= _SHORT)]
    return new if visit.readable and len(new) <= _FURTHER else []


def _note_away(visit: Visit, links: Sequence[Link], bounds: Bounds, look: Look) -> None:
    """Write down sections that a page places on another site: what is below them was not read. The platform may hold every column; one elsewhere is a gap."""
    there = [(link, keys) for link in links if not bounds.on_site(link.url) and (keys := _sections(link.names))]
    own = {key for link in links if bounds.on_site(link.url) for key in _sections(link.names)} if there else set()
    for link, keys in there:
        for key in keys:
            if key in own and not kin(link.url, visit.response.final):
                continue  # a superior's section beside the site's own
            look.away.add(key)
            if key == PLATFORM and all(gap.url != link.url for gap in look.gaps):
                look.gaps.append(Gap(link.url, FetchStatus.ADDRESS_REFUSED, None))


@lru_cache(16_384)
def _sections(names: tuple[str, ...]) -> frozenset[str]:
    """Keys of the sections that a link's names name."""
    return frozenset(key for name in names if (key := section(name)))


def frames_of(visit: Visit) -> tuple[str, ...]:
    """Frames of a page, and the other frames of the frame page that led to it (its menu, often)."""
    found = [page.frames for one in (visit, visit.via) if one is not None and (page := one.page) is not None]
    return tuple(dict.fromkeys(url for urls in found for url in urls if url != visit.response.final))


def _read(visit: Visit, look: Look, url: str, text: str) -> bool:
    """Whether the page was read; a page that was not is a gap, except one that the server says does not exist, a file, or what a link calls a login."""
    if visit.dead:
        look.doubtful.append(url)
        return False
    if visit.page is None and visit.response.ok and is_file(visit.response.final):
        return False
    if visit.state is PageState.LOGIN and _LOGIN.search(f"{text} {url}"):
        return False
    if visit.readable and visit.page is not None:
        if visit.listing.unread or (not visit.listing.items and not visit.listing.empty and visit.page.loads_by_script):
            look.gaps.append(Gap(url, visit.response.status, PageState.NEEDS_SCRIPT))
        return True
    look.gaps.append(Gap(url, visit.response.status, visit.state, visit.over_budget))
    return False


def is_thin(links: Sequence[Link], bounds: Bounds) -> bool:
    """Whether a home page leads to too little of its own site to be believed."""
    own = {link.url for link in links if bounds.on_site(link.url)}
    return bounds.scope.kind in (ScopeKind.SITE, ScopeKind.FIELD) and len(own) < _THIN


def _doubt(visit: Visit, links: Sequence[Link], bounds: Bounds, look: Look, url: str, level: int, onward: int) -> None:
    if level == 0 and is_thin(links, bounds):
        look.gaps.append(Gap(url, visit.response.status, visit.state))
    elif level and not visit.listing.items and onward < _MENU:
        look.doubtful.append(url)


def navigation(visit: Visit, links: Sequence[Link]) -> list[Link]:
    """Links of a page that may lead to columns: not files, not articles (unless named as shortly as a menu), not the list's own items or further pages."""
    items = {item.url for item in visit.listing.items if item.date}
    return [
        link
        for link in links
        if link.url not in items and _leads(link.names, link.url) and (not link.written or not link.names or any(map(_WORD.search, link.names)))
    ]


@lru_cache(32_768)
def _leads(names: tuple[str, ...], url: str) -> bool:  # the menus of a site are the same on every page of it
    characters = shortest(names)
    if characters > 24 or is_file(url) or _PAGED.search(url) or (names and _PAGER.match(names[0])):
        return False
    return characters <= _SHORT or not is_article(url)


def note_names(visit: Visit, links: Sequence[Link], bounds: Bounds, names: Names, look: Look) -> int:
    """Write down the links of a page that answer to planned names; how many columns they name."""
    assert visit.page is not None
    items = {item.url for item in visit.listing.items if item.date}
    named = set()
    for link in links:
        if (found := names.of_link(link.names)) is not None:
            key, match, text = found
            address = f"{link.url}#{part}" if (part := visit.page.fragments.get((link.names, link.url))) else link.url
            if bounds.holds(link.url) or not bounds.on_site(link.url):
                _add(look.candidates, Candidate(key, match, text, address, visit.page.url, link.written))
                named.add(key)
            elif bounds.borders(link.url):
                _add(look.bordering, Candidate(key, match, text, link.url, visit.page.url, link.written))
        elif link.url not in items and (held := names.held_by(link.names)) and bounds.holds(link.url):
            odd = is_article(link.url) or is_file(link.url)
            for text, keys in held:
                for key in keys if not odd or not _TITLE.search(text) else ():
                    _add(look.contained, Candidate(key, Match.CONTAINED, text, link.url, visit.page.url, link.written))
    return len(named)


def note_self(visit: Visit, bounds: Bounds, names: Names, look: Look) -> None:
    """Write down a page that calls itself by a planned name in its metadata, breadcrumb or title: a column whose links were pictures, icons or other words."""
    page = visit.page
    if page is None or is_article(page.url) or page.meta_of("ArticleTitle") or not bounds.holds(page.url):
        return
    for crumb in page.breadcrumb[:-1]:
        if (found := names.match(crumb)) and page.url not in look.below.setdefault(found[0], []):
            look.below[found[0]].append(page.url)
    if page.own_name and (found := names.match(page.own_name)):
        _add(look.selves, Candidate(*found, page.own_name, page.url, look.entry.response.final))
    elif not page.is_root:
        for part in _PARTS.split(page.title[:120]):
            if found := names.match(part):  # a title says less than a breadcrumb: the column may be this page
                _add(look.contained, Candidate(found[0], Match.CONTAINED, part, page.url, look.entry.response.final, written=True))


def _add(where: dict[str, list[Candidate]], candidate: Candidate) -> None:
    known = where.setdefault(candidate.key, [])
    for number, other in enumerate(known):
        if other.url == candidate.url and other.match == candidate.match:
            if other.written and not candidate.written:
                known[number] = candidate  # a link that stands on a page is surer than one that a script writes
            return
    known.append(candidate)
