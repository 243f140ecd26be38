"""What 总报告 and 通报 say, as the values of their templates."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from scoring.disclosure import Extent
from scoring.model import Check, Edition
from scoring.services.report import charts
from scoring.services.report.drawing import Drawing
from scoring.services.report.facts import GroupFacts
from scoring.services.report.material import Material
from scoring.services.report.text import clean, numeral, quoted
from scoring.services.shapes import RankRow
from scoring.wording import change, displayed, exact, percent, points, score_change

Draw = Callable[[Drawing], Any]
"""Turns a drawing into what the template shows; None where there are no pictures."""
_LINES = 3
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def overall(material: Material, facts: Sequence[GroupFacts], draw: Draw) -> dict[str, Any]:
    """The values of 总报告.docx."""
    return {
        **_shared(material, facts),
        "title": f"{clean(material.period.title)}政务公开评估总报告",
        "basis": _basis(material),
        "units": _units(material, facts),
        "indicators": [_indicators(group, edition) for group, edition in material.editions.items()],
        "method": _method(material),
        "groups": [_group(n, one, draw, simulated=material.simulated) for n, one in enumerate(facts, 1)],
        "comparison": _comparison(facts),
        "compared": [_compared(one) for one in facts],
        "advice": _advice(facts),
        "editions": _editions(material),
    }


def circular(material: Material, facts: Sequence[GroupFacts]) -> dict[str, Any]:
    """The values of 通报.docx."""
    return {
        **_shared(material, facts),
        "title": f"关于{clean(material.period.title)}政务公开评估情况的通报",
        "opening": f"按照评估方案，对{'、'.join(clean(group) for group in material.editions)}的政务公开情况进行了评估，{''.join(_span(material))}现将结果通报如下。",
        "groups": [_group(n, one, lambda _: None, simulated=material.simulated) for n, one in enumerate(facts, 1)],
        "next_steps": [*_advice(facts), "各单位要对照问题清单逐项整改，按期反馈整改情况和链接；对评估结果有异议的，可以按程序提出申诉。"],
    }


def proof(material: Material) -> list[str]:
    """How the figures can be checked."""
    period = material.period
    lines = [f"数据来源：评估期次 {period.id} 第 {period.revision} 版发布文件，程序版本 {material.engine}，全本摘要 {material.digest}。"]
    if period.corrects is not None:
        lines.append(f"本版更正第 {period.corrects} 版，原因：{clean(period.reason)}。")
    return lines


def row_of(row: RankRow, group: GroupFacts) -> dict[str, Any]:
    """One line of a ranking in words; nothing is told of what was not seen."""
    told = row.score.grade is not None and not row.excluded
    grade = clean(row.score.grade) if row.score.grade else "暂不纳入" if row.excluded else "数据不足"
    return {
        "rank": "—" if row.score.rank is None else str(row.score.rank),
        "name": clean(row.name),
        "total": points(row.score.total) if told else "—",
        "grade": f"{grade}（单项否决）" if row.score.veto and told else grade,
        "change": change(row.change) if row.score.rank is not None and (row.change is not None or not group.group.before) else "—",
        "rates": [percent(row.rates.get(node.code)) for node in group.group.edition.index],
    }


def _shared(material: Material, facts: Sequence[GroupFacts]) -> dict[str, Any]:
    as_of = f"，观测日 {material.as_of}" if material.as_of else ""
    return {
        "simulated": material.simulated,
        "subtitle": f"（数据截止 {material.period.cutoff or material.period.end}{as_of}，第 {material.period.revision} 版）",
        "limits": _limits(material),
        "graded": [] if facts else _graded(material),
        "proof": proof(material),
    }


def _span(material: Material) -> list[str]:
    period = material.period
    return [f"评估时段为 {period.start} 至 {period.end}，", f"采集截止 {period.cutoff or period.end}。"]


def _basis(material: Material) -> list[str]:
    found: list[str] = []
    for edition in {one.sha: one for one in material.editions.values()}.values():
        for leaf in edition.leaves():
            found += [clean(leaf.basis.split(" ")[0])] if leaf.basis else []
    named = list(dict.fromkeys(found))[:6]
    lines = ["评估坚持以公开内容为准、以取证为据：每一项失分都有依据、原因和存档的网页；未能取得证据的记为未判定，不按零分计，也不算单位的过错。"]
    return [*lines, f"评估依据包括：{'、'.join(named)}等，逐项依据见指标体系。"] if named else lines


def _units(material: Material, facts: Sequence[GroupFacts]) -> list[str]:
    told = "、".join(f"{clean(group)} {size} 家" for group, size in material.sizes.items())
    lines = [f"本期被评估单位：{told}。{''.join(_span(material))}"]
    excluded = [f"{clean(row.name)}（{clean(row.excluded)}）" for one in facts for row in one.excluded]
    return [*lines, f"暂不纳入：{'、'.join(excluded)}。"] if excluded else lines


def _indicators(group: str, edition: Edition) -> str:
    leaves = [leaf for node in edition.index for leaf in node.leaves() if leaf.drawn]
    firsts = "、".join(f"{clean(node.title)}（{exact(node.weight)}）" for node in edition.index)
    vetoes = f"，另设单项否决 {len(edition.vetoes)} 项" if edition.vetoes else ""
    return (
        f"{clean(group)}使用{quoted(edition.title)}（{edition.id}），满分 {exact(edition.full)} 分，共 {len(leaves)} 项指标{vetoes}。一级指标及分值：{firsts}。"
    )


def _method(material: Material) -> list[str]:
    counts = dict.fromkeys(Check, 0)
    for edition in {one.sha: one for one in material.editions.values()}.values():
        for leaf in edition.leaves():
            if leaf.check:
                counts[leaf.check] += 1
    kinds = "、".join(f"{kind.zh} {n} 项" for kind, n in counts.items() if n)
    return [
        f"采用自动采集与人工核查相结合的方法：{kinds}。机器判定的扣分点由评估员核查，人工指标按评分标准打分。",
        "得分率 = 得分 ÷ 满分。不涉及的指标按指标体系的规定处理；未判定的指标使得分成为区间，显示的得分取区间中点。显示时四舍五入保留一位小数，名次以显示的得分为准。",
    ]


def _limits(material: Material) -> list[str]:
    extent = material.period.disclosure.extent
    if extent is Extent.OWN:
        return ["本期发布口径为仅本单位：结果分别发给各单位，本报告不列任何单位的得分、名次和等次。"]
    if extent is Extent.GRADES:
        return ["本期发布口径为等次：只公布等次，不公布得分和名次。"]
    if extent is Extent.TOP:
        return [f"本期发布口径为{material.period.disclosure.zh}：以下只含公布的单位，平均分、中位数等也只统计这些单位。"]
    return []


def _group(n: int, one: GroupFacts, draw: Draw, *, simulated: bool) -> dict[str, Any]:
    drawn = {"ranking_chart": charts.ranking, "segments_chart": charts.distribution, "boards_chart": charts.boards}
    firsts = [f"{_LETTERS[k % 26]}" for k, _ in enumerate(one.group.edition.index)]
    return {
        "no": numeral(n),
        "name": one.name,
        "headline": one.headline,
        "overview": list(one.overview),
        "highlights": [tally.told for tally in one.highlights],
        "problems": [tally.told for tally in one.problems],
        "boards": [
            {"no": k, "heading": board.heading, "intro": board.intro, "lines": [tally.told for tally in (*board.worst[:_LINES], *board.best)]}
            for k, board in enumerate(one.boards, 1)
        ],
        "rows": [row_of(row, one) for row in one.group.ranking.rows],
        "firsts": firsts,
        "legend": [f"各列为一级指标得分率：{'；'.join(f'{a} {clean(node.title)}' for a, node in zip(firsts, one.group.edition.index, strict=True))}。"],
        **{name: draw(make(one, simulated=simulated)) if one.ranked else None for name, make in drawn.items()},
    }


def _graded(material: Material) -> list[dict[str, Any]]:
    found = []
    for n, (group, rows) in enumerate(material.grades.items(), 1):
        order = [grade.name for grade in material.editions[group].grades]
        counts = [(name, sum(grade == name for *_, grade in rows)) for name in order]
        short = sum(grade is None for *_, grade in rows)
        told = "、".join([*(f"{clean(name)} {count} 家" for name, count in counts if count), *([f"数据不足 {short} 家"] if short else [])])
        listed = [{"name": clean(name), "grade": clean(grade) if grade else "数据不足"} for _, name, grade in rows]
        found.append({"no": numeral(n), "name": clean(group), "line": f"共 {len(rows)} 家：{told}。", "rows": listed})
    return found


def _comparison(facts: Sequence[GroupFacts]) -> list[str]:
    told = [(one, mean / one.group.edition.full) for one in facts if (mean := one.group.ranking.mean) is not None]
    lines = []
    if len(told) > 1:
        high, low = max(told, key=lambda pair: pair[1])[0], min(told, key=lambda pair: pair[1])[0]
        same = len({one.group.edition.sha for one, _ in told}) == 1
        lines.append(
            f"按分组看，{high.name}平均分最高（{points(high.group.ranking.mean)} 分），{low.name}最低（{points(low.group.ranking.mean)} 分）"
            + ("。" if same else "；各组指标体系不同，得分不宜直接比较。")
        )
    for one in facts:
        if len(one.dimensions) > 1:
            best, worst = max(one.dimensions, key=lambda pair: pair[1]), min(one.dimensions, key=lambda pair: pair[1])
            lines.append(f"按维度看，{one.name}{best[0].zh}较好（得分率中位数 {percent(best[1])}），{worst[0].zh}较弱（{percent(worst[1])}）。")
    return lines


def _compared(one: GroupFacts) -> dict[str, str]:
    totals = [displayed(row.score.total) for row in one.ranked]
    ranking = one.group.ranking

    def edge(value: Decimal | None) -> str:
        return points(value)

    return {
        "name": one.name,
        "size": str(one.group.size),
        "ranked": str(len(one.ranked)),
        "mean": points(ranking.mean),
        "best": edge(max(totals, default=None)),
        "least": edge(min(totals, default=None)),
        "change": score_change(ranking.mean_both, ranking.previous_mean) if ranking.compared else "首期" if not one.group.before else "—",
        "common": f"{len(one.common)} 项",
    }


def _advice(facts: Sequence[GroupFacts]) -> list[str]:
    lines = [f"{one.name}：{advice.text}" for one in facts for advice in one.advice]
    return [f"{n}.{line}" for n, line in enumerate(lines, 1)]


def _editions(material: Material) -> list[dict[str, Any]]:
    groups: dict[str, list[str]] = {}
    for group, edition in material.editions.items():
        groups.setdefault(edition.sha, []).append(clean(group))
    found = []
    for edition in {one.sha: one for one in material.editions.values()}.values():
        leaves = [(clean(node.title), leaf, exact(leaf.weight)) for node in edition.index for leaf in node.leaves()]
        leaves += [("单项否决", veto.leaf, "否决") for veto in edition.vetoes]
        leaves += [("扣分项", one.leaf, f"−{exact(one.max)}") for one in edition.deductions]
        leaves += [("加分项", leaf, f"+{exact(leaf.weight)}") for leaf in (edition.bonus.leaves if edition.bonus else ())]
        rows = [{"first": first, "title": clean(leaf.title), "weight": weight, "check": leaf.check.zh if leaf.check else ""} for first, leaf, weight in leaves]
        found.append({"groups": "、".join(groups[edition.sha]), "title": clean(edition.title), "id": edition.id, "rows": rows})
    return found
