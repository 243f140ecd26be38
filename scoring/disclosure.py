"""发布口径: how much of a period's results readers may see, chosen at publication. What lies outside it is not in the file they read (docs/decisions/0008)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawlers.status import Labelled
from scoring.errors import BadInput
from scoring.model import UnitScore

_TOP = re.compile(r"top:([1-9]\d{0,3})")


class Extent(Labelled):
    """The four ways of publishing."""

    ALL = "all", "全部排名"
    TOP = "top", "前N名"
    GRADES = "grades", "等次"
    OWN = "own", "仅本单位"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An extent; `n` is the last rank published by TOP, `unit` the one unit of a file made for it (OWN). Written `all`, `top:5`, `grades`, `own`, `own:UNIT`."""

    extent: Extent = Extent.ALL
    n: int = 0
    unit: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.extent.value, str(self.n or ""), self.unit) if part)

    @property
    def zh(self) -> str:
        """前5名."""
        return f"前{self.n}名" if self.extent is Extent.TOP else self.extent.zh

    @property
    def scored(self) -> bool:
        """Whether the file holds scores at all."""
        return self.extent in (Extent.ALL, Extent.TOP) or bool(self.unit)

    def units(self, ranked: Sequence[UnitScore]) -> Collection[str]:
        """Ids of the units of a group whose results the file may hold; ties at the last rank are all in."""
        if self.extent is Extent.OWN:
            return frozenset({self.unit}) & {score.unit for score in ranked}
        if self.extent is Extent.TOP:
            return frozenset(score.unit for score in ranked if score.rank is not None and score.rank <= self.n)
        return frozenset(score.unit for score in ranked)


EVERYTHING = Disclosure()


def parse(text: str) -> Disclosure:
    """The reverse of `str`. Raises BadInput with the choices."""
    if text in (Extent.ALL, Extent.GRADES, Extent.OWN):
        return Disclosure(Extent(text))
    if found := _TOP.fullmatch(text):
        return Disclosure(Extent.TOP, int(found[1]))
    if text.startswith("own:"):
        return Disclosure(Extent.OWN, unit=text[4:])
    raise BadInput(f"发布口径 {text!r} 无效，可用：all（全部排名）、top:5（前5名）、grades（只公布等次）、own（仅本单位）")
