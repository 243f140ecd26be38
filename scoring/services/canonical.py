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
from decimal import Decimal
from functools import lru_cache

from scoring.model import NodeScore, Unit
from scoring.services.book import GroupBook, places

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
        inner = frozenset(node.code for first in book.edition.index for node in first.walk() if not node.is_leaf)
        for unit in sorted(book.units, key=lambda one: one.id):
            yield unit.id, _unit(book, unit, inner, marks.get(unit.id, {}))


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


@lru_cache(maxsize=1 << 16)
def rate(total: Decimal, full: Decimal) -> str:
    """得分率 with 12 places; empty when nothing applies."""
    return places(total / full) if full else ""


def _unit(book: GroupBook, unit: Unit, inner: frozenset[str], marks: Mapping[str, str]) -> bytes:
    score = book.scores[unit.id]
    numbers = [places(value) for value in (score.total, score.lower, score.upper, score.full)]
    rank = "" if score.rank is None else str(score.rank)
    tail = [places(score.coverage), score.grade or "", rank, " ".join(score.veto), " ".join(score.veto_open), identity(unit)]
    lines = [_line(["unit", book.group, unit.id, "", unit.name, "", "", *numbers, rate(score.total, score.full), *tail])]
    group, name = (_line([safe(text)])[:-1].decode() for text in (book.group, unit.id))
    findings, parts = book.findings(unit), frozenset(part.code for part in book.edition.parts)
    for code in sorted({*score.nodes, *findings}):
        node, finding = score.nodes.get(code), findings.get(code)
        seen = f"{finding.outcome.value},{places(finding.ratio)}" if finding else ","
        record = "part" if code in parts else "node" if code in inner else "leaf"
        lines.append(f"{record},{group},{name},{code},,{seen},{_numbers(node)},,,,,,{marks.get(code, '')}\n".encode())
    return b"".join(lines)


def _numbers(node: NodeScore | None) -> str:
    if node is None:
        return ",,,,"
    return f"{places(node.total)},{places(node.lower)},{places(node.upper)},{places(node.weight)},{rate(node.total, node.weight)}"


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([safe(cell) for cell in cells])
    return out.getvalue().encode()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
