"""名单: lists of units that readers see beside a ranking, by rules published with the period. There is none unless an evaluator switches it on by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.status import Labelled
from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput

_RULE = re.compile(r"(top|bottom|improved|fell):([1-9]\d{0,3})|below:([^,:=]{1,20})")
_NAME = re.compile(r"[^\s=,，、;；|]{1,12}")
_MOST = 6
_FORMS = "top:3（前3名）、bottom:3（后3名）、improved:3（进位最多的3个）、fell:3（退3位以上）、below:合格（等次低于合格）"


class Ground(Labelled):
    """What puts a unit on a list."""

    TOP = "top", "名次前{n}名"
    BOTTOM = "bottom", "名次后{n}名"
    IMPROVED = "improved", "进位最多的{n}个单位"
    FELL = "fell", "退{n}位以上"
    BELOW = "below", "等次低于{grade}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A ground with its number (a count of units, or of places lost), or with a grade."""

    ground: Ground
    n: int = 0
    grade: str = ""

    def __str__(self) -> str:
        return f"{self.ground.value}:{self.grade or self.n}"

    @property
    def zh(self) -> str:
        """名次前3名."""
        return self.ground.zh.format(n=self.n, grade=self.grade)


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list under the name that the evaluator gave it. A unit stands on it that meets any of its rules. Written `提醒名单=below:合格,fell:3`."""

    name: str
    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return f"{self.name}={','.join(map(str, self.rules))}"

    @property
    def zh(self) -> str:
        """等次低于合格，或退3位以上."""
        return "，或".join(rule.zh for rule in self.rules)


USUAL = (
    NamedList("红榜", (Rule(Ground.TOP, 3),)),
    NamedList("黑榜", (Rule(Ground.BOTTOM, 3),)),
    NamedList("进步奖", (Rule(Ground.IMPROVED, 3),)),
    NamedList("提醒名单", (Rule(Ground.BELOW, grade="合格"), Rule(Ground.FELL, 3))),
)
"""What the form for publishing proposes; each is off until it is switched on."""


def parse(text: str) -> NamedList:
    """The reverse of `str`. Raises BadInput with the forms."""
    name, equals, rules = text.partition("=")
    if not equals or not _NAME.fullmatch(name):
        raise BadInput(f"名单 {text!r} 无效，应写成 名称=规则，如 红榜=top:3；名称最多 12 个字，不含空格和标点")
    return NamedList(name, tuple(_rule(text, one) for one in rules.split(",")))


def check(lists: Sequence[NamedList], disclosure: Disclosure, grades: Sequence[str]) -> None:
    """Raise BadInput where a list cannot be drawn from what readers get to see. `grades`: the names of the grades of all editions of the period."""
    names = [one.name for one in lists]
    if len(lists) > _MOST:
        raise BadInput(f"名单最多 {_MOST} 份，给出了 {len(lists)} 份")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(f"名单“{twice}”给出了两次；同一名单的几条规则写在一起，如 {twice}=below:合格,fell:3")
    if lists and disclosure.extent not in (Extent.ALL, Extent.TOP):
        raise BadInput(f"发布口径为{disclosure.zh}，不公布名次，不能附名单")
    for one in lists:
        for rule in one.rules:
            if disclosure.extent is Extent.TOP and (rule.ground is not Ground.TOP or rule.n > disclosure.n):
                raise BadInput(f"发布口径为{disclosure.zh}，名单“{one.name}”的规则“{rule.zh}”会涉及口径以外的单位，不能附")
            if rule.ground is Ground.BELOW and rule.grade not in grades:
                raise BadInput(f"名单“{one.name}”的等次“{rule.grade}”不在本期的指标体系中，可用：{'、'.join(grades) or '无'}")


def fitting(lists: Sequence[NamedList], disclosure: Disclosure) -> tuple[list[NamedList], list[NamedList]]:
    """Those lists that a 发布口径 allows, and those that it does not, each by itself; their grades are taken as known."""
    kept: list[NamedList] = []
    left: list[NamedList] = []
    for one in lists:
        try:
            check([one], disclosure, [rule.grade for rule in one.rules])
        except BadInput:
            left.append(one)
        else:
            kept.append(one)
    return kept, left


def _rule(whole: str, text: str) -> Rule:
    found = _RULE.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"名单 {whole!r} 的规则 {text!r} 无效，可用：{_FORMS}")
    return Rule(Ground(found[1]), int(found[2])) if found[1] else Rule(Ground.BELOW, grade=found[3])
