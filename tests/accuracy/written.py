"""Articles and annual reports written out in the ways that sites write them, from a seed, with the traps that stand around them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Literal

from crawlers.dates import article_date
from crawlers.documents.report import read_report
from crawlers.page import Page
from tests.accuracy.peer import guessed
from tests.accuracy.tally import Tally
from tests.crawlers.report_pages import LAYOUTS, page, simple

AS_OF = date(2026, 3, 31)
_SEED = 20260331
_COUNT = 400

_SPELLINGS = (
    "{0:%Y-%m-%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y-%m-%d} 09:30",
    "{0.year} 年 {0.month:02} 月 {0.day:02} 日",
)
_INFO = (
    "<div>发布日期：{day}　来源：示例市政府　浏览次数：1234</div>",
    "<div>来源：示例市政府　时间：{day}　字号：大 中 小</div>",
    "<table><tr><td>索引号</td><td>11330200/2019-12-25001</td><td>发布日期</td><td>{day}</td></tr><tr><td>成文日期</td><td>{other}</td><td>文号</td><td>示政发〔2020〕20号</td></tr></table>",
    "<table><tr><th>成文日期</th><th>发布日期</th></tr><tr><td>{other}</td><td>{day}</td></tr></table>",
    "<p><span>发 布 时 间：</span><em>{day}</em></p><p>更新时间：{later}</p>",
    "<p>{day}　来源：示例日报　作者：王某</p>",
    "<p>{day}</p>",
    "<ul><li>生成日期：{later}</li><li>公开日期：{day}</li><li>有效期至：{later}</li></ul>",
    "<div>【时间：{day}】【打印】【关闭】</div>",
    "",
)
_HEADS = (
    "",
    '<meta name="PubDate" content="{day}"><meta name="Maketime" content="{later} 10:00:43">',
    '<meta name="PubDate" content="{later} 10:00:43"><meta name="Maketime" content="{later} 10:00:43">',
    '<meta name="HtmlGenerateTime" content="{later} 10:00">',
    '<meta name="others" content="页面生成时间 {later} 10:00:43">',
)
_AROUND = (
    "",
    "<div>今天是{today}　星期二</div>",
    "<ul><li><a href='/a/1.html'>相关信息之一</a><span>{later}</span></li><li><a href='/a/2.html'>相关信息之二</a><span>{other}</span></li></ul>",
    "<div>版权所有 2010-2026　浙ICP备2020061901号　联系电话：0574-2020-0619</div>",
)
_BODIES = (
    "<p>各区县人民政府：现将有关事项通知如下，请认真贯彻执行。</p>",
    "<p>{event}上午，示例市召开会议，研究部署有关工作。会议要求，各单位要抓好落实。</p>",
    "<p>本通知自{later}起施行，{other}印发的通知同时废止。</p>",
)


def tallies() -> list[Tally]:
    """Dates of articles, and annual reports."""
    return [_articles(), _reports()]


def _articles() -> Tally:
    tally = Tally("article date", "written", peer=(0, 0))
    for number, (source, url, day) in enumerate(articles()):
        found = article_date(Page(url, source.encode()), AS_OF)
        tally.note(f"article {number}", day, found[0] if found else None)
        tally.note_peer(guessed(Page(url, source.encode()), AS_OF) == day)
    return tally


def articles() -> Iterator[tuple[str, str, date]]:
    """Source, address and day of publication; every article tells its day in one way at least."""
    random = Random(_SEED)  # noqa: S311 - the same cases every time
    for _ in range(_COUNT):
        day = date(2015, 1, 1) + timedelta(days=random.randrange(3600))
        other, later, event = (day + timedelta(days=random.randint(*span)) for span in ((-30, -2), (40, 400), (-20, -1)))
        spelled = random.choice(_SPELLINGS)
        words = {
            "day": spelled.format(day),
            "other": spelled.format(other),
            "event": f"{event.year}年{event.month}月{event.day}日",
            "later": f"{min(later, AS_OF):%Y-%m-%d}",
            "today": f"{AS_OF.year}年{AS_OF.month}月{AS_OF.day}日",
        }
        info, head, before, after, body = (random.choice(group).format(**words) for group in (_INFO, _HEADS, _AROUND, _AROUND, _BODIES))
        url = random.choice(
            (f"http://x.invalid/art/{day.year}/{day.month}/{day.day}/art_12_{random.randrange(99999)}.html", "http://x.invalid/content_88123.html")
        )
        if not info and "content_" in url and "PubDate" not in head.replace(f'PubDate" content="{words["later"]}', ""):
            continue
        title = "示例市人民政府关于做好2020年6月19日有关工作的通知"
        yield (
            f"<html><head><title>{title}_示例市人民政府</title>{head}</head><body>{before}<div>当前位置：首页 &gt; 通知公告</div><h1>{title}</h1>{info}{body}{after}</body></html>",
            url,
            day,
        )


def _reports() -> Tally:
    tally = Tally("annual report", "written")
    random = Random(_SEED)  # noqa: S311 - the same cases every time
    forms: tuple[Literal["30", "60"], ...] = ("30", "60")
    for form in forms:
        for layout in LAYOUTS:
            for style in range(6):
                model = simple(form, 2022 if form == "30" else 2020)
                good = read_report(Page("http://x.invalid/nb.html", page(model, layout, style)), AS_OF)
                tally.note(f"{form} {layout} {style}", (model.year, form, 0), good and (good.year, good.form, len(good.violations)))
                row = random.choice([number for number, cells in enumerate(model.rows[2:-2], 2) if cells[-1]])  # a total of nothing may be left out
                wrong = read_report(Page("http://x.invalid/nb.html", page(model.changed(row, 0, 5), layout, style)), AS_OF)
                tally.note(f"{form} {layout} {style} row {row}", True, wrong is not None and any(one.rule == "row_sum" for one in wrong.violations))
    return tally
