"""Notices that ask for opinions (国令713号, 优化营商环境条例: 30 days, a shorter time with its reason): period, draft, explanation, ways to answer, outcome."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from crawlers.columns import normal
from crawlers.dates.spelling import number
from crawlers.documents.body import Body, plain
from crawlers.documents.days import COUNT, DATE, days_in, later, made
from crawlers.documents.record import Consultation
from crawlers.observation import Item
from crawlers.workdays import Calendar

_START = r"征集开始时间|征集开始日期|开始征集时间|公示开始时间|开始时间|开始日期|起始时间|起始日期|发起时间|征集起始"
_END = r"征集结束时间|征集结束日期|征集截止时间|公示结束时间|意见反馈截止(?:时间|日期)|反馈截止(?:时间|日期)|截止时间|截止日期|截至时间|截至日期|结束时间|结束日期|终止时间"
_FIELD_START = re.compile(rf"(?<![一-龥])(?:{_START})[ \t]*[:\t][ \t]*\n?[ \t]*{DATE.format('')}")
_FIELD_END = re.compile(rf"(?:(?<![一-龥])|(?<=意见)|(?<=反馈)|(?<=征集)|(?<=公示))(?:{_END})[ \t]*[:\t为是]?[ \t]*\n?[ \t]*{DATE.format('')}")
_CLOCK = r"(?:[ T]*(?:上午|下午|零时|\d{1,2}[:时点](?:\d{1,2}(?::\d{1,2})?分?)?)){0,2}"
_RANGE = re.compile(rf"{DATE.format('1')}{_CLOCK} ?[起始]? ?(?:至|到|—{{1,2}}|--?|~)[ 起止]?(?:{DATE.format('2')}|(?P<only>\d{{1,2}})日)")
_CUE = re.compile(r"征求|征集|征询|公示|意见|反馈|听取|建议|起止|公开时间")
_TAIL = re.compile(rf"(?:\((?:周|星期|礼拜)[一二三四五六日天]\))?{_CLOCK}[日 ]{{0,2}}(?:\([^()]{{0,12}}\))?(?:之前|以前|前|止|截止|结束)")
_HEADED = re.compile(r"(?:截止|截至|至|到|截止(?:时间|日期)|截至(?:时间|日期))[^。;\n]{0,3}$")
_LASTS = re.compile(
    rf"(?:为期|期限|公示期|公告期|征集期|征求意见期|时间|起|之内|在)[为是:]?[^。;\n一-龥\d]{{0,3}}{COUNT} ?(个?工作日|个?自然日|日历日|天|日|个月)(?!\d|前)"
)
_SHORT = re.compile(r"缩短|压缩|不足30|不足三十|少于30|少于三十|不满30|低于30")
_WHY = re.compile(r"因|由于|鉴于|原因|理由|经[^。]{0,20}(?:批准|同意)|考虑到|为[^。]{2,40}需要|紧急|急需|尽快")
_ABOUT = re.compile(r"征求|征集|征询|公示|公开|意见")
_DRAFT = re.compile(r"征求意见稿|公开征求稿|草案|送审稿|讨论稿|修订稿|审议稿|意见稿|初稿|\(稿\)|建议稿|方案|办法|规定|细则|规划|条例|目录|名单")
_DRAFT_TEXT = re.compile(r"第[一1] ?[章条][ \t]|^第[一1] ?[章条]", re.MULTILINE)
_EXPLAINED = re.compile(
    r"起草说明|编制说明|制定说明|修订说明|情况说明|制订说明|修改说明|政策说明|草案说明|的说明$|起草情况|起草背景|起草依据|制定背景|编制背景|修订背景|必要性"
)
_CHANNELS = (
    (
        "邮箱",
        re.compile(
            r"[\w.+-]{1,64}(?:@|＠|#|\[at\]|\(at\))[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|(?:电子)?(?:邮箱|邮件|信箱)[^。;\n]{0,6}[:\t]?[ ]?[\w.+-]{3,64}@",
            re.IGNORECASE,
        ),
    ),
    (
        "电话",
        re.compile(
            r"(?:电话|热线|致电|手机)[^。;\n]{0,20}?(?:\(?0\d{2,3}\)?[-— ]{0,2})?\d{7,8}|(?:电话|手机)[^。;\n]{0,12}?1[3-9]\d{9}|(?:电话|热线)[^。;\n]{0,10}?12345"
        ),
    ),
    ("传真", re.compile(r"传真[^。;\n]{0,16}?(?:\(?0\d{2,3}\)?[-— ]{0,2})?\d{7,8}|兼传真")),
    ("信函", re.compile(r"信函|来信|邮寄|寄送|寄至|书面(?:形式|方式|意见|反馈|提出)|通讯地址|通信地址|邮寄地址|联系地址|信封|邮编|邮政编码")),
    (
        "在线",
        re.compile(
            r"在线(?:提交|留言|反馈|提出|填写|征集|意见)|网上(?:提交|留言|反馈|提出|填写|征集)|我要(?:留言|提意见|建言|参与|发表)|发表意见|提交意见|(?:登录|登陆|通过)[^。;\n]{0,40}(?:网站|网址|平台|栏目|系统)"
        ),
    ),
)
_FORM = re.compile(r"反馈表|意见表|建议表|登记表|回执|汇总表")
_RESULT = re.compile(
    r"征集结果|结果反馈|结果公[示告布开]|采纳情况|采纳结果|反馈情况|反馈结果|反馈公告|处理情况|处理结果|征求意见(?:的)?(?:情况|结果)|意见(?:的)?(?:汇总|收集)情况"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_STAGE = re.compile(
    r"\((?:[^()]{0,12}(?:稿|草案|征求意见|公开征集|试行)[^()]{0,6})\)|(?:公开)?(?:征求|征集|听取)(?:社会|公众|社会公众)?(?:各界)?(?:的)?(?:意见|建议|意见建议)(?:建议)?|征求意见稿|草案"
)
_WORDS = re.compile(r"关于|对于|面向|社会|公开|公众|公告|公示|通知|启事|通告|函|意见|建议|征集|征求|结果|情况|采纳|反馈|汇总|说明|的|对|就|及|和|有关|年|稿")
_LONGEST = timedelta(days=400)
_CORE = 6
_HEAD = 20_000


def read_consultation(body: Body, published: date | None, files: tuple[str, ...], calendar: Calendar, results: Iterable[Item] = ()) -> Consultation:
    """What the notice says. `files`: names of its attachments; `results`: items of the column of outcomes, whose titles are matched exactly."""
    text = body.text[:_HEAD]
    start, end, days = _period(text, published, calendar)
    return Consultation(
        start,
        end,
        days,
        reason=_reason(text),
        draft=_draft(body, files),
        explanation=_explanation(body, files),
        channels=tuple(name for name, pattern in _CHANNELS if pattern.search(text) or (name == "邮箱" and body.mails)),
        result_url=_result(body, published, results),
    )


def _period(text: str, published: date | None, calendar: Calendar) -> tuple[date | None, date | None, int | None]:
    """First and last day, both counted. A period that only states its end runs from publication; 「前」 includes the day it names."""
    starts = [one[0] for match in _FIELD_START.finditer(text) if (one := made(match.groupdict(), "", published))]
    ends = [one[0] for match in _FIELD_END.finditer(text) if (one := made(match.groupdict(), "", published))]
    if starts and ends:
        return _spanned(starts[0], ends[0])
    if found := _range(text, published):
        return _spanned(*found)
    if ends:
        return _spanned(published, ends[0])
    if (end := _until(text, published)) is not None:
        return _spanned(published, end)
    return _lasting(text, published, calendar)


def _spanned(start: date | None, end: date) -> tuple[date | None, date | None, int | None]:
    if start is None or start > end:
        return None, end, None
    return start, end, (end - start).days + 1


def _range(text: str, published: date | None) -> tuple[date, date] | None:
    for match in _RANGE.finditer(text):
        around = text[max(0, match.start() - 60) : match.start()].rsplit("。", 1)[-1] + text[match.end() : match.end() + 30].split("。", 1)[0]
        groups = match.groupdict()
        first = made(groups, "1", published)
        if first is None or not _CUE.search(around) or not (first[1] or "月" in match[0]):
            continue
        if groups["only"]:
            try:
                last = first[0].replace(day=int(groups["only"]))
            except ValueError:
                continue
            return first[0], last
        second = made(groups, "2", first[0])
        if second is None:
            continue
        if not first[1] and second[1]:
            first = made(groups, "1", second[0]) or first
        if abs(second[0] - first[0]) > _LONGEST:
            continue
        end = second[0] if second[1] or second[0] >= first[0] else second[0].replace(year=first[0].year + 1)
        return first[0], end
    return None


def _until(text: str, published: date | None) -> date | None:
    for found in days_in(text, published):
        said = text[max(0, found.start - 80) : found.start].rsplit("。", 1)[-1]
        before = said.rsplit("\n", 1)[-1] or said[-30:]  # a label may stand on the line above
        after = re.split(r"[。\n]", text[found.end : found.end + 60], maxsplit=1)[0]
        if not (_TAIL.match(after) or _HEADED.search(before)) or not _CUE.search(before + after):
            continue
        if published is None or published <= found.day <= published + _LONGEST:
            return found.day
    return None


def _lasting(text: str, published: date | None, calendar: Calendar) -> tuple[date | None, date | None, int | None]:
    """「公示期30天」, 「自发布之日起30日内」, 「为期一个月」, 「7个工作日」."""
    for match in _LASTS.finditer(text):
        sentence = text[max(0, match.start() - 60) : match.start()].rsplit("。", 1)[-1] + match[0] + text[match.end() : match.end() + 40].split("。", 1)[0]
        count = number(match[1])
        if not count or not _CUE.search(sentence) or count > 200:
            continue
        stated = [found.day for found in days_in(sentence.split(match[1])[0], published) if found.dated]
        begins = stated[-1] if stated else published
        if "工作日" in match[2]:
            end = calendar.last_of(begins, count) if begins is not None else None
            return (begins, end, (end - begins).days + 1) if begins is not None and end is not None else (begins, None, None)
        end = later(begins, count, "month" if match[2] == "个月" else "day") if begins is not None else None
        days = (end - begins).days + 1 if begins is not None and end is not None else count if match[2] != "个月" else None
        return begins, end, days
    return None, None, None


def _reason(text: str) -> str:
    for sentence in re.split(r"[。\n]", text):
        if (
            len(sentence) <= 400
            and _SHORT.search(sentence)
            and _WHY.search(sentence)
            and _ABOUT.search(sentence)
            and re.search(r"期限|时间|期|天|日", sentence)
        ):
            return sentence.strip()[:200]
    return ""


def _draft(body: Body, files: tuple[str, ...]) -> bool | None:
    """Whether the draft is there: a file or a link named so, or its text. None: what is there cannot be told (frames, pictures, files without a telling name)."""
    names = (*files, *(plain(link.text) for link in body.links if len(link.text) > 6))
    if any(_DRAFT.search(name) and not _EXPLAINED.search(name) for name in names) or _DRAFT_TEXT.search(body.text):
        return True
    return None if files or body.frames or body.pictures or len(body.text) > 1500 else False


def _explanation(body: Body, files: tuple[str, ...]) -> bool | None:
    names = (*files, *(plain(link.text) for link in body.links))
    headings = (line for line in body.lines if len(line) <= 40 and line != body.title)
    if any(_EXPLAINED.search(name) for name in names) or any(_EXPLAINED.search(line) for line in headings):
        return True
    # A file that is not named after the draft alone may hold the explanation too.
    files = tuple(name for name in files if not _FORM.search(name))
    return None if body.frames or any(re.search(r"\.(?:zip|rar|7z)$", name, re.IGNORECASE) or not _DRAFT.search(name) for name in files) else False


def _result(body: Body, published: date | None, results: Iterable[Item]) -> str:
    """Where the outcome stands: a link of the notice itself, or an item of the column of outcomes about the same draft, not older than the notice."""
    for link in body.links:
        if any(
            _RESULT.search(name) and normal(name) not in ("征集结果反馈", "结果反馈", "意见采纳情况", "征求意见反馈", "意见征集反馈", "征集反馈")
            for name in link.names
        ):
            return link.url
    wanted = core(body.title)
    later = (item for item in results if published is None or item.date is None or item.date >= published)
    return next((item.url for item in later if len(wanted) >= _CORE and core(item.title) == wanted and item.url != body.page.url), "")


def core(title: str) -> str:
    """What a notice is about: the title between 《》 without its stage, else the title without the words of procedure."""
    title = plain(title)
    quoted = _QUOTED.search(title)
    about = _STAGE.sub("", quoted[1] if quoted else title)
    return normal(about if quoted else _WORDS.sub("", about))
