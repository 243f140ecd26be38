"""What 分报告 says: one unit, whatever its kind (district, department, town, composed), as the values of its template. Other units are never named, but its own children."""

from collections.abc import Sequence
from typing import Any

from scoring.model import Outcome
from scoring.parts import PartInput, PartSource
from scoring.services.fixes import Plan
from scoring.services.report import charts
from scoring.services.report.material import Group, Material
from scoring.services.report.overall import Draw, proof
from scoring.services.report.problems import Problem, problems
from scoring.services.report.text import clean, quoted
from scoring.services.shapes import RankRow, UnitProfile
from scoring.wording import change, displayed, exact, gap, percent, points, score_change

_SEEN = 40


def unit_report(material: Material, unit: str, plan: Plan | None, draw: Draw) -> dict[str, Any]:
    """The values of 分报告.docx. `plan`: the best fixes, None where they cannot be told."""
    group = material.group_of(unit)
    assert group is not None, unit
    profile, found = group.profiles[unit], problems(group, unit)
    name, told = clean(profile.row.name), not (profile.row.short_of_data or profile.row.excluded)
    return {
        "simulated": material.simulated,
        "title": f"{name}政务公开评估分报告",
        "subtitle": f"（{clean(material.period.title)}，{clean(profile.group)}，数据截止 {material.period.cutoff or material.period.end}）",
        "overview": overview(material, unit),
        "boards": boards(profile) if told else [],
        "board_lines": [] if told else ["没有取得足够的数据，不列一级指标得分。"],
        "boards_chart": draw(charts.unit(profile)) if told and any(rate is not None for rate in profile.row.rates.values()) else None,
        "parts": parts(profile) if told else [],
        **_children(material, group, unit, told=told),
        "first_fixes": first_fixes(plan, told=told),
        "problem_lines": [problem_line(found, profile)],
        "problems": [_row(n, one) for n, one in enumerate(found, 1)],
        "unseen": unseen(profile),
        "proof": proof(material),
    }


def overview(material: Material, unit: str) -> list[str]:
    """Score, rank, change, grade; or why there are none."""
    group = material.group_of(unit)
    assert group is not None, unit
    row, name = group.profiles[unit].row, clean(group.profiles[unit].row.name)
    if row.excluded:
        return [f"{name}本期暂不纳入：{clean(row.excluded)}。"]
    if row.short_of_data:
        need = percent(group.edition.coverage)
        return [f"{name}数据不足：已判定 {percent(row.score.coverage)}，未达到 {need} 的要求，不参加排名。这是采集方面的原因，不代表单位的公开情况。"]
    return [_result(row, group), *_beside(row, group)]


def boards(profile: UnitProfile) -> list[dict[str, str]]:
    """First-level indicators with the group's median."""
    nodes = [(node, profile.row.score.nodes.get(node.code)) for node in profile.edition.index]
    return [
        {
            "title": clean(node.title),
            "points": points(score.total) if score.weight else "不涉及",
            "full": points(score.weight) if score.weight else "—",
            "rate": percent(score.rate),
            "median": percent(profile.medians.get(node.code)),
        }
        for node, score in nodes
        if score is not None
    ]


def parts(profile: UnitProfile) -> list[dict[str, str]]:
    """The parts of a composed index."""
    nodes = [(part, profile.row.score.nodes.get(part.code)) for part in profile.edition.parts]
    return [
        {
            "title": clean(part.title),
            "source": part.source.zh,
            "points": points(score.total) if score.weight else "不涉及",
            "full": points(score.weight) if score.weight else "—",
            "rate": percent(score.rate),
        }
        for part, score in nodes
        if score is not None
    ]


def first_fixes(plan: Plan | None, *, told: bool) -> list[str]:
    """What is worth mending first, each with what would follow."""
    if not told:
        return ["取得足够的数据之前，不计算可以提高的分数；请先按下文核对已发现的问题。"]
    if plan is None:
        return ["本报告的数据不足以推算整改后的得分。"]
    if not plan.fixes:
        return ["没有可以整改的失分项。"]
    lines = []
    for n, one in enumerate(plan.fixes, 1):
        rank = f"，名次为第 {one.rank} 名" if one.rank is not None else ""
        gain = f"解除否决后得 {points(one.total)} 分{rank}" if one.veto else f"可提高 {exact(one.gain)} 分，改后 {points(one.total)} 分{rank}"
        lines.append(f"{n}.{quoted(one.leaf.title)}：{gain}。{clean(one.leaf.indicator.fix) or '请按评估依据逐项核对后补充。'}")
    rank = f"、第 {plan.together.rank} 名" if plan.together.rank is not None else ""
    return [*lines, f"以上全部改好后为 {points(plan.together.total)} 分{rank}（其他单位按已公布的结果不变）。"]


def problem_line(found: Sequence[Problem], profile: UnitProfile) -> str:
    """How many problems, and what they cost."""
    if profile.row.excluded:
        return "本期暂不纳入，不列问题。"
    if not found:
        return "没有发现需要整改的问题。"
    vetoes = sum(one.found.beside == "veto" for one in found)
    barred = f"，其中单项否决 {vetoes} 项" if vetoes else ""
    order = "数据不足的单位不计算失分" if profile.row.short_of_data else "按失分从多到少列出"
    return f"共发现问题 {len(found)} 项{barred}，{order}。"


def unseen(profile: UnitProfile) -> list[str]:
    """未判定 leaves with the reason, the same reason told once."""
    why: dict[str, list[str]] = {}
    for one in profile.leaves:
        if one.outcome is Outcome.NOT_OBSERVED and (one.full or one.beside == "veto"):
            why.setdefault(clean(one.reason).rstrip("。"), []).append(clean(one.title))
    if not why:
        return []
    lines = [
        f"{reason}：{'、'.join(titles[:_SEEN])}{f'等 {len(titles)} 项' if len(titles) > _SEEN else f'，共 {len(titles)} 项'}。"
        for reason, titles in why.items()
    ]
    return ["未能取得证据的指标不按零分计，也不算单位的过错。", *lines]


def _result(row: RankRow, group: Group) -> str:
    score, name = row.score, clean(row.name)
    interval = f"（还有指标未判定，得分在 {points(score.lower)}–{points(score.upper)} 分之间，暂定取中点）" if score.provisional else ""
    head = f"{name}得 {points(score.total)} 分{interval}，满分 {exact(score.full)} 分，等次为{clean(score.grade or '')}"
    if score.rank is None:
        return f"{head}，不参加排名。"
    return f"{head}，在{clean(group.name)} {group.size} 家中列第 {score.rank} 名。"


def _beside(row: RankRow, group: Group) -> list[str]:
    lines = []
    if row.score.veto:
        titles = {veto.leaf.code: veto.leaf.title for veto in group.edition.vetoes}
        lines.append(f"触发单项否决：{'、'.join(clean(titles.get(code, code)) for code in row.score.veto)}。")
    if row.previous_total is not None and group.before:
        places = f"，名次{change(row.change)}" if row.change is not None else ""
        lines.append(f"与{clean(group.before)}相比，得分{score_change(row.score.total, row.previous_total)}{places}。")
    if group.ranking.mean is not None and row.score.rank is not None:
        step = gap(row.score.total, group.ranking.mean)
        side = "持平" if not step else f"相比{'高' if step > 0 else '低'} {points(abs(step))} 分"
        lines.append(f"与本组平均分（{points(group.ranking.mean)} 分）{side}。")
    return lines


def _children(material: Material, group: Group, unit: str, *, told: bool) -> dict[str, Any]:
    """The children that a composed unit's score is made of, weakest first."""
    codes = {part.code for part in group.edition.parts if part.source is PartSource.CHILDREN}
    given = {one.source: one for code, each in group.inputs.get(unit, {}).items() if code in codes for one in each} if told else {}
    names = material.names
    known = [(names[child], one) for child, one in given.items() if child in names]
    known.sort(key=lambda pair: (not pair[1].drawn, _share(pair[1]), pair[0]))
    rows = [{"name": clean(name), "rate": percent(_share(one)) if one.full else "不涉及", "drawn": "计入" if one.drawn else "未抽中"} for name, one in known]
    counted = [(name, one) for name, one in known if one.drawn and one.full]
    lines = [f"得分由 {len(counted)} 家所属单位的平均计入，得分率最低的是{clean(counted[0][0])}（{percent(_share(counted[0][1]))}）。"] if counted else []
    return {"children": rows, "children_lines": lines}


def _share(one: PartInput) -> Any:
    return (one.lower + one.upper) / 2 / one.full if one.full else displayed(one.lower)


def _row(n: int, one: Problem) -> dict[str, str]:
    return {
        "no": str(n),
        "title": one.title,
        "lost": "否决" if one.found.beside == "veto" else exact(one.lost),
        "reason": one.reason,
        "fix": one.fix,
        "url": one.urls[0] if one.urls else "—",
    }
