"""Notices that ask for opinions: periods as they are really written, drafts, explanations, ways to answer, outcomes."""

from datetime import date

import pytest

from crawlers.documents.body import Body
from crawlers.documents.consultation import core, read_consultation
from crawlers.documents.record import Consultation
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.workdays import calendar

PUBLISHED = date(2026, 5, 1)


def read(
    body: str,
    title: str = "关于公开征求《示例区停车管理办法（征求意见稿）》意见的公告",
    published: date | None = PUBLISHED,
    files: tuple[str, ...] = (),
    results: tuple[Item, ...] = (),
) -> Consultation:
    page = Page("http://www.example.invalid/a.html", f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode())
    return read_consultation(Body(page), published, files, calendar(), results)


@pytest.mark.parametrize(
    ("body", "start", "end", "days"),
    [
        ("<p>现向社会公开征求意见，时间自即日起至2026年5月30日。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>意见反馈截止日期为2026年5月30日。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>意见反馈截止时间为 2026 年 5 月 31 日 24:00，逾期不再接收。</p>", (2026, 5, 1), (2026, 5, 31), 31),
        ("<p>请于2026年5月25日前将意见反馈给我局。</p>", (2026, 5, 1), (2026, 5, 25), 25),
        ("<p>有关意见请在5月25日（星期一）之前反馈至邮箱。</p>", (2026, 5, 1), (2026, 5, 25), 25),
        ("<p>请将意见于2026年5月25日（星期一）下午17:00前反馈。</p>", (2026, 5, 1), (2026, 5, 25), 25),
        ("<p>2026年5月25日18:00前，可将意见反馈至邮箱。</p>", (2026, 5, 1), (2026, 5, 25), 25),
        ("<p>公开征求意见时间：2026年5月1日至5月30日。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公开征求意见时间：2026年5月1日—2026年5月30日。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公开征求意见时间为5月1日起至30日止。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公示时间：2026.05.01-2026.05.30</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>征集时间：2026-05-01 08:00 至 2026-05-30 18:00</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>征求意见时间：２０２６年５月１日～５月３０日</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公开征集期限为二〇二六年五月一日至二〇二六年五月三十日</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公开征求意见时间为2026年12月20日至1月18日。</p>", (2026, 12, 20), (2027, 1, 18), 30),
        ("<table><tr><td>开始时间</td><td>2026-05-01</td><td>结束时间</td><td>2026-05-30</td></tr></table>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<dl><dt>征集开始时间：</dt><dd>2026-05-01 09:00</dd><dt>征集截止时间：</dt><dd>2026-05-20 17:00</dd></dl>", (2026, 5, 1), (2026, 5, 20), 20),
        ("<p>公示期30天，自公告发布之日起算。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公众可自本公告发布之日起30日内提出意见。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>征求意见时间为三十日。</p>", (2026, 5, 1), (2026, 5, 30), 30),
        ("<p>公开征求意见，为期一个月。</p>", (2026, 5, 1), (2026, 5, 31), 31),
        ("<p>公示时间为7个工作日，欢迎提出意见。</p>", (2026, 5, 1), (2026, 5, 13), 13),  # 1–5 May off, Saturday the 9th worked
        ("<p>现公开征求意见，公示期为2026年5月6日起30日。</p>", (2026, 5, 6), (2026, 6, 4), 30),
        ("<p>欢迎提出意见。</p>", None, None, None),
        ("<p>我区计划于2026年12月31日前完成改造。</p>", None, None, None),
        ("<p>规划期限为2026年1月1日至2030年12月31日。</p>", None, None, None),
        ("<p>补贴标准3.5-4.2万元，听取意见。</p>", None, None, None),
        ("<p>" + "公开征求意见时间为2026年" * 20_000 + "</p>", None, None, None),
    ],
)
def test_periods(body: str, start: tuple[int, int, int] | None, end: tuple[int, int, int] | None, days: int | None) -> None:
    seen = read(body)
    assert (seen.start, seen.end, seen.days) == (date(*start) if start else None, date(*end) if end else None, days)


def test_without_a_day_of_publication_a_start_is_not_invented() -> None:
    seen = read("<p>自即日起至2026年5月30日公开征求意见。</p>", published=None)
    assert (seen.start, seen.end, seen.days) == (None, date(2026, 5, 30), None)
    assert read("<p>自发布之日起30日内提出意见。</p>", published=None).days == 30


def test_an_end_before_publication_is_no_period() -> None:
    seen = read("<table><tr><td>截止时间</td><td>2026-04-01</td></tr></table>")
    assert (seen.start, seen.end, seen.days) == (None, date(2026, 4, 1), None)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>因防汛工作紧急，征求意见期限缩短为7日。</p>", True),
        ("<p>缩短公开征求意见时间的说明：由于上级文件要求5月底前出台，期限不足30日。</p>", True),
        ("<p>为缩短审批时限，提高效率，制定本办法。</p>", False),
        ("<p>公开征求意见30日。</p>", False),
    ],
)
def test_the_reason_for_a_shorter_time(body: str, found: bool) -> None:
    assert bool(read(body).reason) is found


@pytest.mark.parametrize(
    ("body", "files", "draft", "explanation"),
    [
        ("<p>全文见附件。</p>", ("示例区停车管理办法（征求意见稿）.docx", "起草说明.docx"), True, True),
        ("<p>全文见附件。</p>", ("示例区停车管理办法（征求意见稿）.docx", "意见反馈表.docx"), True, False),
        ("<p>全文见附件。</p>", ("附件1.docx",), None, None),
        ("<p>全文见附件。</p>", ("征求意见材料.zip",), None, None),
        ("<p>第一条 为了规范停车管理，制定本办法。</p><p>第二条 本区适用。</p>", (), True, False),
        ("<p>现将草案公布。</p><h3>起草背景</h3><p>停车难。</p><p>第一章 总则</p>", (), True, True),
        ("<p>欢迎提出意见。</p>", (), False, False),
        ("<p>欢迎提出意见。</p><img src='caogao.png'>", (), None, False),
        ("<p>欢迎提出意见。</p><iframe src='/view.html'></iframe>", (), None, None),
        ("<p><a href='/f/1.html'>示例区停车管理办法（草案）</a></p>", (), True, False),
    ],
)
def test_draft_and_explanation(body: str, files: tuple[str, ...], draft: bool | None, explanation: bool | None) -> None:
    seen = read(body, files=files)
    assert (seen.draft, seen.explanation) == (draft, explanation)


@pytest.mark.parametrize(
    ("body", "channels"),
    [
        (
            "<p>电子邮箱：gongkai@example.org；联系电话：0000-80000001；传真：0000-80000002；通信地址：示例路1号，邮编000000。</p>",
            ("邮箱", "电话", "传真", "信函"),
        ),
        ("<p>联系电话：2128803、2128681（兼传真）</p>", ("电话", "传真")),
        ("<p>联系人：<a href='mailto:a@example.org'>办公室</a></p>", ("邮箱",)),
        ("<p>登录示例区人民政府门户网站，进入“意见征集”栏目提出意见。</p>", ("在线",)),
        ("<p>以书面形式反馈意见。</p>", ("信函",)),
        ("<p>欢迎提出意见。</p>", ()),
        ("<p>邮箱：</p><p>电话：</p><p>传真：</p>", ()),
    ],
)
def test_ways_to_answer(body: str, channels: tuple[str, ...]) -> None:
    assert read(body).channels == channels


def test_the_outcome_is_a_link_of_the_notice_or_an_item_about_the_same_draft() -> None:
    assert read("<p>相关链接：<a href='/r/1.html'>关于停车管理办法意见采纳情况的公告</a></p>").result_url == "http://www.example.invalid/r/1.html"
    menu = "<div class='menu'><a href='/jg/'>征集结果反馈</a></div><p><a href='/jg/'>征集结果反馈</a></p>"
    assert read(menu).result_url == ""
    items = (
        Item("http://www.example.invalid/r/2.html", "《示例区停车收费管理办法》征求意见采纳情况", None),
        Item("http://www.example.invalid/r/3.html", "关于《示例区停车管理办法》公开征求意见情况的反馈", None),
    )
    assert read("<p>正文</p>", results=items).result_url == "http://www.example.invalid/r/3.html"
    assert read("<p>正文</p>", results=items[:1]).result_url == ""
    old = Item("http://www.example.invalid/r/4.html", "《示例区停车管理办法》征求意见采纳情况", date(2026, 2, 1))
    assert read("<p>正文</p>", results=(old,)).result_url == ""  # of an earlier round


def test_what_a_notice_is_about() -> None:
    assert core("关于公开征求《示例区停车管理办法（征求意见稿）》意见的公告") == core("《示例区停车管理办法》征求意见采纳情况")
    assert core("关于示例区停车管理办法公开征求意见的公告") == core("示例区停车管理办法征求意见结果反馈")
    assert core("关于征求意见的公告") == ""
