"""Which addresses may be asked: http and https, public hosts only, others where the user's site list says so. Checked before every request and every redirect."""

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urljoin, urlsplit

from crawlers.status import FetchStatus

_LOCAL = re.compile(r"localhost$|\.local$|\.internal$", re.IGNORECASE)


def split(url: str) -> SplitResult | None:
    """The parts of an http or https address with a host; None for anything else, however malformed."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        host = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and host else None


def join(base: str, location: str) -> str:
    """Where a redirect leads; empty when its address is malformed."""
    try:
        return urljoin(base, location)
    except ValueError:
        return ""


class Guard:
    """Answers for each address whether it may be asked; a host is resolved once. `local`: host:port of this machine or a private net that may be asked."""

    def __init__(self, local: frozenset[str]) -> None:
        self._local = local
        self._known: dict[tuple[str, int], FetchStatus | None] = {}

    def bar(self, url: str) -> FetchStatus | None:
        """None when the address may be asked; else DNS or ADDRESS_REFUSED."""
        parts = split(url)
        if parts is None or parts.hostname is None:
            return FetchStatus.ADDRESS_REFUSED
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.netloc.lower() in self._local or f"{parts.hostname}:{port}" in self._local:
            return None
        key = (parts.hostname, port)
        if key not in self._known:
            self._known[key] = _public(parts.hostname, port)
        return self._known[key]


def _public(host: str, port: int) -> FetchStatus | None:
    if _LOCAL.search(host):
        return FetchStatus.ADDRESS_REFUSED
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return FetchStatus.DNS
    except UnicodeError:
        return FetchStatus.ADDRESS_REFUSED  # a label that is empty or longer than a host name may be
    addresses = {ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found}
    return None if addresses and all(address.is_global for address in addresses) else FetchStatus.ADDRESS_REFUSED
