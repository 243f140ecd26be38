"""The optional browser, a real Chromium: it shows what scripts write, asks nothing by itself, and gives up without harm."""

import os
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from crawlers.browser import Browser, BrowserFailed, executable
from crawlers.fetch import Response
from crawlers.status import FetchStatus
from tests.crawlers.web import NOW

URL = "http://www.example.invalid/col/index.html"
Answer = tuple[str, str]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        if os.environ.get("DISCLOSURE_BROWSER") == "required":
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    shown = Browser(path)
    yield shown
    shown.close()


def rgb(image: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return int(pixel[0]), int(pixel[1]), int(pixel[2])


def page(body: str, url: str = URL) -> Response:
    return Response(url, url, FetchStatus.OK, NOW, 200, {"Content-Type": "text/html; charset=utf-8"}, f"<html><body>{body}</body></html>".encode())


class Asked:
    """What the page asked for; `answers`: (type, text) by address, everything else is 404. A FetchStatus is a failure."""

    def __init__(self, **answers: Answer | FetchStatus) -> None:
        self.answers = {f"http://www.example.invalid/{name}": answer for name, answer in answers.items()}
        self.requests: list[tuple[str, str, str | None]] = []

    def __call__(self, method: str, url: str, body: str | None, content_type: str) -> Response:
        self.requests.append((method, url.removeprefix("http://www.example.invalid/"), body))
        match self.answers.get(url):
            case FetchStatus() as status:
                return Response(url, url, status, NOW)
            case (kind, text):
                return Response(url, url, FetchStatus.OK, NOW, 200, {"Content-Type": kind}, text.encode())
        return Response(url, url, FetchStatus.HTTP_ERROR, NOW, 404, {"Content-Type": "text/html"}, b"no")


ROWS = '{"rows":[{"title":"关于公布目录的通知","date":"2026-03-19"},{"title":"<b>第二条</b>","date":"2026-03-01"}]}'
FILL = "fetch('/rows').then(a=>a.json()).then(d=>{for(const r of d.rows){const li=document.createElement('li');li.textContent=r.title+' '+r.date;document.getElementById('list').append(li)}})"


def test_what_scripts_write_is_read_after_they_ran(browser: Browser) -> None:
    asked = Asked(rows=("application/json", ROWS))
    shown = browser.render(page(f"<ul id=list></ul><script>{FILL}</script>"), asked)
    assert "<li>关于公布目录的通知 2026-03-19</li>" in shown.html
    assert "&lt;b&gt;第二条&lt;/b&gt; 2026-03-01" in shown.html
    assert (shown.url, shown.whole, shown.refused) == (URL, True, ())
    assert asked.requests == [("GET", "rows", None)]


def test_every_request_goes_through_the_crawl(browser: Browser) -> None:
    asked = Asked(**{"a.js": ("text/javascript", "fetch('/b',{method:'POST',body:new URLSearchParams({id:'1'})})")})
    browser.render(page('<script src=/a.js></script><img src=/x.png><link rel=stylesheet href=/x.css><script>navigator.sendBeacon("/beacon")</script>'), asked)
    assert sorted(asked.requests) == [("GET", "a.js", None), ("POST", "b", "id=1")]


def test_what_was_not_had_leaves_the_page_unsettled(browser: Browser) -> None:
    for answer in (FetchStatus.TIMEOUT, FetchStatus.ROBOTS, FetchStatus.ADDRESS_REFUSED):
        shown = browser.render(page(f"<ul id=list></ul><script>{FILL}</script>"), Asked(rows=answer))
        assert not shown.whole
        assert shown.refused == ("http://www.example.invalid/rows",)


def test_a_page_cannot_lead_the_browser_away(browser: Browser) -> None:
    asked = Asked()
    with pytest.raises(BrowserFailed, match="跳转"):
        browser.render(page("<script>location.href='http://127.0.0.1:22/'</script>"), asked)
    shown = browser.render(page("<p>正文</p><script>open('http://10.0.0.1/');new WebSocket('ws://10.0.0.1/');alert('x');</script>"), asked)
    assert "正文" in shown.html
    assert asked.requests == []


def test_a_script_that_never_ends_costs_a_failure(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.browser._SECONDS", 3.0)
    with pytest.raises(BrowserFailed, match="浏览器"):
        browser.render(page("<script>for(;;){}</script>"), Asked())
    assert "还在" in browser.render(page("<p>还在</p>"), Asked()).html


@pytest.mark.parametrize("tall", [100, 9000])
def test_a_picture_has_the_caption_above_the_page(browser: Browser, tall: int) -> None:
    shown = browser.render(page(f'<div style="height:{tall}px;background:#0a0">栏目</div>'), Asked(), picture="http://x/ <img src=x> 2026-03-31 12:00")
    image = Image.open(BytesIO(shown.picture)).convert("RGB")
    assert image.width == 1280
    assert 900 < image.height < 2600
    assert max(rgb(image, 1270, 4)) < 90
    red, green, _ = rgb(image, 640, 80)
    assert green > 140 > 60 > red


def test_a_browser_that_died_is_started_again(browser: Browser) -> None:
    browser.render(page("<p>一</p>"), Asked())
    assert browser._chromium is not None
    browser._run(browser._chromium.close(), 20)
    assert "二" in browser.render(page("<p>二</p>"), Asked()).html
