"""Material of reports for tests: the demo's published quarter, and the same bent into extreme shapes."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx import Document

from scoring.model import Role
from scoring.services.report import material
from scoring.services.report.material import Group, Material
from scoring.services.shapes import RankRow, UnitProfile
from scoring.services.workspace import Workspace

D = Decimal
NASTY = '=HYPERLINK("http://evil.example","x") {{ 7*7 }} {% for a in b %} <script>alert(1)</script> &amp; ]]> \x07\x0b\x1b\ufffe\u202eend'
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "\u202e=1")


def words_of(content: bytes) -> str:
    """All text of a Word file, tables included."""
    file: Any = Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


def loaded(home: Path, period: str = "latest") -> tuple[Workspace, Material]:
    """A home opened without its database, and a period of it as the evaluator has it."""
    ws = Workspace.open(home, write=False)
    return ws, material.load(ws, period, role=Role.EVALUATOR)


def hostile(found: Material) -> Material:
    """Two groups of three units with every foreign text replaced: names, titles, reasons, repairs, reviews, addresses."""
    bent = [_bent(group, [_hostile(group.profiles[row.unit], n) for n, row in enumerate(_few(group))]) for group in found.groups[1:]]
    return _with(found, bent)


def one(found: Material) -> Material:
    """A group of one unit; nothing remains of the others."""
    group = found.groups[1]
    return _with(found, [_bent(group, [group.profiles[group.ranking.rows[0].unit]])])


def equal(found: Material) -> Material:
    """Three units with the first one's results and rank 1."""
    group = found.groups[1]
    first = group.profiles[group.ranking.rows[0].unit]
    same = [replace(first, row=replace(first.row, unit=row.unit, name=row.name, score=replace(first.row.score, unit=row.unit))) for row in _few(group)]
    return _with(found, [_bent(group, same)])


def short(found: Material) -> Material:
    """数据不足 units only."""
    group = found.groups[1]
    return _with(found, [_bent(group, [_short(group.profiles[row.unit]) for row in _few(group)])])


def vetoed(found: Material) -> Material:
    """Vetoed units only, of the one group that has vetoes."""
    group = found.groups[0]
    (barred,) = (row for row in group.ranking.rows if row.score.veto)
    profile = group.profiles[barred.unit]
    return _with(found, [_bent(group, [replace(profile, row=replace(profile.row, unit=row.unit, name=row.name)) for row in _few(group)])])


def _with(found: Material, groups: Sequence[Group]) -> Material:
    names = {group.name for group in groups}
    kept = {name: edition for name, edition in found.editions.items() if name in names}
    return replace(found, groups=tuple(groups), editions=kept, sizes={group.name: group.size for group in groups})


def _few(group: Group) -> Sequence[RankRow]:
    return group.ranking.rows[:3]


def _bent(group: Group, profiles: Sequence[UnitProfile]) -> Group:
    rows = [profile.row for profile in profiles]
    by_unit = {profile.row.unit: profile for profile in profiles}
    counted = frozenset(row.unit for row in rows if row.score.grade is not None and row.score.coverage >= group.edition.coverage)
    ranked = [row.score.total for row in rows if row.score.rank is not None]
    mean = sum(ranked, D(0)) / len(ranked) if ranked else None
    medians = {node.code: _median(row.rates[node.code] for row in rows if row.unit in counted) for node in group.edition.index}
    ranking = replace(group.ranking, rows=tuple(rows), mean=mean, medians=medians, inseparable=())
    return replace(group, ranking=ranking, profiles=by_unit, counted=counted, size=len(rows))


def _median(values: Iterable[Decimal | None]) -> Decimal | None:
    known = sorted(value for value in values if value is not None)
    return known[len(known) // 2] if known else None


def _hostile(profile: UnitProfile, n: int) -> UnitProfile:
    def bad(text: str) -> str:
        return f"{FORMULAS[n % len(FORMULAS)]} {NASTY} {text}"

    leaves = []
    for one in profile.leaves:
        indicator = replace(one.indicator, fix=bad(one.indicator.fix))
        evidence = [replace(seen, url="javascript:alert(1)" if n % 2 else f'http://a.example/"><script>{NASTY}') for seen in one.evidence]
        leaves.append(replace(one, reason=bad(one.reason), indicator=indicator, evidence=evidence, reviewed=True, review_why=bad("")))
    return replace(profile, row=replace(profile.row, name=bad(profile.row.name)), leaves=tuple(leaves))


def _short(profile: UnitProfile) -> UnitProfile:
    row: RankRow = profile.row
    score = replace(row.score, grade=None, rank=None, veto=(), coverage=D("0.3"))
    return replace(profile, row=replace(row, score=score, rates=dict.fromkeys(row.rates), change=None))
