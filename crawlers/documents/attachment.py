"""Files that a document offers: which there are, what their bytes are, and whether they open."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.address import path_and_query
from crawlers.documents.body import Body, plain
from crawlers.documents.personal import scrub
from crawlers.documents.record import Attachment
from crawlers.link import Link
from crawlers.remembered import remembered
from crawlers.status import PageState, Phase
from crawlers.visit import Visit

_SUFFIX = re.compile(r"\.(docx?|docm|xlsx?|xlsm|pptx?|wps|et|dps|pdf|ofd|zip|rar|7z|rtf|txt|csv|tif|tiff|jpe?g|png|ceb|caj)$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"downfile|downloadfile|download\.do|/download\b|document/download|attachment|getfile|fileDown|downLoad", re.IGNORECASE)
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF8", "gif"),
    (b"Foundersoft", "ceb"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("doc", "WordDocument"), ("xls", "Workbook"), ("xls", "Book"), ("ppt", "PowerPoint Document"))
_PACKED = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"), ("mimetype", "odf"))
_NAMED = {"wps": "doc", "et": "xls", "dps": "ppt"}
_AS_PAGES = frozenset({"xls", "et", "doc", "wps"})
_OFFICE = re.compile(rb"urn:schemas-microsoft-com:office|ProgId[\"']?\s+content=[\"']?(?:Excel|Word)\.", re.IGNORECASE)
_OFFICE_TYPE = re.compile(r"application/(?:vnd\.ms-excel|msexcel|x-excel|msword|vnd\.openxmlformats)", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:s?html?|jsp|aspx?)$", re.IGNORECASE)
_SAMPLE = 2
_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a]")


@remembered
def offered(body: Body) -> tuple[Link, ...]:
    """Files that the document links to: by the address's ending, a download service, or a name that ends like a file's."""
    found: dict[str, Link] = {}
    for link in body.links:
        path, query = path_and_query(link.url)
        given = [value for _, value in parse_qsl(query)] if query else []
        page = _PAGE.search(path) and not given
        if not page and (_DOWNLOAD.search(path) or any(_SUFFIX.search(text) for text in (path, *given, *link.names))):
            found.setdefault(link.url, link)
    return tuple(found.values())


def name_of(link: Link) -> str:
    """What the file is called: the link's text, else the address's file name. Numbers of persons in it are masked."""
    parts = urlsplit(link.url)
    given = next((value for _, value in parse_qsl(parts.query) if _SUFFIX.search(value)), "")
    return scrub(plain(link.text) or plain(unquote(given or parts.path.rsplit("/", 1)[-1])))[:120]


def sniff(body: bytes, named: str = "") -> str:
    """What bytes are: `pdf`, `docx`, `xls` …, `html`, `text`; empty when unknown. `named`: the ending that the address promises."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if body.startswith(_OLE):
        return next(
            (kind for kind, stream in _OLE_STREAMS if stream.encode("utf-16-le") in body), _NAMED.get(named, named if named in ("doc", "xls", "ppt") else "ole")
        )
    if body.startswith(b"PK"):
        return _packed(body)
    if re.match(rb"<(?:!doctype html|html|head|body|script|meta)", head, re.IGNORECASE) or b"<html" in head.lower():
        # Excel and Word save and open pages of their own make, and many systems export lists as such.
        return _NAMED.get(named, named) if named in _AS_PAGES and _OFFICE.search(body[:4096]) else "html"
    if head.startswith(b"<?xml"):
        return "doc" if b"word" in head.lower() else "xls" if b"spreadsheet" in head.lower() or b"Workbook" in head else "xml"
    return "text" if body and named in ("txt", "csv") and not _TEXT.search(body[:2048]) else ""


def _packed(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()[:2000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged"
    if "[Content_Types].xml" in names or "OFD.xml" in names or "mimetype" in names:
        return next((kind for part, kind in _PACKED if any(name.startswith(part) for name in names)), "ooxml")
    return "zip"


def _ending(link: Link) -> str:
    parts = urlsplit(link.url)
    for text in (parts.path, *(value for _, value in parse_qsl(parts.query)), *link.names):
        if match := _SUFFIX.search(text):
            return match[1].lower()
    return ""


def verdict(visit: Visit, link: Link) -> tuple[bool | None, str]:
    """Whether what came opens as a file, and what it is. None: nobody can say (refused, shielded, timed out, an unknown kind)."""
    response = visit.response
    if not response.ok:
        return (False if response.gone else None), ""
    ending = _ending(link)
    body = visit.body
    kind = sniff(body, ending)
    if not body or kind == "damaged":
        return False, kind
    if kind == "html":
        if ending in _AS_PAGES and any(name.lower() == "content-type" and _OFFICE_TYPE.search(value) for name, value in response.headers.items()):
            return None, kind  # an export as a page opens in Excel; whether this is one nobody can say from here
        state = visit.state
        return (False if state in (PageState.SOFT_404, PageState.CONTENT, PageState.BLANK) and ending else None), kind
    if kind == "pdf" and b"%%EOF" not in body[-2048:] and b"startxref" not in body[-4096:]:
        return False, kind
    return (True if kind else None), kind


def look(link: Link, opened: Callable[[str, Phase], Visit], phase: Phase = Phase.FIRST) -> tuple[Attachment, Visit]:
    """Fetch a file. That it does not open is only said after a second, uncached look saw the same; what was not had twice stays open."""
    visit = opened(link.url, phase)
    opens, kind = verdict(visit, link)
    if opens is False:
        again = opened(link.url, Phase.SECOND if phase is Phase.FIRST else Phase.FIRST)
        second, found = verdict(again, link)
        visit, kind = (again, found) if second else (visit, kind)
        opens = second
    response = visit.response
    return (
        Attachment(link.url, name_of(link), response.status, response.http, kind, len(visit.body), opens, visit.seq if visit.seq >= 0 else None),
        visit,
    )


def sampled(links: tuple[Link, ...], limit: int = _SAMPLE) -> tuple[Link, ...]:
    """The files that are tried, of those offered."""
    return links[:limit]


def unread(held: Iterable[Attachment]) -> str:
    """Files whose content nobody could read, a scan among them: what they hold is not known."""
    return "、".join(f"附件「{one.name}」（{one.type or '未知格式'}）未能读取" for one in held)
