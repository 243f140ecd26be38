"""Reads the body of an answer to its end or its limit, and undoes its compression.

Pieces (chunks) are taken straight from the connection's buffer and decoded together when all have come: http.client and urllib3 take them one layer after the other, which made a fetch a quarter dearer.
What they alone can decode is left to urllib3.
"""

import http.client
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, cast

import urllib3
from isal import isal_zlib
from urllib3.exceptions import HTTPError, ReadTimeoutError

from crawlers.connect import MAX_HEADER, Answer
from crawlers.status import FetchStatus

_PIECE = 65_536
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n?")
_LINE = 65_536
_OVERHEAD = 65_536
"""Compression adds less than this to what cannot be compressed."""
_GZIP = frozenset({"gzip", "x-gzip"})
_MAGIC = b"\x1f\x8b"
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_BROKEN = cast("type[Exception]", isal_zlib.error)  # its stub calls the class an instance


class _TooLarge(Exception):
    """More came than is allowed."""


def read_body(answer: Answer, method: str, max_bytes: int) -> tuple[bytes, FetchStatus]:
    """The decoded body, and OK; or nothing and TOO_LARGE, TIMEOUT or RESET. Decoding stops at the limit, so that a bomb costs no more memory than a page that is too large."""
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:18]) > max_bytes:
        return b"", FetchStatus.TOO_LARGE
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    try:
        if "," in encoding or encoding in _others():
            return _joined(iter(partial(_decoder(answer, method).read1, _PIECE, decode_content=True), b""), max_bytes), FetchStatus.OK
        if encoding in _GZIP or encoding == "deflate":
            return _inflated(_received(answer, max_bytes + _OVERHEAD), encoding, max_bytes), FetchStatus.OK
        return _received(answer, max_bytes), FetchStatus.OK
    except _TooLarge:
        return b"", FetchStatus.TOO_LARGE
    except (ReadTimeoutError, TimeoutError):
        return b"", FetchStatus.TIMEOUT
    except (HTTPError, http.client.HTTPException, OSError, ValueError, _BROKEN):
        return b"", FetchStatus.RESET


def _joined(pieces: Iterator[bytes], limit: int) -> bytes:
    found, size = [], 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size > limit:
            raise _TooLarge
    return b"".join(found)


def _received(answer: Answer, limit: int) -> bytes:
    """All bytes of the body as they were sent. Raises IncompleteRead when fewer came than were announced."""
    if answer.chunked:
        return _joined(_pieces(answer.fp), limit)
    # read1 returns what has arrived: nothing waits for a full buffer.
    found = _joined(iter(partial(answer.read1, _PIECE), b""), limit)
    if answer.length:
        raise http.client.IncompleteRead(found)
    return found


def _pieces(arrived: Any) -> Iterator[bytes]:
    """The body that was sent in pieces, each with its size in front; the lines behind the last one are read and dropped."""
    while True:
        if (stated := _SIZE.fullmatch(arrived.readline(_LINE))) is None:
            raise http.client.IncompleteRead(b"")
        left = int(stated[1], 16)
        if not left:
            break
        while left:
            piece = arrived.read(min(left, _PIECE))
            if not piece:
                raise http.client.IncompleteRead(b"")
            left -= len(piece)
            yield piece
        if len(arrived.read(2)) < 2:
            raise http.client.IncompleteRead(b"")
    trailer = 0
    while (line := arrived.readline(_LINE)).strip(b"\r\n"):
        trailer += len(line)
        if trailer > MAX_HEADER:
            raise _TooLarge


def _inflated(packed: bytes, encoding: str, limit: int) -> bytes:
    """A body that was compressed by gzip (in one member or several; what follows them is no part of it) or deflate (with zlib's frame, as the standard says, or without it)."""
    if encoding in _GZIP:
        body, ended = _members(packed, limit)
    else:
        try:
            body, ended, _ = _stream(packed, isal_zlib.MAX_WBITS, limit)
        except _BROKEN:
            body, ended, _ = _stream(packed, -isal_zlib.MAX_WBITS, limit)
    if not ended and packed and not _END.search(body, max(0, len(body) - 4096)):
        # A gateway that lost its source ends the transfer properly: only the stream itself shows that half of the page is missing.
        raise http.client.IncompleteRead(body)
    return body


def _members(packed: bytes, limit: int) -> tuple[bytes, bool]:
    """(what they hold, whether all of them end)."""
    found, ended, rest = _stream(packed, isal_zlib.MAX_WBITS + 16, limit)
    while ended and rest.startswith(_MAGIC):
        try:
            more, ended, rest = _stream(rest, isal_zlib.MAX_WBITS + 16, limit - len(found))
        except _BROKEN:
            break
        found += more
    return found, ended


def _stream(packed: bytes, form: int, limit: int) -> tuple[bytes, bool, bytes]:
    """(what a compressed stream holds, whether it ends, what stands behind it). Raises _TooLarge, and the library's error for bytes that are no such stream."""
    reader = isal_zlib.decompressobj(form)
    found = reader.decompress(packed, limit + 1)
    if len(found) > limit:
        raise _TooLarge
    return found, reader.eof, reader.unused_data


def _others() -> frozenset[str]:
    """Encodings that only urllib3 can undo, with the libraries that happen to be there: never asked for, sent all the same."""
    return frozenset(urllib3.HTTPResponse.CONTENT_DECODERS) - _GZIP - {"deflate"}


def _decoder(answer: Answer, method: str) -> urllib3.HTTPResponse:
    return urllib3.HTTPResponse(
        body=answer,
        headers=urllib3.HTTPHeaderDict(answer.headers.items()),
        status=answer.status,
        preload_content=False,
        original_response=answer,
        request_method=method,
    )
