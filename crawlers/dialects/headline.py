"""What a list is headed: 「热门推荐」 and 「最新发布」 stand beside the lists of all pages of a site, and no class of theirs need say so."""

import re

from selectolax.lexbor import LexborNode

from crawlers.page import Page
from crawlers.tags import COMMENT, TEXT

_WHAT = r"(?:新闻|信息|资讯|文章|内容|文件|公告|动态|专题|专栏|推荐|阅读|关注|点击|浏览)"
_ASIDE = re.compile(
    rf"(?:热[门点]|最热|一周|本周|本月|精彩|编辑|重点|点击|阅读|浏览|人气|关注|访问|热度)?(?:{_WHAT}{{0,2}}(?:排行榜?|榜)|推荐{_WHAT}?)"
    rf"|(?:热[门点]|最热|精彩){_WHAT}{{1,2}}|相关{_WHAT}|猜[你您]喜欢|最[新近](?:发布|更新|信息|资讯|动态|文章|新闻|推荐)"
)
_MORE = re.compile(r"(?:查看)?更多|more|[\s>»›+.…:：|]+", re.IGNORECASE)
_LONGEST = 16
"""Characters of a heading, with what leads to more."""
_UP = 4
_SILENT = frozenset({TEXT, COMMENT})


def is_headed_aside(row: LexborNode, page: Page) -> bool:
    """Whether the list of its first row `row` is headed as one that stands on every page, and its own page is not called so itself."""
    name = _headline(row)
    return bool(name) and _ASIDE.fullmatch(name) is not None and name not in f"{page.title} {page.own_name} {page.breadcrumb}"


def _headline(row: LexborNode) -> str:
    """What stands right before a list, or before what holds it, as short as a heading; empty where nothing does."""
    node: LexborNode | None = row
    for _ in range(_UP):
        if node is None or node.tag == "body":
            break
        mate = node.prev
        while mate is not None and mate.tag_id in _SILENT:
            mate = mate.prev
        if mate is not None and 0 < len(text := _MORE.sub("", mate.text()[: _LONGEST * 4])) <= _LONGEST:
            return text
        node = node.parent
    return ""
