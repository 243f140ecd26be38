"""One entry in the answer of a list interface: what it is called, where it leads, when it was published, whether it is in force."""

import json
import re
from datetime import date, datetime
from html import unescape
from typing import Any

from crawlers.dates import CHINA, list_date

_TAG = re.compile(r"<[^<>]{0,2000}>")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{2,6})?")
_TITLE = (
    "title",
    "doctitle",
    "infotitle",
    "realtitle",
    "vctitle",
    "showtitle",
    "titletext",
    "articletitle",
    "maintitle",
    "wjbt",
    "xxbt",
    "newstitle",
    "bt",
    "mc",
    "subject",
    "name",
)
_URL = (
    "url",
    "docpuburl",
    "chnldocurl",
    "docurl",
    "posturl",
    "link",
    "href",
    "infourl",
    "linkurl",
    "pcurl",
    "staticurl",
    "visiturl",
    "puburl",
    "weburl",
    "urls",
    "htmlurl",
    "pageurl",
    "detailurl",
    "articleurl",
    "newsurl",
    "wjurl",
    "xxurl",
)
_PUBLISHED = ("publishedtimestr", "publishtime", "publishdate", "publishedtime", "pubdate", "pubtime", "pubdatestr", "docreltime", "docpubtime")
_RELEASED = ("displaypublishtime", "releasetime", "releasedate", "deploytime", "firstpublishtime", "fbrq", "fbsj", "rq", "infodate", "issuedate", "showdate")
_CREATED = ("createdat", "createdate", "createtime", "cdate", "date", "time")
_LIKE = re.compile(r"date|time|day|rq$|sj$")
_UNLIKE = re.compile(r"upd|modif|edit|expir|end|over|invalid|valid|effect|start|begin|writ|cw|sx|del|sync|index|oper|birth|dead")
_PUBLISHER = ("publisher", "puborg", "publishgroupname", "fbjg", "fwjg", "pubunit", "publishorg", "organname", "departmentname")
_VALIDITY = ("validity", "sxx", "yxx", "effectstatus", "timeliness")
_ENDED = (("isabolished", "废止"), ("isexpired", "失效"))

Row = dict[str, Any]


def lowered(node: dict[Any, Any]) -> Row:
    """An object with its names in lower case, without separators."""
    return {re.sub(r"[_\-\s.]", "", str(key)[:60]).lower(): child for key, child in node.items()}


def title(row: Row) -> str:
    """What an entry is called, without markup; empty when it is not called anything."""
    for name in _TITLE:
        if isinstance(value := row.get(name), str) and (text := " ".join(unescape(_TAG.sub("", value)).split())):
            return text[:500]
    return ""


def address(row: Row) -> str:
    """Where an entry leads as the interface spells it; empty when nowhere."""
    for name in _URL:
        value = _spread(row.get(name))
        if isinstance(value, dict):
            value = next((value[key] for key in ("pc", "www", "common", "mobile") if isinstance(value.get(key), str) and value[key]), None)
        if isinstance(value, str) and value.strip() and not value.strip().lower().startswith("javascript:"):
            return unescape(value.strip())
    return ""


def _spread(value: object) -> object:
    """What a field holds, where an interface gives it as JSON within its JSON (`urls` of a 大汉 list: one address for each kind of device)."""
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def day(value: object, as_of: date) -> date | None:
    """A date as interfaces spell it: text, an ISO instant, YYYYMMDD, epoch seconds or milliseconds; instants in China's time."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("time", "value", "date") if key in value), None)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = str(int(value) if isinstance(value, float) and abs(value) < 1e14 else value).strip()[:100]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})", text):
        try:
            text = datetime.fromisoformat(text).astimezone(CHINA).date().isoformat()
        except (ValueError, OverflowError):
            return None
    elif compact := _COMPACT.fullmatch(text):
        text = f"{compact[1]}-{compact[2]}-{compact[3]}"
    found = list_date(text, "", as_of)
    return found[0] if found else None


def dated(row: Row) -> bool:
    """Whether an entry has a field that usually holds its date."""
    return any(row.get(name) for name in (*_PUBLISHED, *_RELEASED, *_CREATED)) or any(_LIKE.search(name) and not _UNLIKE.search(name) for name in row)


def published(row: Row, as_of: date, names: tuple[str, ...] = ()) -> date | None:
    """When an entry was published, by the first of the names that holds a date; else by the only field besides that is named like one."""
    if found := next((found for name in (*names, *_PUBLISHED, *_RELEASED, *_CREATED) if (found := day(row.get(name), as_of))), None):
        return found
    others = {
        found for name, value in row.items() if _LIKE.search(name) and not _UNLIKE.search(name) and isinstance(value, str) and (found := day(value, as_of))
    }
    return others.pop() if len(others) == 1 else None


def validity(row: Row) -> str:
    """有效, 失效 or 废止, where the entry says so."""
    for name, said in _ENDED:
        if str(row.get(name)).lower() in ("1", "true", "2"):
            return said
    if any(name in row for name, _ in _ENDED):
        return "有效"
    stated = next((str(row[name]) for name in _VALIDITY if isinstance(row.get(name), str)), "")
    return next((said for said in ("废止", "失效", "有效") if said in stated), "")


def publisher(row: Row) -> str:
    """发布机构, where the entry names it."""
    return next((value.strip() for name in _PUBLISHER if isinstance(value := row.get(name), str) and value.strip()), "")
