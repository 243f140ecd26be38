"""发布机构: which body a document says it comes from. Never a date, an author, a button or a counter beside the label."""

import re

from crawlers.documents.body import Body, plain
from crawlers.remembered import remembered

_LABELS = (
    r"发布机构|发布机关|发布单位|发布部门|公开主体|公开机构|公开单位|公开责任部门|公开责任单位|制发机关|制发单位|责任部门",
    r"发文机关|发文单位|发文机构|发文部门|印发机关|制定机关",
    r"信息来源|文章来源|稿件来源|内容来源|供稿单位|来源单位|来源",
)
_FOUND = tuple(re.compile(rf"(?<![一-龥])(?:{names})[\]】]?[ \t]*[:\t][ \t]*\n?[ \t]*([^\n\t:|]{{2,60}})") for names in _LABELS)
_BARE = tuple(re.compile(rf"^(?:{names}) ?\n([^\n\t:|]{{2,60}})$", re.MULTILINE) for names in _LABELS[:2])
"""A label alone on its line, as `dt` and `dd` have it."""
_GLUED = re.compile(
    rf"^(?:{_LABELS[0]}|{_LABELS[1]}) ?([一-龥()]{{2,28}}(?:政府|委员会|管委会|办公室|办公厅|街道办事处|局|厅|部|院|委|署|中心|支队|大队))$", re.MULTILINE
)
"""A label and its value in elements of one line with nothing between them."""
_SENTENCE = re.compile(r"应当?|可以?|负责|按照?|根据|及时|不得|向|对|由|将|是|为|的")
_SPACED = re.compile(r"(?<=[一-龥]) (?=[一-龥])")
_NEXT = (
    r"发布日期|发布时间|成文日期|生成日期|公开日期|公开方式|公开时限|更新时间|日期|时间|浏览|访问|阅读|点击|字体|字号|作者|编辑|责任编辑|责编|审核|撰稿|摄影|文号|发文字号|"
    r"文件编号|索引号|主题|分类|关键词|有效性|时效性|打印|关闭|分享|保存|收藏|大 ?中 ?小|发布机构|发布机关|发文机关|来源|信息来源|语种|名称|标题"
)
_CUT = re.compile(rf"(?:(?:^|[\s\[【(])(?:{_NEXT})|(?:{_NEXT})[^一-龥]{{0,2}}$).*")
_EDGES = " 　:;,.。,、|/\\-—_·\"'“”‘’()（）[]【】<>《》"
_WRONG = re.compile(
    r"\d{3,}|\d{1,2}[:.]\d{2}|https?|www\.|@|^(?:本站|本网|本站原创|原创|原创发布|网络|互联网|转载|整理|admin|管理员|系统管理员|佚名|未知|无|暂无|其他|不详|null|undefined|None)$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"政府|委员会|管委会|办公室|局|厅|部|院|处|科|所|站|中心|总队|支队|大队|街道|镇|乡|区|县|市|省|会|办|委|组|学校|大学|医院|集团|公司|馆|银行|法院|检察院|社|报|台|网"
)


def clean(text: str) -> str:
    """A body's name as it is compared and shown; empty for what cannot be one (a date, a person after 作者, a counter)."""
    name = _CUT.sub("", plain(text)).strip(_EDGES)
    name = _SPACED.sub("", name)
    if name.count("(") > name.count(")"):
        name += ")"
    if len(name) < 2 or len(name) > 60 or _WRONG.search(name) or not _BODY.search(name):
        return ""
    return name


@remembered
def read_publisher(body: Body) -> str:
    """The publisher by label (发布机构, then 发文机关), metadata (ContentSource), and the label 来源, in this order; empty when none is stated."""
    head = "\n".join(body.lines)
    for pattern in (*_FOUND[:2], *_BARE):
        if name := _first(pattern, head):
            return name
    if (glued := _GLUED.search(head)) and not _SENTENCE.search(glued[1]) and (name := clean(glued[1])):
        return name
    for tag in ("ContentSource", "Publisher", "Source"):
        if name := clean(body.page.meta_of(tag)):
            return name
    return _first(_FOUND[2], head)


def _first(pattern: re.Pattern[str], text: str) -> str:
    for match in pattern.finditer(text):
        if name := clean(match[1]):
            return name
    return ""
