"""Annual reports of government information disclosure (政府信息公开工作年度报告): year, format, sections, equations, prose against tables."""

import re
from datetime import date

from crawlers.documents.attachment import sniff
from crawlers.documents.files import SHEETS
from crawlers.documents.record import Report
from crawlers.documents.report_equations import carried_over, comparable, equations, incomplete, owed
from crawlers.documents.report_labels import TOTAL
from crawlers.documents.report_prose import against
from crawlers.documents.report_tables import Tables, read_tables
from crawlers.documents.sheet import Sheet, from_page, squeezed
from crawlers.page import Page
from crawlers.remembered import remembered

__all__ = ["SECTIONS", "carried_over", "comparable", "file_kind", "read_report", "read_report_file", "report_year"]

SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "政府信息公开工作存在的主要问题及改进情况",
    "其他需要报告的事项",
)
"""The six sections of 国办公开办函〔2021〕30号, in their order; 〔2019〕60号 has the same."""
_ISSUED = r"(?:行政机关|本机关|本单位|本部门|我[\u4e00-\u9fff]{1,3}|本[\u4e00-\u9fff]{1,2})?"
_HEADINGS = (
    re.compile(r"(?:年度|基本|工作|政府信息公开工作)?(?:总体|基本)(?:工作)?(?:情况|概况)|概述|概况"),
    re.compile(rf"{_ISSUED}(?:政府信息)?主动公开(?:政府)?(?:信息)?(?:的?(?:工作)?情况|工作|$)"),
    re.compile(
        rf"{_ISSUED}(?:收到[和与及、]?处理|收到(?:的)?|受理和?处理|处理|办理)(?:的?政府)?(?:信息)?公开(?:的)?申请|{_ISSUED}(?:政府信息)?依申请公开(?:政府信息)?(?:的?(?:工作|办理)?情况|$)"
    ),
    re.compile(r"(?:因?政府信息公开(?:工作)?|因信息公开|信息公开)?(?:被)?(?:申请|提起)?(?:的)?行政复议"),
    re.compile(
        r"(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:中)?(?:当前|目前)?(?:存在|主要存在|面临)?(?:的)?(?:主要)?(?:问题|不足|困难)[和及与、以]|(?:政府信息公开)?(?:工作)?存在的?(?:主要)?(?:问题|不足)|主要问题"
    ),
    re.compile(r"其[他它]需?要?(?:需要)?(?:报告|说明)|其[他它](?:报告)?(?:的)?事项|需要(?:报告|说明)的其[他它]"),
)
_NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]{1,2}(?:部分)?[、.．,，:：]?|[(（][一二三四五六七八][)）]、?|\d{1,2}[、.．](?!\d))")
_REPORT = re.compile(r"(?:政府信息公开|政务公开|信息公开)(?:工作)?的?(?:年度)?(?:工作)?(?:年报|年度?报告|报告)|(?:信息|政务)公开.{0,12}年度?报告?")
_TITLE_YEAR = re.compile(r"(20\d\d)(?!\d|年?\d{1,2}月)(?:年度?)?")
_HAN_YEAR = re.compile(r"二[〇○零oO0]([一二〇○零oO0])([〇○零oO0一二三四五六七八九])年?")
_PERIOD = re.compile(r"(?:统计|数据|时限|期限|时间|自|从|为).{0,12}?(20\d\d)年1月1日")
_FIGURES = {"〇": "0", "○": "0", "零": "0", "o": "0", "O": "0", **{han: str(number) for number, han in enumerate("一二三四五六七八九", 1)}}
_FILES = {"ole": "旧版 Office ", "xls": "Excel ", "xlsx": "Excel ", "zip": "压缩包", "rar": "压缩包"}
_LISTED = 3
"""So many links to reports make a page a list of them, not one of them."""


@remembered
def read_report(page: Page, as_of: date) -> Report | None:
    """The annual report that an article holds; None when it is none. `source` is empty and `note` says why where its tables are not on the page."""
    return _report(from_page(page), as_of)


def read_report_file(body: bytes, kind: str, as_of: date) -> Report | None:
    """The annual report in a file; None when it was read and is none. What cannot be read is a Report without `source`, `note` saying why."""
    kind = kind.lower().lstrip(".")
    if kind not in SHEETS:
        return Report(None, note=f"{_FILES.get(kind, kind or '未知格式')}文件不读取，未能核对")
    sheet = SHEETS[kind](body)
    if not sheet.lines and not sheet.rows:
        return Report(None, note=sheet.note or "文件中没有文字，未能核对")
    return _report(sheet, as_of)


def file_kind(body: bytes) -> str:
    """`pdf`, `docx`, `doc`, `ofd` … by a file's bytes; empty for everything else, a page among it."""
    if b"%PDF-" in body[:1_024]:
        return "pdf"
    return sniff(body) if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) else ""


def _report(sheet: Sheet, as_of: date) -> Report | None:
    tables = read_tables(sheet)
    sections = _sections(sheet)
    title = _title(sheet)
    listed = sum(1 for name in sheet.links if _REPORT.search(squeezed(name)))
    if not tables.requests and not (title and (len(sections) >= 3 or (listed < _LISTED and _TITLE_YEAR.search(title)))):
        return None
    year = report_year(title, sheet.lines, as_of)
    if not tables.names:
        note = sheet.note or ("正文中没有可读的表格" if sections else "页面上没有报告正文，可能在附件中")
        return Report(year, sections=sections, unchecked=owed(tables), note=note)
    tried = equations(tables)
    checked = sum(1 for one in tried if one.tried)
    violations = [violation for one in tried if (violation := one.violation)]
    if sheet.exact:
        violations += [violation for one in tables.requests for violation in incomplete(one, tables.form)]
    mentions, contradictions = against(sheet.paragraphs, tables, year, _issuer(title))
    return Report(
        year,
        tables.form,
        sections,
        checked,
        tuple(violations + contradictions),
        _carried(tables),
        sheet.source,
        unchecked=max(0, owed(tables) - checked) if len(tables.requests) < 2 else sum(1 for one in tried if not one.tried),
        mentions=mentions,
        tables=tables.names,
        note=sheet.note,
    )


def _carried(tables: Tables) -> tuple[int | None, int | None]:
    """(上年结转, 结转下年) of the total column, where there is one table three only."""
    if len(tables.requests) != 1:
        return None, None
    values = tables.requests[0].values
    first, last = (values[key][TOTAL] if key in values else None for key in ("carried_in", "carried_out"))
    return first, last


def _sections(sheet: Sheet) -> tuple[str, ...]:
    """The sections whose headings stand at the beginning of a line; a heading without its number (Word counts by itself) must be the whole line."""
    found: set[int] = set()
    for line in sheet.lines:
        text = squeezed(line[:200])
        numbered = _NUMBERED.match(text)
        heading = text[numbered.end() :] if numbered else text
        for number, words in enumerate(_HEADINGS):
            if (match := words.match(heading)) and (numbered or (len(heading) <= 32 and not re.search(r"[。，,;；]", heading) and match.end() >= 2)):
                found.add(number)
                break
    return tuple(name for number, name in enumerate(SECTIONS) if number in found)


def _title(sheet: Sheet) -> str:
    """The title: as the page states it, else among the first lines, where it may stand on two."""
    stated = squeezed(sheet.title)
    if _REPORT.search(stated) and (_TITLE_YEAR.search(stated) or _HAN_YEAR.search(stated)):
        return stated
    lines = [squeezed(line) for line in sheet.lines[:120]]
    for number, line in enumerate(lines):
        if len(line) < 120 and (match := _REPORT.search(line)) and not re.search(r"[。；]|根据|按照|通知", line[: match.start()]):
            if _TITLE_YEAR.search(line) or _HAN_YEAR.search(line):
                return line if not re.match(r"20\d\d年", line) or not number or len(lines[number - 1]) > 30 else lines[number - 1] + line
            if number and len(lines[number - 1]) < 60:
                return lines[number - 1] + line
    return next((line[: match.end()] for line in lines if (match := _REPORT.search(line[:100]))), stated if _REPORT.search(stated) else "")


def report_year(title: str, lines: tuple[str, ...], as_of: date) -> int | None:
    """The year that is reported on: by the title, else by the period of its figures (1月1日 …), else None."""

    def plausible(year: str) -> bool:
        return 2007 < int(year) <= as_of.year

    if found := [year for year in _TITLE_YEAR.findall(title) if plausible(year)]:
        return int(found[-1] if len(set(found)) == 1 else found[0])
    if (han := _HAN_YEAR.search(title)) and plausible(year := "20" + "".join(_FIGURES.get(one, "0") for one in han.groups())):
        return int(year)
    for line in lines[:400]:
        if (match := _PERIOD.search(squeezed(line[:2_000]))) and plausible(match[1]):
            return int(match[1])
    return None


def _issuer(title: str) -> str:
    """Who reports, as the title names it; empty when it does not."""
    bare = _TITLE_YEAR.sub("", _HAN_YEAR.sub("", title))
    match = re.search(r"([\u4e00-\u9fff]{2,30}?)(?:关于)?(?:政府信息公开|政务公开|信息公开)", bare)
    return match[1].removesuffix("关于") if match else ""
