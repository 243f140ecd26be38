"""What announces a date: words before it that make it the day of publication, or that make it another day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from crawlers.dates.spelling import Spot, each, stated_at


def _spaced(words: str) -> str:
    """The words of an alternation, each with blanks allowed between its characters: 「发 布 日 期」."""
    return "|".join("[ ]{0,4}".join(word) for word in words.split())


_WHEN = f"(?:{_spaced('日期 时间 時間')})"
_PUBLISHED = rf"(?:{_spaced('发布 發布 發佈 公布 公开 发表 發表 刊登 刊发 刊载 上网 上线 发稿 上传 推送 挂网')})[ ]{{0,4}}{_WHEN}"
NAMED = re.compile(_PUBLISHED)
"""Names of the day of publication, which mean it wherever they stand."""
PUBLISHED = re.compile(
    _PUBLISHED + r"|(?:发布|发表|發布|發表|刊发|上传|公布)[ ]?(?:于|於|在|:)"
    r"|\b(?:published|posted|released?|publish|release)[ ]?(?:on|at|date|time)?[ ]?:|\bposted on\b",
    re.IGNORECASE,
)
BARE = re.compile(rf"(?<![一-龥A-Za-z、.])(?:{_WHEN}|Date|Time)[ ]?:")
ISSUED = re.compile(rf"(?:{_spaced('发文 录入 添加 创建 提交 采编')})[ ]{{0,4}}{_WHEN}")
ANSWERED = re.compile(rf"(?:{_spaced('答复 回复 办结')})[ ]{{0,4}}{_WHEN}")
"""When a letter was answered, which is when a page of question and answer was published."""
WRITTEN = re.compile(rf"(?:{_spaced('成文 印发 签发 制发 落款')})[ ]{{0,4}}{_WHEN}")
UPDATED = re.compile(rf"(?:{_spaced('更新 修改 更改')})[ ]{{0,4}}(?:{_WHEN}|于)|更新[ ]?:|更新于|\b(?:updated|modified)\b", re.IGNORECASE)
_BEGINS = {PUBLISHED.pattern: re.compile("[发發公刊上推挂PpRr]"), UPDATED.pattern: re.compile("[更修UuMm]")}
"""How labels begin that are spelled in either case: those are tried at every character, which takes many times longer than to look for these."""
GENERATED = re.compile(rf"(?:{_spaced('生成')})[ ]{{0,4}}{_WHEN}")
BESIDE = re.compile(
    r"来源|來源|作者|浏览|瀏覽|点击|阅读|字号|字体|大小[:【\[]|编辑|訪問|访问|人气|供稿|撰稿|稿源|出处|责编|发布机构|发布单位|发布人|索引号|次数|打印|查看次|评论|记者|視力|视力|文字大小|分享到|收藏"
)
"""What stands in the line that tells of an article: where it came from, how often it was read."""

_GAP = re.compile(r"[\s:|\[(（【<\"'“·>-]{0,14}")
_OTHER = re.compile(
    r"(?:有效期|有效|截止|截至|施行|实施|生效|失效|废止|终止|到期|结束|届满|开标|会议|活动|举办|召开|出生|成立|今天|今日|现在|当前|当前时间|北京时间|农历|索引号|文号|编号|备案|版本|有效期限|生效日"
    r"|ICP备|电话|热线|传真|手机|邮编|邮政编码|版权所有|copyright|©|\([Cc]\))"
    r"(?:日期|时间|期限|日|号|期)?[ ]?[:是为至到)]{0,3}[ ]{0,3}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9][0-9]+")  # begins with one character that is not repeated, which is found many times faster
_REACH = 60
"""Characters before a number that hold the longest label and the gap after it."""
_LABEL = 6
"""Characters of a line that is a label and no title."""
_PRODUCED = re.compile(r"\b(?:produced|generated|powered) by[^\n]{0,60}$", re.IGNORECASE)
"""The line in which a publishing system names itself and says when it wrote the file, as if that were its publication."""
_UNTIL = re.compile(r"之前|以前|前(?!湾)|止|截止|起(?:施行|实施|生效|执行)")
_RANGE = re.compile(r"(?:\d|日|号|时|分)[ ]{0,2}(?:至|到|~|-{1,2})[ ]{0,2}$")
_SECOND = re.compile(
    r"(?:(?:成文|印发|签发|制发|落款|更新|修改|生成|开始|起始|征集|公示|公示期至?|受理|报名|制定|修订)(?:日期|时间|日)?"
    r"|(?:来信|写信|提问|留言|咨询|投诉|提交)(?:日期|时间))[ ]?[:于自从]{0,2}[ ]{0,3}$"  # when a letter came is not when it was answered
)
_WEEKDAY = re.compile(r"[ ]{0,3}(?:星期|周)[一二三四五六日天]")


class Role(Enum):
    """What the words around a date make of it: the day asked for as far as they say, one to fall back on, or another day."""

    PLAIN = 0
    SECOND = 1
    OTHER = 2


def role(text: str, spot: Spot) -> Role:
    """Judged by the characters before a date, or by the line before when that is a mere label, and by the word that makes it a deadline."""
    near = text[max(0, spot.start - 16) : spot.start]
    before = near.rsplit("\n", 1)[-1]
    if not before.strip() and len(lines := near.split("\n")) > 1 and len(lines[-2]) <= _LABEL:
        before = lines[-2]
    if _OTHER.search(before) or _RANGE.search(before) or _UNTIL.match(text, spot.end) or _produced(text, spot.start):
        return Role.OTHER
    return Role.SECOND if _SECOND.search(before) else Role.PLAIN


def _produced(text: str, at: int) -> bool:
    return _PRODUCED.search(text, max(0, at - 80), at) is not None


def has_weekday(text: str, spot: Spot) -> bool:
    """Whether a weekday stands behind a date, as in the header that shows today."""
    return _WEEKDAY.match(text, spot.end) is not None


def announced(text: str, label: re.Pattern[str], found: Sequence[Spot], as_of: date, within: Sequence[tuple[int, int]] | None = None) -> list[tuple[int, date]]:
    """Position of each label that has a date right behind it (in the same line, cell or element, or the next), with that date. `within`: `before_numbers`, where they are known."""
    starts = {spot.start: spot.day for spot in found}
    hits = []
    for first, last in before_numbers(text, starts) if within is None else within:
        for match in labels_in(text, label, first, last):
            gap = _GAP.match(text, match.end())
            at = gap.end() if gap else match.end()
            if (day := starts.get(at) or stated_at(text, at, as_of)) and not _produced(text, match.start()):
                hits.append((match.start(), day))
    return hits


def labels_in(text: str, label: re.Pattern[str], first: int, last: int) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a label from `first` to `last`."""
    if (begins := _BEGINS.get(label.pattern)) is None:
        return label.finditer(text, first, last)
    return each(label, text, (match.start() for match in begins.finditer(text, first, last)), last)


def before_numbers(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a label could stand: those right before a number or a date. Most of an article is neither."""
    first = last = 0
    for at in sorted([*map(re.Match.start, _NUMBER.finditer(text)), *starts]):
        if at - _REACH > last:
            if last:
                yield first, last
            first = max(0, at - _REACH)
        last = at
    if last:
        yield first, last
