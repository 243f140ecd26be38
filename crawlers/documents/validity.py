"""Validity labels of normative documents (有效、失效、废止、修改) and where they were read. What a document says of another one is not its own label."""

import re
from collections.abc import Iterator
from datetime import date

from crawlers.dates.spelling import number
from crawlers.documents.body import Body, plain
from crawlers.documents.days import COUNT, days_in, later
from crawlers.documents.record import Validity

_NAME = r"(?:文件有效性|文件状态|有 ?效 ?性|时 ?效 ?性|文件时效|时效状[态况]|效力状[态况]|有效状[态况]|是否有效|现行有效性|文件效力|时效)"
_FIELD = re.compile(
    rf"{_NAME}(?:[ \t]*[\]】][ \t]*[:\t]?|[ \t]*[:\t])[ \t]*\n?[ \t]*"
    r"(现行有效|部分有效|部分失效|全文废止|部分废止|已被修改|已失效|已废止|已修改|已修订|未失效|未废止|有效|失效|无效|废止|修改|修订|是|否)(?![一-龥])"
)
_BARE = re.compile(
    rf"^{_NAME} ?\n?(现行有效|部分有效|部分失效|全文废止|部分废止|已被修改|已失效|已废止|已修改|已修订|未失效|未废止|有效|失效|无效|废止|修改|修订)$",
    re.MULTILINE,
)
"""The field with nothing but its value on its line or the next: labels that a template sets apart without a colon."""
_LABELS = {
    "有效": ("现行有效", "有效", "未失效", "未废止", "是"),
    "失效": ("已失效", "失效", "无效", "否"),
    "废止": ("全文废止", "已废止", "废止"),
    "修改": ("部分有效", "部分失效", "部分废止", "已被修改", "已修改", "已修订", "修改", "修订"),
}
_MEANS = {word: label for label, words in _LABELS.items() for word in words}
_TITLE = re.compile(r"[(\[【〔]\s*(?:此件|本文件|该文件|全文)?\s*(现行有效|部分失效|部分废止|全文废止|已失效|已废止|已修改|已修订|有效|失效|废止)\s*[)\]】〕]")
_NOTE = re.compile(
    r"(?:本|该|此)(?:行政)?(?:规范性)?(?:文件|件|通知|办法|规定|意见|细则|方案|文)(?:现|目前|业)?(已|自(?P<since>[^。;\n]{6,16})起)(?P<how>[^。;\n]{0,100}?)"
    r"(废止|失效|停止执行|修改|修订)(?![前的后])"
)
_ELSE = re.compile(r"施行|实施|生效|同时|原《|前|印发|发布")
_LASTS = re.compile(rf"(?:有效期|有效期限|试行期|试行期限|暂行期)(?:限)?[:为是]? ?{COUNT} ?(?:个)?(年|月|日|天)")
_ENDS = re.compile(r"(?:至|到|截止|截至|-|—|~|有效期限?|失效日期|废止日期)[^一-龥]{0,3}$")
_OWN = re.compile(
    r"本(?:办法|规定|细则|意见|通知|方案|制度|规则|决定|措施|通告|公告|规范|标准|文件|政策|实施|指引|条例|暂行)|施行|实施|执行|生效|印发|发布之日"
)
_LINE = 5000
_PUBLISHED = re.compile(r"(?:发布|印发|公布|公告|下发|颁布)之?日")


def read_validity(body: Body, as_of: date, published: date | None, listed: str = "") -> Validity | None:
    """The label by field, title, note in the text, and what the list says (`listed`, e.g. of gkmlpt), in this order; None when none of them speaks."""
    text = body.text
    until = _until(body.lines, published)
    if match := _FIELD.search(text) or _BARE.search(text):
        return Validity(_MEANS[match[1]], until, "有效性字段")
    for title in dict.fromkeys((body.title, plain(body.page.title))):
        if found := _TITLE.search(title):
            return Validity(_MEANS[found[1]], until, "标题")
    if label := next((label for line in body.lines if len(line) < 200 for label in _noted(line, as_of)), ""):
        return Validity(label, until, "正文说明")
    for line in body.lines:
        if len(line) <= 30 and (stamp := re.fullmatch(r"[\[(【]?(已失效|已废止|已修改|现行有效|失效|废止)[\])】]?", line)):
            return Validity(_MEANS[stamp[1]], until, "页面标注")
    if plain(listed) in _MEANS:
        return Validity(_MEANS[plain(listed)], until, "列表")
    return Validity("", until, "正文有效期") if until else None


def _noted(line: str, as_of: date) -> Iterator[str]:
    """Labels that a note in the text gives: what has happened already, to this document."""
    for note in _NOTE.finditer(line):
        how = note["how"]
        if _ELSE.search(how.split("被", 1)[0]) or ("《" in how and not re.search(r"被|由|根据|按照?|依据", how)):
            continue
        since = [found.day for found in days_in(note["since"] or "", None)]
        if note["since"] and (not since or since[0] > as_of):
            continue
        yield "修改" if note[4].startswith("修") else "失效" if note[4] == "失效" else "废止"


def _until(lines: tuple[str, ...], published: date | None) -> date | None:
    """The last day that the document states for itself."""
    for line in lines:
        if not any(word in line for word in ("有效", "试行期", "暂行期", "失效日期", "废止日期")):
            continue
        before = ""
        for sentence in re.split(r"[。;]", line[:_LINE]):
            if (until := _stated(before[-200:], sentence, published)) is not None:
                return until
            before = sentence
    return None


def _stated(before: str, sentence: str, published: date | None) -> date | None:
    at = next((found for word in ("有效期", "有效至", "试行期", "暂行期", "失效日期", "废止日期") if (found := sentence.find(word)) >= 0), -1)
    if at < 0 or not _own(before, sentence, at):
        return None
    after = sentence[at : at + 80]
    dated = [found for found in days_in(after, published) if found.dated]
    if dated and _ENDS.search(after[: dated[-1].start]):
        return dated[-1].day
    if not (match := _LASTS.search(sentence)) or not (count := number(match[1])):
        return None
    spoken = f"{before}。{sentence[: match.start()]}"
    starts = [found for found in days_in(spoken, published) if found.dated and re.search(r"自[^,。]{0,6}$", spoken[: found.start])]
    begins = starts[-1].day if starts else published if _PUBLISHED.search(spoken) and not re.search(r"日后(?:起)?(?:施行|实施)", spoken) else None
    return later(begins, count, {"年": "year", "月": "month"}.get(match[2], "day")) if begins is not None else None


def _own(before: str, sentence: str, at: int) -> bool:
    """Whether the sentence speaks of the document itself, not of a permit or a certificate that it regulates."""
    if re.search(r"(?:证书?|许可|资质|合同|协议|票据?|名录|资格|核准|批件|卡|码|保函|承诺书|报告|证明)[^,]{0,12}$", sentence[:at]):
        return False
    return bool(_OWN.search(before + sentence)) or (at <= 2 and len(sentence) <= 40)
