"""What an index is made of beyond its own tree: parts with weights (组成), samples drawn by a recorded seed, and what is done with 不涉及.

Numbers are `Decimal`. Sources: 宣城 2019 (工作考核 70% + 专业评价 30%), 翔安 (50% + 50%), 报 2020 (区县得分含所属部门、镇街，可抽样), 浙五 (双重考核).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from crawlers.status import Labelled


class NotApplicable(Labelled):
    """What becomes of the marks of a leaf that is 不涉及 for a unit. share: 75 of 75 counts as 100 (×4/3). base: it counts as 75. mean: the group's mean is credited."""

    SHARE = "share", "分摊给同级指标"
    BASE = "base", "满分按实际涉及分值"
    MEAN = "mean", "按本组平均得分率计入"


class PartSource(Labelled):
    """Where a part's score comes from."""

    INDEX = "index", "本指标体系"
    IMPORT = "import", "导入的得分"
    CHILDREN = "children", "所属单位的平均"


@dataclass(frozen=True, slots=True)
class Sample:
    """`count` drawn from the candidates by `seed`: those with the smallest SHA-256 of `seed|salt|candidate`, so that anybody can draw them again on any machine."""

    count: int
    seed: int

    def draw(self, salt: str, candidates: Iterable[str]) -> tuple[str, ...]:
        """The drawn ids, in the order given; all of them when there are no more than `count`. `salt` tells draws of one seed apart (part and parent)."""
        known = list(candidates)
        chosen = set(sorted(known, key=lambda one: (hashlib.sha256(f"{self.seed}|{salt}|{one}".encode()).digest(), one))[: self.count])
        return tuple(one for one in known if one in chosen)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a composed index: `weight` of 100. `full`: full marks of imported scores. `groups`: which children count (empty: all)."""

    code: str
    title: str
    weight: Decimal
    source: PartSource
    full: Decimal = Decimal(100)
    groups: tuple[str, ...] = ()
    sample: Sample | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PartInput:
    """One score that goes into a part of one unit: an interval of points out of `full`.

    `source`: the child's unit id, or the file a score was imported from (then `sha`, its SHA-256, and `row`). `full` 0: 不涉及. `drawn` False: a child that the
    sample passed over, kept so that the draw can be checked; it does not count.
    """

    source: str
    lower: Decimal
    upper: Decimal
    full: Decimal
    coverage: Decimal = Decimal(1)
    sha: str = ""
    row: int = 0
    drawn: bool = True
