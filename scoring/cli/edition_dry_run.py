"""`edition dry-run`: who gains and who loses by a changed edition, and why."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import typer

from scoring.cli.common import HomeOption, JsonOption, PeriodOption, now, opened
from scoring.model import Role, UnitScore
from scoring.services import dry_run, editions
from scoring.services.dry_run import DryRun, LeafEffect, UnitEffect
from scoring.wording import ABSENT, change, displayed, points

_LEAST = Decimal("0.05")
"""Smaller effects of one leaf are summed up: a table of a hundred leaves that each move by a hair explains nothing."""


def command(
    edition: Annotated[str, typer.Option("--edition", help="要试算的指标体系：文件（YAML 或 .xlsx）或编号")],
    period: PeriodOption = "latest",
    group: Annotated[str, typer.Option("--group", help="分组；默认取使用该指标体系（或其所依据版本）的分组", show_default=False)] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Try an edition on what a period already knows. Never writes anything."""
    tried = editions.named(edition)
    with opened(home) as ws:
        found = dry_run.dry_run(ws, period, tried, group, role=Role.EVALUATOR, now=now())
    if as_json:
        typer.echo(json.dumps(dry_run.as_json(found), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(lines(found)))


def lines(found: DryRun) -> Iterator[str]:
    """A dry run as lines of text."""
    gains = [one.gain for one in found.units]
    counts = f"得分提高 {sum(gain > 0 for gain in gains)} 个、降低 {sum(gain < 0 for gain in gains)} 个、不变 {sum(not gain for gain in gains)} 个"
    yield f"试算：{found.period_title} {found.group}，{found.before.id} → {found.after.id}{'（模拟数据）' if found.simulated else ''}；{counts}。结果未写入。"
    yield from (f"　注意　{note}" for note in found.notes)
    for unit in found.units:
        yield _unit(unit)
        small = _leaf_sum(unit)
        yield from (f"　　{signed(leaf.gain)}　{leaf.code} {leaf.title}：{leaf.why}" for leaf in unit.leaves if shown(leaf))
        if small:
            yield f"　　{signed(small)}　其余指标合计"
        if unit.beside:
            yield f"　　{signed(unit.beside)}　扣分、加分、单项否决的影响"


def shown(leaf: LeafEffect) -> bool:
    """Whether a leaf is worth a line of its own."""
    return leaf.pending or abs(leaf.gain) >= _LEAST


def signed(gain: Decimal) -> str:
    """+1.5, −0.3."""
    value = displayed(gain)
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{points(abs(value))}"


def _leaf_sum(unit: UnitEffect) -> Decimal:
    return displayed(sum((leaf.gain for leaf in unit.leaves if not shown(leaf)), Decimal(0)))


def _unit(unit: UnitEffect) -> str:
    moved = "" if unit.places is None else f"，名次 {unit.before.rank} → {unit.after.rank}（{change(unit.places)}）"
    grades = f"，等次 {_grade(unit.before)} → {_grade(unit.after)}" if unit.before.grade != unit.after.grade else ""
    return f"{unit.name}　{signed(unit.gain)}（{_total(unit.before)} → {_total(unit.after)}）{moved}{grades}"


def _total(score: UnitScore) -> str:
    return points(score.total) + (f"〔{points(score.lower)}–{points(score.upper)}〕" if score.provisional else "")


def _grade(score: UnitScore) -> str:
    return score.grade or ("数据不足" if score.rank is None else ABSENT)
