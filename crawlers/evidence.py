"""Evidence: every response is kept in `sites/SITE.warc.gz` and addressed `run/site@offset+length`."""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self, cast
from urllib.parse import quote
from uuid import uuid4

from isal import isal_zlib
from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from crawlers.manifest import RunStart
from crawlers.oserror import said
from crawlers.storage import StorageError, storage

_ADDRESS = re.compile(r"([A-Za-z0-9._-]+)/([a-z0-9][a-z0-9-]*)@(\d+)\+(\d+)")
_LEVEL = 1
"""Of compression, by isal: a fifth of the time that zlib takes at its level 3 for files that are 6 % larger, measured on the pages of real sites."""
_MEMBER = isal_zlib.MAX_WBITS + 16
"""A gzip member of its own for every record, as WARC wants it."""
_END = b"\r\n\r\n"
_BROKEN = cast("type[Exception]", isal_zlib.error)  # its stub calls the class an instance
_NO_RECORD = (ArchiveLoadFailed, StopIteration, EOFError, OSError, TypeError, ValueError, AttributeError)
"""How it shows that bytes are none of our records: warcio takes what it can for a record of some kind, with headers that are missing or malformed."""
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_DROP = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})


class EvidenceError(ValueError):
    """An evidence address that leads to nothing; the message says why, in one Chinese line."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response as it was stored: `body` is the entity after content decoding. `http` None: what a browser made of it (a rendered page, a screenshot)."""

    url: str
    at: datetime
    http: int | None
    headers: dict[str, str]
    body: bytes
    sha256: str


class EvidenceWriter:
    """Appends responses of one site; close it before the run is called complete. `keep`: bytes of an earlier attempt's evidence that stay, the rest is cut off."""

    def __init__(self, path: Path, keep: int = 0) -> None:
        self._path = path
        self._file = path.open("r+b" if keep else "wb")
        self._file.truncate(keep)
        self._file.seek(keep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, url: str, at: datetime, http: int, headers: dict[str, str], body: bytes) -> tuple[int, int]:
        """Store one response; (offset, length) in bytes of its record."""
        kept = [(name, value) for name, value in headers.items() if name.lower() not in _DROP]
        kept.append(("Content-Length", str(len(body))))
        return self._write("response", url, at, "application/http; msgtype=response", _head(http, kept), body)

    def body(self, offset: int, length: int, size: int, sha256: str) -> bytes:
        """The body of `size` bytes in a record that stands at a place of the file. Raises OSError, and EvidenceError when it is not the body with that SHA-256."""
        with self._path.open("rb") as file:
            file.seek(offset)
            packed = file.read(length)
        try:
            record = isal_zlib.decompress(packed, _MEMBER)
        except _BROKEN as error:
            raise EvidenceError("已损坏或位置不对") from error
        body = record[len(record) - size - len(_END) : len(record) - len(_END)]
        if hashlib.sha256(body).hexdigest() != sha256:
            raise EvidenceError("与采到时不同")
        return body

    def add_made(self, url: str, at: datetime, content_type: str, body: bytes) -> tuple[int, int]:
        """Store what a browser made of a page, its document after scripts ran or its picture; (offset, length) as of `add`."""
        return self._write("conversion" if content_type.startswith("text/") else "resource", url, at, content_type, b"", body)

    def _write(self, kind: str, url: str, at: datetime, content_type: str, head: bytes, body: bytes) -> tuple[int, int]:
        """Append a record of WARC 1.0, byte for byte as warcio's writer lays it out, which does as much again beside compressing. `head`: of the HTTP answer."""
        payload = hashlib.sha1(body, usedforsecurity=False)
        block = hashlib.sha1(head, usedforsecurity=False) if head else payload
        if head:
            block.update(body)
        fields = (
            "WARC/1.0",
            f"WARC-Date: {at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z",
            f"WARC-Type: {kind}",
            f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
            f"WARC-Target-URI: {url}",
            f"WARC-Payload-Digest: sha1:{b32encode(payload.digest()).decode()}",
            f"WARC-Block-Digest: sha1:{b32encode(block.digest()).decode()}",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(head) + len(body)}",
        )
        record = b"".join(("\r\n".join(fields).encode(), b"\r\n\r\n", head, body, _END))
        packed = isal_zlib.compress(record, _LEVEL, _MEMBER)
        offset = self._file.tell()
        self._file.write(packed)
        self._file.flush()
        return offset, len(packed)


def _head(http: int, headers: list[tuple[str, str]]) -> bytes:
    """Status line and headers of a stored answer in ASCII; what servers put beyond it is percent-encoded."""
    plain = f"HTTP/1.1 {http} -\r\n" + "".join([f"{name}: {value}\r\n" for name, value in headers]) + "\r\n"
    if plain.isascii():
        return plain.encode()
    try:
        head: bytes = StatusAndHeaders(f"{http} -", list(headers), protocol="HTTP/1.1").to_ascii_bytes()
    except UnicodeEncodeError:  # warcio encodes parameters (`filename=…`), and leaves what stands before them
        encoded = [(quote(name, safe=_ASCII), quote(value, safe=_ASCII)) for name, value in headers]
        head = StatusAndHeaders(f"{http} -", encoded, protocol="HTTP/1.1").to_ascii_bytes()
    return head


def read_snapshot(runs: Path, address: str) -> StoredResponse:
    """Read `run/site@offset+length` below the folder of runs. Raises EvidenceError."""
    match = _ADDRESS.fullmatch(address)
    if not match or match[1].startswith("."):
        raise EvidenceError(f"取证地址「{address[:120]}」格式不对，应为 批次/网站@位置+长度")
    run, site, offset, length = match[1], match[2], int(match[3]), int(match[4])
    path = runs / run / "sites" / f"{site}.warc.gz"
    try:
        if not path.is_file() and (store := _stored_at(path.parent.parent)):
            return parse_record(storage(store).read(f"sites/{path.name}", offset, length))
        return read_record(path, offset, length)
    except StorageError as error:
        raise EvidenceError(f"取证地址「{address}」所指的存档取不到：{error}") from error
    except OSError as error:
        raise EvidenceError(f"取证地址「{address}」所指的存档不在本机（{path.name}：{said(error)}），请从采集机器取回 runs/{run}") from error
    except EvidenceError as error:
        raise EvidenceError(f"取证地址「{address[:120]}」所指的存档{error}") from error


def _stored_at(run: Path) -> str:
    """Where a run's evidence lives, when that is not the run's own folder."""
    try:
        return RunStart.model_validate_json((run / "start.json").read_bytes()).store
    except (OSError, ValidationError):
        return ""


def read_record(path: Path, offset: int, length: int) -> StoredResponse:
    """Read the record at a place of an archive. Raises OSError when the file cannot be read, EvidenceError when no record stands there."""
    with path.open("rb") as file:
        if offset + length > file.seek(0, 2):
            raise EvidenceError("没有这么长，位置不对")
        file.seek(offset)
        raw = file.read(length)
    return parse_record(raw)


def parse_record(raw: bytes) -> StoredResponse:
    """One record from its bytes. Raises EvidenceError."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(raw))))
        body = record.content_stream().read()
        answered = record.http_headers
        return StoredResponse(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
            http=int(answered.get_statuscode()) if answered else None,
            headers=dict(answered.headers) if answered else {"Content-Type": record.rec_headers.get_header("Content-Type")},
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
        )
    except _NO_RECORD as error:
        raise EvidenceError("已损坏或位置不对") from error
