"""Numbers in the prose of an annual report against its tables: only sentences that plainly speak of the same total of the same year."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crawlers.documents.record import Violation
from crawlers.documents.report_labels import DENIED, OTHER_30, OTHER_60, REFUSED, TOTAL, UNABLE
from crawlers.documents.report_tables import Requests, Tables

_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3}){1,2}|\d{1,8})(?:件|宗|条|份)(?!次)"
_FILL = r"(?:案件|事项|数量|总数|总量|案)?(?:共计|总计|合计|累计|一共|共有|共|计|为|有|是|[:：]|达到|达)?"
_ASKED = r"(?:(?:政府信息|信息|政务)公开的?申请|依申请公开(?:政府信息|信息)?(?:的?申请|事项|件)?|政府信息依申请公开(?:申请|事项)?|申请公开政府信息)"
_AGAINST = re.compile(r"信息公开|依申请")
_SENTENCE = re.compile(r"[。!?;！？；]")
_CLAUSE = re.compile(r"[,，:：、()（）]")
_SPACE = re.compile(r"\s+")
_HALF = {0xFF10 + n: 0x30 + n for n in range(10)}
_OTHER_YEAR = re.compile(r"(?:去|前|往)年|上一?年(?!度?(?:结转|转结|遗留|顺延))|同期|历年|近[一二三四五两\d]{1,2}年|十[二三四]五|以来|同比|环比|与上年|较")
_PART = re.compile(
    r"网络|网上|互联网|在线|平台|邮件|邮箱|信函|邮寄|来信|挂号|快递|EMS|当面|现场|窗口|线下|线上|传真|微信|小程序|上半年|下半年|季度|\d月|分别|"
    r"自然人|公民|个人|法人|企业|律师|组织|机构|涉及|关于|有关|内容|类|属于|因|由|转交|转办|转送|代|协助|指导|审核|会同|配合|延期|延长|超期|补正|撤回|不予受理|平均|每|最|约|近|超过|余|多|"
    r"房屋|征收|征地|拆迁|土地|规划|建设工程|另|此外|还有|除|剩余|其余|部分是|新增|增加|减少|增长|下降|上升|降低"
)
_BODY = re.compile(
    r"(?:(?!人民政府)[\u4e00-\u9fff]){1,12}?(?:街道|乡镇|镇乡|局|委员会|委|厅|办公室|办公厅|政府办|公安|法院|支队|大队|中心|公司|学校|医院|各部门|各单位|部门|各级|乡|镇)(?=[^\u4e00-\u9fff]|共|收|接|受|办|处|答|全|累|新|$)"
)
_LOCAL = re.compile(r"本级|机关本身|局机关|本部")
_OWN = re.compile(r"^(?:(?:我|本|全)[\u4e00-\u9fff]{1,3}|报告期内|年内|今年)$")
_REGION = re.compile(r"(?:人民政府|[省市区县旗州镇乡]|街道|街道办事处)$")
_WIDE = re.compile(r"[全我本各][省市区县旗州镇乡]|全系统|行政区域")
_STATED = re.compile(
    r"20\d\d年度?|1月1日|12月31日|(?:因|涉及?)?(?:政府)?信息公开(?:工作)?(?:被?申请|被?提起|引发|引起|产生)?(?:的|类)?|全年|本年度?|年度|累计|共计?|依法|依规|及时|规范|严格|按时|已"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")

Accepted = Callable[[Requests], dict[str, int | None]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way to state a total: the words, and what in the tables it may mean (the first is named when none agrees). `part`: it may follow 其中."""

    words: re.Pattern[str]
    accepted: Accepted
    part: bool = False
    needs: re.Pattern[str] | None = None


def _sum(requests: Requests, keys: Iterable[str]) -> int | None:
    cells = [requests.values[key][TOTAL] for key in keys if key in requests.values]
    return None if not cells or None in cells else sum(cell or 0 for cell in cells)


def _both(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left + right


def _received(requests: Requests) -> dict[str, int | None]:
    new, old = _sum(requests, ["received"]), _sum(requests, ["carried_in"])
    return {"本年新收": new, "本年新收+上年结转": _both(new, old)}


def _handled(requests: Requests) -> dict[str, int | None]:
    return {"办理结果总计": _sum(requests, ["total"]), **_received(requests)}


def _answered(requests: Requests) -> dict[str, int | None]:
    """An applicant who withdrew or did not pay got no answer: 其他处理 may be left out."""
    total, other = _sum(requests, ["total"]), _sum(requests, (*OTHER_30, *OTHER_60))
    return {**_handled(requests), "总计扣除其他处理": None if total is None or other is None else total - other}


def _row(key: str, name: str) -> Accepted:
    return lambda requests: {name: _sum(requests, [key])}


def _rows(name: str, *groups: tuple[str, ...]) -> Accepted:
    """The sum of the first group of rows; writers also lump the following ones together with it."""

    def accepted(requests: Requests) -> dict[str, int | None]:
        keys: tuple[str, ...] = ()
        found: dict[str, int | None] = {}
        for number, group in enumerate(groups):
            keys += group
            found[name if not number else f"{name}等{number + 1}类"] = _sum(requests, keys)
        return found

    return accepted


_DIVIDED = r"(?:的|信息|申请|答复)?(?:共计|共|计|为|的?有|:)?"
_KINDS = (
    _Kind(re.compile(rf"(?<!未)(?:收到|接收|接到|收到和处理|收悉)(?:公众|群众|社会公众|各类|的|有效|到){{0,2}}{_ASKED}{_FILL}{_NUMBER}"), _received),
    _Kind(re.compile(rf"新收(?:到)?{_ASKED}{_FILL}{_NUMBER}"), lambda requests: dict(list(_received(requests).items())[:1])),
    _Kind(re.compile(rf"(?:受理|(?<!未)办理|(?<!收到和)(?<!不予)处理){_FILL}{_ASKED}{_FILL}{_NUMBER}"), _handled),
    _Kind(re.compile(rf"(?:办结|(?<!未)答复|回复){_FILL}{_ASKED}{_FILL}{_NUMBER}"), _answered),
    _Kind(re.compile(rf"上一?年度?结转(?:{_ASKED}|申请)?{_FILL}{_NUMBER}"), _row("carried_in", "上年结转"), part=True, needs=_AGAINST),
    _Kind(
        re.compile(rf"(?<!上年)(?<!上年度)结转至?(?:下一?年度?|次年|20\d\d年)(?:继续)?(?:办理|答复)?(?:的?{_ASKED}|的?申请)?{_FILL}{_NUMBER}"),
        _row("carried_out", "结转下年度继续办理"),
        part=True,
        needs=_AGAINST,
    ),
    _Kind(re.compile(rf"(?<![及和或与、])予以公开{_DIVIDED}{_NUMBER}"), _rows("予以公开", ("granted",), ("partial",)), part=True, needs=_AGAINST),
    _Kind(
        re.compile(rf"予以公开[及和与、]部分公开{_DIVIDED}{_NUMBER}"),
        lambda requests: {"予以公开+部分公开": _sum(requests, ["granted", "partial"])},
        part=True,
        needs=_AGAINST,
    ),
    _Kind(re.compile(rf"(?<![及和或与、])(?<!予以)部分公开{_DIVIDED}{_NUMBER}"), _row("partial", "部分公开"), part=True, needs=_AGAINST),
    _Kind(re.compile(rf"(?<![及和或与、])不予公开{_DIVIDED}{_NUMBER}"), _rows("不予公开", DENIED, UNABLE, REFUSED), part=True, needs=_AGAINST),
    _Kind(re.compile(rf"(?<![及和或与、])无法提供{_DIVIDED}{_NUMBER}"), _rows("无法提供", UNABLE, REFUSED), part=True, needs=_AGAINST),
    _Kind(re.compile(rf"(?<![及和或与、])不予处理{_DIVIDED}{_NUMBER}"), _rows("不予处理", REFUSED, (*OTHER_30, *OTHER_60)), part=True, needs=_AGAINST),
)
_CASE = {
    "行政复议": re.compile(rf"(?<![及和或与、])(?:行政)?复议(?:案件|申请|案)?{_FILL}{_NUMBER}"),
    "行政诉讼": re.compile(rf"(?<![及和或与、])(?:行政)?诉讼(?:案件|案)?{_FILL}{_NUMBER}"),
}
_CASE_PART = re.compile(r"纠正|维持|败诉|胜诉|撤销|撤回|审结|办结|未结|未审|上年|答辩|应诉|诉讼后|复议后|再审|上诉|二审|经复议|较|增|减|降|涉及|建议|提案|司法")
_NONE = re.compile(rf"(?:未|没有|无)(?:收到|接到|新收|受理)(?:过|任何)?{_ASKED}$")

_NO_CASE = re.compile(
    r"(?:未发生|没有发生|未出现|未产生|无|没有)(?:一[起件])?因?(?:政府)?信息公开(?:工作|问题|事项)?(?:被|而)?(?:申请|提起|引起|引发|产生|导致)?的?行政复议(?:案件|申请)?"
    r"(?P<suit>[、和及与或](?:被)?(?:提起)?(?:的)?行政诉讼)?(?:的?(?:案件|情况|情形|现象|事项))?(?=$|[，,])"
)


def against(paragraphs: Sequence[str], tables: Tables, year: int | None, issuer: str) -> tuple[int, list[Violation]]:
    """How many numbers of the prose were compared, and those that no figure of the tables agrees with. `issuer`: who reports, as the title says."""
    compared, found = 0, []
    seen: set[str] = set()
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(_SPACE.sub("", paragraph).translate(_HALF)):
            if not sentence or len(sentence) > 1_500 or sentence in seen or not _AGAINST.search(sentence):
                continue
            seen.add(sentence)
            for place, wanted, number in _mentions(sentence, tables, year, issuer):
                candidates = {name: value for name, value in wanted.items() if value is not None}
                if not candidates or len(candidates) < len(wanted):
                    continue  # an unread cell might be the one that agrees
                compared += 1
                if number not in candidates.values():
                    name, value = next(iter(candidates.items()))
                    found.append(Violation("prose", f"正文“{place}”与{name}", str(value), str(number)))
    return compared, found


def _mentions(sentence: str, tables: Tables, year: int | None, issuer: str) -> Iterable[tuple[str, dict[str, int | None], int]]:
    for kind in _KINDS:
        for match in kind.words.finditer(sentence) if tables.requests else ():
            if (kind.needs is None or kind.needs.search(sentence)) and _same_total(sentence, match.start(), match.end(), kind.part, year, issuer):
                # A report with two tables (region and body) may speak of either.
                places = ["表三", *(f"第{number}张表三" for number in range(2, len(tables.requests) + 1))]
                wanted = {
                    f"{place}“总计”列的{name}": value for place, one in zip(places, tables.requests, strict=True) for name, value in kind.accepted(one).items()
                }
                if kind.accepted is _received and "结转" not in sentence:
                    wanted = {name: value for name, value in wanted.items() if "结转" not in name}
                yield _place(sentence, match.start(), match.end()), wanted, _int(match)
    if tables.requests and (none := _NONE.search(sentence)) and _same_total(sentence, none.start(), none.end(), False, year, issuer):
        yield _place(sentence, none.start(), none.end()), {"表三“总计”列的本年新收": _sum(tables.requests[0], ["received"])}, 0
    if (
        tables.cases
        and len(tables.requests) < 2
        and (none := _NO_CASE.search(sentence))
        and _same_total(sentence, none.start(), none.end(), False, year, issuer)
    ):
        yield _place(sentence, none.start(), none.end()), {"表四行政复议的总计": tables.cases[0][4]}, 0
        if none["suit"]:
            yield _place(sentence, none.start(), none.end()), {"表四行政诉讼的总计": _both(tables.cases[1][4], tables.cases[2][4])}, 0
    for name, words in _CASE.items():
        for match in words.finditer(sentence) if tables.cases and len(tables.requests) < 2 else ():
            before = sentence[: match.start()]
            if _CASE_PART.search(before) or not _AGAINST.search(before) or not _same_total(sentence, match.start(), match.end(), True, year, issuer):
                continue
            totals = [values[4] for values in tables.cases or ()]
            review, direct, after = totals
            wanted = (
                {"表四行政复议的总计": review}
                if name == "行政复议"
                else {"表四行政诉讼的总计": _both(direct, after), "未经复议直接起诉": direct, "复议后起诉": after}
            )
            yield _place(sentence, match.start(), match.end()), wanted, _int(match)


def _same_total(sentence: str, start: int, end: int, part: bool, year: int | None, issuer: str) -> bool:
    """Whether the words from `start` to `end` state a total of the report's own year and body, not a part of it and not a comparison."""
    before = sentence[:start]
    years = {int(one) for one in _YEAR.findall(before)}
    if (years and year not in years) or len(years) > 1 or _OTHER_YEAR.search(before):
        return False
    if before[-1:] in ("约", "近", "超", "余") or sentence[end : end + 1] in ("余", "多", "左") or (not part and "其中" in before):
        return False
    region = bool(_REGION.search(issuer))
    if (_LOCAL.search(before) and (region or not issuer)) or (_WIDE.search(before) and not region):
        return False
    plain = _STATED.sub("", before.replace(issuer, "") if issuer else before)
    clause = _CLAUSE.split(plain)[-1]
    if _PART.search(clause if part else plain):
        return False
    return (
        not clause or _OWN.match(clause) is not None or (bool(issuer) and (issuer.endswith(clause) or clause.endswith(issuer[-4:]))) or not _BODY.search(clause)
    )


def _int(match: re.Match[str]) -> int:
    return int(match["n"].replace(",", ""))


def _place(sentence: str, start: int, end: int) -> str:
    """The sentence as far as it is needed to find the place."""
    return sentence[max(0, start - 30) : end + 10] if len(sentence) > 80 else sentence
