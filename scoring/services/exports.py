"""Rankings as data: the JSON that `rank` and `compute` share (DESIGN §10) and a CSV. Every number is a decimal string of 12 places."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from scoring.services.canonical import safe
from scoring.services.compute import as_json
from scoring.services.figures import places
from scoring.services.shapes import Ranking


def ranking_json(rankings: Sequence[Ranking]) -> dict[str, Any]:
    """The shape of `compute --json`; groups with editions of their own are named together, as `a+b`."""
    groups: dict[str, Any] = {}
    for ranking in rankings:
        groups |= as_json(ranking.edition, {ranking.group: [row.score for row in ranking.rows]})["groups"]
    return {"edition": "+".join(dict.fromkeys(ranking.edition.id for ranking in rankings)), "groups": groups}


def ranking_csv(rankings: Sequence[Ranking]) -> str:
    """One line a unit, without points where the data do not suffice (数据不足), with full marks and 得分率; text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["period", "group", "rank", "unit", "name", "total", "lower", "upper", "coverage", "grade", "full", "rate", "excluded"])
    for ranking in rankings:
        for row in ranking.rows:
            score = row.score
            points = ["", "", ""] if row.short_of_data else [places(value) for value in (score.total, score.lower, score.upper)]
            beside = [places(score.full), "" if row.short_of_data else places(score.rate), safe(row.excluded)]
            texts = [safe(text) for text in (ranking.period.id, ranking.group)]
            writer.writerow(
                [
                    *texts,
                    "" if score.rank is None else score.rank,
                    safe(row.unit),
                    safe(row.name),
                    *points,
                    places(score.coverage),
                    safe(score.grade or ""),
                    *beside,
                ]
            )
    return out.getvalue()
