"""Rankings as data: the JSON that `rank` and `compute` share (DESIGN §10) and a CSV. Every number is a decimal string of 12 places."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scoring.model import UnitScore
from scoring.services.book import places
from scoring.services.shapes import Ranking

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def ranking_json(edition: str, groups: Mapping[str, Sequence[tuple[str, UnitScore]]]) -> dict[str, Any]:
    """`groups`: for each group its units in rank order, each with the text that names it."""
    return {"edition": edition, "groups": {group: [_unit(name, score) for name, score in scores] for group, scores in groups.items()}}


def ranking_csv(rankings: Sequence[Ranking]) -> str:
    """One line a unit; text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["period", "group", "rank", "unit", "name", "total", "lower", "upper", "coverage", "grade"])
    for ranking in rankings:
        for row in ranking.rows:
            score = row.score
            numbers = [places(value) for value in (score.total, score.lower, score.upper, score.coverage)]
            texts = [_safe(text) for text in (ranking.period.id, ranking.group)]
            writer.writerow([*texts, "" if score.rank is None else score.rank, _safe(row.unit), _safe(row.name), *numbers, _safe(score.grade or "")])
    return out.getvalue()


def _unit(name: str, score: UnitScore) -> dict[str, Any]:
    return {
        "unit": name,
        "total": places(score.total),
        "lower": places(score.lower),
        "upper": places(score.upper),
        "coverage": places(score.coverage),
        "grade": score.grade,
        "rank": score.rank,
        "veto": list(score.veto),
        "veto_open": list(score.veto_open),
        "scores": {code: places(node.total) if node.weight else None for code, node in score.nodes.items()},
        "dimensions": {str(name): _or_none(value) for name, value in score.dimensions.items()},
    }


def _or_none(value: Decimal | None) -> str | None:
    return None if value is None else places(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
