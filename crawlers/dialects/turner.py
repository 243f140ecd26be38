"""What turns the pages of a list without any address: pagers that libraries draw (laypage and its like), numbers that stand there as plain text, buttons that load more."""

import re

from crawlers.page import Page

MORE = frozenset({"加载更多", "点击加载更多", "点击加载", "显示更多", "点击查看更多", "下拉加载更多", "加载更多内容", "更多加载", "loadmore", "showmore"})
_LAYPAGE = re.compile(r"\blaypage(?:\.render)?\s{0,4}\(")
_COUNT = re.compile(r"\b(pages|count)['\"]?\s{0,4}:\s{0,4}(?:parseInt\(\s?)?['\"]?(\d{1,7})\b")
_OPTIONS = re.compile(r"\bpag(?:e|er|ing|ination)\w{0,12}\s{0,4}[=:]\s{0,4}\{[^{}]{0,200}?\btotal['\"]?\s{0,4}:\s{0,4}['\"]?(\d{1,6})\b", re.IGNORECASE)
_NEAR = 400
_PLAIN = re.compile(r"(?:^|\s)(?:[2-9]|[1-9]\d{1,2})\s(?:\S{1,4}\s){0,12}?下一?[页頁](?:\s|$)")
"""Numbers from 2 and a next page after them, none of which is a link."""
_NAMES = ("下一页", "下页", "下一頁", "下頁")


def turns(page: Page, here: int) -> bool:
    """Whether such a pager has more pages than this one, or does not say. `here`: rows on this page."""
    script = page.inline_scripts
    if "laypage" in script:
        for call in _LAYPAGE.finditer(script):
            counted = _COUNT.search(script, call.end(), call.end() + _NEAR)
            if counted is None or int(counted[2]) > (1 if counted[1] == "pages" else here):
                return True
    if "total" in script and any(int(match[1]) > 1 for match in _OPTIONS.finditer(script)):
        return True
    text = page.text
    return "下" in text and any(name in text for name in _NAMES) and _PLAIN.search(text) is not None
