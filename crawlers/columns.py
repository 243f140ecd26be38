"""The dictionary of required columns (栏目), `data/columns.yml`: canonical name, accepted aliases, kind, usual maximum age."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawlers.status import DocumentKind, Match

DICTIONARY = Path(__file__).resolve().parent.parent / "data" / "columns.yml"
Kind = Literal["section", "list", "page", "entry"]


class ColumnsError(ValueError):
    """The dictionary cannot be used; the message names the entry and the remedy."""


class Column(BaseModel):
    """One required column.

    kind: section (a heading over other columns) | list (dated items) | page (one text) | entry (a way to do something).
    days: usual maximum age of the newest item, None where freshness is not asked. pages: how many list pages are worth reading.
    elements: names (with accepted spellings) looked for in the text of a `page`. reads, documents: how its newest items are read closely, and how many of them. obligation: row of OBLIGATIONS, e.g. `E7`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "list"
    days: Annotated[int, Field(gt=0)] | None = None
    pages: Annotated[int, Field(gt=0, le=50)] = 1
    parent: str = ""
    obligation: str = ""
    elements: dict[str, tuple[str, ...]] = {}
    reads: DocumentKind | None = None
    documents: Annotated[int, Field(ge=0, le=30)] = 0


class Dictionary(BaseModel):
    """The whole of `data/columns.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    columns: tuple[Column, ...]


_NOISE = re.compile(r"[\s\u3000\u00ad\u200b-\u200f\u2060\ufeff>»›·•|:：、,，\-—_\[\]【】()（）<《》]+")
_YEAR = re.compile(r"\d{4}")
_MORE = re.compile(r"(更多|more|new)$", re.IGNORECASE)


def normal(text: str) -> str:
    """A name without width variants, white space and ornaments: 「政府信息 公开指南>>」 and 「政府信息公开指南」 are the same name."""
    return _MORE.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", text)))


def load_columns(path: Path = DICTIONARY) -> dict[str, Column]:
    """Columns by key, in the file's order. Raises ColumnsError for unknown keys, duplicates, or a name that two columns claim."""
    try:
        columns = Dictionary.model_validate(yaml.safe_load(path.read_text("utf-8"))).columns
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ColumnsError(f"栏目词典 {path} 无法读取：{_first(error)}") from error
    claimed: dict[str, str] = {}
    by_key: dict[str, Column] = {}
    for column in columns:
        if column.key in by_key:
            raise ColumnsError(f"栏目词典 {path} 中 key 重复：{column.key}")
        by_key[column.key] = column
        for name in (column.name, *column.aliases):
            if (other := claimed.setdefault(normal(name), column.key)) != column.key:
                raise ColumnsError(f"栏目词典 {path} 中名称「{name}」同时属于 {other} 与 {column.key}，请只保留一处")
    for column in columns:
        if column.parent and column.parent not in by_key:
            raise ColumnsError(f"栏目词典 {path} 中 {column.key} 的上级栏目 {column.parent} 不存在")
    return by_key


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}：{first['msg']}"
    return str(error).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Names:
    """Looks a link text up among the names of the planned columns."""

    exact: dict[str, str]
    alias: dict[str, str]

    @classmethod
    def of(cls, columns: dict[str, Column]) -> "Names":
        """Prepare the look-up tables."""
        return cls(
            exact={normal(column.name): key for key, column in columns.items()},
            alias={normal(alias): key for key, column in columns.items() for alias in column.aliases},
        )

    def match(self, text: str) -> tuple[str, Match] | None:
        """The column that a link text names, exactly or by an accepted alias; None otherwise. Never by a part of the text."""
        name = normal(text)
        if key := self.exact.get(name):
            return key, Match.EXACT
        if key := self.alias.get(name):
            return key, Match.ALIAS
        return None

    def contained(self, text: str) -> list[str]:
        """Keys of columns of which a name or alias (four characters or more) is a part of `text`: with at most eight characters beside it, or at the end of a name that states no year."""
        name = normal(text)
        if len(name) > 40:
            return []
        known = [*self.exact.items(), *self.alias.items()]
        found = [
            key
            for part, key in known
            if len(part) >= 4 and part != name and part in name and (len(name) - len(part) <= 8 or (name.endswith(part) and not _YEAR.search(name)))
        ]
        return list(dict.fromkeys(found))
