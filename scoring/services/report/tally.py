"""One leaf over a group: who meets it, who loses points on it, and the sentence that says so. Formed once for every format.

Counted are the units whose numbers may stand in a comparison, as in `Ranking.lost`: what is 未判定 or 不涉及 is named apart and never a fault.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Indicator, Outcome
from scoring.services.report.material import Group
from scoring.services.report.text import listed, quoted
from scoring.services.shapes import LeafResult, Shortfall
from scoring.wording import exact, percent


@dataclass(frozen=True, slots=True)
class Case:
    """A unit's result on a leaf."""

    unit: str
    name: str
    found: LeafResult


@dataclass(frozen=True, slots=True)
class Tally:
    """A leaf of the tree. `met` in rank order; `short` by points lost, most first; `partial` and `unmet` are how many of these; `unseen` 未判定, `absent` 不涉及.

    `shortfall`: what the published file says of it; None when nobody loses points.
    """

    leaf: Indicator
    first: str
    met: tuple[Case, ...]
    short: tuple[Case, ...]
    unseen: int
    absent: int
    shortfall: Shortfall | None

    @property
    def judged(self) -> int:
        """Units it applies to and was judged for."""
        return len(self.met) + len(self.short)

    @property
    def share(self) -> Decimal | None:
        """Share of the judged units that meet it; None when nobody was judged."""
        return Decimal(len(self.met)) / self.judged if self.judged else None

    @property
    def mean(self) -> Decimal:
        """Points lost on average over the judged units."""
        return self.shortfall.mean if self.shortfall else Decimal(0)

    @property
    def common(self) -> bool:
        """共性, as the published file counts it."""
        return self.shortfall is not None and self.shortfall.common

    @property
    def losing(self) -> str:
        """1 家需改进、2 家不达标."""
        counts = {outcome: sum(case.found.outcome is outcome for case in self.short) for outcome in (Outcome.PARTIAL, Outcome.UNMET)}
        return "、".join(f"{n} 家{outcome.zh}" for outcome, n in counts.items() if n)

    @property
    def sentence(self) -> str:
        """As in: “指南在一年内更新”：10 家中 8 家（80%）达标，2 家不达标；另有 1 家未判定."""
        if not self.judged:
            return f"{quoted(self.leaf.title)}：{self._aside()}。"
        met = f"{self.judged} 家中 {len(self.met)} 家（{percent(self.share)}）达标" if self.met else f"{self.judged} 家均未达标"
        met = f"{self.judged} 家{'全部' if self.judged > 1 else ''}达标" if not self.short else met
        return f"{quoted(self.leaf.title)}：{met}{'，' if self.short else ''}{self.losing}{'；另有 ' if self._aside() else ''}{self._aside()}。"

    @property
    def cases(self) -> str:
        """As in: 做得好的有甲、乙；失分较多的有丙（失 2 分）、丁（失 1 分）."""
        good = f"做得好的有{listed([case.name for case in self.met])}" if self.met and self.short else ""
        bad = f"失分较多的有{listed([f'{case.name}（失 {exact(case.found.lost)} 分）' for case in self.short])}" if self.short else ""
        told = "；".join(part for part in (good, bad) if part)
        return f"{told}。" if told else ""

    @property
    def told(self) -> str:
        """Both."""
        return self.sentence + self.cases

    def _aside(self) -> str:
        parts = [f"{n} 家{word}" for n, word in ((self.unseen, Outcome.NOT_OBSERVED.zh), (self.absent, Outcome.NOT_APPLICABLE.zh)) if n]
        return "、".join(parts)


def tallies(group: Group) -> tuple[Tally, ...]:
    """Every leaf of the tree, in the edition's order; leaves that a sample passed over are left out."""
    found: dict[str, dict[str, LeafResult]] = {}
    for unit, profile in group.profiles.items():
        for one in profile.leaves if unit in group.counted else ():
            found.setdefault(one.code, {})[unit] = one
    lost = {one.leaf.code: one for one in group.ranking.lost}
    names = {row.unit: row.name for row in group.ranking.rows}
    return tuple(
        _tally(leaf, first.code, found.get(leaf.code, {}), names, lost.get(leaf.code)) for first in group.edition.index for leaf in _drawn(first.leaves())
    )


def _drawn(leaves: Iterable[Indicator]) -> Iterable[Indicator]:
    return (leaf for leaf in leaves if leaf.drawn)


def _tally(leaf: Indicator, first: str, found: Mapping[str, LeafResult], names: Mapping[str, str], lost: Shortfall | None) -> Tally:
    cases = [Case(unit, name, found[unit]) for unit, name in names.items() if unit in found]
    judged = [case for case in cases if case.found.lost is not None]
    short = sorted((case for case in judged if case.found.lost), key=lambda case: -(case.found.lost or 0))
    met = tuple(case for case in judged if not case.found.lost)
    unseen = sum(case.found.outcome is Outcome.NOT_OBSERVED for case in cases)
    return Tally(leaf, first, met, tuple(short), unseen, len(cases) - len(judged) - unseen, lost)
