"""Lists whose days stand apart from their titles, feeds, days with the month first, and what does not tell its days."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from crawlers.status import DateFrom
from tests.crawlers.dialects.asking import titled
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, sighting_of

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ENTRIES = (("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开全区工作会议的通知", "2026-03-11"), ("关于清明节放假安排的通知", "2026-03-02"))


def each(shape: str) -> str:
    """Rows of a shape: `{n}` the number, `{t}` the title, `{d}`, `{y}`, `{m}`, `{o}` the day and its parts."""
    return "".join(shape.format(n=n, t=title, d=day, y=day[:4], m=day[5:7], o=day[8:]) for n, (title, day) in enumerate(ENTRIES, 1))


def read(body: str, kind: str = "text/html") -> list[tuple[str, str]]:
    return titled(read_list(Page(URL, body.encode(), kind), AS_OF).items)


APART = {
    "two-lists": f"<div><ul>{each('<li><a href=/a/{n}.html>{t}</a></li>')}</ul><ul>{each('<li>{d}</li>')}</ul></div>",
    "days-first": f"<div><ul>{each('<li><span>[{d}]</span></li>')}</ul><ul>{each('<li><a href=/a/{n}.html>{t}</a></li>')}</ul></div>",
    "paragraphs": f"<div><div>{each('<p><a href=/a/{n}.html>{t}</a></p>')}</div><div>{each('<p>{d}</p>')}</div></div>",
    "timeline": f"<dl>{each('<dt>{d}</dt><dd><a href=/a/{n}.html>{t}</a></dd>')}</dl>",
    "day-above": f"<div>{each('<h4>{d}</h4><ul><li><a href=/a/{n}.html>{t}</a></li></ul>')}</div>",
    "pictures": f"<div>{each('<div><a href=/a/{n}.html><img src=/p{n}.jpg></a><p>{t}</p><span>{d}</span></div>')}</div>",
    "pictures-in-a-list": f"<ul>{each('<li><a href=/a/{n}.html><img src=/p{n}.jpg></a><div>{t}</div><div>{d}</div></li>')}</ul>",
}


@pytest.mark.parametrize("body", APART.values(), ids=APART)
def test_days_that_stand_apart_find_their_titles(body: str) -> None:
    assert read(page("通知公告", body)) == list(ENTRIES)


def test_a_day_stands_above_all_that_follows_it() -> None:
    more = "<h4>2026-02-05</h4><ul><li><a href=/a/8.html>关于元宵节安排的通知</a></li><li><a href=/a/9.html>关于森林防火的通知</a></li></ul>"
    expected = [*ENTRIES, ("关于元宵节安排的通知", "2026-02-05"), ("关于森林防火的通知", "2026-02-05")]
    assert read(page("通知公告", f"<div>{each('<h4>{d}</h4><ul><li><a href=/a/{n}.html>{t}</a></li></ul>')}{more}</div>")) == expected


UNTOLD = {
    "one-day-less": f"<div><ul>{each('<li><a href=/a/{n}.html>{t}</a></li>')}</ul><ul><li>2026-03-20</li><li>2026-03-11</li></ul></div>",
    "one-day": f"<div><p>2026-03-20</p><ul>{each('<li><a href=/a/{n}.html>{t}</a></li>')}</ul></div>",
    "two-days-in-turn": f"<div>{each('<h4>{d}</h4><h4>2026-01-01</h4><ul><li><a href=/a/{n}.html>{t}</a></li></ul>')}</div>",
    "no-links": f"<div>{each('<h4>{d}</h4><p>{t}</p>')}</div>",
    "in-the-footer": f"<div class='footer'>{each('<h4>{d}</h4><ul><li><a href=/a/{n}.html>{t}</a></li></ul>')}</div>",
}


@pytest.mark.parametrize("body", UNTOLD.values(), ids=UNTOLD)
def test_days_that_cannot_be_told_whose_they_are_stay_unread(body: str) -> None:
    assert read(page("通知公告", body)) == []


FEEDS = {
    "rss": "<?xml version='1.0' encoding='gb2312'?>\n<rss version='2.0'><channel><title>通知公告</title><link>http://www.example.invalid/</link>"
    + each("<item><title>{t}</title><link>http://www.example.invalid/a/{n}.html</link><pubDate>{o} Mar {y} 10:00:00 +0800</pubDate></item>")
    + "</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>通知公告</title><link href='/'/>"
    + each("<entry><title>{t}</title><link href='/a/{n}.html'/><updated>{d}T10:00:00+08:00</updated></entry>")
    + "</feed>",
    "rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    + each("<item><title>{t}</title><link>/a/{n}.html</link><dc:date>{d}</dc:date></item>")
    + "</rdf:RDF>",
    "own": "<?xml version='1.0'?><articles>"
    + each("<article><doc_title><![CDATA[{t}]]></doc_title><doc_url>/a/{n}.html</doc_url><pub_date>{d}</pub_date></article>")
    + "</articles>",
}


@pytest.mark.parametrize("body", FEEDS.values(), ids=FEEDS)
def test_a_feed_is_a_list(body: str) -> None:
    listing = read_list(Page(URL, body.encode(), "text/xml; charset=utf-8"), AS_OF)
    assert titled(listing.items) == list(ENTRIES)
    assert [item.url for item in listing.items] == [f"http://www.example.invalid/a/{number}.html" for number in (1, 2, 3)]
    assert listing.hidden, "a feed holds the newest alone"


BOMB = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><rss><item><title>&b;</title><link>/a</link></item></rss>"


@pytest.mark.parametrize(
    "body",
    [BOMB, "<?xml version='1.0'?><rss><channel>", "<?xml version='1.0'?><html><body><p>正文</p></body></html>", "<?xml version='1.0'?><urlset><url/></urlset>"],
)
def test_other_and_broken_xml_is_no_list(body: str) -> None:
    assert read(body, "text/xml") == []


@pytest.mark.parametrize("shape", ["{m}/{o}/{y}", "{o}/{m}/{y}", "{y}\\{m}\\{o}", "{y}_{m}_{o}", "26年{m}月{o}日"])
def test_days_in_other_orders_are_read(shape: str) -> None:
    assert read(page("通知公告", f"<ul>{each('<li><a href=/a/{n}.html>{t}</a><span>' + shape + '</span></li>')}</ul>")) == list(ENTRIES)


def test_an_order_that_no_row_tells_is_not_guessed() -> None:
    rows = "".join(f"<li><a href='/a/{number}.html'>关于第{number}项工作的通知</a><span>0{number}/02/2026</span></li>" for number in (1, 3))
    assert all(not day for _, day in read(page("通知公告", f"<ul>{rows}</ul>")))


MONTHS = each("<li><a href=/a/{n}.html>{t}</a><span>{y}年{m}月</span></li>")


def test_rows_that_state_a_month_are_dated_by_their_articles(tmp_path: Path) -> None:
    listing = read_list(Page(URL, page("通知公告", f"<ul>{MONTHS}</ul>").encode()), AS_OF)
    assert [(item.title, item.date, item.date_from) for item in listing.items] == [(title, None, None) for title, _ in ENTRIES]
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))),
        f"{HOME}tzgg/": page("通知公告", f"<ul>{MONTHS}</ul>", "首页 > 通知公告"),
    }
    pages |= {f"{HOME}a/{number}.html": page(title, f"<h1>{title}</h1><p>发布日期：{day}</p>") for number, (title, day) in enumerate(ENTRIES, 1)}
    seen = sighting_of(pages, column("x", "通知公告"), tmp_path)
    assert (seen.newest, {item.date_from for item in seen.items}) == (date(2026, 3, 20), {DateFrom.LABEL})


@pytest.mark.parametrize(
    "head", ["<link rel='next' href='/zwgk/tzgg/2'>", '<link rel="next prefetch" href="/zwgk/tzgg/2">', "<a rel=next href=/zwgk/tzgg/2>→</a>"]
)
def test_the_page_that_a_document_names_as_its_next_is_a_further_page(head: str) -> None:
    body = f"<ul>{each('<li><a href=/a/{n}.html>{t}</a><span>{d}</span></li>')}</ul>"
    listing = read_list(Page(URL, page("通知公告", head + body).encode()), AS_OF)
    assert [request.url for request in listing.more] == ["http://www.example.invalid/zwgk/tzgg/2"]
