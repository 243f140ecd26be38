"""What a column page without items may still hold: rows that a script would write, and content that is neither a link nor a long text.

Blank is a claim about somebody else's work, so it needs proof: a page on which something was not understood is not blank.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

if TYPE_CHECKING:
    from crawlers.page import Page

_RUNS = frozenset({"", "module", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "text/jscript", "text/vbscript"})
_PAGER = re.compile(r"\W{0,20}createPageHTML\([^(){};]{0,200}\)\W{0,20}")
"""Writes the numbers of pages below a list that stands in the page."""
_LIBRARY = re.compile(
    r"/(?:jquery(?:[-.]\d[\d.]*)?|html5shiv|respond|modernizr[\w.-]{0,20})(?:\.min|\.slim)*\.js(?:\?|$)|hm\.baidu\.com|cnzz\.com|s\.union\.360", re.IGNORECASE
)
_LOADING = re.compile(r"(?:加载|载入|读取)中|正在(?:努力|拼命|玩命)?(?:加载|载入|读取)|^\W*loading\W*$", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}|\$\{[^{}]{1,80}\}|<%=|\{%")
_BOUND = (
    "[data-url], [data-api], [data-ajax], [data-source], [data-toggle=table], [data-options*=url], [data-channel], [v-for], [v-html], [v-if], [ng-repeat], [ms-for], [ms-repeat], "
    "[ng-app], [v-cloak], [x-data], [data-v-app], [hx-get]"
)
_FILLING = frozenset({"img", "input", "iframe", "object", "embed", "video", "a", "svg"})
_CONTAINERS = "ul, ol, dl, table, tbody, div, section"
_ELSEWHERE = re.compile(r"clear|share|back|float|banner|nav|foot|head|top|slide|wza|tool|code|crumb|position|weixin|audio|accessib|^bd", re.IGNORECASE)
_FILLED = re.compile(
    r"list|data|rows?$|items?$|grid|tbody|app|ajax|render|tpl|result|record|load|no-?(?:data|content|result|record)|^(?:l|t|tb|ul|box)$", re.IGNORECASE
)
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


def filled_by_script(page: "Page", chrome: Sequence["Page"], empty: re.Pattern[str]) -> str:
    """What on a page says that a script may write its rows, in Chinese; empty when nothing does. `empty`: how a page says that it holds nothing."""
    lines = page.text.split("\n")
    known = {line for other in chrome for line in other.text.split("\n")}
    if any(len(line) <= 40 and _LOADING.search(line) and line not in known for line in lines):
        return "页面显示加载中"
    if page.settled:
        return ""
    if chrome and set(_inline(page)) - {script for other in chrome for script in _inline(other)}:
        return "页面有自己的脚本"
    if page.tree.css_first("script[type=module]") is not None:
        return "页面由脚本程序生成"
    shared = {_mark(node) for other in chrome for node in other.tree.css(_BOUND)}
    if any(_mark(node) not in shared for node in page.tree.css(_BOUND)) or any(_TEMPLATE.search(line) for line in lines if line not in known):
        return "页面有由脚本填写的元素"
    if not _acts(page):
        return ""
    stood = {_mark(node) for other in chrome for node in _hollow(other)}
    if any(_mark(node) not in stood for node in _hollow(page)):
        return "页面有待脚本填写的空元素"
    return "“暂无”写在由脚本填写的元素里" if any(_placeholder(node) for node in _saying(page, empty)) else ""


def holds_more_than_text(page: "Page", chrome: Sequence["Page"], *, says_empty: bool) -> bool:
    """Whether a page shows what is no text: a document in a reader, a film, a form, an address to write to, a picture, sub-columns that stand in the menu as well.

    Under a statement that there is nothing (`says_empty`) a picture is an ornament.
    """

    def own(css: str) -> list[LexborNode]:
        shared = {_mark(node) for other in chrome for node in other.tree.css(css)}
        return [node for node in page.tree.css(css) if _mark(node) not in shared]

    if own(_MEDIA) or any(not _searches(node) for node in own(_FIELDS)) or own("a[href^='mailto:']"):
        return True
    return (not says_empty and any(_is_picture(node) for node in own("img"))) or _leads_below(page, chrome)


def is_statement(lines: Sequence[str]) -> bool:
    """Whether the lines that a page does not share with others say something, beyond one heading, dates, and the furniture of lists."""
    said = [line for line in lines if _MAIL.search(line) or len(_HAN.findall(_FURNITURE.sub("", line))) > 1]
    return len(said) > 1 or any(_MAIL.search(line) or _ASSERTS.search(line) or len(_HAN.findall(line)) > _CAPTION for line in said)


def _inline(page: "Page") -> Iterator[str]:
    for node in page.tree.css("script:not([src])"):
        text = " ".join(node.text().split())
        if (node.attributes.get("type") or "").strip().lower() in _RUNS and text and not _PAGER.fullmatch(text):
            yield text


def _acts(page: "Page") -> bool:
    """Whether scripts run on the page that could write into it."""
    files = (node.attributes.get("src") or "" for node in page.tree.css("script[src]"))
    return any(not _LIBRARY.search(f"/{address}") for address in files) or next(_inline(page), None) is not None


def _mark(node: LexborNode) -> tuple[str, ...]:
    """What tells an element from others: its name and those attributes by which it is addressed or filled."""
    kept = (
        "id",
        "name",
        "src",
        "data",
        "href",
        "data-src",
        "data-original",
        "data-pdf",
        "data-url",
        "data-api",
        "data-options",
        "data-channel",
        "class",
        "v-for",
        "action",
    )
    return (node.tag or "", *(f"{key}={value}" for key in kept if (value := node.attributes.get(key))))


def _hollow(page: "Page") -> Iterator[LexborNode]:
    """Elements that hold nothing and have a name by which a script can find them."""
    for node in page.tree.css(_CONTAINERS):
        holder = (
            node.parent.parent
            if node.tag == "tbody" and node.parent is not None and node.parent.tag != "table"
            else node.parent
            if node.tag == "tbody"
            else node
        )
        if holder is None or not _is_addressed(holder) or _ELSEWHERE.search(f"{holder.attributes.get('id') or ''} {holder.attributes.get('class') or ''}"):
            continue
        if not _holds_anything(node):
            yield node


def _holds_anything(node: LexborNode) -> bool:
    """Whether text, a picture, a field or a link stands in an element; the first one tells."""
    return any(one.tag in _FILLING or (one.tag == "-text" and bool((one.text_content or "").strip())) for one in node.traverse(include_text=True))


def _is_addressed(node: LexborNode) -> bool:
    return bool(node.attributes.get("id")) or any(key.startswith(("data-", "lay-", "v-", "ng-", ":")) for key in node.attributes)


def _saying(page: "Page", empty: re.Pattern[str]) -> Iterator[LexborNode]:
    """Elements whose text says that there is nothing."""
    body = page.tree.body
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.tag == "-text" and node.parent is not None and node.parent.tag not in ("script", "style"):
            text = " ".join((node.text_content or "").split())
            if 0 < len(text) <= 40 and empty.search(text):
                yield node.parent


def _placeholder(node: LexborNode | None) -> bool:
    """Whether a text stands where a script writes: in an element named like a list, or shown only when a script says so."""
    for _ in range(3):
        if node is None or node.tag == "body":
            return False
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if _FILLED.search(node.attributes.get("id") or "") or "display:none" in style or "hidden" in node.attributes:
            return True
        if re.search(r"no-?data|loading", node.attributes.get("class") or "", re.IGNORECASE):
            return True
        node = node.parent
    return False


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
