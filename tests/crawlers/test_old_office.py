"""Old Word files and workbooks, and OFD: read like their successors; damaged ones told apart from bad ones.

`files/report.doc` is that report saved as Word 97 by LibreOffice; `files/marks.doc` and `files/roster.xls` hold what the tests name.
"""

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.documents import files, personal
from crawlers.documents.ofd import read_ofd
from crawlers.documents.office import read_docx
from crawlers.documents.report import SECTIONS, file_kind, read_report_file
from crawlers.documents.sheet import Cell
from crawlers.documents.word97 import read_doc
from tests.crawlers import report_files
from tests.crawlers.report_pages import simple

AS_OF = date(2026, 3, 31)
FILES = Path(__file__).parent / "files"
REPORT = (FILES / "report.doc").read_bytes()
MARKS = (FILES / "marks.doc").read_bytes()
ROSTER = (FILES / "roster.xls").read_bytes()


def test_an_old_word_file_says_what_the_new_one_says() -> None:
    old, new = read_doc(REPORT), read_docx(report_files.word(simple("30", 2022), "2022年共收到政府信息公开申请28件。"))
    assert (old.lines, old.rows, old.exact, old.note) == (new.lines, new.rows, True, "")
    assert len(old.rows) > 30


def test_an_annual_report_in_an_old_word_file() -> None:
    assert file_kind(REPORT) == "doc"
    found = read_report_file(REPORT, "doc", AS_OF)
    assert found is not None
    assert (found.violations, found.unchecked, found.form, found.year) == ((), 0, "30", 2022)
    assert (found.carried, found.source, found.sections) == ((1, 2), "doc", SECTIONS)


def test_what_nobody_sees_is_left_out_and_fields_give_their_result() -> None:
    lines = read_doc(MARKS).lines
    assert lines[:5] == ("第一行：本机关共受理申请12件。", "修订：改为9件", "看得见", "网址：示例市政府网站", "生僻字\U00020000与 ASCII only text")


def test_rows_with_empty_cells_are_whole() -> None:
    assert [[cell.text for cell in row] for row in read_doc(MARKS).rows[:3]] == [
        ["姓名", "身份证号", "金额"],
        ["张三", "11010519491231002X", "500"],
        ["李四", "", "600"],
    ]
    assert read_doc(MARKS).rows[0][0] == Cell("姓名")


@pytest.mark.parametrize(("body", "kind"), [(MARKS, "doc"), (ROSTER, "xls")])
def test_personal_data_in_old_files_are_found(body: bytes, kind: str) -> None:
    content = files.read(body, kind)
    assert content is not None
    found = [one for place, rows in content.tables for one in personal.in_table(rows, "http://example.invalid/", place, AS_OF)]
    assert "id_card" in {one.kind for one in found}
    assert "11010519491231002X" not in repr(found)


def test_cells_of_an_old_workbook_are_shown_as_they_are_seen() -> None:
    content = files.read(ROSTER, "xls")
    assert content is not None
    assert content.tables[0] == (
        "工作表1",
        (
            ("姓名", "身份证号", "手机号", "发放日期", "金额"),
            ("张三", "11010519491231002X", "13800138000", "2026-01-05", "500.5"),
            ("李四", "", "", "", "600"),
        ),
    )


@pytest.mark.parametrize(
    "body", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ROSTER, REPORT[:3000], REPORT[:20_000]], ids=["empty", "head", "workbook", "cut", "half"]
)
def test_what_is_no_old_word_file_is_not_read_and_says_so(body: bytes) -> None:
    sheet = read_doc(body)
    assert (sheet.lines, sheet.rows) == ((), ())
    assert "未能核对" in sheet.note
    assert files.read(body, "doc") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(MARKS) - 1), st.integers(0, 255)), min_size=1, max_size=40), st.integers(0, len(MARKS)))
def test_damage_never_raises_and_never_takes_long(changes: list[tuple[int, int]], cut: int) -> None:
    body = bytearray(MARKS)
    for place, value in changes:
        body[place] = value
    started = time.process_time()
    sheet = read_doc(bytes(body[:cut] if cut % 2 else body))
    assert sheet.note or sheet.lines or sheet.rows
    files.read(bytes(body), "xls")
    assert time.process_time() - started < 10


def ofd(texts: list[tuple[float, float, str]], *, more: str = "", name: str = "Doc_0/Pages/Page_0/Content.xml") -> bytes:
    """A file of one page with texts at (x, y) in millimetres, 4 mm high."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="{x} {y} {4 * len(text)} 4" Font="1" Size="4"><ofd:TextCode X="0" Y="3.5">{text}</ofd:TextCode></ofd:TextObject>'
        for n, (x, y, text) in enumerate(texts)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        archive.writestr(
            "Doc_0/Document.xml", f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
        )
        archive.writestr(name, f"<?xml version='1.0'?>{more}<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>")
    return out.getvalue()


TEXTS = [
    (20.0, 40.0, "张三"),
    (60.0, 40.2, "11010519491231002X"),
    (20.0, 30.0, "姓名"),
    (60.0, 30.0, "身份证号"),
    (20.0, 10.0, "示例区2025年政府信息公开工作年度报告"),
]


def test_texts_of_an_ofd_file_are_lines_in_reading_order() -> None:
    sheet = read_ofd(ofd(TEXTS))
    assert (sheet.lines, sheet.note, sheet.exact) == (("示例区2025年政府信息公开工作年度报告", "姓名 身份证号", "张三 11010519491231002X"), "", False)
    assert file_kind(ofd(TEXTS)) == "ofd"
    content = files.read(ofd(TEXTS), "ofd")
    assert content is not None
    assert [one.kind for one in personal.in_lines(content.lines, "http://example.invalid/", "正文", AS_OF)] == ["id_card"]


def test_a_report_in_an_ofd_file_accuses_nobody_of_what_its_lines_do_not_tell() -> None:
    found = read_report_file(ofd(TEXTS), "ofd", AS_OF)
    assert found is not None
    assert (found.year, found.violations) == (2025, ())


@pytest.mark.parametrize(
    "body",
    [
        b"PK\x03\x04 broken",
        ofd([]),
        ofd(TEXTS, name="Doc_0/Pages/Other.xml"),
        ofd(TEXTS, more='<!DOCTYPE a [<!ENTITY b "c">]>'),
        ofd([(0, 0, "a" * 17_000_000)]),
    ],
    ids=["broken", "scan", "no-page", "entities", "bomb"],
)
def test_ofd_files_that_cannot_be_read_say_so(body: bytes) -> None:
    sheet = read_ofd(body)
    assert sheet.lines == ()
    assert "未" in sheet.note
