"""Availability samples on disk: `home/probes/YYYY-MM-DD[.NAME].jsonl`, one line a round over all sites, appended in one write.

The day is that of the round's start in Asia/Shanghai. A line that was cut off loses its own round and no other: whoever appends next begins on a line of its own.
"""

import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from crawlers.lock import held
from crawlers.status import FetchStatus

FORMAT = 1
FOLDER = "probes"
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(\.[A-Za-z0-9_-]+)?\.jsonl")
_PATIENCE = 30.0


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Look(_Strict):
    """One home page in one round. `seconds` until it was answered in full, waiting for politeness left out."""

    site: str
    at: AwareDatetime
    status: FetchStatus
    http: int | None = None
    seconds: Decimal = Field(ge=0)


class Control(_Strict):
    """An address that must answer for a round to say anything of others; asked before and after the sites."""

    url: str
    answered: bool


class Round(_Strict):
    """One round. `valid` False: the prober itself was at fault (无效), and `why`. `vantage`: a name for the place it was seen from."""

    format: Literal[1] = 1
    round: str
    vantage: str
    started: AwareDatetime
    finished: AwareDatetime
    simulated: bool = False
    valid: bool
    why: str = ""
    controls: tuple[Control, ...] = ()
    samples: tuple[Look, ...]

    @property
    def day(self) -> date:
        """The day of its start in Asia/Shanghai."""
        return day_of(self.started)


def day_of(at: datetime) -> date:
    """The day of an instant in Asia/Shanghai."""
    return at.astimezone(_SHANGHAI).date()


def append(folder: Path, made: Round) -> Path:
    """Add a round to its day's file, in one write, whoever else appends. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{made.day}.jsonl"
    line = made.model_dump_json().encode() + b"\n"
    with path.open("a+b") as file:
        held(file, _PATIENCE)
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":  # the line before was cut off
                line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return path


def read(path: Path) -> tuple[list[Round], int]:
    """The rounds of a file and how many lines could not be read. Raises OSError."""
    rounds: list[Round] = []
    damaged = 0
    for line in path.read_bytes().splitlines():
        if not line.strip():
            continue
        try:
            rounds.append(Round.model_validate_json(line))
        except ValidationError:
            damaged += 1
    return rounds, damaged


def files(folder: Path) -> Iterator[tuple[date, Path]]:
    """Every file of samples with its day, oldest first; other files are none of ours."""
    for path in sorted(folder.glob("*.jsonl")):
        if found := _NAME.fullmatch(path.name):
            try:
                yield date.fromisoformat(found[1]), path
            except ValueError:
                continue
