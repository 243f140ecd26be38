"""Tables: which column holds the publication date, the publisher, the validity; rows without links."""

import re
from dataclasses import dataclass, replace
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.columns import normal
from crawlers.dates import find_dates, list_date
from crawlers.dialects.when import has_date
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom

_PUBLISHER = ("发布机构", "发布单位", "发文机关", "发文单位", "信息来源", "公开机构", "公开主体", "制定机关")
_VALIDITY = ("有效性", "时效性", "效力状态", "有效状态", "文件状态", "是否有效", "效力")
_PUBLISHED = re.compile(r"^(?:信息)?(发布|发文|公开|上网|上线|上传|挂网|刊登|公布|公示|推送|录入|更新)(日期|时间|日)$")
_PLAIN = re.compile(r"^(日期|时间)$")
_BEGUN = re.compile(r"^(?:征集|征求意见|公示|活动)?(?:开始|起始|发起)(日期|时间|日)$")
_WRITTEN = re.compile(r"^(成文|生成|印发|签发|制定)(日期|时间|日)$")
_ENDS = re.compile(r"截止|截至|有效期|到期|期满|届满|终止|结束|失效|废止|期限|下次|公示期")
_EVENTS = re.compile(r"^(?:实施|施行|生效|执行|开标|会议|活动|召开|举办|拍卖|开庭)(?:日期|时间|日)$")
_DECIDED = re.compile(r"^(?:行政)?(?:处罚|许可|强制)?(?:决定|作出决定)(?:书)?(日期|时间|日)$")
"""Heads of columns whose days are no publication, of those whose days are none where there is another, and of those that are as good as that of writing."""
_LABEL = re.compile(
    r"(?:信息)?索引号?|(?:发文)?文?字?号|文件编号|(?:发布|发文|公开|生成|成文|印发|更新|实施|废止|失效)(?:日期|时间)|(?:发布|发文|公开|制发)(?:机构|机关|单位|主体)|公开(?:方式|时限|范围|形式|属性|程序|类别)|"
    r"主题分类|体裁分类|组配分类|(?:信息)?(?:名称|标题|分类|类别)|有效性|时效性?|效力状[况态]|关键词|主题词|内容概述"
)
"""What stands in the first cell of a row that tells one thing of a document rather than being an entry."""
_TABLES = ("<table", "<template", "<svg", "<math")
"""What a row of a table stands in: everywhere else the parser drops it."""
_HEADS = re.compile(r"日期|时间|名称|标题|索引号|文号|机构|单位|序号|机关")


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of a table's columns; None where it has none.

    `width`: cells a row, so that rows of another width are not read by position; `ends`, `events`: columns whose days are the end of something, or an event's.
    """

    width: int = 0
    date: int | None = None
    publisher: int | None = None
    validity: int | None = None
    ends: tuple[int, ...] = ()
    events: tuple[int, ...] = ()


class Tables:
    """The columns of each table of a page, found once."""

    def __init__(self) -> None:
        self._known: dict[int, Columns] = {}

    def of(self, row: LexborNode) -> Columns:
        """The columns of the table that a row stands in."""
        table = row.parent
        while table is not None and table.tag != "table":
            table = table.parent
        if table is None:
            return Columns()
        if table.mem_id not in self._known:
            self._known[table.mem_id] = _columns(table)
        return self._known[table.mem_id]


def _columns(table: LexborNode) -> Columns:
    first = table.css_first("tr")
    heads = [normal(cell.text()) for cell in cells(first)] if first is not None else []
    if not any(_HEADS.search(head) for head in heads) or any(len(head) > 12 for head in heads):
        return Columns()

    def find(pattern: re.Pattern[str]) -> int | None:
        return next((index for index, head in enumerate(heads) if pattern.match(head)), None)

    dated = next((index for pattern in (_PUBLISHED, _PLAIN, _BEGUN, _WRITTEN, _DECIDED) if (index := find(pattern)) is not None), None)
    publisher = next((index for index, head in enumerate(heads) if head in _PUBLISHER), None)
    validity = next((index for index, head in enumerate(heads) if head in _VALIDITY), None)
    ends, events = (tuple(index for index, head in enumerate(heads) if index != dated and pattern.search(head)) for pattern in (_ENDS, _EVENTS))
    return Columns(len(heads), dated, publisher, validity, ends, events)


def is_label(text: str) -> bool:
    """Whether a cell is the label of what stands beside it: 索引号, 发布机构."""
    return len(text) <= 40 and _LABEL.fullmatch(normal(text).rstrip("：:")) is not None


def cells(row: LexborNode) -> list[LexborNode]:
    """The cells of a row itself, not those of tables inside it."""
    return [node for node in row.iter() if node.tag in ("td", "th")]


def cell_date(row: LexborNode, columns: Columns, as_of: date) -> tuple[date, DateFrom] | None:
    """The date in the column that the header names for it; None when there is no such column or nothing in it."""
    found = cells(row)
    if columns.date is None or len(found) != columns.width:
        return None
    text = found[columns.date].text(separator=" ")
    days = find_dates(text, as_of)
    return (days[0], DateFrom.LIST) if days else list_date(text, "", as_of)


def without_ends(text: str, row: LexborNode, columns: Columns) -> str:
    """What a row says, without the cells whose days are the end of something (公示截止期, 有效期至), nor those of events where another day is left."""
    found = cells(row) if columns.ends or columns.events else []
    if len(found) != columns.width:
        return text
    for index in columns.ends:
        text = text.replace(found[index].text(separator=" "), " ", 1)
    rest = text
    for index in columns.events:
        rest = rest.replace(found[index].text(separator=" "), " ", 1)
    return rest if has_date(rest) else text


def filled(row: LexborNode, columns: Columns, item: Item) -> Item:
    """The entry with what the table says of its publisher and of whether it is in force."""
    found = cells(row)
    if len(found) != columns.width:
        return item

    def said(index: int | None) -> str:
        return " ".join(found[index].text().split()) if index is not None else ""

    force = said(columns.validity)
    return replace(
        item,
        publisher=said(columns.publisher) or item.publisher,
        validity=next((word for word in ("废止", "失效", "有效") if word in force and f"不{word}" not in force), item.validity) if force else item.validity,
    )


def linkless_rows(tree: LexborHTMLParser, page: Page, as_of: date) -> list[tuple[LexborNode, Item]]:
    """Rows of at least three cells that hold a date and a text but lead nowhere."""
    found = []
    tables = Tables()
    for row in tree.css("tr") if page.may_hold(*_TABLES) else ():
        here = row.css("td")
        if len(here) < 3 or row.css_first("a[href], table") is not None:
            continue
        texts = [" ".join(cell.text().split()) for cell in here]
        if is_label(texts[0]):
            continue
        columns = tables.of(row)
        ends = columns.ends if len(here) == columns.width else ()
        days = [days[0] for at, text in enumerate(texts) if at not in ends and len(text) < 30 and (days := find_dates(text, as_of))]
        title = max(texts, key=len)
        if days and len(title) >= 6:
            stated = cell_date(row, columns, as_of)
            found.append((row, Item(page.url, title, stated[0] if stated else days[-1], DateFrom.LIST)))
    return found
