"""Whose an entry of a shared list is, by the publisher it states."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from crawlers.columns import normal
from crawlers.observation import Item
from crawlers.page import Page

_JOINT = re.compile(r"[、,，;；/\s]+|联合(?:发布|发文|印发)?")
_OFFICE = re.compile(r"(?:人民政府|政府)?(?:办公室|办公厅)$|(?:人民)?政府$")
_SUPERIOR = re.compile(r"(?:国务院|中国|[省市区县旗盟州])[\u4e00-\u9fff]{0,8}(?:政府|门户|政务)")
_LIST = 3
"""Entries of one other host that make a list of its own."""


def is_by(unit: str, publisher: str) -> bool | None:
    """Whether a unit published something: 「甲镇人民政府」 and 「甲镇、乙镇」 are 甲镇 too. None where the entry does not say, or says no more than a part of the name."""
    name, parts = _bare(unit), [bare for part in _JOINT.split(publisher) if (bare := _bare(part))]
    if normal(publisher) == normal(unit) or name in parts:
        return True
    if not parts or any(part.endswith(name) or name.endswith(part) for part in parts):
        return None
    return False


def shares(unit: str, items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The entries that are a unit's, and those of which it cannot be told."""
    told = [(is_by(unit, item.publisher), item) for item in items]
    return tuple(item for by, item in told if by), tuple(item for by, item in told if by is None)


def are_superiors(items: Sequence[Item], home: Page | None) -> bool:
    """Whether a list is that of one other site, which the site's `home` names as a government's: a province's news shown on a county's page."""
    hosts = {urlsplit(item.url).netloc.lower() for item in items}
    if len(items) < _LIST or len(hosts) != 1 or home is None:
        return False
    return any(urlsplit(link.url).netloc.lower() in hosts and any(_SUPERIOR.search(name) for name in link.names) for link in home.links)


def newest_of(items: Sequence[Item]) -> date:
    """The newest date of entries; what states none is older than anything."""
    return max((item.date for item in items if item.date), default=date.min)


def _bare(name: str) -> str:
    """A name without the suffix that only says that it is the government's, or its office."""
    whole = normal(name)
    return _OFFICE.sub("", whole) or whole
