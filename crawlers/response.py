"""How one request ended."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.status import FetchStatus


@dataclass(frozen=True, slots=True)
class Response:
    """How one request ended. `url` is the address asked for, `final` where redirects led; `body` is empty unless something was received.

    `seconds`: from asking `final` until its last byte; waiting for politeness, earlier tries and redirects left out. `lenient`: encrypted only by outdated means.
    """

    url: str
    final: str
    status: FetchStatus
    at: datetime
    http: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    lenient: bool = False

    @property
    def ok(self) -> bool:
        """Whether a page was received."""
        return self.status is FetchStatus.OK

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page (a look that succeeded, not one that failed)."""
        return self.http in (404, 410)

    @property
    def content_type(self) -> str:
        """The Content-Type header, or empty."""
        return self.header("content-type")

    @property
    def sha256(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str:
        """A header by its lower-case name; empty when absent."""
        for key, value in self.headers.items():
            if key.lower() == name:
                return value
        return ""
