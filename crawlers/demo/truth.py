"""The truth about the simulated city, as written by hand in `data/demo/truth/` and `data/demo/manual.yml`. Nothing here decides anything."""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from crawlers import yml
from crawlers.demo.content import ROOT

Outcome = Literal["MET", "PARTIAL", "UNMET", "NOT_OBSERVED", "NOT_APPLICABLE"]
PERIODS = ("2026Q1", "2026Q2", "2026Q3")
RATIOS = {"MET": Fraction(1), "UNMET": Fraction(0)}


class TruthError(ValueError):
    """The truth does not say, or says twice; the message names unit and leaf."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an automatic leaf must come to. `newest` is None where no date is due; `ratio` is None for NOT_OBSERVED and NOT_APPLICABLE."""

    outcome: Outcome
    newest: Day | None
    ratio: Fraction | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides. kind: level (a manual leaf), points (bonus), check (an assist leaf, accepted), look (人工补查 of an unobserved leaf), confirm (确认无法观测)."""

    kind: Literal["level", "points", "check", "look", "confirm"]
    outcome: Outcome | None = None
    ratio: Fraction | None = None
    level: str | None = None
    points: str | None = None
    why: str = ""
    who: str = "模拟评估员"


class _Leaf(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Outcome | tuple[Outcome, Outcome, Outcome] = "MET"
    ratio: tuple[str | None, str | None, str | None] = (None, None, None)
    newest: tuple[Day | None, Day | None, Day | None] = (None, None, None)
    why: str = ""

    def at(self, quarter: int) -> Expected:
        outcome = self.outcome if isinstance(self.outcome, str) else self.outcome[quarter]
        stated = self.ratio[quarter]
        return Expected(outcome, self.newest[quarter], Fraction(stated) if stated else RATIOS.get(outcome), self.why)


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    group: str
    defaults: dict[str, dict[str, Any]]
    profiles: dict[str, dict[str, dict[str, Any]]] = {}
    units: dict[str, dict[str, Any]]

    def leaves(self, unit: str) -> dict[str, _Leaf]:
        """Default, then profile, then the unit's exceptions; `all` replaces every default."""
        own = dict(self.units[unit])
        profile = self.profiles[own.pop("profile")] if "profile" in own else {}
        everywhere = own.pop("all", None)
        if unknown := (own.keys() | profile.keys()) - self.defaults.keys():
            raise TruthError(f"{unit}: 真值中的指标 {'、'.join(sorted(unknown))} 不在默认值中")
        raw = {code: everywhere or {**default, **profile.get(code, {})} for code, default in self.defaults.items()}
        return {code: _Leaf.model_validate({**leaf, **own.get(code, {})}) for code, leaf in raw.items()}


class Truth:
    """Outcomes by period, unit and leaf."""

    def __init__(self, root: Path = ROOT) -> None:
        groups = [_Group.model_validate(yml.load(path.read_text("utf-8"))) for path in sorted((root / "truth").glob("*.yml"))]
        self._leaves = {unit: group.leaves(unit) for group in groups for unit in group.units}
        self.group = {unit: group.group for group in groups for unit in group.units}
        self._manual: dict[str, Any] = yml.load((root / "manual.yml").read_text("utf-8"))

    @property
    def units(self) -> list[str]:
        """Every unit of the city."""
        return list(self._leaves)

    def expected(self, period: str, unit: str) -> dict[str, Expected]:
        """Every automatic leaf of the unit's edition (assist, veto included). KeyError or ValueError for an unknown unit or period."""
        quarter = PERIODS.index(period)
        return {code: leaf.at(quarter) for code, leaf in self._leaves[unit].items()}

    def manual(self, period: str, unit: str) -> dict[str, Decision]:
        """Decisions that people take in the period, by leaf: those on manual leaves, on assist leaves, and on leaves that the machine could not observe."""
        decided: dict[str, Decision] = {}
        group = self._manual["groups"][self.group[unit]]
        own = self._manual["units"].get(unit, {})
        quarter = PERIODS.index(period)
        for code, level in {**group.get("levels", {}), **own.get("levels", {})}.items():
            name = level if level is None or isinstance(level, str) else level[quarter]
            if name is not None and not (period in self._manual["open"] and code not in self._manual["done_in_open"]):
                decided[code] = Decision("level", level=name)
        for code, points in own.get("points", self._manual["points"].get(self.group[unit], {})).items():
            if period not in self._manual["open"]:
                decided[code] = Decision("points", points=points[quarter])
        if period in self._manual["open"]:
            return decided
        unseen, common = (one.get("unobserved", {}).get(period, {}) for one in (own, group))
        for code, truth in self.expected(period, unit).items():
            if truth.outcome == "NOT_OBSERVED":
                decided[code] = self._decide_unseen(unit, code, unseen, common)
            elif code in group.get("checks", ()) and truth.outcome != "NOT_APPLICABLE":
                decided[code] = Decision("check", outcome=truth.outcome, ratio=truth.ratio)
        return decided

    def _decide_unseen(self, unit: str, code: str, unseen: dict[str, Any], common: dict[str, Any]) -> Decision:
        """What people settle: the unit's own look, else what its group has in common, unless the unit's confirmation speaks of all leaves or of this one."""
        found = unseen.get("looked", {}).get(code, unseen.get("otherwise"))
        if found is None and ("confirm" not in unseen or code not in unseen.get("of", [code])):
            found, unseen = common.get("looked", {}).get(code), common
        if found is None:
            if "confirm" not in unseen:
                raise TruthError(f"{unit} 的 {code} 未能观测，manual.yml 没有写人工补查结果，也没有确认无法观测")
            return Decision("confirm", outcome="NOT_OBSERVED", why=unseen["confirm"])
        outcome: Outcome = found if found in ("MET", "UNMET", "NOT_APPLICABLE") else "PARTIAL"
        ratio = Fraction(found) if outcome == "PARTIAL" else RATIOS.get(outcome)
        return Decision("look", outcome=outcome, ratio=ratio, why=unseen["why"])
