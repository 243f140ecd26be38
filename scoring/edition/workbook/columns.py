"""The columns of the workbook: their headers, and the spellings that people use for them."""

import re
import unicodedata
from dataclasses import dataclass

MAIN, INNER, VETO, DEDUCTIONS, BONUS, GRADES, SETTINGS, HELP = "指标体系", "上级指标", "单项否决", "扣分项", "加分项", "等次", "基本设置", "填写说明"
_DIGITS = "一二三四五六七八九"
_BRACKETS = re.compile(r"[(\[].*?[)\]]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a leaf: the key of the form, its header, other headers people use, its width in characters."""

    key: str
    header: str
    aliases: tuple[str, ...] = ()
    width: int = 14


WEIGHT = Column("weight", "分值", ("权重", "分数", "满分", "指标分值", "指标权重", "最高分"), 8)
CODE = Column("code", "代码", ("指标代码",), 18)
TITLE = Column("title", "名称", ("指标名称", "指标"), 30)
CHECK = Column("check", "评分方式", ("判定方式", "评估方式"), 10)
CRITERIA = Column("manual", "评分标准", ("评分细则", "评分办法", "评分说明", "评估标准", "考核标准", "评估细则", "计分办法", "扣分标准"), 50)
LEVELS = Column("levels", "评分档次", ("档次",), 28)
LEAF = (
    CHECK,
    CRITERIA,
    LEVELS,
    Column("responsible", "责任单位", ("牵头单位", "责任部门", "牵头部门", "负责单位"), 18),
    Column("needs", "适用对象", ("适用范围", "适用单位", "评估对象"), 14),
    Column("dimension", "维度", ("评估维度",), 8),
    Column("basis", "依据", ("评估依据", "政策依据", "文件依据"), 36),
    Column("fix", "整改办法", ("整改建议", "整改措施"), 40),
    Column("verified", "核对", ("核对情况",), 8),
    Column("obligations", "义务条目", (), 10),
    Column("rule", "规则", ("判定规则",), 20),
    Column("with", "参数", ("规则参数",), 26),
    Column("other", "其他", (), 12),
)
SCORE = Column("score", "限定得分", (), 10)
SOURCE = Column("from", "扣分对象", ("扣分对象代码",), 18)
MOST = Column("max", "最多扣分", (), 10)
NAME = Column("name", "等次", ("等级",), 14)
AT_LEAST = Column("at_least", "最低得分", ("最低分",), 10)
ITEM = Column("item", "项目", (), 18)
CONTENT = Column("content", "内容", (), 80)
BESIDE = {VETO: (CODE, TITLE, SCORE, *LEAF), DEDUCTIONS: (CODE, TITLE, SOURCE, MOST, *LEAF), BONUS: (CODE, TITLE, WEIGHT, *LEAF)}
ABOVE = (CODE, TITLE, *(one for one in LEAF if one.key in ("basis", "responsible", "verified", "obligations", "other")))
KNOWN = {column.key for column in (*LEAF, CODE, TITLE, WEIGHT, SCORE, SOURCE, MOST)} | {"children"}
"""Keys of the form that have a column; what else an indicator has stands under 其他."""


def level(number: int) -> str:
    """1 → 一级指标."""
    return f"{chinese(number)}级指标"


def level_weight(number: int) -> str:
    """1 → 一级分值."""
    return f"{chinese(number)}级分值"


def level_code(number: int) -> str:
    """1 → 一级代码."""
    return f"{chinese(number)}级代码"


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二."""
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


def normal(header: str) -> str:
    """A header as it is compared: half-width, without blanks and brackets."""
    return _BRACKETS.sub("", "".join(unicodedata.normalize("NFKC", header).split()))


def named(columns: tuple[Column, ...], header: str) -> str:
    """The key of the column with this header; empty when there is none."""
    return next((column.key for column in columns if header == column.header or header in column.aliases), "")


def level_of(header: str) -> tuple[str, int] | None:
    """一级指标 → ("title", 1), 一级分值 → ("weight", 1), 一级代码 → ("code", 1)."""
    for number in range(1, 21):
        said = chinese(number)
        if header in (f"{said}级指标", f"{said}级", f"{said}级指标名称", f"{number}级指标"):
            return "title", number
        if header in (f"{said}级分值", f"{said}级权重", f"{said}级指标分值", f"{said}级指标权重"):
            return "weight", number
        if header in (f"{said}级代码", f"{said}级指标代码"):
            return "code", number
    return None
