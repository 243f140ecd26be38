"""What changed from one edition to another, leaf by leaf, in Chinese."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crawlers.status import Labelled
from scoring.edition import text
from scoring.model import Edition
from scoring.services.edition_rows import EditionRow, plain, rows

_NONE = "（无）"
_SAID = {"edition", "format", "title", "note", "based_on", "scale", "rank", "coverage", "grades", "index", "veto", "deductions", "bonus", "dictionary"}


class Kind(Labelled):
    """What happened to an indicator. REWEIGHTED: its weight changed, whatever else did."""

    ADDED = "added", "新增"
    DROPPED = "dropped", "删除"
    REWEIGHTED = "reweighted", "调整分值"
    CHANGED = "changed", "修改"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as Chinese text."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}：{self.before or _NONE} → {self.after or _NONE}"


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator. `title` with those above it; `weight` before and after (None: not there, or a veto)."""

    kind: Kind
    code: str
    title: str
    part: str
    leaf: bool
    weight_before: Decimal | None
    weight_after: Decimal | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """`whole`: what concerns the edition itself. `changes`: dropped first, then in the order of the later edition."""

    before: str
    after: str
    whole: tuple[FieldChange, ...]
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind is kind]


def diff(before: Edition, after: Edition) -> EditionDiff:
    """Indicators are the same when their codes are."""
    old = {row.node.code: row for row in rows(before)}
    new = {row.node.code: row for row in rows(after)}
    changes = [_change(Kind.DROPPED, row, row.weight, None) for code, row in old.items() if code not in new]
    for code, row in new.items():
        if (was := old.get(code)) is None:
            changes.append(_change(Kind.ADDED, row, None, row.weight))
        elif fields := _fields(was, row):
            kind = Kind.REWEIGHTED if was.weight != row.weight else Kind.CHANGED
            changes.append(_change(kind, row, was.weight, row.weight, fields))
    return EditionDiff(before.id, after.id, (*_whole(before, after), *_orders(old, new)), tuple(changes))


def as_json(found: EditionDiff) -> dict[str, Any]:
    """`{"before", "after", "whole": [{name, before, after}], "changes": [{kind, code, title, part, weight_before, weight_after, fields}]}`; numbers as strings."""

    def fields(each: tuple[FieldChange, ...]) -> list[dict[str, str]]:
        return [{"name": one.name, "before": one.before, "after": one.after} for one in each]

    return {
        "before": found.before,
        "after": found.after,
        "whole": fields(found.whole),
        "changes": [
            {
                "kind": one.kind.value,
                "code": one.code,
                "title": one.title,
                "part": one.part,
                "leaf": one.leaf,
                "weight_before": None if one.weight_before is None else plain(one.weight_before),
                "weight_after": None if one.weight_after is None else plain(one.weight_after),
                "fields": fields(one.fields),
            }
            for one in found.changes
        ],
    }


def _change(kind: Kind, row: EditionRow, before: Decimal | None, after: Decimal | None, fields: tuple[FieldChange, ...] = ()) -> Change:
    return Change(kind, row.node.code, " › ".join([*(one.title for one in row.path), row.node.title]), row.part.zh, row.node.is_leaf, before, after, fields)


def _fields(before: EditionRow, after: EditionRow) -> tuple[FieldChange, ...]:
    return _changed(_values(before), _values(after))


def _changed(before: dict[str, str], after: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(name, before.get(name, ""), after.get(name, "")) for name in {**before, **after} if before.get(name, "") != after.get(name, ""))


def _values(row: EditionRow) -> dict[str, str]:
    node = row.node
    return {
        "分值": "" if row.weight is None else plain(row.weight),
        "否决后得分": "" if row.score is None else plain(row.score),
        "扣分对象": row.source,
        "所属部分": row.part.zh,
        "上级指标": row.parent,
        "下级指标": "有" if node.children else "",
        "名称": node.title,
        "评分方式": node.check.zh if node.check else "",
        "规则": node.rule,
        "参数": row.params.replace("\n", "；"),
        "评分标准": node.manual.guide if node.manual else "",
        "评分档次": "按分值给分" if node.manual and node.manual.points else row.levels,
        "维度": node.dimension.zh if node.dimension else "",
        "适用对象": "、".join(node.needs),
        "责任单位": "、".join(node.responsible),
        "依据": node.basis,
        "整改办法": node.fix,
        "义务条目": "、".join(node.obligations),
        "采用批次": node.runs.zh if node.rule else "",
        "抽样": f"{node.sample.count} 项（种子 {node.sample.seed}）" if node.sample else "",
        "沿用网站结果": "是" if node.inherits else "",
        "核对": "" if node.verified else "未核对",
    }


def _whole(before: Edition, after: Edition) -> tuple[FieldChange, ...]:
    return _changed(_settings(before), _settings(after))


def _settings(edition: Edition) -> dict[str, str]:
    bonus = edition.bonus
    said = {
        "名称": edition.title,
        "说明": edition.note,
        "计分方式": edition.scale.zh,
        "并列名次": edition.rank.zh,
        "覆盖率门槛": plain(edition.coverage),
        "满分": plain(edition.full),
        "等次": "、".join(f"{grade.name} ≥{plain(grade.at_least)}" for grade in edition.grades),
        "加分上限": plain(bonus.cap) if bonus else "",
        "加分起点": plain(bonus.above) if bonus else "",
    }
    return said | {key: text.flow(one) for key, one in (text.read(edition.text, edition.id) if edition.text else {}).items() if key not in _SAID and one}


def _orders(old: dict[str, EditionRow], new: dict[str, EditionRow]) -> list[FieldChange]:
    """Siblings that stay siblings but stand in another order (it is the order of every table)."""
    found: list[FieldChange] = []
    for place in dict.fromkeys((row.part, row.parent) for row in new.values()):
        after = [code for code, row in new.items() if (row.part, row.parent) == place and code in old and (old[code].part, old[code].parent) == place]
        before = [code for code in old if code in set(after)]
        if before != after:
            found.append(FieldChange(f"{place[1] or place[0].zh}的次序", "、".join(before), "、".join(after)))
    return found
