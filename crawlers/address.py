"""Which addresses may be asked: http and https, public hosts only, others where the user's site list says so.

A name is resolved here and nowhere else: `Guard.addresses` hands out the very addresses that were looked at, and connections go to those only (`crawlers/connect.py`),
so that a name that answers differently the second time (DNS rebinding) leads nowhere.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable
from functools import lru_cache
from typing import cast
from urllib.parse import SplitResult, urljoin, urlsplit

from crawlers.desk import DESK
from crawlers.status import FetchStatus

_LOCAL = re.compile(r"(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$")
_HOST = re.compile(r"[a-z0-9_.-]{1,253}|[0-9a-f:.]{2,45}")
_PLAIN = re.compile(r"https?://([A-Za-z0-9.-]+(?::[1-5]?[0-9]{1,4})?)(?:[/?#]|$)")
_PATH = re.compile(r"https?://[A-Za-z0-9.-]+(?::[1-5]?[0-9]{1,4})?(/[!-\"$->@-~]*)?(?:\?([!-\"$-~]*))?(?:#[!-~]*)?")
PORTS = {"http": 80, "https": 443}
"""The port of each scheme that may be asked, when an address names none."""
_OTHER_SERVICES = frozenset({19, 20, 21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 993, 995, 3306, 3389, 5432, 6379, 11211})
"""Ports on which other services than web servers listen: a page must not make the crawler speak to them."""
_EMBEDDING = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"), ipaddress.IPv6Network("::/96"))
_KEPT = 300.0
_KEPT_FAILURE = 30.0

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Where = tuple[str, int] | tuple[str, int, int, int]
SocketAddress = tuple[socket.AddressFamily, Where]


class Barred(OSError):
    """A host must not or cannot be connected to: `status` is DNS or ADDRESS_REFUSED."""

    def __init__(self, status: FetchStatus) -> None:
        super().__init__(status.value)
        self.status = status


def netloc_of(url: str) -> str:
    """host:port of an http or https address, in lower case; empty for anything else, however malformed."""
    if plain := _PLAIN.match(url):  # nearly all: taking an address apart takes eight times as long
        return plain[1].lower()
    return parts.netloc.lower() if (parts := split(url)) is not None else ""


def path_and_query(url: str) -> tuple[str, str]:
    """What follows the host of an address. Raises ValueError where that is malformed."""
    if plain := _PATH.fullmatch(url):
        return plain[1] or "", plain[2] or ""
    parts = urlsplit(url)
    return parts.path, parts.query


@lru_cache(32_768)
def split(url: str) -> SplitResult | None:
    """The parts of an http or https address with a host; None for anything else, however malformed."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        host = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in PORTS and host else None


def join(base: str, location: str) -> str:
    """Where a redirect leads; empty when its address is malformed."""
    try:
        return urljoin(base, location)
    except ValueError:
        return ""


@lru_cache(4096)
def endpoint(url: str) -> tuple[str, str, int] | None:
    """(scheme, host, port) of an address; the host in ASCII, a Chinese one by IDNA. None for what must not be asked, such as an address with a user name in it."""
    parts = split(url)
    if parts is None or not parts.hostname or "@" in parts.netloc or parts.port == 0:
        return None
    host = parts.hostname
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    host = host.removesuffix(".")
    return (parts.scheme, host, parts.port or PORTS[parts.scheme]) if _HOST.fullmatch(host) else None


def is_public(address: IP) -> bool:
    """Whether an address is one of the public internet. One that holds an IPv4 address (mapped, 6to4, NAT64, Teredo) is as public as what it holds."""
    if isinstance(address, ipaddress.IPv6Address):
        if (inner := address.ipv4_mapped or address.sixtofour) is not None:
            return is_public(inner)
        if address in _EMBEDDING[0]:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or address.teredo is not None or any(address in net for net in _EMBEDDING[1:]):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Guard:
    """Answers for each address whether it may be asked, and for each host where it is. `local`: host:port of this machine or a private net that may be asked; `closed`: nothing else may."""

    def __init__(self, local: frozenset[str], clock: Callable[[], float] = time.monotonic, *, closed: bool = False) -> None:
        self._closed = closed
        self._local = frozenset(pair for netloc in local for pair in _pairs(netloc))
        self._clock = clock
        self._known: dict[tuple[str, int], tuple[float, FetchStatus | tuple[SocketAddress, ...]]] = {}

    def bar(self, url: str) -> FetchStatus | None:
        """None when the address may be asked; else DNS or ADDRESS_REFUSED."""
        where = endpoint(url)
        if where is None:
            return FetchStatus.ADDRESS_REFUSED
        found = self._find(where[1], where[2])
        return found if isinstance(found, FetchStatus) else None

    def allows(self, host: str, port: int, address: str) -> bool:
        """Whether a connection that was made ended where it may."""
        return (host, port) in self._local or is_public(ipaddress.ip_address(address.partition("%")[0]))

    def addresses(self, host: str, port: int) -> tuple[SocketAddress, ...]:
        """Where a host is, each address looked at. Raises Barred."""
        found = self._find(host, port)
        if isinstance(found, FetchStatus):
            raise Barred(found)
        return found

    def _find(self, host: str, port: int) -> FetchStatus | tuple[SocketAddress, ...]:
        until, found = self._known.get((host, port), (0.0, FetchStatus.DNS))
        if self._clock() >= until:
            found = self._resolve(host, port)
            self._known[host, port] = (self._clock() + (_KEPT_FAILURE if found is FetchStatus.DNS else _KEPT), found)
        return found

    def _resolve(self, host: str, port: int) -> FetchStatus | tuple[SocketAddress, ...]:
        local = (host, port) in self._local
        if not local and (self._closed or _LOCAL.search(host) or port in _OTHER_SERVICES):
            return FetchStatus.ADDRESS_REFUSED
        try:
            with DESK.away():
                found = [(entry[0], cast("Where", entry[4])) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError:
            return FetchStatus.DNS
        except UnicodeError:
            return FetchStatus.ADDRESS_REFUSED  # a label that is empty or longer than a host name may be
        # One private address among public ones is enough to refuse: such an answer is an attempt or a mistake.
        if not found or not (local or all(is_public(ipaddress.ip_address(str(where[0]).partition("%")[0])) for _, where in found)):
            return FetchStatus.ADDRESS_REFUSED
        return tuple(dict.fromkeys(found))


def _pairs(netloc: str) -> list[tuple[str, int]]:
    """The (host, port) that an entry of the site list allows; without a port, both default ones."""
    found = [endpoint(f"{scheme}://{netloc}") for scheme in PORTS]
    return [(where[1], where[2]) for where in found if where is not None]
