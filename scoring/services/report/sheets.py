"""The tables of 问题清单与整改链接表 and of 得分明细."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoring.model import Indicator
from scoring.services.report.material import Group, Material
from scoring.services.report.problems import problems
from scoring.services.report.text import clean
from scoring.services.report.workbook import Column, Table, workbook
from scoring.services.shapes import LeafResult
from scoring.wording import displayed, exact, minute, percent

_HUNDREDTH = "0.00"
_PROBLEMS = (
    Column("编号", 30),
    Column("分组", 10),
    Column("单位", 18),
    Column("一级指标", 16),
    Column("指标代码", 16),
    Column("指标", 24),
    Column("结果", 9),
    Column("扣分", 8, "number", _HUNDREDTH),
    Column("满分", 8, "number", _HUNDREDTH),
    Column("发现的问题", 46),
    Column("怎么改", 40),
    Column("评估依据", 30),
    Column("责任单位", 16),
    Column("取证网址", 40, "link"),
    Column("其他取证网址", 30),
    Column("取证时间", 17),
    Column("存档地址", 30),
    Column("截图", 7),
    Column("整改情况", 24, own=True),
    Column("整改链接", 30, own=True),
    Column("申诉理由", 24, own=True),
    Column("是否销号", 9, own=True),
)
_TOTALS = (
    Column("名次", 7, "number", "0"),
    Column("单位编号", 14),
    Column("单位", 20),
    Column("得分", 9, "number", "0.0"),
    Column("得分下限", 9, "number", "0.0"),
    Column("得分上限", 9, "number", "0.0"),
    Column("满分", 8, "number", "0.0"),
    Column("等次", 10),
    Column("覆盖率", 8),
    Column("上期得分", 9, "number", "0.0"),
    Column("上期名次", 9, "number", "0"),
    Column("说明", 36),
)
_DETAIL = (
    Column("编号", 30),
    Column("单位", 18),
    Column("一级指标", 16),
    Column("指标代码", 16),
    Column("指标", 26),
    Column("得分", 8, "number", _HUNDREDTH),
    Column("满分", 8, "number", _HUNDREDTH),
    Column("扣分", 8, "number", _HUNDREDTH),
    Column("结果", 10),
    Column("评分方式", 14),
    Column("原因", 50),
    Column("核查说明", 30),
    Column("取证网址", 40, "link"),
)


def problem_list(material: Material, unit: str = "") -> bytes:
    """问题清单与整改链接表: what every unit (or this one) has to repair; the last columns are for the units to fill in."""
    note = f"{_head(material)}问题清单与整改链接表。带底色的列由被评估单位填写；未判定的指标不列入。"
    rows = (row for group in material.groups for one in group.ranking.rows if unit in ("", one.unit) for row in _problems(group, one.unit))
    return workbook(f"{material.period.title}问题清单", [Table("问题清单", note, _PROBLEMS, rows, frozen=3)], material.period.published_at)


def score_detail(material: Material, unit: str = "") -> bytes:
    """得分明细: for each group the ranking, the units × leaves, and every leaf of every unit (or of this one) with its reason."""
    tables: list[Table] = []
    for group in material.groups:
        rows = [row.unit for row in group.ranking.rows if unit in ("", row.unit)]
        if not rows:
            continue
        note = f"{_head(material)}{clean(group.name)}"
        firsts = [Column(clean(node.title), 12) for node in group.edition.index]
        tables += [
            Table(f"{group.name}得分", f"{note}得分与各一级指标得分率", (*_TOTALS, *firsts), list(_totals(group, rows)), frozen=3),
            Table(
                f"{group.name}底稿",
                f"{note}打分底稿：单位 × 指标；未判定、不涉及写明，不按零分计",
                _matrix_columns(group),
                list(_matrix(group, rows)),
                frozen=2,
            ),
            Table(f"{group.name}明细", f"{note}逐项得分与原因", _DETAIL, [line for one in rows for line in _detail(group, one)], frozen=2),
        ]
    for name, graded in material.grades.items():
        columns = (Column("单位编号", 14), Column("单位", 24), Column("等次", 12))
        kept = [(one, title, grade or "数据不足") for one, title, grade in graded if unit in ("", one)]
        tables.append(Table(f"{name}等次", f"{_head(material)}{clean(name)}：只公布等次", columns, kept))
    return workbook(f"{material.period.title}得分明细", tables, material.period.published_at)


def _head(material: Material) -> str:
    marked = "【模拟数据】" if material.simulated else ""
    return f"{marked}{clean(material.period.title)}（第 {material.period.revision} 版，发布口径：{material.period.disclosure.zh}）"


def _problems(group: Group, unit: str) -> Iterator[list[str | Decimal | None]]:
    for one in problems(group, unit):
        leaf, seen = one.found.indicator, one.found.evidence
        yield [
            *(one.id, one.group, one.name, one.first, one.found.code, one.title, one.found.said, _points(one.lost), _points(one.found.full or None)),
            *(one.reason, one.fix, leaf.basis, "、".join(leaf.responsible)),
            *(one.urls[0] if one.urls else "", " ".join(one.urls[1:]), minute(seen[0].at) if seen and seen[0].at else ""),
            *(" ".join(dict.fromkeys(ref.snapshot for ref in seen if ref.snapshot)), "有" if any(ref.picture for ref in seen) else "无"),
            *("", "", "", ""),
        ]


def _totals(group: Group, units: Iterable[str]) -> Iterator[list[str | int | Decimal | None]]:
    titles = {veto.leaf.code: veto.leaf.title for veto in group.edition.vetoes}
    for unit in units:
        row = group.profiles[unit].row
        score, told = row.score, not (row.short_of_data or row.excluded)
        why = f"暂不纳入：{row.excluded}" if row.excluded else "数据不足，不参加排名" if row.short_of_data else ""
        why = f"单项否决：{'、'.join(titles.get(code, code) for code in score.veto)}" if score.veto and told else why
        numbers = [displayed(value) if told else None for value in (score.total, score.lower, score.upper, score.full)]
        before = None if row.previous_total is None else displayed(row.previous_total)
        grade = score.grade or ("暂不纳入" if row.excluded else "数据不足")
        rates = [percent(row.rates.get(node.code)) for node in group.edition.index]
        yield [score.rank, unit, row.name, *numbers, grade, percent(score.coverage), before, row.previous_rank, why, *rates]


def _matrix_columns(group: Group) -> tuple[Column, ...]:
    leaves = (Column(f"{leaf.code} {clean(leaf.title)}（{exact(leaf.weight)} 分）", 12, "number", _HUNDREDTH) for leaf in _leaves(group))
    return (Column("名次", 7, "number", "0"), Column("单位", 20), *leaves)


def _matrix(group: Group, units: Iterable[str]) -> Iterator[list[str | int | Decimal | None]]:
    for unit in units:
        found = {one.code: one for one in group.profiles[unit].leaves}
        row = group.profiles[unit].row
        yield [row.score.rank, row.name, *(_mark(found[leaf.code]) for leaf in _leaves(group))]


def _detail(group: Group, unit: str) -> Iterator[list[str | Decimal | None]]:
    profile = group.profiles[unit]
    titles = {node.code: node.title for node in profile.edition.index}
    beside = {"veto": "单项否决", "deduction": "扣分项", "bonus": "加分项"}
    order = {leaf.code: n for n, leaf in enumerate(profile.edition.leaves())}
    told = not profile.row.short_of_data
    for one in sorted(profile.leaves, key=lambda leaf: order[leaf.code]):
        url = next((clean(seen.url) for seen in one.evidence if seen.url), "")
        yield [
            *(f"{profile.period.id}/{unit}/{one.code}", profile.row.name, beside.get(one.beside) or titles.get(one.first_level, ""), one.code, one.title),
            *(_points(one.points), _points(one.full or None), _points(one.lost) if told else None, one.said, one.check.zh, one.reason, one.review_why, url),
        ]


def _leaves(group: Group) -> list[Indicator]:
    return [leaf for node in group.edition.index for leaf in node.leaves()]


def _mark(one: LeafResult) -> str | Decimal | None:
    return one.said if one.points is None or not one.full else _points(one.points)


def _points(value: Decimal | None) -> Decimal | None:
    """Points of a leaf as they are displayed: two decimals at most, half up."""
    return None if value is None else Decimal(exact(value).replace(",", ""))
