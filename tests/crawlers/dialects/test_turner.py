"""Pagers without addresses: a list whose further pages only a script or a click brings was not seen to its end."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
LIST = "<ul>" + "".join(f"<li><a href='./t2026_{n}.html'>关于第{n}件事项的通知</a><span>2026-03-{20 - n}</span></li>" for n in range(3)) + "</ul>"
MORE = {
    "laypage": "<div id='p'></div><script>laypage({cont:'p',pages:12,curr:1})</script>",
    "laypage-of-layui": "<div id='p'></div><script>laypage.render({elem:'p',count:120,limit:10})</script>",
    "laypage-of-a-variable": "<div id='p'></div><script>laypage.render({elem:'p',count:total,limit:10})</script>",
    "options": "<script>var pagination={size:10,total:12,current:1};drawPage(pagination)</script>",
    "field": "<input type='hidden' id='totalPage' value='12'>",
    "load-more": "<a class='load-more' href='javascript:;'>加载更多</a>",
    "block-that-loads-more": "<div class='more' onclick='loadMore()'>点击加载更多 &gt;&gt;</div>",
    "numbers-as-text": "<div class='pages'><span class='cur'>1</span><span>2</span><span>3</span><span>下页</span></div>",
    "numbers-as-entries": "<ul class='pages'><li>上一页</li><li class='cur'>1</li><li>2</li><li>3</li><li>下一页</li><li>尾页</li></ul>",
    "button": "<form><input type='button' value='下一页' onclick='next()'></form>",
    "button-without-handler": "<input type='button' id='next' value='下一页'>",
}
WHOLE = {
    "laypage-of-one": "<script>laypage({cont:'p',pages:1,curr:1})</script>",
    "laypage-of-these-rows": "<script>laypage.render({elem:'p',count:3,limit:10})</script>",
    "options-of-one": "<script>var pager={total:1,current:1}</script>",
    "field-of-one": "<input type='hidden' id='totalPage' value='1'>",
    "one-as-text": "<div class='pages'><span>首页</span><span>上一页</span><span>1</span><span>下一页</span><span>尾页</span></div>",
    "disabled": "<button class='disabled'>下一页</button>",
    "more-elsewhere": "<div class='h'><a href='/zwgk/'>查看更多</a></div>",
    "other-totals": "<script>var chart={type:'bar',total:120}</script>",
    "a-text": "<p>办理时限为 20 个工作日，详见下一页所附说明。</p>",
}


def hidden(tail: str) -> bool:
    listing = read_list(Page(URL, f"<html><head><meta charset='utf-8'></head><body>{LIST}{tail}</body></html>".encode()), AS_OF)
    assert len(listing.items) == 3
    assert not listing.more
    return listing.hidden


@pytest.mark.parametrize("tail", MORE.values(), ids=MORE)
def test_a_pager_without_addresses_has_more(tail: str) -> None:
    assert hidden(tail)


@pytest.mark.parametrize("tail", WHOLE.values(), ids=WHOLE)
def test_what_is_no_further_page(tail: str) -> None:
    assert not hidden(tail)
