"""Layouts whose rows come from an interface: what such an interface is asked, and what it says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from crawlers.demo.layouts.base import Listing

NOTE = "模拟数据"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which column's rows are wanted: `start` to `end`, from 1, inclusive."""

    column: str
    start: int
    end: int
    size: int


@runtime_checkable
class Interface(Protocol):
    """The interface of a layout."""

    prefix: str
    """Its path begins so."""

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        """What a request wants; `size`: rows a page where it does not say."""

    def column_id(self, first: str) -> str:
        """The id under which it knows the column at `first`."""

    def answer(self, listing: Listing) -> tuple[str, str]:
        """Body and Content-Type."""


def paged(column: str, page: str, size: str, usual: int) -> Asked:
    """A request by page number; what is no number is the first page or the usual size."""
    rows = min(int(size), 500) if size.isdigit() and int(size) else usual
    number = int(page) if page.isdigit() and int(page) else 1
    return Asked(column, (number - 1) * rows + 1, number * rows, rows)


def as_json(value: dict[str, Any]) -> tuple[str, str]:
    """A JSON answer, which says that it is simulated."""
    return json.dumps(value | {"note": NOTE}, ensure_ascii=False), "application/json; charset=utf-8"


def moment(listing: Listing, index: int) -> str:
    """Publication of a row to the second; empty in an undated list."""
    row = listing.rows[index]
    return f"{row.document.date.isoformat()} 09:30:00" if row.when else ""
