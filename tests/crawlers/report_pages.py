"""Annual reports for tests: figures that add up, written out as HTML in the ways that sites write them. Independent of the simulator."""

from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import strategies as st

Layout = Literal["norm", "empty_cells", "word", "nested", "split", "flat", "wide", "pre"]
LAYOUTS: tuple[Layout, ...] = ("norm", "empty_cells", "word", "nested", "split", "flat", "wide", "pre")
OUTCOMES_60 = (
    ("（一）予以公开", ""),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    ("（三）不予公开", "1．属于国家秘密"),
    ("", "2．其他法律行政法规禁止公开"),
    ("", "3．危及“三安全一稳定”"),
    ("", "4．保护第三方合法权益"),
    ("", "5．属于三类内部事务信息"),
    ("", "6．属于四类过程性信息"),
    ("", "7．属于行政执法案卷"),
    ("", "8．属于行政查询事项"),
    ("（四）无法提供", "1．本机关不掌握相关政府信息"),
    ("", "2．没有现成信息需要另行制作"),
    ("", "3．补正后申请内容仍不明确"),
    ("（五）不予处理", "1．信访举报投诉类申请"),
    ("", "2．重复申请"),
    ("", "3．要求提供公开出版物"),
    ("", "4．无正当理由大量反复申请"),
    ("", "5．要求行政机关确认或重新出具已获取信息"),
    ("（六）其他处理", ""),
)
OUTCOMES_30 = (
    *OUTCOMES_60[:-1],
    ("（六）其他处理", "1．申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("", "2．申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("", "3．其他"),
)
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass(frozen=True)
class Model:
    """Every figure of tables three (rows of seven: received, carried in, outcomes, total, carried out) and four (three blocks of five)."""

    form: Literal["30", "60"]
    rows: tuple[tuple[int, ...], ...]
    cases: tuple[tuple[int, ...], ...]
    year: int = 2022
    body: str = "示例区财政局"

    @property
    def labels(self) -> tuple[str, ...]:
        """The last label of each row."""
        outcomes = OUTCOMES_30 if self.form == "30" else OUTCOMES_60
        return (
            "一、本年新收政府信息公开申请数量",
            "二、上年结转政府信息公开申请数量",
            *(item or group for group, item in outcomes),
            "（七）总计",
            "四、结转下年度继续办理",
        )

    def changed(self, row: int, column: int, by: int) -> "Model":
        """The model with one figure of table three changed."""
        cells = [list(one) for one in self.rows]
        cells[row][column] += by
        return replace(self, rows=tuple(map(tuple, cells)))


def with_sum(cells: list[int]) -> tuple[int, ...]:
    return (*cells, sum(cells))


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Reports that hold."""
    form: Literal["30", "60"] = "30" if draw(st.booleans()) else "60"
    count = len(OUTCOMES_30 if form == "30" else OUTCOMES_60)
    small = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 123_456))
    outcomes = [draw(st.lists(small, min_size=6, max_size=6)) for _ in range(count)]
    total = [sum(row[column] for row in outcomes) for column in range(6)]
    after = [draw(st.integers(0, 50)) for _ in range(6)]
    before = [draw(st.integers(0, min(50, total[column] + after[column]))) for column in range(6)]
    received = [total[column] + after[column] - before[column] for column in range(6)]
    rows = (with_sum(received), with_sum(before), *(with_sum(row) for row in outcomes), with_sum(total), with_sum(after))
    cases = tuple(with_sum([draw(st.integers(0, 300)) for _ in range(4)]) for _ in range(3))
    return Model(form, rows, cases, 2022 if form == "30" else 2020)


def simple(form: Literal["30", "60"] = "30", year: int = 2022, body: str = "示例区财政局") -> Model:
    """A small report that holds: 27 received of persons and 1 of another, one carried in, two carried out."""
    count = len(OUTCOMES_30 if form == "30" else OUTCOMES_60)
    outcomes = [[0] * 6 for _ in range(count)]
    outcomes[0], outcomes[7], outcomes[10], outcomes[13] = [9, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0], [5, 0, 0, 0, 0, 1], [9, 0, 0, 0, 0, 0]
    rows = ([27, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0], *outcomes, [26, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 0])
    return Model(form, tuple(with_sum(list(row)) for row in rows), ((1, 0, 0, 0, 1), (0, 0, 1, 0, 1), (0, 0, 0, 0, 0)), year, body)


def shown(value: int, style: int) -> str:
    """A figure as writers write it."""
    match style % 6:
        case 1 if value == 0:
            return ""
        case 2 if value == 0:
            return "－"
        case 3:
            return " ".join(str(value)) if value > 99 else f"　{value} "
        case 4:
            return f"{value:,}"
        case 5:
            return "".join(chr(ord(digit) - 48 + 0xFF10) for digit in str(value))
        case _:
            return str(value)


def page(model: Model, layout: Layout = "norm", style: int = 0, prose: str = "") -> bytes:
    """A whole page, utf-8."""
    title = f"{model.body}{model.year}年政府信息公开工作年度报告"
    parts = [
        "本报告所列数据统计期限为1月1日至12月31日。" + prose,
        second(model),
        third(model, layout, style),
        fourth(model, layout, style),
        "仍存在差距。",
        "无。",
    ]
    inside = "".join(
        f"<p>{heading}</p>\n{part if '<t' in part or layout == 'pre' else f'<p>{part}</p>'}\n" for heading, part in zip(SECTIONS, parts, strict=True)
    )
    if layout == "nested":
        inside = f"<table width=100%><tr><td><table><tr><td>{inside}</td></tr></table></td></tr></table>"
    head = f"<h1>{title}</h1>" if layout != "word" else f"<div class=WordSection1><p class=MsoNormal align=center>{title}<o:p></o:p></p></div>"
    menu = "<div class=nav><a href='/'>首页</a><a href='/zwgk/'>政务公开</a><a href='/nb/'>政府信息公开年报</a></div>"
    return f"<html><head><meta charset=utf-8><title>{title}_示例区人民政府</title></head><body>{menu}{head}<div id=zoom>{inside}</div></body></html>".encode()


def second(model: Model) -> str:
    heads = ("本年制发件数", "本年废止件数", "现行有效件数") if model.form == "30" else ("本年新制作数量", "本年新公开数量", "对外公开总数量")
    rows = [("信息内容", *heads), ("规章", "0", "0", "0"), ("规范性文件", "3", "1", "20")]
    return (
        "<table><tr><td colspan=4>第二十条第（一）项</td></tr>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def cell(text: str, layout: Layout, attributes: str = "") -> str:
    if layout == "word":
        return f"<td{attributes} style='mso-border-alt:solid windowtext .5pt'><p class=MsoNormal align=center><span lang=EN-US style='font-family:宋体;mso-bidi-font-size:10.5pt'>{text or '&nbsp;'}<o:p></o:p></span></p></td>"
    return f"<td{attributes}>{text or '&nbsp;'}</td>"


def third(model: Model, layout: Layout, style: int) -> str:
    outcomes = OUTCOMES_30 if model.form == "30" else OUTCOMES_60
    if layout == "pre":
        lines = [f"{label} " + " ".join(str(value) for value in row) for label, row in zip(model.labels, model.rows, strict=True)]
        return "<pre>" + "\n".join(lines) + "</pre>"

    def figures(row: int) -> str:
        attributes = " colspan=2" if layout == "wide" else ""
        return "".join(cell(shown(value, style if style < 6 else row + column), layout, attributes) for column, value in enumerate(model.rows[row]))

    heads = [
        "<tr>"
        + cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", layout, " colspan=3 rowspan=3")
        + cell("申请人情况", layout, " colspan=7")
        + "</tr>",
        "<tr>" + cell("自然人", layout, " rowspan=2") + cell("法人或其他组织", layout, " colspan=5") + cell("总计", layout, " rowspan=2") + "</tr>",
        "<tr>" + "".join(cell(name[:2] + "<br>" + name[2:], layout) for name in APPLICANTS[1:]) + "</tr>",
    ]
    body = ["<tr>" + cell(label, layout, " colspan=3") + figures(number) + "</tr>" for number, label in enumerate(model.labels[:2])]
    for number, (group, item) in enumerate(outcomes):
        labels = []
        if not number:
            labels.append(cell("三、本年度办理结果", layout, f" rowspan={len(outcomes) + 1}" if layout != "empty_cells" else ""))
        elif layout == "empty_cells":
            labels.append("<td></td>")
        if layout == "flat":
            labels = [cell(item or group, layout)]
        elif not item:
            labels.append(cell(group, layout, " colspan=2"))
        else:
            below = 1 + next((at for at, (name, _) in enumerate(outcomes[number + 1 :]) if name), len(outcomes) - number - 1)
            if group:
                labels.append(cell(group, layout, f" rowspan={below}" if layout != "empty_cells" else ""))
            elif layout == "empty_cells":
                labels.append("<td></td>")
            labels.append(cell(item, layout))
        body.append("<tr>" + "".join(labels) + figures(number + 2) + "</tr>")
    body += [
        "<tr>" + cell("（七）总计", layout, " colspan=2") + figures(len(outcomes) + 2) + "</tr>",
        "<tr>" + cell("四、结转下年度继续办理", layout, " colspan=3") + figures(len(outcomes) + 3) + "</tr>",
    ]
    if layout == "split":
        return "<table>" + "".join(heads + body[:9]) + "</table><table>" + "".join(heads + body[9:]) + "</table>"
    return f"<table>{'<thead>' if layout == 'norm' else ''}{''.join(heads)}{'</thead>' if layout == 'norm' else ''}<tbody>{''.join(body)}</tbody></table>"


def fourth(model: Model, layout: Layout, style: int) -> str:
    values = [shown(value, style if style < 6 else number) for number, value in enumerate(value for block in model.cases for value in block)]
    if layout == "pre":
        return "<pre>行政复议 行政诉讼\n" + " ".join(RESULTS * 3) + "\n" + " ".join(value.replace(" ", "") or "0" for value in values) + "</pre>"
    spanning = layout != "empty_cells"
    heads = [
        "<tr>" + cell("行政复议", layout, " colspan=5") + cell("行政诉讼", layout, " colspan=10") + "</tr>",
        "<tr>"
        + "".join(cell(name, layout, " rowspan=2" if spanning else "") for name in RESULTS)
        + cell("未经复议直接起诉", layout, " colspan=5")
        + cell("复议后起诉", layout, " colspan=5")
        + "</tr>",
        "<tr>" + ("" if spanning else "<td></td>" * 5) + "".join(cell(name, layout) for name in RESULTS * 2) + "</tr>",
    ]
    return "<table>" + "".join(heads) + "<tr>" + "".join(cell(value, layout) for value in values) + "</tr></table>"
