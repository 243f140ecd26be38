"""All checks of a site, after its columns were read: one call, within what is left of the site's page budget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from crawlers.address import netloc_of, split
from crawlers.checks.dead_links import check_links
from crawlers.checks.entry import entries
from crawlers.checks.external import check_external, known_addresses
from crawlers.checks.https import check_https
from crawlers.checks.identity import identity_of, issues
from crawlers.checks.ipv6 import check_ipv6
from crawlers.checks.links import collect
from crawlers.checks.load import load_times, tag_shares
from crawlers.checks.outside import Outside
from crawlers.checks.record import Https, IdentityIssue, Ipv6, SiteChecks
from crawlers.checks.search import check_search
from crawlers.checks.tries import Tries
from crawlers.desk import DESK
from crawlers.observation import DeadLink, Identity, ScopeObservation, SiteObservation
from crawlers.page import Page
from crawlers.register import SiteEntry
from crawlers.status import Phase
from crawlers.visit import Visit, Visitor


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks of a site add to its observation."""

    checks: SiteChecks
    identity: Identity = field(default_factory=Identity)
    links_checked: int = 0
    dead_links: tuple[DeadLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """The site that is checked, as the crawl left it. `hosts`: host:port of all its spellings; `platform`: pages beside the home page that may offer its search."""

    site: SiteEntry
    visitor: Visitor
    home: Visit
    hosts: frozenset[str]
    scopes: Sequence[ScopeObservation]
    platform: Sequence[Page]
    as_of: date
    links: int


def check_site(subject: Subject, outside: Outside | None, earlier: SiteObservation | None = None) -> Checked:
    """Check a site. `outside` None, and a site of this machine: nothing beyond its own host:port is asked, and what would need it is not established."""
    site, visitor, home, scopes = subject.site, subject.visitor, subject.home, subject.scopes
    if site.loopback:
        outside = None
    on_site = _on_site(site.netlocs() if site.loopback else subject.hosts)
    with DESK.away():
        secured, ipv6 = _connections(subject, outside)
    identity = identity_of(home.page) if home.page is not None else Identity()
    if not home.readable or home.page is None:
        return Checked(SiteChecks(https=secured, ipv6=ipv6, load=load_times(visitor.visits(), home, on_site)), identity)
    stated = _issues(subject, identity)
    search = check_search(
        visitor, (home.page, *subject.platform), scopes, subject.as_of, lambda url: on_site(url) or (outside is not None and split(url) is not None)
    )
    visits = visitor.visits()
    links = collect(visits, scopes, on_site)
    known = known_addresses(earlier)
    tries = Tries(visitor, on_site, outside)
    tried = check_links(visitor, links, tries, subject.links, site.home, lambda link: link.url in known)
    dead = {link.url for link in tried.dead}
    accessibility, elderly = entries(home.page, dead)
    return Checked(
        SiteChecks(
            links=tried.counts,
            search=search,
            identity=stated,
            https=secured,
            ipv6=ipv6,
            accessibility=accessibility,
            elderly=elderly,
            load=load_times(visits, home, on_site),
            external=check_external(visitor, links, tried.answers, earlier),
            tags=tag_shares(visits, scopes, on_site),
        ),
        identity,
        tried.checked,
        tried.dead,
    )


def _on_site(hosts: frozenset[str]) -> Callable[[str], bool]:
    return lambda url: netloc_of(url) in hosts


def _issues(subject: Subject, identity: Identity) -> tuple[IdentityIssue, ...]:
    """What does not agree on the home page, both times that it was looked at."""
    hosts = subject.site.netlocs() | {urlsplit(subject.home.response.final).netloc.lower()}
    found = issues(identity, subject.site, hosts)
    if not found:
        return ()
    again = subject.visitor.open(subject.site.home, Phase.SECOND)
    if not again.readable or again.page is None:
        return ()
    if again.page is subject.home.page:  # the same bytes say the same
        return found
    twice = issues(identity_of(again.page), subject.site, hosts)
    return tuple(issue for issue in found if issue in twice)


def _connections(subject: Subject, outside: Outside | None) -> tuple[Https, Ipv6]:
    response = subject.home.response
    parts = split(response.final if response.ok else subject.site.home)
    if outside is None or parts is None or parts.hostname is None:
        return check_https("", 443, None, None), check_ipv6("", 443, None)
    secured = parts.scheme == "https"
    port = (parts.port if secured else None) or 443
    https = check_https(parts.hostname, port, outside, _redirects(subject))
    return https, check_ipv6(parts.hostname, parts.port or (443 if secured else 80), outside)


def _redirects(subject: Subject) -> bool | None:
    """Whether plain HTTP leads to HTTPS: as the home page was asked for, or, where the register has its HTTPS address, asked once more without."""
    asked, response = split(subject.site.home), subject.home.response
    if asked is None or response.http is None:
        return None
    if asked.scheme == "https":
        if asked.port not in (None, 443):
            return None
        response = subject.visitor.head(f"http://{asked.hostname}/")
    if response.final.startswith("https://"):
        return True
    return False if response.ok else None
