"""When an article was published: what its page says in its many ways, and what it says that is another day."""

from datetime import date

import pytest

from crawlers.dates import article_date, written_date
from crawlers.page import Page
from crawlers.status import DateFrom

AS_OF = date(2026, 3, 31)
DAY = date(2020, 6, 19)
TITLE = "示例市人民政府关于做好防汛工作的通知"
BODY = "<p>各区县人民政府：</p><p>为做好有关工作，经研究，现将有关事项通知如下，请认真贯彻执行。</p>"


def page(info: str, head: str = "", url: str = "http://x.invalid/a.html", body: str = BODY) -> Page:
    return Page(url, f"<html><head><title>{TITLE}_示例市</title>{head}</head><body><h1>{TITLE}</h1>{info}<div>{body}</div></body></html>".encode())


def read(info: str, head: str = "", url: str = "http://x.invalid/a.html", body: str = BODY) -> tuple[date, DateFrom] | None:
    return article_date(page(info, head, url, body), AS_OF)


@pytest.mark.parametrize(
    "info",
    [
        "<div>发布日期：2020-06-19 10:20</div>",
        "<div>发布时间: 2020年6月19日</div>",
        "<div><span>发布时间：</span><em>2020-06-19</em></div>",
        "<table><tr><td>发布日期</td><td>2020-06-19</td></tr></table>",
        "<table><tr><td>索引号</td><td>11330200/2019-12-25001</td><td>发布日期：</td><td>2020-06-19</td></tr></table>",
        "<table><tr><th>成文日期</th><th>发布日期</th></tr><tr><td>2020-06-01</td><td>2020-06-19</td></tr></table>",
        "<ul><li>发 布 日 期：2020/06/19</li></ul>",
        "<div>发布 日期　２０２０－０６－１９</div>",
        "<div>日 期：2020.06.19 来源：市政府办公室</div>",
        "<div>【时间：2020-06-19】【来源：示例日报】</div>",
        "<p>来源：示例市发改委 时间：2020-06-19 浏览：1234次</p>",
        "<p>时间：2020-06-19</p>",
        "<p>发布时间：2020-06-19 10:00 更新时间：2021-07-01 08:00</p>",
        "<p>更新时间：2021-07-01 08:00 发布时间：2020-06-19 10:00</p>",
        "<p>发布时间：<b>2020</b>年<b>06</b>月<b>19</b>日</p>",
        "<p>公开日期：二〇二〇年六月十九日</p>",
        "<p>发布时间：20-06-19 09:19</p>",
        "<p>发布日期：20200619</p>",
        "<p>发布时间：Fri Jun 19 10:00:00 CST 2020</p>",
        "<p>发布于 2020-06-19 07:19:52</p>",
        "<p>生成日期：2020-06-20　发布日期：2020-06-19</p>",
        "<p>成文日期：2020-06-01</p><p>发布日期：2020-06-19</p><p>有效期至：2025-06-19</p>",
        "<dl><dt>发布日期：</dt><dd>2020-06-19</dd></dl>",
        "<p>發佈時間：2020-06-19</p>",
        "<p>Published: June 19, 2020</p>",
    ],
)
def test_a_label_announces_the_day(info: str) -> None:
    assert read(info) == (DAY, DateFrom.LABEL)


@pytest.mark.parametrize(
    "info",
    [
        "<p>2020-06-19 10:22:14 出处：示例日报 编辑：王某</p>",
        "<p>来源：新华社 2020年06月19日 字号：大 中 小</p>",
        "<p>2020年6月19日</p>",
        "<p>[2020-06-19]</p>",
        "<p>2020-06-19 10:20 | 示例日报</p>",
        "<p>浏览次数：1234 来源：示例市政府 2020-06-19</p>",
    ],
)
def test_the_line_under_the_title_tells_the_day_without_a_label(info: str) -> None:
    assert read(info) == (DAY, DateFrom.LABEL)


@pytest.mark.parametrize(
    "info",
    [
        "<p>今天是2026年3月30日 星期一</p>",
        "<p>2026年3月30日 星期一</p>",
        "<p>索引号：2020-06-19</p>",
        "<p>成文日期：2020-06-01</p>",
        "<p>有效期至：2025-12-31</p>",
        "<p>截止日期：2025-12-31</p>",
        "<p>施行日期：2020-07-01</p>",
        "<p>发布日期：</p><p>责任编辑：张某</p>",
        "<p>发布日期：2027-01-01</p>",
        "<p>发布日期：2020年6月</p>",
        "<p>版权所有 2010-2026 浙ICP备2020061901号</p>",
        "<p>电话：0574-2020-0619 文号：〔2020〕20号 甬政发[2020]12号</p>",
        "<p>身份证号 330203202006191234，版本 V2020.06.19</p>",
    ],
)
def test_what_is_not_the_day_of_publication(info: str) -> None:
    found = read(info)
    assert found is None or found[1] is DateFrom.TEXT, found
    assert read(info, url="http://x.invalid/art/2020/6/18/art_1_2.html") == (date(2020, 6, 18), DateFrom.URL)


def test_dates_of_the_title_and_of_the_text_are_events() -> None:
    title = "2020年6月10日新闻发布会"
    source = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>来源：市政府新闻办 发布时间：2020-06-19</p><p>2020年6月10日上午</p></body></html>"
    )
    assert article_date(Page("http://x.invalid/a.html", source.encode()), AS_OF) == (DAY, DateFrom.LABEL)
    unlabelled = source.replace("发布时间：", "")
    assert article_date(Page("http://x.invalid/a.html", unlabelled.encode()), AS_OF) == (DAY, DateFrom.LABEL)
    addressed = source.replace("<p>来源：市政府新闻办 发布时间：2020-06-19</p>", "")
    assert article_date(Page("http://x.invalid/art/2020/6/19/art_1_2.html", addressed.encode()), AS_OF) == (DAY, DateFrom.URL)


def test_a_time_in_the_text_is_that_of_a_meeting() -> None:
    body = "<p>一、时间：2020年6月25日上午9时</p><p>时间：2020年6月25日</p><p>二、地点：市行政中心</p>" * 3
    filler = "<p>请各单位按时参加，不得缺席。</p>" * 8
    assert read("", url="http://x.invalid/202006/t20200619_1.html", body=filler + body) == (DAY, DateFrom.URL)


def test_side_bars_related_lists_and_comments_are_others_dates() -> None:
    side = "<ul>" + "".join(f"<li><a href='/b/{day}.html'>相关信息之{day}</a><span>2021-07-{day}</span></li>" for day in range(10, 15)) + "</ul>"
    comments = "<div>网友甲 发表于 2021-08-01 10:00</div><div>网友乙 发表于 2021-08-02 10:00</div>"
    source = (
        f"<html><head><title>{TITLE}</title></head><body>{side}<h1>{TITLE}</h1><p>来源：市府办 2020-06-19 浏览 20 次</p>{BODY}{side}{comments}</body></html>"
    )
    assert article_date(Page("http://x.invalid/a.html", source.encode()), AS_OF) == (DAY, DateFrom.LABEL)
    labelled = source.replace("来源：市府办 2020-06-19", "发布时间：2020-06-19").replace("<span>2021", "<span>发布时间：2021")
    assert article_date(Page("http://x.invalid/a.html", labelled.encode()), AS_OF) == (DAY, DateFrom.LABEL)


@pytest.mark.parametrize("foot", ["<div class='footer'>%s</div>", "<footer>%s</footer>", "<div id='Foot'>%s</div>", "<div class='copyRight'>%s</div>"])
@pytest.mark.parametrize("said", ["版权所有 2010-2020 更新日期：2020-06-19", "最后更新：2020年6月19日", "本站更新时间：2020-06-19 10:00"])
def test_what_a_footer_says_of_the_site_is_no_day_of_the_article(foot: str, said: str) -> None:
    assert read(f"<p>正文。</p>{foot % said}") is None


def test_weak_labels_count_only_alone() -> None:
    assert read("<p>更新时间：2020-06-19</p>") == (DAY, DateFrom.LABEL)
    assert read("<p>生成日期：2020-06-19</p>") == (DAY, DateFrom.LABEL)
    assert read("<p>发文日期：2020-06-19</p>") == (DAY, DateFrom.LABEL)
    assert read("<p>发文日期：2020-06-01</p><p>发布日期：2020-06-19</p>") == (DAY, DateFrom.LABEL)
    assert read("<p>更新时间：2021-06-19</p>", '<meta name="PubDate" content="2020-06-19 10:00">') == (DAY, DateFrom.META)


@pytest.mark.parametrize("asked", ["来信时间", "咨询时间", "留言日期", "提交时间"])
def test_a_letter_is_published_when_it_is_answered(asked: str) -> None:
    table = f"<table><tr><td>来信人</td><td>张*</td><td>{asked}</td><td>2020-05-02</td></tr><tr><td>来信内容</td><td>您好，请问如何缴费？</td></tr>%s</table>"
    assert read(table % "<tr><td>答复单位</td><td>医保局</td><td>答复时间</td><td>2020-06-19</td></tr>") == (DAY, DateFrom.LABEL)


def meta(**named: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in named.items())


MAKE = {"Maketime": "2022-04-24 10:00:43"}


@pytest.mark.parametrize(
    "head",
    [
        meta(PubDate="2020-06-19 09:30"),
        meta(pubdate="2020年06月19日"),
        meta(firstpublishedtime="2020-06-19-23:59:59", lastmodifiedtime="2021-01-01-00:00:00"),
        '<meta property="article:published_time" content="2020-06-18T20:00:00Z"><meta property="article:modified_time" content="2021-06-18T20:00:00Z">',
        '<meta property="og:release_date" content="2020-06-19T08:00:00+08:00">',
        '<meta itemprop="datePublished" content="2020-06-19">',
        '<meta name="apub:time" content="2020-6-19 21:30:50">',
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2020-06-19T10:00:00+08:00","dateModified":"2021-01-01"}</script>',
        '<script type="application/ld+json">{"@id":"x","pubDate":"2020-06-19T10:00:00"}</script>',
        '<script>var ct = "1592532000", other = 1;</script>',
        meta(PubDate="2020-06-19 09:30", Maketime="2020-06-19 09:31"),
        meta(PubDate="20200619093000"),
        meta(PubDate="1592532000000"),
        meta(PubDate="2022-04-24 10:00:43", **MAKE) + meta(PubDate="2020-06-19"),
        meta(PubDate="2020-06-19") + meta(pubdate="2022-04-24 10:00:43") + meta(others="页面生成时间 2022-04-24 10:00:43"),
    ],
)
def test_metadata_that_nothing_speaks_against(head: str) -> None:
    assert read("<p>来源：示例市政府</p>", head) == (DAY, DateFrom.META)


@pytest.mark.parametrize(
    "head",
    [
        meta(PubDate="2022-04-24 10:00:43", **MAKE),
        meta(PubDate="2022-04-24 10:00:43", HtmlGenerateTime="2022-04-24 10:00:43"),
        meta(PubDate="2022-04-24 10:00:43", others="页面生成时间 2022-04-24 10:00:43"),
        meta(PubDate="2022-04-24") + "<!-- 页面生成时间：2022-04-24 10:00:43 -->",
        meta(PubDate="2022-04-24 10:00:43"),
        meta(HtmlGenerateTime="2020-06-20"),
        meta(others="页面生成时间 2020-06-20 10:00:43"),
        meta(lastmodifiedtime="2020-06-20"),
    ],
)
def test_the_moment_of_generation_is_no_publication(head: str) -> None:
    assert read("<p>来源：示例市政府</p>", head, url="http://x.invalid/202006/t20200619_12.html") == (DAY, DateFrom.URL)
    if "Maketime" in head or "Generate" in head or "others" in head:
        assert read("<p>来源：示例市政府</p>", head.replace("2020-06-20", "2022-04-24")) is None or "PubDate" in head


def test_an_equal_moment_with_no_other_word_is_no_date() -> None:
    assert read("<p>来源：示例市政府</p>", meta(PubDate="2022-04-24 10:00:43", **MAKE)) is None


def test_the_text_confirms_metadata_of_the_day_of_generation() -> None:
    head = meta(PubDate="2020-06-19", Maketime="2020-06-19 10:00:00")
    assert read("", head, body=f"{BODY}<p>示例市人民政府</p><p>2020年6月19日</p>") == (DAY, DateFrom.META)


def test_a_single_time_element_is_the_articles() -> None:
    assert read('<p><time datetime="2020-06-18T16:30:00.000Z">上周五</time></p>') == (DAY, DateFrom.META)


def test_script_variables_of_a_list_of_articles_are_nobodys() -> None:
    found = read("", '<script>var list=[{"publishTime":"2020-06-19 10:00"},{"publishTime":"2020-06-18 10:00"}]</script>')
    assert found is None or found[1] is DateFrom.TEXT


@pytest.mark.parametrize(
    ("info", "written"),
    [
        ("<p>成文日期：2020-06-01　发布日期：2020-06-19</p>", date(2020, 6, 1)),
        ("<table><tr><td>印发日期</td><td>二〇二〇年六月一日</td></tr></table>", date(2020, 6, 1)),
        ("<table><tr><th>发布日期</th><th>成文日期</th></tr><tr><td>2020-06-19</td><td>2020-06-01</td></tr></table>", date(2020, 6, 1)),
        ("<p>成文日期：</p><p>发布日期：2020-06-19</p>", None),
        ("<p>发布日期：2020-06-19</p>", None),
    ],
)
def test_the_written_date_is_kept_apart(info: str, written: date | None) -> None:
    assert written_date(page(info), AS_OF) == written
    assert read(info) == (DAY, DateFrom.LABEL) or "印发" in info


@pytest.mark.parametrize(
    "hostile",
    [
        "2020-" * 400_000,
        "发布日期：" * 300_000,
        "发 " * 600_000,
        "2020年6月" * 300_000,
        "二〇二〇年" * 300_000,
        "时间: " * 400_000,
        "<td>发布日期</td>" * 100_000,
        '<meta name="PubDate" content="' + "9" * 2_000_000 + '">',
        '"datePublished":"' * 150_000,
        "may 1 " * 400_000,
    ],
    ids=range(10),
)
def test_hostile_pages_are_read_in_a_moment(hostile: str) -> None:
    import time

    began = time.process_time()
    article_date(Page("http://x.invalid/", f"<html><body>{hostile}</body></html>".encode()), AS_OF)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "info",
    [
        "<p>索引号：2026-02-00018</p>",
        "<p>索引号：002/2026-02-18</p>",
        "<p>示政发〔2020〕20号</p>",
        "<p>今天是2026年3月30日</p>",
        "<p>今天是：2026-03-30 星期一</p>",
        "<p>现在是 2026-03-30 10:00</p>",
        "<p>欢迎您！2026年3月30日 星期一</p>",
        "<p>电话：20200619</p>",
        "<p>电话：2020-06-19</p>",
        "<p>咨询热线：2020-06-19</p>",
        "<p>联系电话：0574-2020-0619</p>",
        "<p>电话</p><p>2020-06-19</p>",
        "<p>索引号</p><p>2020-06-19</p>",
        "<p>成文日期：2020-06-19</p>",
        "<p>成文日期</p><p>2020-06-19</p>",
        "<table><tr><td>成文日期</td><td>2020-06-19</td></tr></table>",
        "<p>截止日期：2020-06-19</p>",
        "<p>请于2020年6月19日前报送</p>",
        "<script>var built = '2020-06-19';</script>",
    ],
)
@pytest.mark.parametrize("foot", ["", "<p>版权所有 2019-2026</p>", "<p>Copyright © 2019-01-02</p>"])
def test_numbers_and_other_days_are_not_guessed_to_be_the_day(info: str, foot: str) -> None:
    assert read(info, body=BODY + foot) is None


def test_a_title_that_ends_in_a_label_s_word_leaves_the_day_below_it() -> None:
    assert read("<p>关于召开全市城市建设工作会议</p><p>2020-06-19</p>") == (DAY, DateFrom.LABEL)
