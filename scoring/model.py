"""The words of the product as types. Amounts are `Decimal`, dates Asia/Shanghai, instants UTC; nothing here reads a clock or a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from crawlers.status import Labelled
from scoring.facts import Runs
from scoring.facts import UnitEvidence as UnitEvidence
from scoring.parts import NotApplicable, Part, Sample
from scoring.score import NodeScore as NodeScore
from scoring.score import UnitScore as UnitScore


class Outcome(Labelled):
    """What a finding says. NOT_OBSERVED is never a zero: the score becomes an interval."""

    MET = "MET", "达标"
    PARTIAL = "PARTIAL", "需改进"
    UNMET = "UNMET", "不达标"
    NOT_OBSERVED = "NOT_OBSERVED", "未判定"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不涉及"


class Dimension(Labelled):
    """What a leaf measures (宁四(三): 及时性、规范性、准确性 …)."""

    TIMELY = "及时性", "及时性"
    REGULAR = "规范性", "规范性"
    ACCURATE = "准确性", "准确性"
    COMPLETE = "完整性", "完整性"
    INTERACTIVE = "互动性", "互动性"


class Check(Labelled):
    """Who decides a leaf."""

    AUTO = "auto", "自动判定"
    ASSIST = "assist", "机器初判、人工核查"
    MANUAL = "manual", "人工评分"


class Scale(Labelled):
    """points: leaves add up. weights: weighted mean, 0–100."""

    POINTS = "points", "分值制"
    WEIGHTS = "weights", "权重制"


class RankStyle(Labelled):
    """competition: 1, 2, 2, 4. dense: 1, 2, 2, 3."""

    COMPETITION = "competition", "并列占位"
    DENSE = "dense", "并列不占位"


class PeriodState(Labelled):
    """The simplest true form of the states of a period."""

    OPEN = "open", "评估中"
    LOCKED = "locked", "已定稿锁定"
    PUBLISHED = "published", "已发布"


class Role(Labelled):
    """The three people the product serves."""

    EVALUATOR = "evaluator", "评估员"
    LEADER = "leader", "领导"
    STAFF = "staff", "政务公开专员"


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that is assessed (被评估单位). `order` is the official order, in which ties print.

    `predecessors`: the units that were merged into it, or that it was split from. `excluded`: why it is 暂不纳入 in a period; it is listed, but neither ranked nor
    counted in means, samples and credits.
    """

    id: str
    name: str
    group: str
    level: str = ""
    parent: str = ""
    order: int = 0
    duties: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A page somebody can open: where and when it was seen, and its stored copy (`run/site@offset+length`; empty when none was stored).

    `picture`: the stored copy is a screenshot of it, not its text.
    """

    url: str
    at: datetime | None = None
    snapshot: str = ""
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule or a person says of one unit and one leaf. `ratio` (0–1) is None exactly for NOT_OBSERVED and NOT_APPLICABLE.

    `params` fill the Chinese sentence of `reason_code` in `scoring.wording`; values are JSON scalars or lists of strings.
    """

    outcome: Outcome
    ratio: Decimal | None
    reason_code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[EvidenceRef] = ()


@dataclass(frozen=True, slots=True)
class Manual:
    """How a person scores a leaf: by `levels` (name → ratio) or, when `points`, by points up to the weight."""

    guide: str
    levels: Mapping[str, Decimal] = field(default_factory=dict)
    points: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """指标: a node of the tree. A leaf has a rule or is manual; a veto, deduction or bonus hangs beside the tree.

    `obligations`: the rows of `data/obligations.yml` (A1 … H6) that a leaf answers. `runs`: which of a period's runs count (日常监测). `inherits`: a unit without a
    site of its own takes over what a rule of the whole site says, instead of 不涉及. `sample`: only so many of the children count; those passed over, and all
    below them, are not `drawn`, which is the same for every unit.
    """

    code: str
    title: str
    weight: Decimal
    children: tuple["Indicator", ...] = ()
    check: Check | None = None
    rule: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    manual: Manual | None = None
    dimension: Dimension | None = None
    needs: tuple[str, ...] = ()
    basis: str = ""
    fix: str = ""
    responsible: tuple[str, ...] = ()
    verified: bool = True
    obligations: tuple[str, ...] = ()
    runs: Runs = Runs.LATEST
    inherits: bool = False
    sample: Sample | None = None
    drawn: bool = True

    @property
    def is_leaf(self) -> bool:
        """True when a finding is due for it."""
        return not self.children

    def leaves(self) -> Iterator["Indicator"]:
        """The leaves below (or the leaf itself), in the tree's order."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator["Indicator"]:
        """This node and every node below it, in the tree's order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Veto:
    """单项否决. `score` None: total becomes 0; else the total is at most `score`."""

    leaf: Indicator
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Deduction:
    """Takes (1 − ratio) × `max` off the item `source`, which never falls below 0."""

    leaf: Indicator
    source: str
    max: Decimal


@dataclass(frozen=True, slots=True)
class Bonus:
    """加分: min(`cap`, Σ) when the result before it exceeds `above`; outside coverage."""

    cap: Decimal
    above: Decimal
    leaves: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A named class of totals (等次)."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the indicator tree (指标体系版本). `sha` is the SHA-256 of its YAML text, which is whole: nothing else is needed to load it.

    `parent`, `parent_sha`: the edition it was written as differences from (`extends`), as that then was; empty without one.
    """

    id: str
    title: str
    scale: Scale
    rank: RankStyle
    coverage: Decimal
    grades: tuple[Grade, ...]
    index: tuple[Indicator, ...]
    vetoes: tuple[Veto, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    bonus: Bonus | None = None
    note: str = ""
    sha: str = ""
    text: str = ""
    parent: str = ""
    parent_sha: str = ""
    not_applicable: NotApplicable = NotApplicable.SHARE
    parts: tuple[Part, ...] = ()
    tree_leaves: tuple[str, ...] = field(init=False, default=(), repr=False, compare=False)
    """Codes of the tree's leaves in its order."""
    _leaves: tuple[Indicator, ...] = field(init=False, default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        tree = tuple(leaf for node in self.index for leaf in node.leaves())
        beside = [*(veto.leaf for veto in self.vetoes), *(one.leaf for one in self.deductions), *(self.bonus.leaves if self.bonus else ())]
        object.__setattr__(self, "tree_leaves", tuple(leaf.code for leaf in tree))
        object.__setattr__(self, "_leaves", (*tree, *beside))

    @property
    def full(self) -> Decimal:
        """Full marks of a total: 100 of a composed index, else those of the tree."""
        return Decimal(100) if self.parts else self.marks

    @property
    def marks(self) -> Decimal:
        """Full marks of the tree alone: the sum of the first-level weights (points), or 100 (weights)."""
        return sum((node.weight for node in self.index), Decimal(0)) if self.scale is Scale.POINTS else Decimal(100)

    def leaves(self) -> Iterator[Indicator]:
        """Every leaf for which a finding is due: the tree's, then vetoes, deductions and bonus."""
        return iter(self._leaves)

    def leaf(self, code: str) -> Indicator:
        """The leaf with this code; KeyError when the edition has none."""
        for leaf in self.leaves():
            if leaf.code == code:
                return leaf
        raise KeyError(code)
