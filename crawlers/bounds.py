"""Which addresses and pages belong to a scope."""

from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

from crawlers.columns import normal
from crawlers.part import whole
from crawlers.register import ScopeEntry
from crawlers.status import ScopeKind
from crawlers.visit import Visit


class Bounds:
    """Which addresses and pages belong to a scope. Parameters of a scope are part of an address's identity."""

    def __init__(self, scope: ScopeEntry, hosts: frozenset[str], others: list[ScopeEntry], home_links: frozenset[str]) -> None:
        self.scope, self._hosts, self._others = scope, hosts, others
        self._linked_home = home_links
        self._prefix = plain(scope.value) if scope.kind is ScopeKind.PREFIX else ""
        self._query = dict(parse_qsl(scope.value)) if scope.kind is ScopeKind.QUERY else {}
        self._all = scope.kind in (ScopeKind.SITE, ScopeKind.FIELD) and not others  # the whole site is the scope's
        self._known: dict[str, bool] = {}  # by what stands before an address's path

    @cached_property
    def _home_links(self) -> frozenset[str]:
        return frozenset(plain(url) for url in self._linked_home)

    def on_site(self, url: str) -> bool:
        """Whether the address is the site's own."""
        at = url.find("/", len("https://"))
        if (known := self._known.get(origin := url[:at] if at > 0 else url)) is None:
            known = self._known[origin] = urlsplit(url).netloc.lower() in self._hosts
        return known

    def holds(self, url: str) -> bool:
        """Whether an address may belong to the scope, before it is opened."""
        if not (own := self.on_site(url)) or self._all:
            return own
        url = whole(url)
        kind = self.scope.kind
        if kind is ScopeKind.PREFIX:
            return plain(url).startswith(self._prefix)
        if kind is ScopeKind.QUERY:
            given = dict(parse_qsl(urlsplit(url).query))
            return all(given.get(name) == value for name, value in self._query.items())
        if kind is ScopeKind.SUBTREE:
            return url == self.scope.entry or plain(url) not in self._home_links
        return not any(_belongs(url, other) for other in self._others)

    def borders(self, url: str) -> bool:
        """Whether an address of the site lies outside the scope without being plainly the site's own or another unit's: where a scope's page links to it by a planned name, it may be the unit's."""
        return self.scope.kind in (ScopeKind.PREFIX, ScopeKind.QUERY) and self.on_site(url) and not self.holds(url) and plain(url) not in self._home_links

    def keeps(self, visit: Visit) -> bool:
        """Whether what an address led to is still the site's own: a redirect may end on another site, or outside the scope's prefix."""
        final = visit.response.final
        return self.on_site(final) and (self.scope.kind is not ScopeKind.PREFIX or self.holds(final))

    def confirms(self, visit: Visit) -> bool:
        """Whether an opened page belongs to the scope: in a column subtree, its breadcrumb names the subtree."""
        if self.scope.kind is not ScopeKind.SUBTREE or visit.page is None or visit.page.url == self.scope.entry:
            return True
        return normal(self.scope.value) in {normal(crumb) for crumb in visit.page.breadcrumb}

    def cedes(self, visit: Visit) -> bool:
        """Whether an opened page is another unit's: its breadcrumb names that unit's column subtree."""
        names = {normal(other.value) for other in self._others if other.kind is ScopeKind.SUBTREE}
        return bool(names) and visit.page is not None and not names.isdisjoint(normal(crumb) for crumb in visit.page.breadcrumb)

    def admits(self, visit: Visit) -> bool:
        """Whether an opened page may belong to the scope: a page without a breadcrumb does not say, and one may spell out what the scope's name abbreviates."""
        if self.confirms(visit) or visit.page is None or not visit.page.breadcrumb:
            return True
        name = normal(self.scope.value)
        return any(_abbreviates(*sorted((name, normal(crumb)), key=len)) for crumb in visit.page.breadcrumb)


def plain(url: str) -> str:
    """An address without what its twins differ in: the scheme, `www.`, a default port, the case of its host."""
    scheme, _, rest = url.partition("://")
    if not rest or scheme.lower() not in ("http", "https"):
        return url
    cut = min((at for at in (rest.find(mark) for mark in "/?#") if at >= 0), default=len(rest))
    host = rest[:cut].lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return host + (rest[cut:] or "/")


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is another one with characters left out: 示例住建局 of 示例区住房和城乡建设局."""
    letters = iter(long)
    return len(short) >= 3 and all(letter in letters for letter in short)


def _belongs(url: str, scope: ScopeEntry) -> bool:
    if scope.kind is ScopeKind.PREFIX:
        return plain(url).startswith(plain(scope.value))
    if scope.kind is ScopeKind.QUERY:
        given = dict(parse_qsl(urlsplit(url).query))
        return all(given.get(name) == value for name, value in parse_qsl(scope.value))
    return scope.kind is ScopeKind.SUBTREE and plain(url) == plain(scope.entry)
