"""名次稳定性 in words."""

from dataclasses import replace

from dashboard.components.stability import headline, span
from scoring.services.stability import RankingRobust, UnitRobust

UNITS = (
    UnitRobust("a", "甲", 1, (1, 1), (1, 3), (1, 2), 0),
    UnitRobust("b", "乙", 2, (2, 3), (1, 3), (2, 3), 1),
    UnitRobust("c", "丙", 3, (2, 3), (1, 3), (3, 3), 1),
)
FOUND = RankingRobust("一期", "组", 1000, 1, UNITS, ())


def test_the_headline_tells_how_many_places_are_firm() -> None:
    assert headline(FOUND) == "权重在 ±20% 内变动时，3 个单位中有 1 个名次不变，最多的一个可与 1 个单位互换"
    assert headline(replace(FOUND, units=UNITS[:1])) == "权重在 ±20% 内变动时，1 个单位的名次全部不变"


def test_spans() -> None:
    assert (span((2, 2)), span((2, 4))) == ("第2名", "第2–4名")
