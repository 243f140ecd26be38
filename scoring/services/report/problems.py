"""问题: what a unit has to repair, one row each, for the list of problems, unit reports and web pages."""

from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Outcome
from scoring.services.report.material import Group
from scoring.services.report.text import clean
from scoring.services.shapes import LeafResult, UnitProfile

VETO, DEDUCTION, TREE = "单项否决", "扣分项", ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `id` stays the same in every build and revision. `lost` is None where no points are told: a veto, or a unit of which too little was seen."""

    id: str
    group: str
    unit: str
    name: str
    first: str
    found: LeafResult
    lost: Decimal | None

    @property
    def title(self) -> str:
        """The leaf's title."""
        return clean(self.found.title)

    @property
    def reason(self) -> str:
        """What was found; where a person decided, what that person wrote as well."""
        found = self.found
        return clean(f"{found.reason}（核查说明：{found.review_why}）" if found.reviewed and found.review_why else found.reason)

    @property
    def fix(self) -> str:
        """How to repair it."""
        return clean(self.found.indicator.fix) or "请按评估依据逐项核对后补充。"

    @property
    def urls(self) -> list[str]:
        """The pages it was read from."""
        return list(dict.fromkeys(clean(one.url) for one in self.found.evidence if one.url))


def problems(group: Group, unit: str) -> list[Problem]:
    """The problems of a unit: vetoes first, then most points lost. What is 未判定 is none."""
    profile = group.profiles[unit]
    titles = {node.code: clean(node.title) for node in profile.edition.index}
    found = [one for one in profile.leaves if _is_problem(one)]
    found.sort(key=lambda one: (one.beside != "veto", -(one.lost or 0)))
    return [_problem(group, profile, one, titles) for one in found] if not profile.row.excluded else []


def _is_problem(one: LeafResult) -> bool:
    if one.beside == "bonus":
        return False
    if one.beside:
        return one.outcome in (Outcome.PARTIAL, Outcome.UNMET)
    return bool(one.lost) and one.outcome in (Outcome.PARTIAL, Outcome.UNMET)


def _problem(group: Group, profile: UnitProfile, one: LeafResult, titles: dict[str, str]) -> Problem:
    row = profile.row
    first = {"veto": VETO, "deduction": DEDUCTION}.get(one.beside) or titles.get(one.first_level, "")
    lost = None if one.beside == "veto" or row.short_of_data else one.lost
    return Problem(f"{profile.period.id}/{row.unit}/{one.code}", clean(group.name), row.unit, clean(row.name), first, one, lost)
