"""方法说明: how this period's scores came about, in Chinese, from its editions and its lock record alone; the same text each time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from scoring.disclosure import Extent
from scoring.model import Edition, Indicator, Outcome, RankStyle, Scale, Unit
from scoring.ranking import inseparable
from scoring.services import method_appendix, rule_words
from scoring.services.book import GroupBook
from scoring.services.edition_rows import Part
from scoring.services.shapes import PeriodInfo
from scoring.wording import minute, percent

_OPEN_SHOWN = 200


def note(period: PeriodInfo, meta: Mapping[str, str], books: Sequence[GroupBook], sizes: Mapping[str, int]) -> str:
    """The Markdown text. `books` hold the units inside the 发布口径; `sizes` counts all."""
    lines = [f"# {_md(period.title)}政务公开指数方法说明（第 {period.revision} 版）", ""]
    if meta["simulated"]:
        lines += ["**模拟数据：城市及其单位均为虚构，结果不对应任何真实单位。**", ""]
    lines += [*_record(period, meta, books, sizes), *_scoring(books)]
    for book in _distinct(books):
        lines += _edition(book.edition, [one.group for one in books if one.edition.sha == book.edition.sha])
    if period.disclosure.scored:
        lines += [*_open(books), *_uncertain(books)]
    lines += _proof(period, meta)
    if period.disclosure.scored:
        lines += ["", *method_appendix.appendix(period, books, _md)]
    return "\n".join(lines) + "\n"


def _record(period: PeriodInfo, meta: Mapping[str, str], books: Sequence[GroupBook], sizes: Mapping[str, int]) -> Iterator[str]:
    groups = "；".join(f"{book.group} {sizes[book.group]} 个单位" for book in books)
    yield from ("## 一、这份结果", "")
    yield f"- 评估期次：{_md(period.title)}（{period.id}），评估时段 {period.start} 至 {period.end}，采集截止 {period.cutoff or period.end}，观测日 {meta['as_of'] or '—'}"
    yield f"- 被评估单位：{_md(groups)}"
    yield f"- 指标体系：{'；'.join(f'{_md(one.group)}用 {_md(one.edition.title)}（{one.edition.id}）' for one in books)}"
    yield f"- 定稿锁定：{minute(datetime.fromisoformat(meta['locked_at']))}（北京时间），程序版本 {meta['engine']}"
    yield (
        f"- 发布口径：{period.disclosure.zh}"
        + {
            Extent.ALL: "",
            Extent.TOP: "，本文件不含其他单位的任何数据，平均分、中位数等只统计公布的单位",
            Extent.GRADES: "，本文件不含得分和名次",
            Extent.OWN: "，本文件不含任何单位的结果",
        }[period.disclosure.extent]
    )
    if period.corrects is not None:
        yield f"- 本版更正第 {period.corrects} 版，原因：{_md(period.reason)}。第 {period.corrects} 版仍可查阅"
    yield ""


def _scoring(books: Sequence[GroupBook]) -> Iterator[str]:
    yield from ("## 二、怎样计分", "")
    yield "- 每项指标得到一个 0 到 1 的得分比例（人工按分数评的直接给分），乘以分值就是得分；上级指标的得分是下级之和。得分率 = 得分 ÷ 满分。"
    yield "- 不涉及：单位没有相应职责，或有权限的人员认定不适用，该项分值按比例分给同级的其他指标，不影响满分。"
    yield "- 未判定：没能看到，或确认无法观测，不按零分计；得分成为区间，下限按全不得分、上限按全得满分，显示的得分取中点。"
    yield "- 计算用十进制数、50 位有效数字，中途不取整；显示时四舍五入保留一位小数，导出的数保留 12 位小数。名次和等次以显示的得分为准。"
    if any(book.edition.scale is Scale.WEIGHTS for book in books):
        yield "- 权重制的指标体系按权重加权平均，满分 100 分。"
    for book in _distinct(books):
        one = book.edition
        grades = "、".join(f"{grade.name} {grade.at_least.normalize():f} 分及以上" for grade in one.grades)
        style = "并列占位（1、2、2、4）" if one.rank is RankStyle.COMPETITION else "并列不占位（1、2、2、3）"
        yield f"- {one.id}：等次 {_md(grades)}；名次{style}；覆盖率低于 {percent(one.coverage)} 的单位数据不足，不参加排名。"
    yield ""


def _edition(edition: Edition, groups: Sequence[str]) -> Iterator[str]:
    yield from (f"## 指标与权重：{_md(edition.title)}（{edition.id}）", "", f"适用分组：{_md('、'.join(groups))}。满分 {edition.full.normalize():f} 分。", "")
    if edition.note:
        yield from (_md(edition.note), "")
    yield from ("| 一级指标 | 指标 | 分值 | 评分方式 | 怎样判定 | 依据 |", "| --- | --- | ---: | --- | --- | --- |")
    for node in edition.index:
        for leaf in node.leaves():
            yield _row(node.title, leaf, f"{leaf.weight.normalize():f}", Part.INDEX)
    for veto in edition.vetoes:
        yield _row("单项否决", veto.leaf, "总分计 0" if veto.score is None else f"总分不超过 {veto.score}", Part.VETO)
    for deduction in edition.deductions:
        yield _row("扣分", deduction.leaf, f"−{deduction.max}", Part.DEDUCTION)
    for leaf in edition.bonus.leaves if edition.bonus else ():
        yield _row("加分", leaf, f"+{leaf.weight}", Part.BONUS)
    if edition.bonus:
        yield from ("", f"加分合计最多 {edition.bonus.cap} 分，只给加分前得分超过 {edition.bonus.above} 分的单位。")
    if edition.vetoes:
        yield from ("", f"触发单项否决的单位等次为{_md(edition.grades[-1].name)}，不参加排名。")
    if unverified := [leaf.title for leaf in edition.leaves() if not leaf.verified]:
        yield from ("", f"以下 {len(unverified)} 项的数值未对照原文核实，为示例：{_md('、'.join(unverified))}。")
    yield ""


def _row(first: str, leaf: Indicator, weight: str, part: Part) -> str:
    needs = f"（限有{'、'.join(leaf.needs)}职责的单位）" if leaf.needs else ""
    cells = (first, leaf.title + needs, weight, leaf.check.zh if leaf.check else "", rule_words.sentence(leaf, part), leaf.basis or "—")
    return f"| {' | '.join(_md(cell) for cell in cells)} |"


def _open(books: Sequence[GroupBook]) -> Iterator[str]:
    yield from ("## 未判定的事项", "")
    found = [(unit.name, leaf.title, _why(book, unit, leaf)) for book in books for unit, leaf in _unseen(book)]
    if not found:
        yield from ("没有：每个单位的每项指标都已判定。", "")
        return
    yield from (f"共 {len(found)} 项，均经人员确认无法观测，不按零分计。", "", "| 单位 | 指标 | 理由 |", "| --- | --- | --- |")
    yield from (f"| {_md(unit)} | {_md(title)} | {_md(why or '—')} |" for unit, title, why in found[:_OPEN_SHOWN])
    if len(found) > _OPEN_SHOWN:
        yield from ("", f"只列出前 {_OPEN_SHOWN} 项，其余见评分结果。")
    yield ""


def _unseen(book: GroupBook) -> Iterator[tuple[Unit, Indicator]]:
    for unit in book.units:
        said = book.findings(unit)
        yield from ((unit, leaf) for leaf in book.edition.leaves() if said[leaf.code].outcome is Outcome.NOT_OBSERVED)


def _why(book: GroupBook, unit: Unit, leaf: Indicator) -> str:
    state = book.states.get(unit.id, {}).get(leaf.code)
    return state.review.why if state and state.review else ""


def _uncertain(books: Sequence[GroupBook]) -> Iterator[str]:
    yield from ("## 不确定性", "")
    for book in books:
        wide = [score for score in book.scores.values() if score.provisional]
        line = f"{len(book.units)} 个单位中 {len(wide)} 个的得分是区间" if wide else f"{len(book.units)} 个单位的得分都是确定的，没有区间"
        names = {unit.id: unit.name for unit in book.units}
        order = sorted((score for score in book.scores.values() if score.rank is not None), key=lambda score: score.rank or 0)
        apart = "；".join("、".join(names[one] for one in same) for same in inseparable(order))
        yield f"- {_md(book.group)}：{line}" + (f"；以下单位差距在误差范围内，不宜断言先后：{_md(apart)}。" if apart else "。")
    yield from ("", "区间只反映未判定的指标，不反映权重的取舍；权重变动对名次的影响见附录。", "")


def _proof(period: PeriodInfo, meta: Mapping[str, str]) -> Iterator[str]:
    name = f"{period.id}-r{period.revision}-{meta['digest'][:12]}"
    yield from ("## 摘要与核验", "", f"全本摘要（SHA-256）：`{meta['digest']}`", "")
    if meta["extract_digest"] != meta["digest"]:
        yield from (f"本文件为节录，其摘要：`{meta['extract_digest']}`。全本由评估单位保存。", "")
    yield "摘要是规范数据（规范数据.csv）的 SHA-256：UTF-8 无 BOM、换行 LF、数值 12 位小数四舍五入；每个分组一行指标体系全文的 SHA-256，每个单位一行总分和单位资料的校验码，"
    yield "每个指标一行结果、得分和评分记录的校验码。改动任何一个比例、权重、得分、核查记录或名称，摘要都会不同。"
    yield from ("", "任何人可在任何一台装有本程序的计算机上复算，不需要数据库和网络：", "", f"```\ndisclosure verify {name}.duckdb\n```", "")
    yield "程序从文件里的评分结果和指标体系重新计算全部得分、名次和统计，与文件所载逐项核对；不符的单位和指标会一一列出。"


def _distinct(books: Sequence[GroupBook]) -> list[GroupBook]:
    return list({book.edition.sha: book for book in reversed(books)}.values())[::-1]


def _md(text: str) -> str:
    """Names and titles as plain text of a Markdown file, on one line."""
    return (
        " ".join(text.split())
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("`", "'")
        .replace("[", "\\[")
        .replace("*", "\\*")
        .replace("#", "\\#")
        .replace("$", "\\$")
    )
