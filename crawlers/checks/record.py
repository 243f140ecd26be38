"""What the checks of a whole site found: records only. None is always "not established"."""

from dataclasses import dataclass
from datetime import date

from crawlers.status import FetchStatus, LinkKind


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Links of one kind, each address once: `seen` on the pages read, and how many of them were `tried`.

    `dead` led to nothing both times; of `unknown` that could not be established (forbidden, shielded, timed out, not allowed to be asked).
    """

    kind: LinkKind
    tried: int
    dead: int
    unknown: int
    seen: int = 0


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
    """Whether the site answers over HTTPS with a certificate that holds (chain, name, day). `valid` None: not established. `expires` is its last day.

    `redirects`: plain HTTP leads there.
    """

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
    """Seconds that pages took from asking to the last byte, queueing for politeness left out; `pages` is how many were measured."""

    home: float | None
    median: float | None
    slowest: float | None
    slowest_url: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A host outside the site that pages link to: its title and owner (ICP number or sponsor) as seen in this run, and what an earlier run saw (`was_…`).

    `changed` True: title and owner both differ from before, or the domain is parked now; None: not to be compared.
    """

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
class Entry:
    """A way into an accessible (无障碍) or elderly (适老) version. `leads` True: an address, a call, a known tool; False: a link that leads nowhere (`#`).

    None: what it does is not to be seen without running the page's scripts.
    """

    text: str
    url: str
    leads: bool | None


@dataclass(frozen=True, slots=True)
class TagShare:
    """How many of the pages of a kind (`column`, `article`) carry a metadata tag."""

    page: str
    name: str
    carried: int
    pages: int


@dataclass(frozen=True, slots=True)
class SiteChecks:
    """All checks of one site in one run. `accessibility`, `elderly` None: no such entry on the home page."""

    links: tuple[LinkCount, ...] = ()
    search: SearchCheck | None = None
    identity: tuple[IdentityIssue, ...] = ()
    https: Https | None = None
    ipv6: Ipv6 | None = None
    accessibility: Entry | None = None
    elderly: Entry | None = None
    load: LoadTime | None = None
    external: tuple[ExternalLink, ...] = ()
    tags: tuple[TagShare, ...] = ()
