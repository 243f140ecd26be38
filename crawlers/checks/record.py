"""What the checks of a whole site found: records only. None is always "not established"."""

from dataclasses import dataclass
from datetime import date

from crawlers.status import FetchStatus, LinkKind


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Links of one kind that were tried: `dead` led to nothing, `unknown` could not be established (refused, shielded, timed out, not allowed)."""

    kind: LinkKind
    tried: int
    dead: int
    unknown: int


@dataclass(frozen=True, slots=True)
class SearchCheck:
    """The site's own search, given the title of an item that the site lists. `found` None: the search could not be used by a program."""

    url: str
    words: str
    found: bool | None
    fetch: FetchStatus | None = None
    snapshot: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class IdentityIssue:
    """A statement about the site that disagrees with the register or with itself: `where` meta or footer, `name` of the field, what was expected and found."""

    where: str
    name: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Https:
    """Whether the site answers over HTTPS with a certificate that holds. `valid` None: not established. `redirects`: plain HTTP leads there."""

    valid: bool | None
    expires: date | None = None
    redirects: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ipv6:
    """`address` True: an AAAA record. `reachable` None: this machine has no IPv6, so that nobody looked."""

    address: bool | None
    reachable: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoadTime:
    """Seconds that pages took from asking to the last byte, queueing for politeness left out."""

    home: float | None
    median: float | None
    slowest: float | None
    slowest_url: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A host outside the site that pages link to: its title and sponsor as seen in this run, and what an earlier run saw when that was something else."""

    host: str
    url: str
    on: str
    title: str
    owner: str
    fetch: FetchStatus | None = None
    was_title: str = ""
    was_owner: str = ""
    changed: bool | None = None


@dataclass(frozen=True, slots=True)
class SiteChecks:
    """All checks of one site in one run."""

    links: tuple[LinkCount, ...] = ()
    search: SearchCheck | None = None
    identity: tuple[IdentityIssue, ...] = ()
    https: Https | None = None
    ipv6: Ipv6 | None = None
    accessibility: str = ""
    elderly: str = ""
    load: LoadTime | None = None
    external: tuple[ExternalLink, ...] = ()
