"""What a column page without items may still hold: content that is neither a link nor a long text.

Blank is a claim about somebody else's work, so it needs proof: a page on which something was not understood is not blank.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.filling import mark

if TYPE_CHECKING:
    from crawlers.page import Page

_MEDIA = "object, embed, video, audio, canvas, applet, [data-pdf]"
_FIELDS = "textarea, select, input:not([type]), input[type=text], input[type=date], input[type=tel], input[type=email], input[type=file], input[type=radio]"
_SEARCH = re.compile(r"search|query|keyword|\bq\b|qt|jiansuo|关键|搜索|检索|查询|请输入", re.IGNORECASE)
_ICON = re.compile(
    r"(?:^|[_\-.\d])(?:icon|ico|logo|arrow|bullet|dot|btn|line|bg|blank|spacer?|no_?data|empty|zanwu|none|banner|weixin|weibo|qrcode|ewm)s?\d{0,3}(?:[_\-.]|$)",
    re.IGNORECASE,
)
_SMALL = 80
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FURNITURE = re.compile(
    r"今天是|星期.|上一页|下一页|上页|下页|首页|末页|尾页|每页|当前|跳转|转到|记录|字体|字号|打印|关闭|窗口|本页|分享|收藏|返回|顶部|更多|标题|名称|发布|时间|日期|发文|文号|索引号?|序号|来源|浏览|次数|"
    r"点击|机构|公开|成文|生成|内容|概述|主题|分类|文件|站内|搜索|检索|查询|请输入|关键[字词]|版权所有|无障碍|[共第总页条到年月日大中小次号]"
)
_ASSERTS = re.compile(r"[。；;，,：:、！!\d@]|无|没有|未|不|零")
_CAPTION = 10
"""Chinese characters of one line that may be a heading above a list that is not there."""
_FRAME_LINKS = 6
_GROUPS = frozenset({"ul", "ol", "dl", "table"})
_BESIDE = re.compile(r"nav|menu|foot|head|left|side|crumb|position|weizhi|location|link|top", re.IGNORECASE)


def holds_more_than_text(page: "Page", chrome: Sequence["Page"], *, says_empty: bool) -> bool:
    """Whether a page shows what is no text: a document in a reader, a film, a form, an address to write to, a picture, sub-columns that stand in the menu as well.

    Under a statement that there is nothing (`says_empty`) a picture is an ornament.
    """

    def own(css: str) -> list[LexborNode]:
        shared = {mark(node) for other in chrome for node in other.tree.css(css)}
        return [node for node in page.tree.css(css) if mark(node) not in shared]

    if own(_MEDIA) or any(not _searches(node) for node in own(_FIELDS)) or own("a[href^='mailto:']"):
        return True
    return (not says_empty and any(_is_picture(node) for node in own("img"))) or _leads_below(page, chrome)


def is_statement(lines: Sequence[str]) -> bool:
    """Whether the lines that a page does not share with others say something, beyond one heading, dates, and the furniture of lists."""
    said = [line for line in lines if ("@" in line and _MAIL.search(line)) or len(_HAN.findall(_FURNITURE.sub("", line))) > 1]
    return len(said) > 1 or any(("@" in line and _MAIL.search(line)) or _ASSERTS.search(line) or len(_HAN.findall(line)) > _CAPTION for line in said)


def _searches(node: LexborNode) -> bool:
    """Whether a field belongs to a search rather than to what the page is for."""
    if _SEARCH.search(" ".join(value or "" for value in node.attributes.values())):
        return True
    above = node.parent
    while above is not None and above.tag not in ("form", "body"):
        above = above.parent
    if above is None or above.tag != "form":
        return False
    return bool(_SEARCH.search(" ".join(value or "" for value in above.attributes.values()))) and above.css_first("textarea") is None


def _is_picture(node: LexborNode) -> bool:
    """Whether an image is as large as content is, as far as the page tells."""
    sizes = [node.attributes.get(side) or "" for side in ("width", "height")]
    if any(size.removesuffix("px").isdigit() and int(size.removesuffix("px")) < _SMALL for size in sizes):
        return False
    source = node.attributes.get("src") or node.attributes.get("data-src") or node.attributes.get("data-original") or ""
    return bool(source) and not _ICON.search(urlsplit(source).path.rsplit("/", 1)[-1])


def _leads_below(page: "Page", chrome: Sequence["Page"]) -> bool:
    """Whether links that other pages have too are what this page shows: a group of its own that is no menu, or all there is on a page without the site's frame."""
    urls = {link.url for link in page.links}
    if (
        1 < len(urls) <= _FRAME_LINKS
        and page.url not in urls
        and not any(urlsplit(url).path in ("", "/") for url in urls)
        and not any(o.url in urls for o in chrome)
    ):
        return True
    shared = {frozenset(group) for other in chrome for group, _ in _groups(other)}
    return any(len(group) > 1 and page.url not in group and frozenset(group) not in shared and not beside for group, beside in _groups(page))


def _groups(page: "Page") -> Iterator[tuple[set[str], bool]]:
    """Addresses of each list of links, and whether it is a menu, a breadcrumb or stands at the foot."""
    found: dict[int, tuple[set[str], bool]] = {}
    for node in page.tree.css("a[href]"):
        above, group, beside = node.parent, None, False
        while above is not None and above.tag != "body":
            group = above if group is None and above.tag in _GROUPS else group
            beside = (
                beside
                or above.tag in ("nav", "header", "footer", "aside")
                or bool(_BESIDE.search(f"{above.attributes.get('id') or ''} {above.attributes.get('class') or ''}"))
            )
            above = above.parent
        if group is not None and (url := page.absolute(node.attributes.get("href") or "")):
            urls, was = found.get(group.mem_id, (set(), False))
            found[group.mem_id] = (urls | {url}, was or beside)
    yield from found.values()
