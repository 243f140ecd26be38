"""A small simulated index in the services' read models: 示例市, ten districts, first-level A–H, three periods (two published, one open)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from scoring.model import (
    Check,
    Dimension,
    Edition,
    EvidenceRef,
    Grade,
    Indicator,
    Manual,
    NodeScore,
    Outcome,
    PeriodState,
    RankStyle,
    Scale,
    UnitScore,
    Veto,
)
from scoring.services.shapes import LeafResult, PeriodInfo, Ranking, RankRow, Shortfall, UnitProfile

DISTRICTS = ("青禾区", "望舒区", "云岫区", "澜湾区", "墨川区", "鹤汀县", "樟渡县", "星渚区", "棠溪县", "听泉县")
GROUP = "区县"
OTHER = "市直部门"
FIRST = ("政府信息公开平台", "年度报告", "决策公开", "解读回应", "重点领域", "网站与公报", "依申请公开", "组织保障")
LEAVES = ("入口和栏目名称规范", "指南在一年内更新", "内容齐全", "附件可下载", "按时发布")
WEIGHTS = (14, 10, 12, 14, 22, 12, 8, 8)
NASTY = "**粗体** [点我](http://evil.example) :red[红] <b>x</b> :material/home: `code` $x$ =1+1"
CUTOFFS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
ONE = Decimal(1)


def edition() -> Edition:
    """Eight first-level indicators with five leaves each; the last leaf of D, G and H is manual, the third of C assist."""
    index = []
    for n, (title, weight) in enumerate(zip(FIRST, WEIGHTS, strict=True)):
        letter = "abcdefgh"[n]
        leaves = []
        for k, name in enumerate(LEAVES):
            manual = k == 4 and n in (3, 6, 7)
            leaves.append(
                Indicator(
                    code=f"{letter}{k + 1}",
                    title=f"{title[:4]}{name}",
                    weight=Decimal(weight) / 5,
                    check=Check.MANUAL if manual else Check.ASSIST if (n, k) == (2, 2) else Check.AUTO,
                    rule="" if manual else "updated_within",
                    manual=_manual(n) if manual else None,
                    dimension=list(Dimension)[k],
                    needs=("行政执法",) if (n, k) == (4, 3) else (),
                    basis="《政府信息公开条例》第十二条；示例市政务公开评估办法（虚构）第 3 条",
                    fix="核对机构名称、地址、电话，更新后重新发布并标注日期。",
                )
            )
        index.append(Indicator(code=letter, title=title, weight=Decimal(weight), children=tuple(leaves)))
    grades = tuple(Grade(name, Decimal(line)) for name, line in (("优秀", 90), ("良好", 75), ("合格", 60), ("不合格", 0)))
    note = "没有公开来源给出权重，此处为示例值，合计 100 分。"
    return Edition("demo-2020", "示例市政务公开评估指标", Scale.POINTS, RankStyle.COMPETITION, Decimal("0.8"), grades, tuple(index), note=note)


def _manual(n: int) -> Manual:
    if n == 7:
        return Manual("按评分表打分：有专门机构得一半，有年度培训得一半。", points=True)
    return Manual("看三次答复：都规范为优，一次不规范为良，其余为差。", {"优": ONE, "良": Decimal("0.7"), "差": Decimal(0)})


EDITION = edition()


def periods(states: tuple[PeriodState, PeriodState, PeriodState]) -> list[PeriodInfo]:
    """Three quarters, newest first."""
    made = []
    for n, (state, end) in enumerate(zip(states, CUTOFFS, strict=True), 1):
        out = state is PeriodState.PUBLISHED
        at = datetime(end.year, end.month, end.day, 1, 12, tzinfo=UTC) if out else None
        title = f"2026年{'一二三'[n - 1]}季度"
        made.append(PeriodInfo(f"2026Q{n}", title, date(2026, 3 * n - 2, 1), end, end, state, {GROUP: EDITION.id, OTHER: EDITION.id}, 1 if out else None, at))
    return made[::-1]


def units(group: str) -> list[tuple[str, str]]:
    """Unit ids and names of a group."""
    if group == GROUP:
        return [(f"qx{n:02d}", name) for n, name in enumerate(DISTRICTS, 1)]
    return [(f"bm{n:02d}", f"示例市{name}局") for n, name in enumerate(("发展改革", "教育", "民政"), 1)]


def leaves_of(quarter: int, unit: str, *, open_work: bool, blocked: bool = False) -> Iterator[LeafResult]:
    """Believable findings: a talent per unit, some noise, a few not observed, manual leaves pending while the period is open."""
    talent = Random(unit).uniform(0.62, 0.92) + 0.02 * quarter  # noqa: S311 - simulated data
    dice = Random(f"{unit}-{quarter}")  # noqa: S311 - simulated data
    for node in EDITION.index:
        for leaf in node.leaves():
            luck = dice.random()
            outcome, ratio = (Outcome.MET, ONE) if luck < talent - 0.12 else (Outcome.PARTIAL, Decimal("0.5")) if luck < talent else (Outcome.UNMET, Decimal(0))
            if leaf.needs and unit == "qx10":
                yield _leaf(node, leaf, Outcome.NOT_APPLICABLE, None, "单位没有“行政执法”职责，此项不涉及。", unit)
            elif blocked and leaf.check is not Check.MANUAL:
                yield _leaf(node, leaf, Outcome.NOT_OBSERVED, None, "未能取得网站首页（被防护系统拦截），尚未判定，不计为不达标。", unit)
            elif open_work and (leaf.check is Check.MANUAL or (unit == "qx07" and node.code == "f")):
                why = "等待人工评分。" if leaf.check is Check.MANUAL else "网站被防护系统拦截（状态码 412），没能看到内容。"
                yield _leaf(node, leaf, Outcome.NOT_OBSERVED, None, why, unit)
            else:
                reason = {
                    Outcome.MET: "最近更新 2026-09-12，距检查日 18 天，在规定的 90 天以内。",
                    Outcome.PARTIAL: "应有 6 个栏目，找到 3 个，缺“市政建设”“治安管理”“社会救助”。",
                    Outcome.UNMET: f"最近一次更新是 2026-02-15，距检查日 227 天，超过规定的 90 天；栏目名为“{NASTY if unit == 'qx01' else '通知公告'}”。",
                }[outcome]
                yield _leaf(node, leaf, outcome, ratio, reason, unit)


def _leaf(node: Indicator, leaf: Indicator, outcome: Outcome, ratio: Decimal | None, reason: str, unit: str) -> LeafResult:
    weight = leaf.weight
    evidence = (EvidenceRef(f"http://127.0.0.1:8101/{unit}/zwgk/{leaf.code}/index.html", datetime(2026, 9, 30, 1, 5, tzinfo=UTC), f"run-q3/{unit}@1024+2048"),)
    machine = leaf.check is not Check.MANUAL
    return LeafResult(
        code=leaf.code,
        title=leaf.title,
        first_level=node.code,
        indicator=leaf,
        check=leaf.check or Check.AUTO,
        outcome=outcome,
        ratio=ratio,
        points=None if ratio is None else ratio * weight,
        full=weight,
        lost=None if ratio is None else (ONE - ratio) * weight,
        reason=reason,
        reason_code="stale",
        params={},
        evidence=evidence if machine and outcome is not Outcome.NOT_APPLICABLE else (),
        reviewed=False,
        review_why="",
        review_by="",
        review_at=None,
        machine_outcome=outcome if machine else None,
        machine_ratio=ratio if machine else None,
        machine_reason=reason if machine else "",
        seq=1,
    )


def decided(leaf: LeafResult, outcome: Outcome, ratio: Decimal | None, why: str, by: str, at: datetime) -> LeafResult:
    """The leaf after a person's decision."""
    full = leaf.full
    points = None if ratio is None else ratio * full
    lost = None if ratio is None else (ONE - ratio) * full
    return replace(leaf, outcome=outcome, ratio=ratio, points=points, lost=lost, reviewed=True, review_why=why, review_by=by, review_at=at, seq=leaf.seq + 1)


def score(unit: str, leaves: list[LeafResult]) -> UnitScore:
    """A plain roll-up, good enough for pages."""
    nodes: dict[str, NodeScore] = {}
    lower = upper = seen = Decimal(0)
    for node in EDITION.index:
        mine = [leaf for leaf in leaves if leaf.first_level == node.code]
        low = sum((leaf.points or Decimal(0) for leaf in mine), Decimal(0))
        unknown = sum((leaf.full for leaf in mine if leaf.outcome is Outcome.NOT_OBSERVED), Decimal(0))
        weight = sum((leaf.full for leaf in mine if leaf.outcome is not Outcome.NOT_APPLICABLE), Decimal(0))
        share = node.weight / weight if weight else ONE
        nodes[node.code] = NodeScore(node.code, low * share, (low + unknown) * share, (low + unknown / 2) * share, node.weight, weight - unknown, weight)
        for leaf in mine:
            out = leaf.outcome is Outcome.NOT_APPLICABLE
            full = Decimal(0) if out else leaf.full * share
            low_leaf = (leaf.points or Decimal(0)) * share
            up = full if leaf.outcome is Outcome.NOT_OBSERVED else low_leaf
            nodes[leaf.code] = NodeScore(leaf.code, low_leaf, up, (low_leaf + up) / 2, full, full if up == low_leaf else Decimal(0), full)
        lower, upper, seen = lower + nodes[node.code].lower, upper + nodes[node.code].upper, seen + nodes[node.code].observed
    total = (lower + upper) / 2
    grade = next(grade.name for grade in EDITION.grades if total >= grade.at_least)
    rates = {one.value: _rate([nodes[leaf.code] for leaf in leaves if leaf.indicator.dimension is one]) for one in Dimension}
    return UnitScore(unit, total, lower, upper, seen / 100, grade, None, (), (), nodes, rates)


def _rate(nodes: list[NodeScore]) -> Decimal | None:
    full = sum((node.weight for node in nodes), Decimal(0))
    return sum((node.total for node in nodes), Decimal(0)) / full if full else None


def ranking(period: PeriodInfo, group: str, leaves: dict[str, list[LeafResult]], earlier: list[Ranking], *, draft: bool) -> Ranking:
    """Rows in rank order, with what a page needs beside them."""
    scores = {unit: score(unit, found) for unit, found in leaves.items()}
    order = sorted(scores, key=lambda unit: -scores[unit].total)
    ranks = {unit: 1 + sum(round(scores[other].total, 1) > round(scores[unit].total, 1) for other in order) for unit in order}
    names = dict(units(group))
    before = {row.unit: row for row in earlier[-1].rows} if earlier else {}
    rows = []
    for unit in order:
        past = tuple(row.score.total for one in earlier for row in one.rows if row.unit == unit)
        was = before.get(unit)
        rows.append(
            RankRow(
                unit=unit,
                name=names[unit],
                order=int(unit[2:]),
                score=replace(scores[unit], rank=ranks[unit]),
                rates={node.code: scores[unit].nodes[node.code].rate for node in EDITION.index},
                counts={outcome: sum(leaf.outcome is outcome for leaf in leaves[unit]) for outcome in Outcome},
                previous_rank=was.score.rank if was else None,
                previous_total=was.score.total if was else None,
                change=was.score.rank - ranks[unit] if was and was.score.rank else None,
                history=(*past, scores[unit].total),
            )
        )
    medians = {node.code: sorted(row.rates[node.code] or Decimal(0) for row in rows)[len(rows) // 2] for node in EDITION.index}
    by_code = [(leaf, [one for found in leaves.values() for one in found if one.code == leaf.code]) for node in EDITION.index for leaf in node.leaves()]
    lost = sorted(
        (
            Shortfall(leaf, sum((one.lost or Decimal(0) for one in found), Decimal(0)) / len(rows), sum(bool(one.lost) for one in found), len(rows))
            for leaf, found in by_code
        ),
        key=lambda entry: -entry.mean,
    )
    mean = sum((row.score.total for row in rows), Decimal(0)) / len(rows)
    totals = {row.unit: row.score.total for row in before.values()}
    near = (tuple(row.name for row in rows[:3]),) if draft and group == GROUP else ()
    mean_before = earlier[-1].mean if earlier else None
    return Ranking(period, group, EDITION, tuple(rows), medians, near, tuple(lost), mean, mean_before, draft, True, period.end, mean, len(rows), totals)


def profile(found: Ranking, unit: str, leaves: list[LeafResult], history: tuple[tuple[str, Decimal | None], ...]) -> UnitProfile:
    """One unit of a ranking."""
    row = next(row for row in found.rows if row.unit == unit)
    order = {Outcome.NOT_OBSERVED: 1}
    ordered = sorted(leaves, key=lambda leaf: (order.get(leaf.outcome, 0 if leaf.lost else 2), -(leaf.lost or Decimal(0))))
    return UnitProfile(found.period, found.group, EDITION, row, len(found.rows), found.medians, tuple(ordered), history, found.draft, True)


BARRED = Indicator(
    "veto-home", "首页两周不更新", Decimal(0), check=Check.AUTO, rule="home_updated_within", basis="评估办法（虚构）第 9 条", fix="立即在首页发布最新信息。"
)


def ungraded(found: Ranking, vetoed: set[str], unseen: set[str]) -> Ranking:
    """The ranking with some units taken out: 单项否决, or 数据不足."""

    def row(one: RankRow) -> RankRow:
        if one.unit in vetoed:
            score = replace(one.score, total=Decimal(0), lower=Decimal(0), upper=Decimal(0), rank=None, grade="不合格", veto=(BARRED.code,))
            return replace(one, score=score, history=(*one.history[:-1], None), change=None)
        if one.unit in unseen:
            score = replace(one.score, rank=None, grade=None, coverage=Decimal("0.195"))
            return replace(one, score=score, history=(None,) * len(one.history), change=None, rates=dict.fromkeys(one.rates))
        return one

    return replace(found, rows=tuple(row(one) for one in found.rows))


def barred(made: UnitProfile) -> UnitProfile:
    """The profile of a vetoed unit: the veto's leaf stands last, as the services give it."""
    node = made.edition.index[0]
    leaf = _leaf(node, BARRED, Outcome.UNMET, Decimal(0), "首页最新信息发布于 2026-06-15，距今 15 天，超过 14 天。", made.row.unit)
    edition = replace(made.edition, vetoes=(Veto(BARRED, None),))
    return replace(made, edition=edition, leaves=(*made.leaves, replace(leaf, first_level="", points=None, full=Decimal(0), lost=None)))
