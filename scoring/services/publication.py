"""From 底稿 to the tables of a published file, within a 发布口径."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from scoring.disclosure import Disclosure, Extent
from scoring.model import UnitScore
from scoring.score import Nodes
from scoring.services import canonical, listing, tables
from scoring.services.book import GroupBook
from scoring.services.canonical import Marks, Sealed
from scoring.services.shapes import GroupSummary, PeriodInfo, RowFacts
from scoring.store.catalogue import unit_row
from scoring.store.findings import text
from scoring.store.marked import Marked
from scoring.store.published import Columns

NODE = ("lower", "upper", "total", "weight", "observed", "applicable")
TOTAL = ("total", "lower", "upper", "full", "coverage", "grade", "rank", "veto", "veto_open", "dimensions", "rates", "counts", "bonus_open")
INPUT = ("unit_id", "code", "source", "lower", "upper", "full", "coverage", "drawn", "file_sha", "file_row")
GROUP = ("group_name", "position", "edition_id", "edition_sha", "yaml", "size", "summary")


@dataclass(frozen=True, slots=True)
class Header:
    """What a published file says of itself. `digest` is that of the whole revision, `locked_at` when it was closed."""

    period: PeriodInfo
    digest: str
    locked_at: datetime
    engine: str
    simulated: bool
    as_of: date | None
    submission: str = ""
    approvers: tuple[str, ...] = ()

    def meta(self, extract_digest: str) -> dict[str, str]:
        """As rows of the table `meta`."""
        period = self.period
        return {
            "period": period.id,
            "title": period.title,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "cutoff": period.cutoff.isoformat() if period.cutoff else "",
            "revision": str(period.revision),
            "reason": period.reason,
            "corrects": "" if period.corrects is None else str(period.corrects),
            "locked_at": self.locked_at.isoformat(),
            "published_at": period.published_at.isoformat() if period.published_at else "",
            "digest": self.digest,
            "extract_digest": extract_digest,
            "disclosure": str(period.disclosure),
            "lists": listing.written(period.lists),
            "engine": self.engine,
            "simulated": "1" if self.simulated else "",
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "submission": self.submission,
            "approvers": json.dumps(self.approvers, ensure_ascii=False),
        }


def cut(book: GroupBook, disclosure: Disclosure) -> GroupBook:
    """The book with only the units that a 发布口径 lets readers see."""
    kept = disclosure.units(list(book.scores.values()))
    if len(kept) == len(book.units):
        return book
    return replace(
        book,
        units=tuple(unit for unit in book.units if unit.id in kept),
        states={unit: known for unit, known in book.states.items() if unit in kept},
        scores={unit: score for unit, score in book.scores.items() if unit in kept},
        inputs={unit: inputs for unit, inputs in book.inputs.items() if unit in kept},
    )


def sealed(books: Sequence[GroupBook], disclosure: Disclosure, marks: Marks) -> Sealed:
    """The canonical text of what a file holds with its digest and seals; `books` are cut already. Where scores are not published, there is a digest only."""
    if disclosure.scored:
        return canonical.seal(books, marks)
    rows = [[one.group, one.edition.sha, [[unit.id, unit.name, one.scores[unit.id].grade] for unit in one.units]] for one in books]
    return Sealed(b"", plain_digest(rows), {})


def plain_digest(rows: Sequence[Any]) -> str:
    """The digest of a file without scores: SHA-256 of [group, edition's SHA-256, [[unit id, name, grade], …]] of each group as JSON."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def tables_of(
    books: Sequence[GroupBook], disclosure: Disclosure, known: Marked | None, seals: Mapping[str, str], sizes: Mapping[str, int]
) -> dict[str, Columns]:
    """The tables of a published file. `books` are cut already; `known` holds their findings and perhaps others' (None: without `finding`); `sizes`: units of each group, also those outside."""
    units = [unit for one in books for unit in one.units]
    inside = {unit.id for unit in units} if disclosure.scored else set()
    rows = [{**unit_row(unit), "excluded": unit.excluded, "seal": seals.get(unit.id, "")} for unit in units]
    found: dict[str, Columns] = {
        "period_group": _columns(GROUP, [group_cells(n, one, disclosure, sizes[one.group]) for n, one in enumerate(books)]),
        "period_unit": _columns(rows[0], [tuple(row.values()) for row in rows]) if rows else {},
    }
    if known is not None:
        found["finding"] = known.of(inside).table
    if disclosure.extent is Extent.GRADES:
        graded = [score for one in books for score in one.scores.values()]
        found["total"] = {"unit_id": [score.unit for score in graded], "grade": [score.grade for score in graded]}
    elif disclosure.scored:
        facts = [(one.scores[unit.id], told) for one in books for unit, told in zip(one.units, tables.all_facts(one), strict=True)]
        found["total"] = _columns(("unit_id", *TOTAL), [(score.unit, *total_cells(score, told)) for score, told in facts])
        found["node"] = _nodes(books)
        found["part_input"] = _columns(INPUT, [cells for one in books for cells in input_cells(one)])
    return found


def group_cells(n: int, book: GroupBook, disclosure: Disclosure, size: int) -> tuple[Any, ...]:
    """The cells of GROUP."""
    whole = summary_text(tables.summary(book)) if disclosure.scored else "{}"
    return (book.group, n, book.edition.id, book.edition.sha, book.edition.text, size, whole)


def total_cells(score: UnitScore, told: RowFacts) -> tuple[Any, ...]:
    """The cells of TOTAL."""
    return (
        *(str(value) for value in (score.total, score.lower, score.upper, score.full, score.coverage)),
        score.grade,
        score.rank,
        json.dumps(score.veto),
        json.dumps(score.veto_open),
        _texts(score.dimensions),
        _texts(told.rates),
        json.dumps({outcome.value: count for outcome, count in told.counts.items()}),
        str(told.bonus_open),
    )


def input_cells(book: GroupBook) -> Iterator[tuple[Any, ...]]:
    """The cells of INPUT: what went into the parts of each composed unit, children passed over by a sample included."""
    for unit in book.units:
        for code, each in book.inputs.get(unit.id, {}).items():
            for one in each:
                yield (unit.id, code, one.source, *(str(value) for value in (one.lower, one.upper, one.full, one.coverage)), one.drawn, one.sha, one.row)


def summary_text(whole: GroupSummary) -> str:
    """A group's summary as JSON."""
    return json.dumps(
        {
            "mean": text(whole.mean),
            "medians": {code: text(value) for code, value in whole.medians.items()},
            "lost": [[one.leaf.code, str(one.mean), one.losing, one.units] for one in whole.lost],
            "inseparable": whole.inseparable,
        }
    )


def _nodes(books: Iterable[GroupBook]) -> dict[str, list[Any]]:
    """The table `node`, by unit and code, as the file keeps it."""
    texts = _Texts()
    found: dict[str, list[Any]] = {name: [] for name in ("unit_id", "code", *NODE)}
    order: tuple[Mapping[str, int], list[str]] = {}, []
    for score in sorted((score for book in books for score in book.scores.values()), key=lambda one: one.unit):
        nodes = Nodes.of(score.nodes)
        if order[0] is not nodes.places:
            order = nodes.places, sorted(nodes.places)
        at = [nodes.places[code] for code in order[1]]
        lower, upper, total, weight, observed, applicable = ([column[n] for n in at] for column in nodes.columns)
        points, full = [texts[value] for value in total], [texts[value] for value in weight]
        found["unit_id"] += [score.unit] * len(at)
        found["code"] += order[1]
        for name, values, like, written in (
            *(("lower", lower, total, points), ("upper", upper, total, points), ("total", total, total, points)),
            *(("weight", weight, weight, full), ("observed", observed, weight, full), ("applicable", applicable, weight, full)),
        ):  # most are the very number that stands beside them: what was written of that is not looked up again
            found[name] += [text if value is other else texts[value] for value, other, text in zip(values, like, written, strict=True)]
    return found


class _Texts(dict[Decimal, str]):
    """Decimals as text, each written once."""

    def __missing__(self, value: Decimal) -> str:
        self[value] = written = _plain(value)
        return written


def _columns(names: Iterable[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return {name: [row[n] for row in rows] for n, name in enumerate(names)}


def _texts(values: Mapping[str, Decimal | None]) -> str:
    return json.dumps({name: text(value) for name, value in values.items()}, ensure_ascii=False)


def _plain(value: Decimal) -> str:
    """Every digit without closing zeros: 30 and 30.00 are one value, whose text must not depend on which of them came first."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
