"""Unmasked personal data: identity cards by checksum, region and birthday, bank cards by Luhn and prefix, mobile numbers beside names in rosters.

A number that is found is never kept, logged or raised: only its kind, a masked form and the place in words leave this file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from stdnum import luhn, numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from crawlers.documents.record import PersonalDatum

_MOST = 50
_LINE = 20_000
_CARD = re.compile(r"(?<![0-9A-Za-z_/=.-])(\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx])(?![0-9A-Za-z_])")
_BANK = re.compile(r"(?<![0-9A-Za-z_/=.-])(\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![0-9A-Za-z_])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z_/=.-])(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z_])")
_RUN = re.compile(r"(?<![0-9A-Za-z])(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?|1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z])")
_PREFIX = re.compile(r"62|60[13]|4[0-9]|5[1-5]|9558|9559|3[47]|35")
_IDENTITY = re.compile(r"身份证|公民身份|证件|身份号")
_OTHER_NUMBER = re.compile(
    r"信用代码|组织机构代码|文号|索引号|项目代码|项目编号|订单|流水|登记号|许可证|执照|标识码|批号|合同|票号|受理编号|案号|备案|编码|统一编号|设备|单据|采购|公告编号|条码|宗地|不动产|备查号"
)
_ACCOUNT = re.compile(r"银行|卡号|账号|帐号|账户|帐户|一卡通|存折|开户")
_OFFICE_ACCOUNT = re.compile(
    r"保证金|对公|专户|财政|缴款|收款(?:单位|人)|户名[:： ]{0,2}[^,，;；\n]{0,30}(?:局|公司|中心|政府|委员会|办公室|学校|医院|集团|厅|站|所|会)"
)
_PERSON = re.compile(
    r"^(?:姓 ?名|户主|户主姓名|申请人|申请人姓名|受助人|救助对象|补贴对象|补助对象|受益人|农户|农户姓名|养殖户|种植户|持卡人|学生姓名|家长姓名|患者|对象姓名|保障对象|低保户|承租人|村民姓名|补贴农户|领取人|本人姓名|残疾人姓名|种粮大户)(?:\(.{0,12}\))?$"
)
_PHONE = re.compile(r"电话|手机|联系方式|号码|^联系$|移动")
_OFFICE = re.compile(
    r"职务|职称|科室|岗位|值班|职责|办公室|窗口|主任|河长|林长|网格|联系人|单位名称|企业|机构|律师|执法|法定代表人|部门|站长|医师|药师|公司|负责人|律所|店名|商户"
)
_FIRST_BORN = 1900


def scrub(text: str) -> str:
    """A text without numbers of persons: every run that could be one is masked, so that it may be shown."""
    return _RUN.sub(lambda match: _masked(match[0]), text) if _RUN.search(text) else text


def scrub_cards(text: str, as_of: date) -> str:
    """A text in which numbers that are identity cards by their checksum are masked, and others, such as a project's, are left."""
    return _CARD.sub(lambda match: _masked(match[1]) if _is_identity(re.sub(r"[ -]", "", match[1]), "", as_of) else match[0], text)


def _masked(number: str) -> str:
    digits = re.sub(r"[ -]", "", number)
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}" if len(digits) == 11 else f"{digits[:4]}{'*' * (len(digits) - 6)}{digits[-2:]}"


def in_lines(lines: Iterable[str], url: str, place: str, as_of: date) -> tuple[PersonalDatum, ...]:
    """Cards in running text. `place`: words for the text, e.g. 正文. Mobile numbers there are left alone: an office's stands in every notice."""
    found: list[PersonalDatum] = []
    for number, line in enumerate(lines, start=1):
        for kind, masked in _cards(line[:_LINE], "", as_of):
            found.append(PersonalDatum(kind, masked, f"{place}第{number}行", url))
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def in_table(rows: Sequence[Sequence[str]], url: str, place: str, as_of: date) -> tuple[PersonalDatum, ...]:
    """Cards in cells, and mobile numbers in a row that names a person who is served. `rows`: cells as text; a row that names columns holds for those below it."""
    found: list[PersonalDatum] = []
    head: tuple[str, ...] = ()
    for number, row in enumerate(rows, start=1):
        if names := _head(row):
            head = names
            continue
        served = _served(head, row)
        for column, cell in enumerate(row):
            name = head[column] if len(head) == len(row) else ""
            where = f"{place}第{number}行" + (f"「{shown}」列" if (shown := _shown(name)) else f"第{column + 1}列")
            found += [PersonalDatum(kind, masked, where, url) for kind, masked in _cards(cell[:_LINE], name, as_of)]
            if served is not None and column != served and (not name or _PHONE.search(name)):
                found += [PersonalDatum("mobile", _masked(match[1]), where, url) for match in _MOBILE.finditer(cell[:200])]
        if len(found) >= _MOST:
            return tuple(found[:_MOST])
    return tuple(found)


def _head(row: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, when a row is one of names."""
    names = tuple(re.sub(r"\s", "", cell)[:40] for cell in row)
    told = any(_PERSON.match(name) or _IDENTITY.search(name) or _ACCOUNT.search(name) or _PHONE.search(name) for name in names)
    return names if len(names) >= 2 and told and not any(re.search(r"\d{6}", name) for name in names) else ()


def _served(head: tuple[str, ...], row: Sequence[str]) -> int | None:
    """The column that names the person whom a roster's row serves; None when the table is none of those, or of people in office."""
    if len(head) != len(row) or any(_OFFICE.search(name) for name in head):
        return None
    at = next((number for number, name in enumerate(head) if _PERSON.match(name)), None)
    return at if at is not None and _is_name(row[at]) else None


def _shown(name: str) -> str:
    return "" if re.search(r"\d{4}", name) else name[:20]


def _is_name(cell: str) -> bool:
    return bool(re.fullmatch(r"[一-龥·*某xX]{2,8}", re.sub(r"\s", "", cell)))


def _cards(text: str, head: str, as_of: date) -> Iterator[tuple[str, str]]:
    """(kind, masked form) of the cards in a text."""
    taken: list[tuple[int, int]] = []
    for match in _CARD.finditer(text):
        before = head + text[max(0, match.start() - 16) : match.start()]
        if _is_identity(re.sub(r"[ -]", "", match[1]), before, as_of):
            taken.append(match.span())
            yield "id_card", _masked(match[1])
    for match in _BANK.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        around = head + text[max(0, match.start() - 40) : match.end() + 20]
        before = head + text[max(0, match.start() - 24) : match.start()]
        if _is_bank_card(re.sub(r"[ -]", "", match[1]), before, around):
            yield "bank_card", _masked(match[1])


def _is_identity(number: str, before: str, as_of: date) -> bool:
    if not (number[-1].upper() == ric.calc_check_digit(number) and _known_region(number)):
        return False
    labelled = bool(_IDENTITY.search(before))
    if not labelled and (_OTHER_NUMBER.search(before) or (number.isdigit() and uscc.is_valid(number))):
        return False
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return born.year >= _FIRST_BORN and born <= as_of


def _known_region(number: str) -> bool:
    """Whether the first six digits are or were a county. `ric.validate` asks for one of the year of birth, but numbers were first given out in 1984."""
    return any("county" in told for _, told in numdb.get("cn/loc").info(number[:6]))


def _is_bank_card(number: str, before: str, around: str) -> bool:
    if not 16 <= len(number) <= 19 or not _PREFIX.match(number) or not luhn.is_valid(number) or len(set(number)) < 4:
        return False
    return (
        bool(_ACCOUNT.search(before))
        and not _OFFICE_ACCOUNT.search(around)
        and not (_OTHER_NUMBER.search(before) and not re.search(r"卡号|银行卡|一卡通|账号|帐号", before))
    )
