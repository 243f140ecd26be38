"""The rows and columns of an annual report's tables by the words of the norm, and what a cell states."""

import re
from functools import lru_cache

from crawlers.documents.sheet import squeezed

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
"""Columns of table three; the last is the sum of the others."""
TOTAL = 6
BLOCKS = ("行政复议", "未经复议直接起诉", "复议后起诉")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DENIED = ("secret", "forbidden", "safety", "third", "internal", "process", "case_file", "query")
UNABLE = ("unheld", "unmade", "unclear")
REFUSED = ("petition", "repeat", "publication", "excessive", "confirm")
OTHER_30 = ("no_correction", "no_fee", "other")
OTHER_60 = ("others",)
OUTCOMES = ("granted", "partial", *DENIED, *UNABLE, *REFUSED, *OTHER_30, *OTHER_60)
"""Rows whose sum is the row 总计."""
_BEFORE = ("received", "carried_in", "granted", "partial", *DENIED, *UNABLE, *REFUSED)
ORDER = {"30": (*_BEFORE, *OTHER_30, "total", "carried_out"), "60": (*_BEFORE, *OTHER_60, "total", "carried_out")}
NAMES = {
    "received": "本年新收政府信息公开申请数量",
    "carried_in": "上年结转政府信息公开申请数量",
    "granted": "予以公开",
    "partial": "部分公开",
    "secret": "属于国家秘密",
    "forbidden": "其他法律行政法规禁止公开",
    "safety": "危及“三安全一稳定”",
    "third": "保护第三方合法权益",
    "internal": "属于三类内部事务信息",
    "process": "属于四类过程性信息",
    "case_file": "属于行政执法案卷",
    "query": "属于行政查询事项",
    "unheld": "本机关不掌握相关政府信息",
    "unmade": "没有现成信息需要另行制作",
    "unclear": "补正后申请内容仍不明确",
    "petition": "信访举报投诉类申请",
    "repeat": "重复申请",
    "publication": "要求提供公开出版物",
    "excessive": "无正当理由大量反复申请",
    "confirm": "要求行政机关确认或重新出具已获取信息",
    "no_correction": "申请人无正当理由逾期不补正",
    "no_fee": "申请人逾期未按收费通知要求缴纳费用",
    "other": "其他",
    "others": "其他处理",
    "total": "总计",
    "carried_out": "结转下年度继续办理",
}
_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("received", ("本年新收", "本年度新收")),
    ("carried_in", ("上年结转", "上年度结转", "上一年结转", "上一年度结转")),
    ("carried_out", ("结转下年", "结转下一年", "结转至下")),
    ("granted", ("予以公开",)),
    ("partial", ("部分公开",)),
    ("secret", ("国家秘密",)),
    ("forbidden", ("法律行政法规禁止", "法律法规禁止")),
    ("safety", ("三安全",)),
    ("third", ("第三方",)),
    ("internal", ("内部事务",)),
    ("process", ("过程性信息",)),
    ("case_file", ("执法案卷",)),
    ("query", ("行政查询",)),
    ("unheld", ("不掌握",)),
    ("unmade", ("现成信息",)),
    ("unclear", ("补正后", "仍不明确")),
    ("petition", ("信访举报", "信访投诉")),
    ("repeat", ("重复申请",)),
    ("publication", ("公开出版物",)),
    ("excessive", ("大量反复",)),
    ("confirm", ("重新出具",)),
    ("no_correction", ("逾期不补正",)),
    ("no_fee", ("收费通知", "缴纳费用")),
)
_GROUPS = frozenset({"不予公开", "无法提供", "不予处理", "本年度办理结果", "办理结果"})
_NUMBERING = re.compile(r"^[三]?(?:[(（]?[一二三四五六七八九十]{1,2}[)）、.]|[三]?\([一二三四五六七]\)|\d{1,2}[.、)]?)*")
_SIGNS = re.compile(r"[、,，.。;；:：\"“”'‘’《》<>]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d{1,10}(?:\.0{1,4})?[件宗条项个次起]?")
_ZERO = frozenset({"-", "--", "–", "—", "——", "―", "─", "/", "//", "\\", "╱", "∕", "无", "零", "〇"})


def figure(text: str) -> int | None:
    """What a cell states: empty, a dash or a stroke is 0; None for what is no whole number. Accepts 「1,234」, 「１２」, 「3件」, 「2.0」."""
    text = squeezed(text).replace(",", "")
    if not text or text in _ZERO:
        return 0
    return int(text.rstrip("件宗条项个次起").split(".")[0]) if _FIGURE.fullmatch(text) else None


def is_label(text: str) -> bool:
    """Whether a cell holds words, not a figure."""
    return bool(_HAN.search(text)) and figure(text) is None


@lru_cache(4096)
def key_of(label: str) -> str:
    """Which row of table three a label names; empty when none or more than one. A heading over several rows is `group`."""
    label = squeezed(label)
    plain = _SIGNS.sub("", label)
    found = {key for key, marks in _MARKS if any(mark in plain for mark in marks)}
    if len(found) == 1:
        return found.pop()
    bare = _SIGNS.sub("", _NUMBERING.sub("", label))
    if not found:
        if bare in _GROUPS:
            return "group"
        if bare.startswith("其他处理"):
            return "others"
        if bare in ("其他", "其他情形", "其他情况"):
            return "other"
        if bare in ("总计", "合计", "小计"):
            return "total"
    return ""
