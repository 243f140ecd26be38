"""附录 of a 方法说明: how far the order of units follows from the weights. The same scores give the same text."""

from collections.abc import Callable, Iterator, Sequence

from scoring.disclosure import Extent
from scoring.services import stability
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo
from scoring.services.stability import RankingRobust

HEAD = "## 附录：名次稳定性"
_SHOWN = 300


def appendix(period: PeriodInfo, books: Sequence[GroupBook], plain: Callable[[str], str]) -> Iterator[str]:
    """The lines; `plain` makes names and titles plain text of the file. Nothing is said of a part of a group: its ranks are among units that readers do not see."""
    yield from (HEAD, "")
    if period.disclosure.extent is not Extent.ALL:
        yield from (f"发布口径为{period.disclosure.zh}，本文件不含全部单位，名次稳定性见评估单位保存的全本。", "")
        return
    yield (
        f"名次受权重取舍影响多大：每项指标（含上级指标）的权重各自在 ±20% 内随机变动 {stability.DRAWS:,} 次，取名次的第 5 至第 95 百分位；"
        f"一级指标的权重任意分配（狄利克雷分布）{stability.DRAWS:,} 次，同样取百分位；再逐一去掉每个一级指标。随机种子 {stability.SEED}，任何人可以重算。"
    )
    yield from ("未判定的指标按区间中点计。“可能互换”是权重变动 ±20% 时名次范围与该单位有重叠的单位数。本附录只说明名次是否可靠，不改变得分和名次。", "")
    for book in books:
        yield from _group(stability.of_book(book), plain)


def _group(found: RankingRobust, plain: Callable[[str], str]) -> Iterator[str]:
    yield from (f"### {plain(found.group)}", "")
    if len(found.units) < 2:
        yield from ("有名次的单位不足两个，不需要检验。", "")
        return
    most = max(one.swaps for one in found.units)
    yield f"权重在 ±20% 内变动时，{len(found.units)} 个单位中 {found.firm} 个名次不变" + (f"，最多的一个可与 {most} 个单位互换。" if most else "。")
    yield from ("", "| 名次 | 单位 | 权重 ±20% | 一级权重任意 | 去掉一项一级指标 | 可能互换 |", "| ---: | --- | --- | --- | --- | ---: |")
    for one in found.units[:_SHOWN]:
        yield f"| {one.rank} | {plain(one.name)} | {_span(one.weights)} | {_span(one.free)} | {_span(one.without)} | {one.swaps} |"
    if len(found.units) > _SHOWN:
        yield from ("", f"只列出前 {_SHOWN} 名，其余可用同一种子重算。")
    yield ""
    if found.indicators:
        yield from ("哪些一级指标决定排序：去掉这一项后，名次平均变动多少位；次序相关系数（斯皮尔曼）1 为次序不变。", "")
        yield from ("| 一级指标 | 名次平均变动（位） | 次序相关系数 |", "| --- | ---: | ---: |")
        yield from (f"| {plain(one.title)} | {one.moved:.1f} | {one.rho:.2f} |" for one in found.indicators)
        yield ""


def _span(places: tuple[int, int]) -> str:
    return f"第{places[0]}名" if places[0] == places[1] else f"第{places[0]}–{places[1]}名"
