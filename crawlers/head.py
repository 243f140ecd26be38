"""The head of an answer as most servers send it, read without http.client's way through an e-mail parser, at half its cost.

Only what has one reading is read here: HTTP/1.x, a final status, lines of printable ASCII that end with CRLF, nothing folded, fewer lines than http.client allows. The rest is left to http.client.
"""

import http.client
import re
from dataclasses import dataclass
from typing import Any

_HEAD = re.compile(rb"HTTP/1\.([01]) ([2-5][0-9]{2})(?: ([\t\x20-\x7e]*))?\r\n((?:[!-9;-~]{1,200}:[\t\x20-\x7e]*\r\n)*)\r\n")
_END = b"\r\n\r\n"
_LINES = 90
"""http.client gives up at a hundred."""


class Fields(http.client.HTTPMessage):
    """Headers of printable ASCII in their order: what http.client's own reader makes of them, without looking at each value again whenever it is asked for."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__()
        self._pairs = pairs
        self._first: dict[str, str] = {}
        for name, value in pairs:
            self.set_raw(name, value)
            self._first.setdefault(name.lower(), value)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._first

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first value of a header by its name in any case."""
        return self._first.get(name.lower(), failobj)

    def items(self) -> list[tuple[str, str]]:
        """Names and values, those of one name each by itself."""
        return list(self._pairs)


@dataclass(frozen=True, slots=True)
class Head:
    """A head that was read: `version` 10 or 11, `size` in bytes with the empty line at its end."""

    version: int
    status: int
    reason: str
    fields: Fields
    size: int


def read_head(arrived: bytes) -> Head | None:
    """The head at the beginning of what has arrived of an answer; None where it is not whole, or http.client has to say what it is."""
    end = arrived.find(_END)
    if end < 0 or (match := _HEAD.fullmatch(arrived, 0, end + len(_END))) is None:
        return None
    version, status, reason, stated = match.groups()
    lines = stated.decode("ascii").split("\r\n")
    if len(lines) > _LINES:
        return None
    pairs = []
    for line in lines[:-1]:
        name, _, value = line.partition(":")
        pairs.append((name, value.lstrip(" \t")))
    return Head(11 if version == b"1" else 10, int(status), (reason or b"").decode("ascii").strip(), Fields(pairs), match.end())
