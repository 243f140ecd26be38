"""Unmasked personal data: what is one and what only looks like one; and that no number ever leaves the reader. All numbers are made up here."""

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document as Word
from stdnum import luhn
from stdnum.cn import ric, uscc

from crawlers.documents.files import read
from crawlers.documents.personal import in_lines, in_table, scrub
from crawlers.documents.record import PersonalDatum

AS_OF = date(2026, 6, 1)
URL = "http://www.example.invalid/a.html"


def card(region: str = "330203", born: str = "19500101", serial: str = "001") -> str:
    """A number whose checksum holds."""
    number = f"{region}{born}{serial}0"
    return number[:-1] + ric.calc_check_digit(number)


def bank(prefix: str = "622202000000012345") -> str:
    return prefix + luhn.calc_check_digit(prefix)


CARD, BANK, MOBILE = card(), bank(), "1380000" + "1234"


def kinds(found: tuple[PersonalDatum, ...]) -> list[str]:
    return [one.kind for one in found]


def lines(*text: str) -> tuple[PersonalDatum, ...]:
    return in_lines(text, URL, "正文", AS_OF)


def test_a_card_in_a_text_is_found_and_masked() -> None:
    found = lines("公示如下", f"张三，身份证号{CARD}，补贴500元")
    assert found == (PersonalDatum("id_card", f"3302************{CARD[-2:]}", "正文第2行", URL),)


@pytest.mark.parametrize("text", [CARD, f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}", CARD.lower(), f"张三({CARD})", f"证件:{CARD};"])
def test_cards_in_any_writing(text: str) -> None:
    assert kinds(lines(text)) == ["id_card"]


def test_a_check_digit_x_counts() -> None:
    number = next(one for serial in range(1, 100) if (one := card(serial=f"{serial:03d}")).endswith("X"))
    assert kinds(lines(number)) == kinds(lines(number.lower())) == ["id_card"]


@pytest.mark.parametrize(
    "text",
    [
        CARD[:-1] + str((int(CARD[-1]) + 1) % 10 if CARD[-1] != "X" else 1),  # the checksum fails
        card(region="990203"),  # no such region
        "33020320261301" + "001X",  # no such day
        card(born="20990101"),  # not born yet
        f"{CARD[:4]}************{CARD[-2:]}",  # masked
        f"1{CARD}",  # a part of a longer number
        f"art_{CARD}.html",
        f"订单号：{CARD}",
        f"统一社会信用代码：{CARD}",
        f"项目代码：{CARD}",
        "索引号：002000018/2026-00018，文号：示政发〔2026〕18号，联系电话：0000-80000001",
        "统一社会信用代码：" + "1133020300000000" + "0" + uscc.calc_check_digit("11330203000000000"),
        "项目代码2605-330203-04-01-123456",
    ],
)
def test_what_only_looks_like_a_card(text: str) -> None:
    assert lines(text) == ()


def test_a_bank_card_needs_luhn_a_prefix_and_a_word_for_it() -> None:
    assert [(one.kind, one.masked) for one in lines(f"开户银行：示例银行，卡号：{BANK}")] == [("bank_card", f"6222*************{BANK[-2:]}")]
    assert kinds(lines(f"一卡通账号 {BANK[:4]} {BANK[4:8]} {BANK[8:12]} {BANK[12:16]} {BANK[16:]}")) == ["bank_card"]
    assert lines(f"编号{BANK}") == ()
    assert lines(f"卡号：{BANK[:-1]}{(int(BANK[-1]) + 1) % 10}") == ()
    assert lines(f"保证金账号：{BANK}") == ()
    assert lines(f"户名：示例区财政局，开户行：示例银行，账号：{BANK}") == ()
    assert lines("卡号：0000000000000000") == ()


ROSTER: list[tuple[str, ...]] = [
    ("序号", "姓名", "身份证号", "联系电话", "银行账号", "金额"),
    ("1", "张三", CARD, MOBILE, BANK, "500"),
    ("2", "李四", "3302**********12", "138****1234", "6222****1234", "500"),
]


def test_a_roster_with_numbers_of_the_persons_it_serves() -> None:
    found = in_table(ROSTER, URL, "表格1", AS_OF)
    assert [(one.kind, one.where) for one in found] == [
        ("id_card", "表格1第2行「身份证号」列"),
        ("mobile", "表格1第2行「联系电话」列"),
        ("bank_card", "表格1第2行「银行账号」列"),
    ]
    assert found[1].masked == "138******34"


@pytest.mark.parametrize(
    "head",
    [
        ("姓名", "职务", "联系电话"),
        ("河长姓名", "河道", "联系电话"),
        ("单位名称", "联系人", "联系电话"),
        ("窗口", "姓名", "电话"),
        ("机构", "地址", "联系电话"),
    ],
)
def test_numbers_of_people_in_office_are_published_on_purpose(head: tuple[str, ...]) -> None:
    assert in_table([head, ("张三", "示例", MOBILE)], URL, "表格1", AS_OF) == ()


def test_a_mobile_number_in_a_text_is_left_alone() -> None:
    assert lines(f"联系人：张三，电话：{MOBILE}") == ()
    assert in_table([("张三", MOBILE), ("李四", MOBILE)], URL, "表格1", AS_OF) == ()


def test_a_second_head_holds_for_the_rows_below_it() -> None:
    rows = [("单位名称", "联系电话"), ("示例局", MOBILE), ("户主姓名", "手机号码"), ("张三", MOBILE)]
    assert [one.where for one in in_table(rows, URL, "表格1", AS_OF)] == ["表格1第4行「手机号码」列"]


def test_a_head_that_is_itself_a_number_is_not_shown() -> None:
    assert [one.where for one in in_table([("姓名", "电话"), (CARD, CARD)], URL, "表格", AS_OF)] == ["表格第2行「姓名」列", "表格第2行「电话」列"]
    assert not any(re.search(r"\d{6}", one.where) for one in in_table([(CARD, "电话"), ("张三", CARD)], URL, "表格", AS_OF))


def xlsx(rows: list[tuple[str, ...]]) -> bytes:
    strings: list[str] = []
    body = []
    for number, row in enumerate(rows, start=1):
        cells = ""
        for column, cell in enumerate(row):
            cells += f'<c r="{chr(65 + column)}{number}" t="s"><v>{len(strings)}</v></c>'
            strings.append(cell)
        body.append(f'<row r="{number}">{cells}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{''.join(f'<si><t>{one}</t></si>' for one in strings)}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(body)}</sheetData></worksheet>")
    return packed.getvalue()


def docx(rows: list[tuple[str, ...]]) -> bytes:
    word = Word()
    word.add_paragraph("补贴公示")
    table = word.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(("body", "kind"), [(xlsx(ROSTER), "xlsx"), (docx(ROSTER), "docx")])
def test_rosters_in_files(body: bytes, kind: str) -> None:
    content = read(body, kind)
    assert content is not None
    found = [one for name, rows in content.tables for one in in_table(rows, URL, name, AS_OF)]
    assert kinds(tuple(found)) == ["id_card", "mobile", "bank_card"]


def test_hostile_files_are_not_read() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", b" " * 80_000_000)
    assert read(bomb.getvalue(), "xlsx") is None
    laughs = io.BytesIO()
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(laughs, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"{entities}<sst>&b;</sst>")
    assert read(laughs.getvalue(), "xlsx") is None
    for body, kind in ((b"PK\x03\x04damaged", "xlsx"), (b"PK\x03\x04damaged", "docx"), (b"%PDF-1.4 damaged", "pdf"), (b"", "xlsx"), (b"x", "exe")):
        assert read(body, kind) is None


def test_text_that_is_shown_is_scrubbed() -> None:
    assert scrub(f"名单{CARD}.xlsx") == f"名单3302************{CARD[-2:]}.xlsx"
    assert scrub(f"{MOBILE}") == "138******34"
    assert scrub("示政发〔2026〕18号 0000-80000001") == "示政发〔2026〕18号 0000-80000001"


def test_hostile_text_is_read_in_time() -> None:
    assert lines("1" * 1_000_000, "330203 " * 100_000, "6222 " * 100_000, "1-" * 500_000) == ()
