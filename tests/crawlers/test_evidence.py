"""Evidence is WARC as warcio writes it, and is read back as it came."""

import re
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.evidence import EvidenceError, EvidenceWriter, parse_record, read_record

AT = datetime(2026, 3, 31, 4, 5, 6, 789, tzinfo=UTC)
URL = "http://demo.test/政务/a?b=1"
_ID = re.compile(rb"<urn:uuid:[0-9a-f-]{36}>")


def _by_warcio(kind: str, body: bytes, headers: list[tuple[str, str]] | None, content_type: str) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False)
    answered = StatusAndHeaders("200 -", headers, protocol="HTTP/1.1") if headers is not None else None
    record = writer.create_warc_record(
        URL,
        kind,
        payload=BytesIO(body),
        length=len(body),
        http_headers=answered,
        warc_content_type=content_type,
        warc_headers_dict={"WARC-Date": AT.strftime("%Y-%m-%dT%H:%M:%S.%fZ")},
    )
    writer.write_record(record)
    return out.getvalue()


def _stored(path: Path, offset: int, length: int) -> bytes:
    return zlib.decompress(path.read_bytes()[offset : offset + length], zlib.MAX_WBITS + 16)


@pytest.mark.parametrize("body", [b"", b"<html>\xe6\x94\xbf</html>", bytes(range(256)) * 300], ids=["empty", "page", "binary"])
@pytest.mark.parametrize(
    "headers", [{}, {"Content-Type": "text/html", "Content-Disposition": "attachment; filename=政务.pdf", "Content-Encoding": "gzip"}], ids=["bare", "headers"]
)
def test_a_response_is_laid_out_as_by_warcio(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    path = tmp_path / "x.warc.gz"
    with EvidenceWriter(path) as writer:
        writer.add(URL, AT, 200, {}, b"before")
        offset, length = writer.add(URL, AT, 200, headers, body)
    kept = [(name, value) for name, value in headers.items() if name != "Content-Encoding"]
    expected = _by_warcio("response", body, [*kept, ("Content-Length", str(len(body)))], "")
    assert _ID.sub(b"ID", _stored(path, offset, length)) == _ID.sub(b"ID", expected)
    read = read_record(path, offset, length)
    assert (read.url, read.at, read.http, read.body) == (URL, AT, 200, body)


@pytest.mark.parametrize(("kind", "content_type"), [("conversion", "text/html; charset=utf-8"), ("resource", "image/png")])
def test_what_a_browser_made_is_laid_out_as_by_warcio(tmp_path: Path, kind: str, content_type: str) -> None:
    path = tmp_path / "x.warc.gz"
    with EvidenceWriter(path) as writer:
        offset, length = writer.add_made(URL, AT, content_type, b"\x89PNG or HTML")
    assert _ID.sub(b"ID", _stored(path, offset, length)) == _ID.sub(b"ID", _by_warcio(kind, b"\x89PNG or HTML", None, content_type))
    assert read_record(path, offset, length).headers == {"Content-Type": content_type}


def test_the_digests_of_every_record_hold(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    with EvidenceWriter(path) as writer:
        writer.add(URL, AT, 404, {"Server": "nginx"}, b"gone" * 9)
        writer.add_made(URL, AT, "image/png", b"picture")
    with path.open("rb") as file:
        checked = [(record.content_stream().read(), record.digest_checker.passed) for record in ArchiveIterator(file, check_digests=True)]
    assert checked == [(b"gone" * 9, True), (b"picture", True)]


def test_headers_beyond_ascii_are_stored(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    with EvidenceWriter(path) as writer:
        offset, length = writer.add(URL, AT, 200, {"Server": "政务; a=公开", "Content-Type": "text/html"}, b"page")
    read = read_record(path, offset, length)
    assert (read.body, read.headers["Content-Type"], read.headers["Server"]) == (b"page", "text/html", "%E6%94%BF%E5%8A%A1; a=%E5%85%AC%E5%BC%80")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 0\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: never\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_bytes_that_are_no_record_of_ours_are_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(EvidenceError, match="已损坏或位置不对"):
        parse_record(raw)
