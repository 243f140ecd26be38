"""What a navigation page has loaded into it after it came: a menu that scripts ask for is one that was not read."""

import re
from collections.abc import Iterable
from functools import lru_cache

from crawlers.page import Page

_CALL = re.compile(
    r"\.(?:ajax|get|post|getJSON)\s?\(|\.load\s?\(\s?['\"]|axios|XMLHttpRequest|\bfetch\s?\(|new Vue\b|createApp\s?\(|ReactDOM|ng-app|\basync\s?:\s?\{"
)
_CALLED = ("ajax", ".get", ".post", ".load", "axios", "XMLHttpRequest", "fetch", "new Vue", "createApp", "ReactDOM", "ng-app", "async")
"""One of these stands in every call: most scripts hold none, and looking for a word is quick."""
_BUILDS = re.compile(r"Vue|createApp|React|ng-app")
_AROUND = 240
_CONTENT = re.compile(
    r"interview|zxft|fangtan|letters?\b|mail(?:box|list)?\b|xinxiang|xjx|news\b|video|shipin|banner|swiper|slides?\b|zhibo|\blive\b|survey|diaocha|\bvote|\bhot|rank(?:ing)?\b|\btop\d",
    re.IGNORECASE,
)
"""What a home page has loaded into one of its boxes: letters, films, interviews, the questions asked most."""
_NO_MENU = re.compile(
    r"count|counter|hits?\b|click|visit|\bpv\b|\buv\b|tongji|stat(?:s|istic)?\b|analytic|track|\blog(?:s|ger)?\b|weather|tianqi|forecast|aqi|login|session|token|"
    r"captcha|verify|hot_?word|search|suggest|share|qrcode|wechat|weixin|barrier|wza|holiday|lunar|online_?num|clock",
    re.IGNORECASE,
)
_MENU = re.compile(r"menu|nav(?!igator)|tree|sidebar|left|daohang|column|channel|catalog|lanmu|mulu", re.IGNORECASE)
_INCLUDE = re.compile(r"<!--\s{0,5}#include\s", re.IGNORECASE)
_HOLDERS = "object[data], embed[src]"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|mp[34]|pdf)(?:$|\?)|^(?:image|audio|video)/|application/pdf", re.IGNORECASE)


def loads_menu(page: Page, *, sure: bool) -> bool:
    """Whether what a page shows of its navigation may come after it. `sure`: on a page that leads on to others, anything that is loaded and no plain counter may be the menu."""
    if page.settled:
        return False
    script = page.inline_scripts
    return asks(script, sure=sure) or bool(_INCLUDE.search(page.source)) or any(_shows(node.attributes) for node in page.tree.css(_HOLDERS))


def asks(script: str, *, sure: bool) -> bool:
    """Whether a script asks for what may be a menu: by what stands round the call."""
    return any(_MENU.search(around) or (sure and not _NO_MENU.search(around) and not (plain and _CONTENT.search(around))) for around, plain in _calls(script))


def fills(script: str, names: Iterable[str]) -> bool:
    """Whether a script asks for something and speaks of one of these classes of elements."""
    return _CALL.search(script) is not None and any(re.search(rf"['\"\s.,>]{re.escape(name)}['\"\s.,:>\[]", script) for name in names)


@lru_cache(32)
def _calls(script: str) -> tuple[tuple[str, bool], ...]:
    """What stands round each call, and whether it asks for something rather than building a whole page. The scripts of a site are often the same on all its pages."""
    if not any(word in script for word in _CALLED):
        return ()
    return tuple((script[max(0, match.start() - _AROUND // 3) : match.end() + _AROUND], not _BUILDS.search(match[0])) for match in _CALL.finditer(script))


def _shows(attributes: dict[str, str | None]) -> bool:
    shown = attributes.get("data") or attributes.get("src") or ""
    return bool(shown) and not _PICTURE.search(shown) and not _PICTURE.search(attributes.get("type") or "")
