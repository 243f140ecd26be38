"""What the source documents oblige (`data/obligations.yml`), and which edition must therefore hold which row."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from crawlers import yml
from tests.project.checkout import ROOT

FILE = ROOT / "data" / "obligations.yml"
SEEDS = ROOT.parent / "shared" / "seeds"
"""The source documents live outside the project, as the registry of bodies does."""
How = Literal["auto", "assist", "manual", "import"]
_MAJOR, _MINOR = re.compile(r"^#*\s*([一二三四五六七八九十])、"), re.compile(r"^[（(]([一二三四五六七八九十])[）)]")
_NO_WORD = re.compile(r"[^\w%“”]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """A document that obliges. `cite`: how a leaf's basis names it. `file`: its text among the seeds. `verified` false: its clauses were not held against the original."""

    title: str
    cite: str
    number: str = ""
    issued: date | None = None
    file: str | None = None
    note: str = ""
    verified: bool = True


class Section(_Strict):
    """A group of rows. Each of its sources must be named by every row, or be excused by it."""

    id: str
    title: str
    sources: tuple[str, ...]


class EditionDuty(_Strict):
    """What binds an edition: its sources, or some rows of them only. `without`: rows that do not concern its bodies, by reason; `not_yet`: rows that do, and are lacking."""

    id: str
    sources: tuple[str, ...]
    rows: tuple[str, ...] = ()
    without: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_yet: tuple[str, ...] = ()
    why: str = ""

    @property
    def excused(self) -> list[str]:
        """Every row it may lack, as often as it is excused."""
        return [row for rows in self.without.values() for row in rows] + list(self.not_yet)


class Row(_Strict):
    """One obligation. `sources`: clause → words, by source. `kinds`: defects of docs/test-plan.md that break it, by the rule that finds them. `by_hand`: why only people can judge it."""

    id: str
    text: str
    how: Annotated[tuple[How, ...], BeforeValidator(lambda value: tuple(str(value).split()))]
    figure: str
    sources: dict[str, dict[str, str]]
    not_in: dict[str, str] = Field(default_factory=dict)
    kinds: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    by_hand: str = ""
    note: str = ""

    @property
    def section(self) -> str:
        """A–H."""
        return self.id[0]


class Feature(_Strict):
    """What the sources oblige the assessing system itself to. `shown`: modules and pages; `tests`: `file` or `file::test`."""

    id: str
    text: str
    must: str
    state: Literal["有", "部分", "尚未"]
    shown: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    note: str = ""


class Obligations(_Strict):
    """The whole file."""

    format: Literal[1]
    sources: dict[str, Source]
    sections: tuple[Section, ...]
    editions: tuple[EditionDuty, ...]
    rows: tuple[Row, ...]
    system: tuple[Feature, ...]

    def owed(self, edition: str) -> list[str]:
        """The rows that an edition must hold; none when it is not listed."""
        duty = next((one for one in self.editions if one.id == edition), None)
        if duty is None:
            return []
        within = duty.rows or [row.id for row in self.rows]
        return [row.id for row in self.rows if row.id in within and row.id not in duty.excused and set(row.sources) & set(duty.sources)]


@cache
def load() -> Obligations:
    """The obligations, checked for shape. Raises pydantic.ValidationError."""
    return Obligations.model_validate(yml.load(FILE.read_text("utf-8")))


def words(text: str) -> str:
    """Text without white space and punctuation, which the copies of one document do not agree in."""
    return _NO_WORD.sub("", text)


def clauses(path: Path) -> dict[str, str]:
    """The words of each clause of a source document: `一(二)`, `五`, and 首段, 末段, 附件. A chapter's text holds that of its parts."""
    found: dict[str, list[str]] = {"首段": []}
    chapter, part = "", ""
    for line in path.read_text("utf-8").splitlines():
        if major := _MAJOR.match(line):
            chapter, part = major[1], ""
        elif chapter and (minor := _MINOR.match(line)):
            part = f"{chapter}({minor[1]})"
        if line.startswith("附件"):
            found.setdefault("附件", []).append(line)
        for clause in {chapter or "首段", part} - {""}:
            found.setdefault(clause, []).append(line)
        if line.startswith("各地各部门要结合实际"):
            found.setdefault("末段", []).append(line)
    return {clause: words("".join(lines)) for clause, lines in found.items()}
