"""The nine elements of a 公开指南 (条例第十二条), found by their content: an address, a number, hours; never by the name alone."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from crawlers.documents.body import PICTURE, Body, body_of, plain
from crawlers.page import Page
from crawlers.remembered import remembered

ELEMENTS = ("分类", "编排体系", "获取方式", "机构名称", "办公地址", "办公时间", "联系电话", "传真", "互联网联系方式")

LABELS = {
    "分类": r"信息的?分类|公开分类|信息类别|主动公开(?:的)?(?:范围|内容|信息)|公开(?:范围|内容)|分类(?:体系|方式|方法|说明)?|类别",
    "编排体系": r"编排体系|编排方式|编排(?:说明|结构|方法)?|目录体系|目录编排|信息编排|排列体系",
    "获取方式": r"获取(?:方式|途径|渠道|政府信息的?(?:方式|途径|渠道)|办法)|公开(?:形式|方式|途径|渠道)|查阅(?:方式|途径|场所|地点)|信息获取",
    "机构名称": r"(?:政府信息)?公开(?:工作)?(?:机构|部门)(?:名称)?|机构名称|机构全称|工作机构(?:名称)?|受理机构(?:名称)?|受理(?:部门|单位|机关)(?:名称)?|责任(?:机构|部门|科室)|主管(?:机构|部门)|"
    r"负责(?:机构|部门|科室)|单位名称|机构",
    "办公地址": r"办公(?:地址|地点|场所)|(?:联系|通讯|通信|邮寄|受理|办理|接收|详细|单位|机构)(?:地址|地点)|地址|地点",
    "办公时间": r"(?:办公|工作|受理|对外服务|服务|接待|上班|作息|开放|办理)(?:时间|时段)",
    "联系电话": r"(?:联系|咨询|办公|受理|服务|固定|值班|监督|对外)(?:电话|热线)(?:号码)?|电话号码|电话|热线",
    "传真": r"传真(?:号码|电话|机)?",
    "互联网联系方式": r"互联网(?:联系方式|联系|地址|方式)?|网络联系方式|(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?|(?i:e-?mail)(?:地址)?|网址|网站(?:地址|网址)?|官方网站|微信公众号|(?:在线|网上)(?:申请|受理|平台)?(?:地址|网址)?|政务邮箱",
}
LABEL_BEGINS = "eE上主互传作信值公分办单受咨固在地官对工开微排接政服机查热电监目类编网联获详负责通邮"
"""With what labels begin: most places of a text are passed by at one look, before nine patterns are tried there."""
_LABEL = re.compile(f"(?=[{LABEL_BEGINS}])(?:" + "|".join(f"(?P<e{number}>{pattern})" for number, pattern in enumerate(LABELS.values())) + ")")
_PHONE = re.compile(r"(?=[(0-9])(?<![\d.])(?:\(?0\d{2,3}\)?[-— ]{0,3}\d{7,8}|[2-9]\d{6,7}|1[3-9]\d{9}|400-?\d{3,4}-?\d{3,4}|12345)(?![\d年月号])")
_ADDRESS = re.compile(
    r"[一-龥\d]{0,30}(?:路|街|巷|道|镇|乡|村|区|县|市|省|大厦|广场|社区|中心)[一-龥\w\- ]{0,20}(?:号|楼|室|层|幢|栋|座|院|村|办公|大厦|中心|内|厅|窗口)"
)
_HOURS = re.compile(
    r"\d{1,2} ?[::.时点] ?\d{0,2} ?(?:分|时)?[^\d\n]{0,6}(?:-|—|~|至|到)[^\d\n]{0,6}\d{1,2} ?[:.时点]|(?:上午|下午)[^\n]{0,4}\d|工作日|(?:周|星期|礼拜)[一二三四五六日天1-7]|法定(?:节假日|工作)"
)
_NET = re.compile(
    r"[\w.+-]{1,64} ?(?:@|#|\[at\]|\(at\)) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|https?://[\w.-]{4,60}|www\.[\w-]{1,40}\.[\w.-]{2,40}|[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){0,3}\.(?:gov\.cn|com|cn|net|org)",
    re.IGNORECASE,
)
_ORGAN = re.compile(r"[一-龥]{1,30}?(?:办公室|办公厅|委员会|管委会|政府|中心|局|厅|科|处|室|股|委|办|部|院|所|站|镇|街道|大队|支队|大厅)")
_TALK = re.compile(r"[一-龥\w,、;:()“”]{8,}|[一-龥]{2,}[、,;][一-龥]{2,}")
_STRICT = {"办公地址": _ADDRESS, "办公时间": _HOURS, "联系电话": _PHONE, "传真": _PHONE, "互联网联系方式": _NET, "机构名称": _ORGAN}
_HEADED = ("分类", "编排体系", "获取方式", "机构名称")
_SAYS = re.compile(r"[一-龥\d]")
_SAID = re.compile(r"[:\t\d]")
_MOST = 60
_LINE = 1200
_LIST = re.compile(r"[、,和及以;]")
_QUICKLY_MADE = Implementation.ContiguousNFA
"""Each page has its own links: they are ready to be looked for in a fifteenth of the time that a pattern of them takes."""
_NUMBERED = (
    re.compile(r"^第[一二三四五六七八九十]+[章节部]"),
    re.compile(r"^[一二三四五六七八九十]+[、.]"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d+[、.](?!\d)"),
    re.compile(r"^\(\d+\)"),
)
_NOTHING = re.compile(r"^(?:无|暂无|略|暂略|待定|待补充|待完善|建设中|/|[-—]+)[。;]?$|暂无|待补充")
_EMPTY = re.compile(r"[\s:()/\\—\-_.。;,、无暂略待定补充x×*]*", re.IGNORECASE)
_PARTS = re.compile(r"指南|分类|编排|获取|公开形式|机构|联系方式|联系我们|依申请公开|受理|办公|主动公开")
_LITTLE = 300
_SPAN = 160
_HALF_DAY = re.compile(r"(?:上午|下午)[^\n]{0,4}\d{1,2} ?[:时点]")
_ARRANGED = re.compile(r"(?:按照?|以)[^。]{0,40}(?:编排|排列|编制目录)|索引号[^。]{0,60}(?:组成|名称|编排)")
_DIVIDED = re.compile(r"信息[^。]{0,12}(?:分为|划分为|包括)[^。]{0,10}[:、]?[^。]{6,}")
_OBTAINED = re.compile(r"(?:通过|可以?在|登录|到)[^。]{2,60}(?:网站|公报|查阅|档案馆|图书馆|平台|栏)[^。]{0,30}(?:获取|查阅|查询|查看|获得)")
_MAIL = re.compile(r"[\w.+-]{2,64}@[\w-]+\.[\w.-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """`found`: elements in their order; `whole`: whether the text stood there to be read, so that what is not found is lacking."""

    found: tuple[str, ...]
    whole: bool


def elements(page: Page) -> tuple[str, ...] | None:
    """Elements whose content stands on the page; None when some are not found and the page shows too little text to say that they lack (files, pictures, frames, scripts)."""
    reading = read_page(page)
    return reading.found if reading.whole or len(reading.found) == len(ELEMENTS) else None


@dataclass(frozen=True, slots=True)
class _Seen:
    reading: Reading
    pages: tuple[str, ...]
    files: tuple[str, ...]


@remembered
def _see(page: Page) -> _Seen:
    body = body_of(page)
    return _Seen(_read(page, body), *_parts(page, body))


def read_page(page: Page) -> Reading:
    """The elements of one page. Its text is not whole when it is short and files, pictures, frames or scripts could hold the rest."""
    return _see(page).reading


def _read(page: Page, body: Body) -> Reading:
    found = found_in(_lines(body))
    if body.mails and "互联网联系方式" not in found:
        found = tuple(name for name in ELEMENTS if name in (*found, "互联网联系方式"))
    short = sum(len(line) for line in body.lines) < _LITTLE or len(found) < 3
    return Reading(found, not (short and (bool(page.attachments) or body.frames or body.pictures or page.loads_by_script)))


def gather(page: Page, opened: Callable[[str], Page | None], texts: Callable[[str], str | None], limit: int = 4) -> Reading:
    """The elements of a guide with its linked parts and files. `opened` gives a page of the site, `texts` the text of a file; None: it was not had or cannot be read.

    A part that was not had leaves the guide not whole.
    """
    reading = read_page(page)
    found, whole, unread = set(reading.found), reading.whole, False
    links, files = parts(page)
    for url in links[:limit]:
        if len(found) == len(ELEMENTS):
            break
        part = opened(url)
        more = read_page(part) if part is not None else None
        found |= set(more.found) if more is not None else set()
        unread = unread or more is None
        whole = whole or (more is not None and more.whole and len(more.found) >= 3)
    for url in files[:2] if len(found) < len(ELEMENTS) else ():
        text = texts(url)
        found |= set(found_in(text.splitlines())) if text else set()
        unread = unread or not text
        whole = whole or bool(text)
    if len(files) > 2 or len(links) > limit:
        unread = True
    return Reading(tuple(name for name in ELEMENTS if name in found), whole and not unread)


def parts(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses of pages and of files that may hold parts of the guide: linked from its text under a telling name, on the same site."""
    seen = _see(page)
    return seen.pages, seen.files


def _parts(page: Page, body: Body) -> tuple[tuple[str, ...], tuple[str, ...]]:
    host = urlsplit(page.url).netloc
    pages, files = [], []
    for link in body.links:
        named = any(_PARTS.search(name) for name in link.names)
        if urlsplit(link.url).netloc != host or link.url == page.url:
            continue
        if link.url in page.attachments:
            if (
                re.search(r"\.(?:pdf|docx|xlsx)$", urlsplit(link.url).path, re.IGNORECASE)
                and (named or len(page.attachments) == 1)
                and not re.search("申请表|流程图", link.text)
            ):
                files.append(link.url)
        elif named and 2 <= len(plain(link.text)) <= 30:
            pages.append(link.url)
    return tuple(dict.fromkeys(pages)), tuple(dict.fromkeys(files))


def _lines(body: Body) -> list[str]:
    """The lines of a guide; a table with a head row further yields each cell behind its head."""
    named = sorted({name for link in body.links if len(link.text) >= 2 and (name := plain(link.text))}, key=len, reverse=True)[:_MOST]
    links = AhoCorasick(named, matchkind=MatchKind.LeftmostLongest, implementation=_QUICKLY_MADE)
    lines = [line for line in body.marked if not _only_links(line, links)]
    for table in body.tables:
        head = table.rows[0] if table.rows else ()
        if len(head) >= 2 and sum(1 for cell in head if _LABEL.search(cell) and len(cell) <= 12) >= 2 and len(table.rows) >= 2:
            lines += [f"{name}:{cell}" for row in table.rows[1:6] if len(row) == len(head) for name, cell in zip(head, row, strict=True)]
    return lines


def _only_links(line: str, links: AhoCorasick) -> bool:
    """Whether a line is nothing but links elsewhere: their names are not what they lead to."""
    if len(line) > _LINE or not (found := links.find_matches_as_indexes(line)):
        return False
    ends = [0, *(end for _, _, end in found)]
    rest = "".join(line[end:start] for end, start in zip(ends, [*(start for _, start, _ in found), len(line)], strict=True))
    return not _SAYS.search(rest) and not _PHONE.search(line) and not _NET.search(line)


def found_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Elements whose content stands in a text."""
    pieces = [piece[:_LINE] for line in lines for piece in ([line] if len(line) <= _LINE else re.split(r"(?<=[。;])", line))]
    told = [line for line in (_without_names("\t".join(plain(cell) for cell in piece.split("\t"))) for piece in pieces) if line]
    found = {name for number, line in enumerate(told) for name in _of_line(line, told[number + 1 : number + 4])}
    return tuple(name for name in ELEMENTS if name in found)


def _without_names(line: str) -> str:
    """A sentence that only lists what a guide has to hold (as the law does) says nothing of this guide."""
    kept = []
    for sentence in re.split(r"(?<=[。;])", line):
        if ":" not in sentence and "\t" not in sentence and len(_LIST.findall(sentence)) >= 3:
            named = {match.lastgroup for match in _LABEL.finditer(sentence)}
            if len(named) >= 5 and not (_PHONE.search(sentence) or _HOURS.search(sentence) or _NET.search(sentence)):
                continue
        kept.append(sentence)
    return "".join(kept).strip()


def _of_line(line: str, below: list[str]) -> Iterable[str]:
    labels = list(_LABEL.finditer(line))[:_MOST]
    for number, match in enumerate(labels):
        name = ELEMENTS[int((match.lastgroup or "e0")[1:])]
        if name in _HEADED and not _heads(line, match):
            continue
        # 「分类和编排体系」, 「电话(传真)」: labels side by side share what follows.
        last = number
        while (
            last + 1 < len(labels)
            and labels[last + 1].start() - labels[last].end() <= 6
            and not _SAID.search(line[labels[last].end() : labels[last + 1].start()])
        ):
            last += 1
        end = labels[last + 1].start() if last + 1 < len(labels) else len(line)
        if _filled(name, line[labels[last].end() : end if name not in _HEADED else len(line)], below if last + 1 == len(labels) else [], line):
            yield name
    yield from _unlabelled(line)


def _heads(line: str, match: re.Match[str]) -> bool:
    """Whether a label heads its line or sentence and is followed by what it names, not a word in a sentence."""
    before = _LABEL.sub("", re.split(r"[\t。;,]", line[: match.start()])[-1])
    for pattern in _NUMBERED:
        before = pattern.sub("", before)
    after = line[match.end() :].lstrip(" )")
    return len(before.strip(" 【[·")) <= 8 and (not after or after[0] in ":\t。为是有如、和与及(]】" or bool(_LABEL.match(after)))


def _filled(name: str, after: str, below: list[str], line: str) -> bool:
    value = re.sub(r"^[\s:\t。.()为是在于如下]+", "", after[: 2 * _SPAN])[:_SPAN]
    pattern = _STRICT.get(name)
    if pattern is None:
        if _NOTHING.search(value):
            return False
        return bool(_TALK.search(value)) or _under(line, below)
    if PICTURE in after[:20] or pattern.search(value):
        return True
    if not _EMPTY.fullmatch(value) or (below and _LABEL.match(below[0])):
        return False
    return bool(below) and (pattern.search(below[0][:_SPAN]) is not None or PICTURE in below[0][:20])


def _under(line: str, below: list[str]) -> bool:
    """Whether a text stands under a heading: the next line is neither a heading of the same rank nor nothing."""
    if len(line) > 30 or line.endswith(("。", ";")) or not below:
        return False
    if (label := _LABEL.match(below[0])) and re.match(r" ?[:\t]", below[0][label.end() :]):
        return False
    rank = _rank(line)
    return (rank is None or rank != _rank(below[0])) and (
        bool(_TALK.search(below[0])) or (len(below) > 1 and rank is not None and _rank(below[0]) is not None and bool(_TALK.search(below[1])))
    )


def _rank(line: str) -> int | None:
    return next((number for number, pattern in enumerate(_NUMBERED) if pattern.match(line)), None)


def _unlabelled(line: str) -> Iterable[str]:
    """Content that says itself what it is."""
    for match in _PHONE.finditer(line):
        before, after = line[max(0, match.start() - 14) : match.start()], line[match.end() : match.end() + 5]
        fax = "传真" in before or "传真" in after
        if fax:
            yield "传真"
        named = re.search(r"电话|热线|咨询|拨打|致电|联系", before) or match[0].startswith(("0", "("))
        if named and (not fax or re.search(r"电话|兼传真|热线", before + after)):
            yield "联系电话"
    if _HALF_DAY.search(line):
        yield "办公时间"
    if _ARRANGED.search(line):
        yield "编排体系"
    if _DIVIDED.search(line) and re.search(r"[、;:]", line):
        yield "分类"
    if _OBTAINED.search(line):
        yield "获取方式"
    if "@" in line and _MAIL.search(line):
        yield "互联网联系方式"
