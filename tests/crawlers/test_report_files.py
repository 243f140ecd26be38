"""Annual reports as Word and PDF files: read like a page, and hostile ones told apart from bad ones."""

import io
import time
import zipfile
from datetime import date

import pytest

from crawlers.documents import office, pdf
from crawlers.documents.record import Report
from crawlers.documents.report import SECTIONS, file_kind, read_report_file
from tests.crawlers import report_files
from tests.crawlers.report_pages import simple

AS_OF = date(2026, 3, 31)
PROSE = "2022年共收到政府信息公开申请28件。"


def read(body: bytes, kind: str) -> Report:
    found = read_report_file(body, kind, AS_OF)
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["30", "60"])
def test_word_with_merged_cells(form: str) -> None:
    model = simple("30" if form == "30" else "60", 2022 if form == "30" else 2020)
    found = read(report_files.word(model), "docx")
    assert (found.violations, found.unchecked, found.form, found.year) == ((), 0, form, model.year)
    assert (found.carried, found.source, found.sections) == ((1, 2), "docx", SECTIONS)


@pytest.mark.parametrize("lead", [0, 100, 200, 330])
def test_pdf_with_a_table_over_two_pages(lead: int) -> None:
    found = read(report_files.pdf(simple(), PROSE, lead=lead), "pdf")
    assert (found.violations, found.checked, found.unchecked, found.form, found.year) == ((), 42, 0, "30", 2022)
    assert (found.carried, found.source, found.sections, found.mentions) == ((1, 2), "pdf", SECTIONS, 1)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_what_was_changed_is_found(kind: str) -> None:
    write = report_files.word if kind == "docx" else report_files.pdf
    found = read(write(simple().changed(2, 6, 4), PROSE.replace("28", "29")), kind)
    assert [(one.rule, one.expected, one.found) for one in found.violations] == [
        ("outcomes_sum", "31", "27"),
        ("row_sum", "9", "13"),
        ("prose", "28", "29"),
    ]


def test_a_pdf_without_lines_round_its_cells_accuses_nobody() -> None:
    found = read(report_files.pdf(simple(), ruled=False), "pdf")
    assert found.violations == ()
    assert found.checked + found.unchecked == 42


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    head = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return head + b"<w:tbl><w:tr><w:tc>" * depth + b"</w:tc></w:tr></w:tbl>" * depth + b"</w:body></w:document>"


def _word_with(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(report_files.word(simple()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**parts, "word/document.xml": document})


def _entities() -> bytes:
    doubled = "".join(f'<!ENTITY x{n} "{("&x" + str(n - 1) + ";") * 10}">' for n in range(1, 10))
    start = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "aaaaaaaaaa">{doubled}]>'
    return f'{start}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x9;</w:t></w:r></w:p></w:body></w:document>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK\x03\x04 broken",
        _zip({"a.txt": b"x"}),
        _zip({"word/document.xml": b"\0" * 40_000_000}),
        _zip({"word/document.xml": b"<a>", "[Content_Types].xml": b"<b>"}),
        _zip({"word/document.xml": b"<a/>", **{f"word/{n}.xml": b"" for n in range(4_000)}}),
        _word_with(_entities()),
        _word_with(_nested(3_000)),
    ],
    ids=["empty", "broken", "no-word", "bomb", "damaged", "parts", "entities", "nested"],
)
def test_hostile_word_files_are_not_read_and_say_so(body: bytes) -> None:
    started = time.perf_counter()
    found = read(body, "docx")
    assert (found.source, found.checked, found.violations) == ("", 0, ())
    assert found.note
    assert time.perf_counter() - started < 10


def test_a_word_file_over_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "BYTES", 1_000)
    assert "过大" in read(report_files.word(simple()), "docx").note


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>404</html>",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ],
    ids=["empty", "html", "cut", "loop"],
)
def test_hostile_pdf_files_are_not_read_and_say_so(body: bytes) -> None:
    found = read(body, "pdf")
    assert (found.source, found.checked, found.violations) == ("", 0, ())
    assert "未能核对" in found.note


def test_a_scanned_pdf_was_not_read() -> None:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    paper = canvas.Canvas(out)
    for _ in range(3):
        paper.rect(50, 50, 400, 600, fill=1)
        paper.showPage()
    paper.save()
    found = read(out.getvalue(), "pdf")
    assert (found.source, found.violations) == ("", ())
    assert "扫描件" in found.note


def test_a_long_pdf_is_read_as_far_as_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 1)
    found = read(report_files.pdf(simple(), lead=330), "pdf")
    assert found.violations == ()
    assert found.unchecked > 0
    assert "只读了前 1 页" in found.note


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    sheet = pdf.read_pdf(report_files.pdf(simple()), seconds=0)
    assert sheet.rows == ()
    assert sheet.note


@pytest.mark.parametrize("kind", ["ole", ".rtf", "xls", "zip", ""])
def test_other_formats_are_not_read_and_say_so(kind: str) -> None:
    found = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kind)
    assert (found.year, found.source, found.checked) == (None, "", 0)
    assert "不读取" in found.note


def test_a_file_that_is_no_report() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("示例区2026年政务公开工作要点，请结合实际抓好落实。")
    out = io.BytesIO()
    document.save(out)
    assert read_report_file(out.getvalue(), "docx", AS_OF) is None


def test_kinds_by_first_bytes() -> None:
    assert file_kind(report_files.word(simple())) == "docx"
    assert file_kind(report_files.pdf(simple())) == "pdf"
    assert file_kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest") == "ole"
    assert file_kind("<html>%PDF 是一种格式</html>".encode()) == ""
