"""Which addresses and pages belong to a scope."""

from urllib.parse import parse_qsl, urlsplit

from crawlers.columns import normal
from crawlers.register import ScopeEntry
from crawlers.status import ScopeKind
from crawlers.visit import Visit


class Bounds:
    """Which addresses and pages belong to a scope. Parameters of a scope are part of an address's identity."""

    def __init__(self, scope: ScopeEntry, hosts: frozenset[str], others: list[ScopeEntry], home_links: frozenset[str]) -> None:
        self.scope, self._hosts, self._others, self._home_links = scope, hosts, others, home_links
        self._query = dict(parse_qsl(scope.value)) if scope.kind is ScopeKind.QUERY else {}

    def on_site(self, url: str) -> bool:
        """Whether the address is the site's own."""
        return urlsplit(url).netloc.lower() in self._hosts

    def holds(self, url: str) -> bool:
        """Whether an address may belong to the scope, before it is opened."""
        if not self.on_site(url):
            return False
        kind = self.scope.kind
        if kind is ScopeKind.PREFIX:
            return url.startswith(self.scope.value)
        if kind is ScopeKind.QUERY:
            given = dict(parse_qsl(urlsplit(url).query))
            return all(given.get(name) == value for name, value in self._query.items())
        if kind is ScopeKind.SUBTREE:
            return url not in self._home_links or url == self.scope.entry
        return not any(_belongs(url, other) for other in self._others)

    def keeps(self, visit: Visit) -> bool:
        """Whether what an address led to is still the site's own: a redirect may end on another site, or outside the scope's prefix."""
        final = visit.response.final
        if not self.on_site(final):
            return False
        return self.scope.kind is not ScopeKind.PREFIX or final.partition("://")[2].startswith(self.scope.value.partition("://")[2])

    def confirms(self, visit: Visit) -> bool:
        """Whether an opened page belongs to the scope: in a column subtree, its breadcrumb names the subtree."""
        if self.scope.kind is not ScopeKind.SUBTREE or visit.page is None or visit.page.url == self.scope.entry:
            return True
        return normal(self.scope.value) in {normal(crumb) for crumb in visit.page.breadcrumb}


def _belongs(url: str, scope: ScopeEntry) -> bool:
    if scope.kind is ScopeKind.PREFIX:
        return url.startswith(scope.value)
    if scope.kind is ScopeKind.QUERY:
        given = dict(parse_qsl(urlsplit(url).query))
        return all(given.get(name) == value for name, value in parse_qsl(scope.value))
    return scope.kind is ScopeKind.SUBTREE and url == scope.entry
