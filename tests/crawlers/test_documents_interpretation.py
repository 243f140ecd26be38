"""Interpretation and document: found by link or exact title, linked both ways or not, working days between them."""

from datetime import date

import pytest

from crawlers.documents.body import Body
from crawlers.documents.interpretation import Target, find_target, pair
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.workdays import calendar

SITE = "http://www.example.invalid"
URL = f"{SITE}/jd/1.html"
POLICY = Item(f"{SITE}/zc/1.html", "示例区人民政府关于印发《示例区停车管理办法》的通知", date(2026, 3, 2))
PLAIN = Item(f"{SITE}/zc/2.html", "示例区养老服务扶持政策", date(2026, 3, 2))
OTHER = Item(f"{SITE}/zc/3.html", "示例区停车管理办法实施细则", date(2026, 3, 3))
POLICIES = (OTHER, POLICY, PLAIN)


def body(inside: str, title: str = "《示例区停车管理办法》政策解读", url: str = URL) -> Body:
    return Body(Page(url, f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{inside}</body></html>".encode()))


@pytest.mark.parametrize(
    ("inside", "title", "url", "linked"),
    [
        ("<p>正文</p>", "《示例区停车管理办法》政策解读", POLICY.url, False),
        ("<p>正文</p>", "一图读懂《示例区停车管理办法》", POLICY.url, False),
        ("<p>正文</p>", "《示例区停车管理办法（试行）》解读", POLICY.url, False),
        ("<p>正文</p>", "示例区养老服务扶持政策解读", PLAIN.url, False),
        ("<p>正文</p>", "关于示例区养老服务扶持政策的解读", PLAIN.url, False),
        ("<p>正文</p>", "《示例区停车收费办法》政策解读", None, False),
        (f"<p>相关文件：<a href='{POLICY.url}'>示例区停车管理办法</a></p>", "停车新政来了", POLICY.url, True),
        (f"<p>政策原文：</p><p><a href='{POLICY.url}'>{POLICY.title}</a></p>", "《示例区停车管理办法》政策解读", POLICY.url, True),
        ("<p>原文链接：<a href='/other/9.html'>示例区停车管理办法</a></p>", "《示例区停车管理办法》政策解读", f"{SITE}/other/9.html", True),
        ("<div class='menu'><a href='/zc/'>政策文件</a></div><p>正文</p>", "停车新政来了", None, False),
        ("<p>上一篇：<a href='/zc/2.html'>示例区养老服务扶持政策</a></p>", "《示例区停车管理办法》政策解读", POLICY.url, False),
        ("<p><a href='/jd/2.html'>《示例区停车管理办法》图解</a></p>", "《示例区停车管理办法》政策解读", POLICY.url, False),
    ],
)
def test_the_document_that_is_interpreted(inside: str, title: str, url: str | None, linked: bool) -> None:
    target = find_target(body(inside, title), POLICIES)
    assert (target.url if target else None, target.linked if target else False) == (url, linked)


def test_working_days_and_the_link_back() -> None:
    target = Target(POLICY.url, POLICY.title, False, POLICY)
    back = body(f"<p>解读：<a href='{URL}'>政策解读</a></p>", POLICY.title, POLICY.url)
    named = body("<p>解读：<a href='/x.html'>《示例区停车管理办法》政策解读</a></p>", POLICY.title, POLICY.url)
    none = body("<p>正文</p>", POLICY.title, POLICY.url)
    scripted = body("<p>正文</p><script>$.ajax({url:'/related'})</script>", POLICY.title, POLICY.url)
    title = "《示例区停车管理办法》政策解读"
    seen = [pair(target, date(2026, 3, 5), one, POLICY.date, URL, title, calendar()) for one in (back, named, none, scripted, None)]
    assert [one.linked_back for one in seen] == [True, True, False, None, None]
    assert {one.working_days for one in seen} == {3}


def test_an_unknown_year_is_said() -> None:
    seen = pair(Target(POLICY.url, "", True), date(2031, 1, 6), None, date(2030, 12, 31), URL, "", calendar())
    assert (seen.working_days, seen.unknown_years) == (None, (2031,))
    assert pair(Target(POLICY.url, "", True), None, None, date(2026, 3, 2), URL, "", calendar()).working_days is None
    assert pair(Target(POLICY.url, "", True), date(2026, 2, 27), None, date(2026, 3, 2), URL, "", calendar()).working_days == 0
