"""Addresses put together without joining are the ones that joining comes to."""

import re
from urllib.parse import urldefrag, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from crawlers.base import Base
from crawlers.page import Page

_PIECES = [
    "a",
    "b.html",
    "..",
    ".",
    "",
    "?q=1&x=/y",
    "?",
    "#top",
    "#12",
    "#",
    "/gkmlpt",
    "col",
    ":",
    ";p",
    "%2e%2e",
    "a..b",
    ".c",
    "中",
    " ",
    "\n",
    "=",
    "~x",
    "\\",
    "@",
]
_HREFS = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=7).map("/".join),
    st.lists(st.sampled_from(_PIECES), max_size=7).map("".join),
)
_HEADS = st.sampled_from(
    ["", "/", "//", "./", "../", "../../../", "http://b.gov.cn", "https://b.gov.cn:80/", "http:", "http://", "HTTP://B/", "javascript:", "mailto:"]
)
_BASES = st.sampled_from(
    [
        "http://a.gov.cn",
        "http://a.gov.cn/",
        "https://a.gov.cn:8443/zwgk/x/index.html",
        "http://a.gov.cn/zwgk//x/",
        "http://a.gov.cn/zwgk/../x.html?y=/z/",
        "http://a.gov.cn/中/x.html",
        "http://a.gov.cn/a;b/c;d.html#e",
        "file:///tmp/x.html",
        "",
    ]
)


def joined(base: str, href: str) -> str:
    href = href.strip().replace("\\", "/")
    if not href or (href.startswith("#") and not re.match(r"#!?/[\w?]", href)):
        return ""
    try:
        url, fragment = urldefrag(urljoin(base, href))
    except ValueError:
        return ""
    if not url.startswith(("http://", "https://")):
        return ""
    if (fragment.isascii() and fragment.isdigit() and "/gkmlpt" in url) or re.match(r"#!?/[\w?]", f"#{fragment}"):
        url = f"{url}#{fragment}"
    try:
        return url if url.isascii() else safe_url_string(url, encoding="gb18030")
    except ValueError:
        return ""


@given(_BASES, _HEADS, _HREFS)
def test_an_address_is_what_joining_makes_of_it(base: str, head: str, href: str) -> None:
    assert Base(base, "gb18030").absolute(head + href) == joined(base, head + href)


@given(_BASES, st.text("ab./?#:;%1 中\\", max_size=12))
def test_an_address_of_any_signs_is_what_joining_makes_of_it(base: str, href: str) -> None:
    assert Base(base, "gb18030").absolute(href) == joined(base, href)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../../../c/", "http://a.gov.cn/c/"),
        ("./", "http://a.gov.cn/zwgk/"),
        ("?page=2", "http://a.gov.cn/zwgk/i.html?page=2"),
        ("//b.gov.cn", "http://b.gov.cn"),
        ("x.html#nav", "http://a.gov.cn/zwgk/x.html"),
        ("/gkmlpt/index#2761", "http://a.gov.cn/gkmlpt/index#2761"),
        ("#/list", "http://a.gov.cn/zwgk/i.html#/list"),
        ("/app/#/list", "http://a.gov.cn/app/#/list"),
        ("JavaScript:void(0)", ""),
        ("http://[", ""),
        ("//b.gov.cn:中", ""),
    ],
)
def test_addresses(href: str, expected: str) -> None:
    assert Page("http://a.gov.cn/zwgk/i.html", b"").absolute(href) == expected


def test_a_page_whose_address_is_malformed_leads_nowhere() -> None:
    assert Base("http://[a/", "utf-8").absolute("b.html") == ""


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<base href='http://['>", "http://a.gov.cn/x/b.html"),
        ("<BASE HREF=' /y/ '>", "http://a.gov.cn/y/b.html"),
        ("<base target=_top>", "http://a.gov.cn/x/b.html"),
    ],
)
def test_a_base_that_is_no_address_is_none(element: str, expected: str) -> None:
    assert [link.url for link in Page("http://a.gov.cn/x/", f"<head>{element}</head><a href='b.html'>年报</a>".encode()).links] == [expected]
