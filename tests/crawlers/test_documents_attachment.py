"""Attached files: offered, sniffed by their bytes, and what "does not open" needs before it is said."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from crawlers.documents.attachment import look, name_of, offered, sniff, verdict
from crawlers.documents.body import Body
from crawlers.fetch import Response
from crawlers.link import Link
from crawlers.page import Page
from crawlers.status import FetchStatus, Phase
from crawlers.visit import Visit

NOW = datetime(2026, 3, 31, tzinfo=UTC)
URL = "http://www.example.invalid/f/1.pdf"
XLS = "http://www.example.invalid/f/1.xls"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n0\n%%EOF\n"
GONE = "<html><head><title>404</title></head><body>您访问的页面不存在</body></html>".encode()
PAGE = "<html><head><title>首页</title></head><body><p>{}</p></body></html>".format("这是网站的首页内容。" * 60).encode()
OFFICE_HTML = (
    b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet></head><table><tr><td>1</td></tr></table></html>'
)
LOGIN = "<html><title>登录</title><form>用户名<input name=u>密码<input type=password></form></html>".encode()


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def visit(body: bytes = b"", status: FetchStatus = FetchStatus.OK, http: int | None = 200, kind: str = "application/pdf") -> Visit:
    page = Page(URL, body, kind, http) if status is FetchStatus.OK and "html" in kind else None
    return Visit(Response(URL, URL, status, NOW, http, {"Content-Type": kind}, body), page, 3, date(2026, 3, 31))


@pytest.mark.parametrize(
    ("body", "named", "kind"),
    [
        (PDF, "pdf", "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx", "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xls", "xlsx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "", "pptx"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "ofd", "ofd"),
        (packed("a.txt"), "zip", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "wps", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "et", "xls"),
        (b"{\\rtf1 x}", "doc", "rtf"),
        (b"Rar!\x1a\x07\x00x", "rar", "rar"),
        (b"\xff\xd8\xff\xe0x", "jpg", "jpg"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "pdf", "html"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "doc", "doc"),
        (OFFICE_HTML, "xls", "xls"),
        (OFFICE_HTML, "", "html"),
        ("姓名,金额\n".encode(), "csv", "text"),
        (b"PK\x03\x04broken", "docx", "damaged"),
        (b"\x00\x01\x02unknown", "pdf", ""),
        (b"", "pdf", ""),
    ],
)
def test_bytes_say_what_a_file_is(body: bytes, named: str, kind: str) -> None:
    assert sniff(body, named) == kind


@pytest.mark.parametrize(("kind", "opens"), [("application/vnd.ms-excel", None), ("text/html", False)])
def test_a_page_that_is_sent_as_a_workbook_may_open_as_one(kind: str, opens: bool | None) -> None:
    table = "<html><body><table>{}</table></body></html>".format("<tr><td>某项目补贴发放</td><td>100</td></tr>" * 80).encode()
    found = Visit(Response(XLS, XLS, FetchStatus.OK, NOW, 200, {"Content-Type": kind}, table), Page(XLS, table, "text/html", 200), 3, date(2026, 3, 31))
    assert verdict(found, Link(("名单.xls",), XLS)) == (opens, "html")


@pytest.mark.parametrize(
    ("first", "second", "opens"),
    [
        (visit(PDF), None, True),
        (visit(b"%PDF-1.4 cut off"), visit(PDF), True),
        (visit(b"%PDF-1.4 cut off"), visit(b"%PDF-1.4 cut off"), False),
        (visit(b""), visit(b""), False),
        (visit(packed("[Content_Types].xml", "word/document.xml")), None, True),  # a Word file under a .pdf name opens
        (visit(status=FetchStatus.HTTP_ERROR, http=404), visit(status=FetchStatus.HTTP_ERROR, http=404), False),
        (visit(status=FetchStatus.HTTP_ERROR, http=404), visit(PDF), True),
        (visit(status=FetchStatus.HTTP_ERROR, http=404), visit(status=FetchStatus.TIMEOUT, http=None), None),
        (visit(status=FetchStatus.HTTP_ERROR, http=404), visit(status=FetchStatus.CANCELLED, http=None), None),
        (visit(status=FetchStatus.HTTP_ERROR, http=403), None, None),
        (visit(status=FetchStatus.HTTP_ERROR, http=429), None, None),
        (visit(status=FetchStatus.SHIELD, http=412), None, None),
        (visit(status=FetchStatus.TIMEOUT, http=None), None, None),
        (visit(status=FetchStatus.TOO_LARGE, http=200), None, None),
        (visit(GONE, kind="text/html"), visit(GONE, kind="text/html"), False),
        (visit(PAGE, kind="text/html"), visit(PAGE, kind="text/html"), False),
        (visit(PAGE, kind="text/html"), visit(PDF), True),
        (visit(LOGIN, kind="text/html"), None, None),
        (visit(b"\x00\x01unknown"), None, None),
    ],
)
def test_that_a_file_does_not_open_is_seen_twice(first: Visit, second: Visit | None, opens: bool | None) -> None:
    asked: list[Phase] = []

    def opened(_: str, phase: Phase) -> Visit:
        asked.append(phase)
        if phase is Phase.SECOND:
            assert second is not None
            return second
        return first

    held, _ = look(Link(("附件.pdf",), URL), opened)
    assert held.opens is opens
    assert asked == ([Phase.FIRST] if second is None else [Phase.FIRST, Phase.SECOND])


def test_files_are_offered_by_ending_service_or_name() -> None:
    page = """<div class='menu'><a href='/m.pdf'>菜单</a></div><p><a href='/a/1.pdf'>附件1</a><a href='/api/document/download?fileName=x.docx'>征求意见稿</a>
    <a href='/cms/downloadfile.jsp?filepath=9&fText=附件.xlsx'>附件3</a><a href='/f/8'>名单.xlsx</a><a href='/a/1.html'>正文</a><a href='/b/2.shtml'>附件说明.doc的解释</a></p>"""
    links = offered(Body(Page("http://www.example.invalid/i.html", page.encode())))
    assert [link.text for link in links] == ["附件1", "征求意见稿", "附件3", "名单.xlsx"]
    assert name_of(Link((), "http://www.example.invalid/f/%E9%99%84%E4%BB%B6.pdf")) == "附件.pdf"
