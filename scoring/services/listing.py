"""Who stands on a 名单. Only ranked units can: 数据不足, 单项否决 and 暂不纳入 never put a unit on a list."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scoring import lists
from scoring.errors import BadInput
from scoring.lists import Ground, NamedList, Rule
from scoring.services.shapes import Ranking, RankRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit on a list and the rules that put it there."""

    row: RankRow
    rules: tuple[Rule, ...]


def entries(ranking: Ranking, one: NamedList) -> tuple[Entry, ...]:
    """The units of a group on a list, in rank order; of IMPROVED lists, most places gained first. Ties at the edge are all in."""
    ranked = [row for row in ranking.rows if row.score.rank is not None and row.score.grade is not None and not row.excluded]
    by_rule = {rule: _units(ranking, ranked, rule) for rule in one.rules}
    found = [Entry(row, met) for row in ranked if (met := tuple(rule for rule in one.rules if row.unit in by_rule[rule]))]
    if all(rule.ground is Ground.IMPROVED for rule in one.rules):
        found.sort(key=lambda entry: -(entry.row.change or 0))
    return tuple(found)


def written(chosen: Sequence[NamedList]) -> str:
    """Lists as a published file's header holds them."""
    return json.dumps([str(one) for one in chosen], ensure_ascii=False)


def read(text: str) -> tuple[NamedList, ...]:
    """The reverse of `written`; a file from before there were lists holds none. Raises BadInput for a damaged header."""
    try:
        return tuple(lists.parse(one) for one in json.loads(text or "[]"))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(f"发布文件的名单有误（{error}），请从备份恢复该文件") from error


def _units(ranking: Ranking, ranked: Sequence[RankRow], rule: Rule) -> frozenset[str]:
    ranks = sorted(row.score.rank or 0 for row in ranked)
    gains = sorted((row.change for row in ranked if row.change is not None and row.change > 0), reverse=True)
    levels = {grade.name: grade.at_least for grade in ranking.edition.grades}
    tests: dict[Ground, Callable[[RankRow], bool]] = {
        # Where all share one rank nobody is first or last.
        Ground.TOP: lambda row: ranks[0] < ranks[-1] and (row.score.rank or 0) <= rule.n,
        Ground.BOTTOM: lambda row: (row.score.rank or 0) > ranks[0] and (row.score.rank or 0) >= ranks[-rule.n :][0],
        Ground.IMPROVED: lambda row: bool(gains) and (row.change or 0) >= gains[: rule.n][-1],
        Ground.FELL: lambda row: (row.change or 0) <= -rule.n,
        Ground.BELOW: lambda row: rule.grade in levels and levels[row.score.grade or ""] < levels[rule.grade],
    }
    return frozenset(row.unit for row in ranked if tests[rule.ground](row))
