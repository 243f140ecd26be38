"""Sections of the dictionary: columns that others stand below. Where a section was not read, nothing below it is known to be missing."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from crawlers.columns import Column, load_columns, normal, readings

PLATFORM = "platform"
_DISCLOSURE = re.compile(r"(?:本[区县市镇局]|政府|政务)?信息公开(?:平台|专栏|专区|网站?|专网|目录|栏目?)?|政务公开(?:平台|专栏|专区|网|栏目?)?")


@cache
def _columns() -> dict[str, Column]:
    """The dictionary, read once a process: its YAML takes 80 ms, and every column asks what it stands below."""
    return load_columns()


@cache
def _sections() -> dict[str, str]:
    """Keys of sections by the normal forms of their names."""
    columns = _columns()
    above = {column.parent for column in columns.values()} | {key for key, column in columns.items() if column.kind == "section"}
    return {normal(name): key for key in above if key for name in (columns[key].name, *columns[key].aliases)}


@lru_cache(4096)
def section(text: str) -> str:
    """The key of the section that a link text names; empty for any other name."""
    known = _sections()
    for name in readings(text):
        if key := known.get(name):
            return key
        if _DISCLOSURE.fullmatch(name):
            return PLATFORM
    return ""


@cache
def above(key: str) -> frozenset[str]:
    """Keys of the sections that a column stands below, at any height."""
    columns, found, upper = _columns(), set[str](), ""
    while (column := columns.get(upper or key)) is not None and column.parent and column.parent not in found:
        upper = column.parent
        found.add(upper)
    return frozenset(found)


def kin(url: str, other: str) -> bool:
    """Whether two addresses may belong to one owner: the same host at another port, or hosts below one name."""
    one, two = (_owner(urlsplit(address).hostname or "") for address in (url, other))
    return bool(one) and one == two


def _owner(host: str) -> str:
    labels = host.lower().split(".")
    if host.replace(".", "").isdigit() or len(labels) < 2:
        return host
    wide = len(labels) > 2 and labels[-2] in ("gov", "com", "org", "net", "edu")
    return ".".join(labels[-3:] if wide else labels[-2:])
