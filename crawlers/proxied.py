"""The way to an origin through a proxy of the user's environment: urllib3's, which speaks to proxies of every kind."""

import ssl
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

import urllib3
from requests.utils import get_auth_from_url, get_environ_proxies, select_proxy
from urllib3.util import Timeout

from crawlers.channel import target
from crawlers.connect import Allowance, Answer, PlainConnection, SecureConnection


def proxy_of(origin: str) -> str:
    """The proxy that the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`) names for an origin; empty without one."""
    return select_proxy(origin, get_environ_proxies(origin)) or ""


class Proxied:
    """Used like a Channel. The peer of its connections is `proxy`, which the user chose and which may stand in a private net: no guard looks at it."""

    def __init__(self, proxy: str, where: tuple[str, str, int], allowance: Allowance, context: ssl.SSLContext | None) -> None:
        scheme, host, port = where
        user, password = get_auth_from_url(proxy)
        auth = urllib3.make_headers(proxy_basic_auth=f"{user}:{password}") if user else None
        secure: dict[str, Any] = {"ssl_context": context, "cert_reqs": "CERT_REQUIRED"} if context is not None else {}
        manager = urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", proxy_headers=auth, **secure)
        self._pool = manager.connection_from_host(host, port, scheme)
        kind = PlainConnection if context is None else SecureConnection
        self._pool.ConnectionCls = partial(kind, guard=None, allowance=allowance)  # type: ignore[assignment]
        self._allowance, self._whole_address = allowance, context is None
        self._before = 0
        self._reply: urllib3.BaseHTTPResponse | None = None

    @property
    def kept(self) -> bool:
        """Whether the connection of the last request was that of one before."""
        return self._before > 0 and self._pool.num_connections == self._before

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Answer:
        """Send a request and read the head of its answer. Raises what urllib3 raises."""
        self._before = self._pool.num_connections
        self._reply = self._pool.urlopen(
            method,
            url.partition("#")[0] if self._whole_address else target(url),
            body=body,
            headers=headers,
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            timeout=Timeout(connect=self._allowance.left(), read=self._allowance.left()),
        )
        return cast("Answer", self._reply._original_response)  # type: ignore[attr-defined]

    def done(self) -> None:
        """The answer was read to its end: its connection may carry another request."""
        if self._reply is not None:
            self._reply.release_conn()
