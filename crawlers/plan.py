"""采集方案: what a run looks for. Services build it from editions; it is stored in the run, so that a reader knows what was asked."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from crawlers.columns import Column, Names


class PlannedColumn(BaseModel):
    """A column to look for. `stale_after` (days): the smallest age any edition asks; older findings are looked at twice.

    `horizon` (days): how far back its list is read, when a rule asks for more than the plan's own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: Column
    stale_after: int | None = None
    pages: int = 1
    horizon: int | None = None


class Plan(BaseModel):
    """`horizon` (days): a list is read back to this age or for `pages` pages, whichever is first. `budget`: pages a site may cost, per unit on it.

    `links`: how many links of each kind, beyond the pages read anyway, are tried for being dead.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    columns: tuple[PlannedColumn, ...]
    editions: tuple[str, ...] = ()
    horizon: int = 400
    budget: int = 400
    depth: int = 2
    links: int = 60

    def sha(self) -> str:
        """SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def by_key(self) -> dict[str, Column]:
        """The columns asked for, by key."""
        return {planned.column.key: planned.column for planned in self.columns}

    @cached_property
    def names(self) -> Names:
        """Looks link texts up among the names of the columns, for all sites."""
        return Names.of(self.by_key())

    def write(self, path: Path) -> None:
        """Store the plan as UTF-8 JSON."""
        path.write_text(self.model_dump_json(indent=1), "utf-8")
