"""Standard catalogues (基层政务公开标准目录、主动公开基本目录): which of the asked headings their tables have, on the page or in files."""

import re
from collections.abc import Iterable, Sequence

HEADINGS = ("事项", "内容", "依据", "时限", "主体", "渠道", "对象", "方式")
_SPELLED = {
    "事项": r"事项",
    "内容": r"内容|要素",
    "依据": r"依据",
    "时限": r"时限|期限|公开时间",
    "主体": r"主体|责任(?:单位|部门|科室)|公开(?:单位|部门|机构)",
    "渠道": r"渠道|载体|平台",
    "对象": r"对象|范围",
    "方式": r"方式",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SPELLED.items()}
_ROWS = 8
_CELL = 20
_LEAST = 3
"""A row is one of headings when it names so many of them; longer cells are text."""


def headings(tables: Iterable[Sequence[Sequence[str]]]) -> tuple[str, ...]:
    """Headings that the first rows of tables name, in the norm's order."""
    found: set[str] = set()
    for rows in tables:
        for row in rows[:_ROWS]:
            named = {name for cell in row if len(cell) <= _CELL for name, pattern in _PATTERNS.items() if pattern.search(cell)}
            if len(named) >= _LEAST:
                found |= named
    return tuple(name for name in HEADINGS if name in found)
