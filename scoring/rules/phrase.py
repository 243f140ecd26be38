"""Pieces of the sentences in which rules say what they check (`says` beside each rule): for people who never see a parameter's name."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from scoring.rules.spec import ColumnParams, ColumnsParams


def column(params: ColumnParams) -> str:
    """栏目“政府信息公开指南”."""
    return f"栏目{quoted([params.name])}"


def columns(params: ColumnsParams) -> str:
    """栏目“就业”“教育”."""
    return named(params.names, params.columns)


def named(names: Mapping[str, str], keys: Iterable[str]) -> str:
    """The same of keys of the dictionary."""
    return f"栏目{quoted(names.get(key, key) for key in keys)}"


def quoted(words: Iterable[str]) -> str:
    """“甲”“乙”."""
    return "".join(f"“{word}”" for word in words)


def any_of(words: Iterable[str]) -> str:
    """“甲”“乙”之一, or “甲” alone."""
    known = list(words)
    return quoted(known) + ("之一" if len(known) > 1 else "")


def percent(value: Decimal) -> str:
    """5%: as written, never rounded."""
    return f"{(value * 100).normalize() + 0:f}%"


def worth(value: Decimal) -> str:
    """What a ratio earns: 得满分 | 得 50% 的分 | 不得分."""
    return "得满分" if value == 1 else f"得 {percent(value)} 的分" if value else "不得分"
