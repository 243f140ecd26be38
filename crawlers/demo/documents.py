"""What the simulated documents of the columns that are read closely say, well and badly: which is fixed by a document's number, so that it never changes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from html import escape
from zlib import crc32

from crawlers.demo.content import ColumnContent
from crawlers.demo.items import Document
from crawlers.demo.pages import link

Address = Callable[[str, Document], str]
_KINDS = 4
_NOBODY = "110101190001010014"


def more(document: Document, column: ColumnContent, held: dict[str, list[Document]], address: Address, district: str) -> str:
    """HTML that follows the text of a document; empty for columns that are not read closely. `address`: where a document of a column stands."""
    text = _close(document, column, held, address, district) + told(document, column)
    return f'<div class="box art detail">{text}</div>' if text else ""


def told(document: Document, column: ColumnContent) -> str:
    """What the YAML wants each document of a column to tell: elements, the head of a table, the day of the decision, attached files."""
    text = "".join(f"<p>{escape(name)}：{escape(value)}</p>" for name, value in column.elements.items() if value)
    if column.table:
        head, empty = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in (column.table, ["示例"] * len(column.table)))
        text += f"<table><tr>{head}</tr><tr>{empty}</tr></table>"
    if column.delay is not None:
        day = document.date - timedelta(days=column.delay)
        text += f"<p>决定日期：{day.year}年{day.month}月{day.day}日</p>"
    return text + "".join(f"<p>附件：{link(file_url(document.key, name), name)}</p>" for name in document.files)


def file_url(key: str, name: str) -> str:
    """Address of a file of a column."""
    return f"/files/{key}/{crc32(name.encode())}{name[name.rindex('.') :]}"


def validity(document: Document, column: ColumnContent, district: str) -> str:
    """What a normative document says of its validity: by its number, unless the column wants all or none marked."""
    kind = document.number % _KINDS
    if column.marked is not None:
        kind = (0 if kind == 2 else kind) if column.marked else 2
    return _policy(document, kind, district)


def _close(document: Document, column: ColumnContent, held: dict[str, list[Document]], address: Address, district: str) -> str:
    kind = document.number % _KINDS
    match document.key:
        case "consultation":
            text = _consultation(document, kind)
        case "interpretation":
            policy = interpreted(document, held.get("regulations", ()))
            text = _interpretation(policy, address, kind)
        case "regulations" | "policy_documents":
            about = next((one for one in held.get("interpretation", ()) if interpreted(one, held.get("regulations", ())) == document), None)
            text = validity(document, column, district) + (
                f"<p>政策解读：{link(address('interpretation', about), about.title)}</p>" if about is not None and kind != 1 else ""
            )
        case "relief":
            text = _roster(document, district, unmasked=column.unmasked)
        case _:
            return ""
    return text


def interpreted(document: Document, policies: Sequence[Document]) -> Document | None:
    """The document that an interpretation is about: the newest that was there on its day."""
    return next((policy for policy in policies if policy.date <= document.date), None)


def _consultation(document: Document, kind: int) -> str:
    days = (30, 15, 7, 31)[kind]
    start, end = document.date, document.date + timedelta(days=days - 1)
    spell = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    ways = "<p>意见请发送至电子邮箱 yijian@example.org，或寄至示例路1号（邮编000000），联系电话：0000-80000003，传真：0000-80000004。</p>"
    draft = "<h3>征求意见稿</h3><p>第一条 为规范有关工作，制定本办法（模拟数据）。</p><p>第二条 本办法适用于本区范围内的有关活动。</p>"
    reason = "<h3>起草说明</h3><p>现行做法不能适应工作需要，有必要制定本办法。</p>"
    match kind:
        case 0:
            return f"<p>公开征求意见时间：{spell}。</p>{ways}{draft}{reason}"
        case 1:
            return f"<p>因工作时限紧迫，公开征求意见期限缩短为{days}天，时间为{spell}。</p>{ways}{draft}{reason}"
        case 2:
            return f"<p>请于{end.year}年{end.month}月{end.day}日前将意见反馈至发布机构。</p>{draft}"
        case _:
            rows = f"<tr><td>开始时间</td><td>{start}</td><td>结束时间</td><td>{end}</td></tr>"
            return f"<table>{rows}</table>{ways}{draft}"


def _interpretation(policy: Document | None, address: Address, kind: int) -> str:
    text = "<p>一、起草背景：落实上级要求，结合本地实际制定。</p><p>二、主要内容：明确适用范围、职责分工和办理程序。</p>"
    if policy is None:
        return text
    return text + (f"<p>相关文件：{link(address('regulations', policy), policy.title)}</p>" if kind != 2 else f"<p>本解读对应《{escape(policy.title)}》。</p>")


def _policy(document: Document, kind: int, district: str) -> str:
    day = document.date
    stated = f"{day.year}年{day.month}月{day.day}日"
    match kind:
        case 0:
            return f"<table><tr><td>有效性</td><td>有效</td><td>文号</td><td>示政发〔{day.year}〕{document.number % 60 + 1}号</td></tr></table><p>本文件自{stated}起施行，有效期至{day.year + 3}年12月31日。</p>"
        case 1:
            return f"<p>本文件自发布之日起施行，有效期5年。《{district}原有关规定》（示政发〔{day.year - 6}〕3号）同时废止。</p>"
        case 2:
            return f"<p>本文件自{stated}起施行。</p>"
        case _:
            return "<p>本文件已废止。</p>"


def _roster(document: Document, district: str, *, unmasked: bool) -> str:
    # Numbers are masked and of a region that does not exist; the one that is not is of a birthday in 1900, before anybody was given one.
    shown = {number: _NOBODY if unmasked and number == 1 else f"9999**********{number:02d}" for number in range(1, 6)}
    rows = "".join(
        f"<tr><td>{number}</td><td>示例{'甲乙丙丁'[number % 4]}</td><td>{shown[number]}</td><td>000****{1200 + number}</td><td>{300 + number * 10}</td></tr>"
        for number in shown
    )
    return f"<p>{district}{document.date.month}月发放名单（模拟数据）：</p><table><tr><td>序号</td><td>姓名</td><td>身份证号</td><td>联系电话</td><td>金额</td></tr>{rows}</table>"
