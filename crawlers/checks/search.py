"""The site's own search is given the title of an item that the site lists: it should return it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from crawlers.checks.record import SearchCheck
from crawlers.observation import ScopeObservation
from crawlers.page import Page
from crawlers.search import SearchForm, find_form, returns
from crawlers.status import Match, Phase
from crawlers.visit import Visitor

_TITLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{8,30}")
_INDEXED = timedelta(days=3)
"""A search's index may be some days behind the lists."""
_RECENT = timedelta(days=400)


def check_search(
    visitor: Visitor, pages: Iterable[Page], scopes: Iterable[ScopeObservation], as_of: date, may_ask: Callable[[str], bool]
) -> SearchCheck | None:
    """None where the pages offer no search. That nothing is found is said after two looks for one title and, where the site has another, one look for that."""
    form = next((form for page in pages if (form := find_form(page)) is not None), None)
    if form is None:
        return None
    titles = _titles(scopes, as_of)
    if not titles:
        return SearchCheck(form.url, "", None, note="站点列表中没有适合检索的标题")
    if not may_ask(form.url):
        return SearchCheck(form.url, "", None, note="检索由其他网站提供，模拟网站不外访")
    first = titles[0]
    results = [returns(visitor, form, first, Phase.FIRST)]
    if results[0] is False:
        # A page that is labelled with one encoding and written in another leaves open in which its search is to be asked.
        other = replace(form, encoding="gb18030" if form.encoding.startswith("utf") else "utf-8")
        if returns(visitor, other, first, Phase.FIRST):
            return _check(visitor, other, first, found=True)
        for title, phase in ((first, Phase.SECOND), *((title, Phase.FIRST) for title in titles[1:2])):
            results.append(returns(visitor, form, title, phase))
            if results[-1] is not False:
                return _check(visitor, form, title, results[-1])
    return _check(visitor, form, first, results[0])


def _check(visitor: Visitor, form: SearchForm, title: str, found: bool | None) -> SearchCheck:
    url, _ = form.request(title)
    visit = next((visit for visit in reversed(visitor.visits()) if visit.response.url == url), None)
    if visit is None:
        return SearchCheck(url, title, None, note="检索未能进行")
    note = "检索结果无法由程序判读" if found is None and visit.response.ok else visit.response.status.zh if found is None else ""
    return SearchCheck(url, title, found, visit.response.status, visit.seq if visit.seq >= 0 else None, note)


def _titles(scopes: Iterable[ScopeObservation], as_of: date) -> list[str]:
    """One title a list, of items that are neither brand new nor old; the newest first. A title that stands twice on the site is left out."""
    seen: dict[str, int] = {}
    best: dict[str, tuple[date, str]] = {}
    for scope in scopes:
        for sighting in scope.sightings:
            for item in sighting.items if sighting.match in (Match.EXACT, Match.ALIAS) else ():
                seen[item.title] = seen.get(item.title, 0) + 1
                if item.date and _TITLE.fullmatch(item.title) and as_of - _RECENT <= item.date <= as_of - _INDEXED:
                    best[sighting.url] = max(best.get(sighting.url, (date.min, "")), (item.date, item.title))
    return list(dict.fromkeys(title for _, title in sorted(best.values(), reverse=True) if seen[title] == 1))
