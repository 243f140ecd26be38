"""规范数据 (canonical CSV): the one text whose SHA-256 is a revision's digest (摘要).

UTF-8 without BOM, comma, LF, quotes only where needed (RFC 4180), header first. Numbers have 12 places, rounded half up; an empty cell is "none". Per group, in
the period's order:

- one `group` line: `code` the edition's id, `name` its title, `mark` the SHA-256 of its YAML text: every weight, rule and parameter;
- then per unit, by id: one `unit` line (total, interval, `full` marks, `rate` 得分率, coverage, grade, rank, vetoes; `mark` over its official data), and by code
  one `node` line per inner indicator and one `leaf` line per leaf, vetoes, deductions and bonus included (these have an outcome and no marks of their own).
  A composed index has one `part` line per part, too (marks out of its weight of 100).

A `mark` of a leaf is the first 16 hex digits of the SHA-256 of all that is known of it (`scoring.store.marked`). So a changed ratio, reason, address, decision or name changes the digest. A unit's lines alone give its seal.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.model import Finding, Unit
from scoring.score import Nodes
from scoring.services import figures
from scoring.services.book import GroupBook
from scoring.services.figures import places, rate

HEADER = (
    *("record", "group", "unit", "code", "name", "outcome", "ratio", "total", "lower", "upper", "full", "rate"),
    *("coverage", "grade", "rank", "veto", "veto_open", "mark"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Marks = Mapping[str, Mapping[str, str]]
"""The mark of every leaf by unit id and code."""


def identity(unit: Unit) -> str:
    """The mark of a unit's official data."""
    return _short(
        json.dumps(
            [unit.id, unit.name, unit.group, unit.level, unit.parent, unit.order, list(unit.duties), list(unit.predecessors), unit.excluded], ensure_ascii=False
        )
    )


def chunks(books: Sequence[GroupBook], marks: Marks) -> Iterator[tuple[str, bytes]]:
    """The text in pieces: the header, each group's line and each unit's lines, which come with the unit's id (else empty)."""
    yield "", _line(HEADER)
    for book in books:
        head = {"record": "group", "group": book.group, "code": book.edition.id, "name": book.edition.title, "mark": book.edition.sha}
        yield "", _line([head.get(name, "") for name in HEADER])
        shape = _Shape(book)
        for unit in sorted(book.units, key=lambda one: one.id):
            yield unit.id, shape.lines(unit, marks.get(unit.id, {}))


@dataclass(frozen=True, slots=True)
class Sealed:
    """The whole text, its SHA-256, and the seal of each unit by id."""

    text: bytes
    digest: str
    seals: Mapping[str, str]


def seal(books: Sequence[GroupBook], marks: Marks) -> Sealed:
    """The text of these books with its digest and seals."""
    parts: list[bytes] = []
    seals: dict[str, str] = {}
    for unit, part in chunks(books, marks):
        parts.append(part)
        if unit:
            seals[unit] = hashlib.sha256(part).hexdigest()
    whole = b"".join(parts)
    return Sealed(whole, hashlib.sha256(whole).hexdigest(), seals)


def safe(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


class _Shape:
    """The lines of a group's units: their codes in order, and what stands before and after the numbers, are the same for all of them."""

    def __init__(self, book: GroupBook) -> None:
        self._book = book
        self._inner = frozenset(node.code for first in book.edition.index for node in first.walk() if not node.is_leaf)
        self._parts = frozenset(part.code for part in book.edition.parts)
        self._places: Mapping[str, int] = {}
        self._codes: list[tuple[str, str, int | None]] = []

    def lines(self, unit: Unit, marks: Mapping[str, str]) -> bytes:
        """The lines of a unit."""
        book, score = self._book, self._book.scores[unit.id]
        numbers = [places(value) for value in (score.total, score.lower, score.upper, score.full)]
        rank = "" if score.rank is None else str(score.rank)
        tail = [places(score.coverage), score.grade or "", rank, " ".join(score.veto), " ".join(score.veto_open), identity(unit)]
        head = _line(["unit", book.group, unit.id, "", unit.name, "", "", *numbers, rate(score.total, score.full), *tail])
        group, name = (_line([safe(text)])[:-1].decode() for text in (book.group, unit.id))
        findings, nodes = book.findings(unit), Nodes.of(score.nodes)
        of_nodes = [",".join(texts) for texts in figures.of_nodes(nodes)]
        lines = []
        for record, code, n in self._in_order(nodes.places, findings):
            seen = f"{finding.outcome},{places(finding.ratio)}" if (finding := findings.get(code)) else ","
            lines.append(f"{record},{group},{name},{code},,{seen},{',,,,' if n is None else of_nodes[n]},,,,,,{marks.get(code, '')}\n")
        return head + "".join(lines).encode()

    def _in_order(self, places: Mapping[str, int], findings: Mapping[str, Finding]) -> list[tuple[str, str, int | None]]:
        """Kind of record, code and place among the nodes (None: beside the tree) of every line; worked out anew only where a unit's nodes are others."""
        if not self._codes or (places is not self._places and places != self._places):
            self._places = places
            self._codes = [(self._record(code), code, places.get(code)) for code in sorted({*places, *findings})]
        return self._codes

    def _record(self, code: str) -> str:
        return "part" if code in self._parts else "node" if code in self._inner else "leaf"


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([safe(cell) for cell in cells])
    return out.getvalue().encode()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
