"""What the simulated documents of the columns that are read closely say: as they should, but for the flaws that the YAML names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from zlib import crc32

from crawlers.demo.content import ColumnContent
from crawlers.demo.items import Document
from crawlers.demo.pages import link

Address = Callable[[str, Document], str]
_KINDS = 4
_NOBODY = "110101190001010014"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents of one site or unit. `held`: by column; `policies`: the document that an interpretation is about, by the interpretation's number; `flaws` by column and day."""

    held: Mapping[str, Sequence[Document]]
    policies: Mapping[int, Document]
    flaws: Mapping[str, Mapping[date, str]]
    address: Address
    district: str

    def flaw(self, document: Document) -> str:
        """What is wrong with a document; empty when nothing is."""
        return self.flaws.get(document.key, {}).get(document.date, "")


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


def more(document: Document, column: ColumnContent, shelf: Shelf) -> str:
    """HTML that follows the text of a document; empty for columns that are not read closely."""
    text = _close(document, column, shelf) + told(document, column)
    return f'<div class="box art detail">{text}</div>' if text else ""


def _close(document: Document, column: ColumnContent, shelf: Shelf) -> str:
    match document.key:
        case "consultation":
            text = _consultation(document, shelf)
        case "interpretation":
            text = _interpretation(document, shelf)
        case "regulations" | "policy_documents":
            marked = any(document == policy for policy in shelf.policies.values()) and document.key == "policy_documents"
            text = (_policy(document, 0, shelf.district) if marked else validity(document, column, shelf.district)) + _about(document, shelf)
        case "relief":
            text = _roster(document, shelf.district, unmasked=column.unmasked)
        case _:
            return ""
    return text


def with_policies(held: dict[str, list[Document]], flaws: Mapping[date, str], site: str, publisher: str) -> dict[int, Document]:
    """The document that each interpretation is about, by the interpretation's number; it is put into 政策文件, the day before or, `late`, two weeks before."""
    pairs: dict[int, Document] = {}
    for one in held.get("interpretation", ()):
        day = one.date - timedelta(days=14 if flaws.get(one.date) == "late" else 1)
        title = f"{publisher}关于印发{one.title[one.title.index('《') : one.title.index('》') + 1]}的通知"
        number = 100_000 + crc32(f"{site}/policy_documents/of/{one.number}".encode()) % 9_000_000
        pairs[one.number] = Document("policy_documents", title, day, number, one.publisher)
    held["policy_documents"] = sorted([*held.get("policy_documents", ()), *pairs.values()], key=lambda one: (one.date, one.number), reverse=True)
    return pairs


def nearest_policies(held: Mapping[str, Sequence[Document]]) -> dict[int, Document]:
    """For units that only have 规范性文件: each interpretation is about the newest of them on its day."""
    pairs = {}
    for one in held.get("interpretation", ()):
        if (policy := next((policy for policy in held.get("regulations", ()) if policy.date <= one.date), None)) is not None:
            pairs[one.number] = policy
    return pairs


def _about(document: Document, shelf: Shelf) -> str:
    """The link of a document to what interprets it."""
    about = next((one for one in shelf.held.get("interpretation", ()) if shelf.policies.get(one.number) == document), None)
    if about is None or shelf.flaw(about) == "one_way":
        return ""
    return f"<p>政策解读：{link(shelf.address('interpretation', about), about.title)}</p>"


def _consultation(document: Document, shelf: Shelf) -> str:
    flaw = shelf.flaw(document)
    days = {"short": 29, "reasoned": 15}.get(flaw, 30)
    start, end = document.date, document.date + timedelta(days=days - 1)
    spell = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    draft = "<h3>征求意见稿</h3><p>第一条 为规范有关工作，制定本办法（模拟数据）。</p><p>第二条 本办法适用于本区范围内的有关活动。</p>"
    why = "" if flaw == "unexplained" else "<h3>起草说明</h3><p>现行做法不能适应工作需要，有必要制定本办法。</p>"
    asked = f"因工作时限紧迫，公开征求意见期限缩短为{days}天，时间为{spell}。" if flaw == "reasoned" else f"公开征求意见时间：{spell}。"
    ways = "意见请发送至电子邮箱 yijian@example.org，或寄至示例路1号（邮编000000），联系电话：0000-80000003，传真：0000-80000004。"
    if flaw == "mute":
        ways = "欢迎社会各界提出意见。"
    outcome = next((one for one in reversed(shelf.held.get("consultation_result", ())) if one.date > end), None)
    told = ""
    if outcome is not None and flaw != "unanswered":
        told = f"<p>征集结果：{link(shelf.address('consultation_result', outcome), '公众意见采纳情况')}</p>"
    return f"<p>{asked}</p><p>{ways}</p>{draft}{why}{told}"


def _interpretation(document: Document, shelf: Shelf) -> str:
    text = "<p>一、起草背景：落实上级要求，结合本地实际制定。</p><p>二、主要内容：明确适用范围、职责分工和办理程序。</p>"
    policy = shelf.policies.get(document.number)
    if policy is None:
        return text
    if shelf.flaw(document) == "unlinked":
        return text + f"<p>本解读对应《{escape(policy.title)}》。</p>"
    return text + f"<p>相关文件：{link(shelf.address(policy.key, policy), policy.title)}</p>"


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
