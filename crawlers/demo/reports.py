"""Annual reports of the simulated city: complete, with right figures, from the publisher's name and the year alone; a few with a recorded defect."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from crawlers import yml
from crawlers.demo.content import ROOT

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
GROUPS_60: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    (
        "（五）不予处理",
        ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"),
    ),
    ("（六）其他处理", ()),
)
GROUPS_30 = (
    *GROUPS_60[:-1],
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
Figures = list[list[int]]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report before it is written out: rows of seven figures each, three blocks of five; `said` is what the prose claims of the requests received."""

    publisher: str
    year: int
    received: list[int]
    carried_in: list[int]
    outcomes: Figures
    total: list[int]
    carried_out: list[int]
    cases: Figures
    said: int
    left_out: frozenset[int] = field(default=frozenset())

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Rows of 本年度办理结果: 国办公开办函〔2019〕60号 for 2019 and 2020, 〔2021〕30号 from 2021 on."""
        return GROUPS_60 if self.year < 2021 else GROUPS_30


def _draw(*what: object) -> int:
    return int.from_bytes(sha256("/".join(map(str, what)).encode()).digest()[:4])


def _with_sum(cells: list[int]) -> list[int]:
    return [*cells, sum(cells)]


def _left(publisher: str, year: int) -> list[int]:
    """What is carried from one year into the next, by applicant."""
    return [_draw(publisher, year, "left", 0) % 4, _draw(publisher, year, "left", 1) % 2, 0, 0, 0, 0]


def content(publisher: str, year: int) -> ReportContent:
    """The right figures."""
    groups = GROUPS_60 if year < 2021 else GROUPS_30
    rows = sum(max(1, len(names)) for _, names in groups)
    outcomes: Figures = []
    for row in range(rows):
        turn = _draw(publisher, year, "row", row)
        person = turn % 9 if row in (0, 1, 10, 13) else (turn >> 5) % 3 if turn % 3 == 0 else 0
        firm = (turn >> 9) % 3 if row in (0, 10) else 0
        outcomes.append(_with_sum([person, firm, 0, 0, int(row == 0 and turn % 5 == 0), 0]))
    before, after = _left(publisher, year - 1), _left(publisher, year)
    total = [sum(row[column] for row in outcomes) for column in range(6)]
    # Enough came in to leave what is left: nobody receives less than nothing.
    short = [max(0, before[column] - total[column] - after[column]) for column in range(6)]
    outcomes[0] = _with_sum([cell + more for cell, more in zip(outcomes[0], short, strict=False)])
    total = [sum(row[column] for row in outcomes) for column in range(6)]
    received = _with_sum([total[column] + after[column] - before[column] for column in range(6)])
    cases = [_with_sum([_draw(publisher, year, "case", block, one) % 4 // 3 * (1 + block % 2) for one in range(4)]) for block in range(3)]
    return ReportContent(publisher, year, received, _with_sum(before), outcomes, _with_sum(total), _with_sum(after), cases, received[6])


@dataclass(frozen=True, slots=True)
class Recorded:
    """A defect that a report has on purpose (`data/demo/reports.yml`), and what must be found; `where` is a part of the place's wording."""

    publisher: str
    year: int
    defect: str
    expected: tuple[dict[str, str], ...]
    sections: int = 6


@cache
def _written(root: Path) -> Any:
    return yml.load((root / "reports.yml").read_text("utf-8"))


def recorded(root: Path = ROOT) -> dict[tuple[str, int], Recorded]:
    """Every recorded defect by publisher and year."""
    rows = [Recorded(one["publisher"], one["year"], one["defect"], tuple(one["expected"]), one.get("sections", 6)) for one in _written(root)["reports"]]
    return {(one.publisher, one.year): one for one in rows}


def spoiled(right: ReportContent, defect: str) -> ReportContent:
    """The report with one defect. Raises ValueError for an unknown kind."""
    match defect:
        case "column":  # one applicant too many is carried on: a column and its sum do not balance
            return replace(right, carried_out=_with_sum([right.carried_out[0] + 1, *right.carried_out[1:6]]))
        case "row":
            return replace(right, outcomes=[[*right.outcomes[0][:6], right.outcomes[0][6] + 1], *right.outcomes[1:]])
        case "outcomes":
            return replace(right, outcomes=[_with_sum([right.outcomes[0][0] + 2, *right.outcomes[0][1:6]]), *right.outcomes[1:]])
        case "cases":
            return replace(right, cases=[[*right.cases[0][:4], right.cases[0][4] + 1], *right.cases[1:]])
        case "prose":
            return replace(right, said=right.said - 1)
        case "section":
            return replace(right, left_out=frozenset({5}))
        case "carried":  # more was brought over than the year before had left; the table itself balances
            more = [right.carried_in[0] + 1, *right.carried_in[1:6]]
            return replace(
                right,
                carried_in=_with_sum(more),
                outcomes=[_with_sum([right.outcomes[0][0] + 1, *right.outcomes[0][1:6]]), *right.outcomes[1:]],
                total=_with_sum([right.total[0] + 1, *right.total[1:6]]),
            )
        case _:
            raise ValueError(defect)


def report(publisher: str, year: int) -> ReportContent:
    """What the simulated unit publishes."""
    right = content(publisher, year)
    known = recorded().get((publisher, year))
    return spoiled(right, known.defect) if known else right


def inside(title: str, info: str, publisher: str, year: int) -> str:
    """The inside of an article page that holds the report, with the file that goes with it."""
    links = "".join(f'<li><a href="{url(name)}">{escape(title)}{name[name.rindex(".") :]}</a></li>' for name in attached(publisher, year))
    files = f"<div class=files>附件下载：<ul>{links}</ul></div>" if links else ""
    return f'<div class="box art"><h1>{escape(title)}</h1><div class="info">{info}</div>\n<div id="zoom" class="article-content">{html(report(publisher, year))}</div>\n{files}</div>'


def attached(publisher: str, year: int | None = None, root: Path = ROOT) -> list[str]:
    """Names of files of reports of a publisher, of one year or of all."""
    return [one["name"] for one in _written(root)["files"] if one["publisher"] == publisher and year in (None, one["year"])]


def url(name: str) -> str:
    """Where a file is served."""
    return f"/files/reports/{name}"


def file(name: str, root: Path = ROOT) -> bytes:
    """A file written beforehand by `crawlers.demo.report_files`: the demo runs without what writes PDF."""
    return (root / "reports" / name).read_bytes()


def year_of(title: str) -> int | None:
    """The year that a report's title names."""
    found = re.search(r"(20\d\d)年", title)
    return int(found[1]) if found else None


def html(one: ReportContent) -> str:
    """A report as sites publish it: six sections, tables with merged cells."""
    numbers = iter("一二三四五六")
    parts = [
        f"<p>本报告由{escape(one.publisher)}按照《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自{one.year}年1月1日起至{one.year}年12月31日止。本报告为模拟数据，单位与内容均为虚构。</p>"
    ]
    for number, (name, body) in enumerate(sections(one)):
        if number not in one.left_out:
            parts.append(f"<p><strong>{next(numbers)}、{name}</strong></p>{body}")
    return "\n".join(parts)


def sections(one: ReportContent) -> list[tuple[str, str]]:
    """Names and bodies of the six sections."""
    return [
        ("总体情况", "".join(f"<p>{escape(text)}</p>" for text in prose(one))),
        ("主动公开政府信息情况", second_table(one)),
        ("收到和处理政府信息公开申请情况", third_table(one)),
        ("政府信息公开行政复议、行政诉讼情况", fourth_table(one)),
        ("存在的主要问题及改进情况", "<p>一是解读形式还不够丰富，二是栏目更新还不够均衡。下一步将完善更新提醒和审核机制，增加图解和问答。</p>"),
        ("其他需要报告的事项", "<p>本年度未收取信息处理费，无其他需要报告的事项。</p>"),
    ]


def prose(one: ReportContent) -> list[str]:
    """What 总体情况 says, with the figures that the tables repeat."""
    reviews = one.cases[0][4]
    return [
        f"{one.year}年，{one.publisher}坚持公开为常态、不公开为例外，及时更新政府信息公开指南和目录，主动公开各类政府信息。",
        f"（一）依申请公开。{one.year}年共收到政府信息公开申请{one.said}件，上年结转{one.carried_in[6]}件，结转下年度继续办理{one.carried_out[6]}件，均在法定期限内处理。",
        f"（二）监督保障。因政府信息公开工作被申请行政复议{reviews}件；组织培训2次，没有发生责任追究的情形。",
    ]


def _row(cells: list[str], spans: list[int] | None = None) -> str:
    return (
        "<tr>"
        + "".join(f"<td{f' colspan={span}' if span > 1 else ''}>{cell}</td>" for cell, span in zip(cells, spans or [1] * len(cells), strict=True))
        + "</tr>"
    )


def second_table(one: ReportContent) -> str:
    """Table two; its columns differ between the formats."""

    def turn(name: str, most: int) -> str:
        return str(_draw(one.publisher, one.year, name) % most)

    made = turn("made", 20)
    if one.year < 2021:
        heads, permit, fee = (
            ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
            ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
            ["信息内容", "上一年项目数量", "本年增/减"],
        )
        rows = [_row(["规章", "0", "0", "0"]), _row(["规范性文件", made, made, str(int(made) + 40)])]
        decided = [_row([name, turn(name, 90), "0", turn(f"{name}n", 5000)]) for name in ("行政许可", "行政处罚", "行政强制")]
        money = _row(["行政事业性收费", turn("fee", 30), "0"], [1, 1, 2])
        heads_fee = _row(fee, [1, 1, 2])
    else:
        heads, permit = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["信息内容", "本年处理决定数量"]
        rows = [_row(["规章", "0", "0", "0"]), _row(["行政规范性文件", made, turn("gone", 4), str(int(made) + 40)])]
        decided = [_row([name, turn(f"{name}n", 5000)], [1, 3]) for name in ("行政许可", "行政处罚", "行政强制")]
        money = _row(["行政事业性收费", turn("fee", 3000)], [1, 3])
        heads_fee = _row(["信息内容", "本年收费金额（单位：万元）"], [1, 3])
    spans = [1] * 4 if one.year < 2021 else [1, 3]
    title = [_row([f"第二十条第（{item}）项"], [4]) for item in "一五六八"]
    lines = [title[0], _row(heads), *rows, title[1], _row(permit, spans), decided[0], title[2], _row(permit, spans), *decided[1:], title[3], heads_fee, money]
    return f'<table border="1"><tbody>{"".join(lines)}</tbody></table>'


def third_table(one: ReportContent) -> str:
    """Table three."""

    def cells(values: list[int]) -> str:
        return "".join(f"<td>{value}</td>" for value in values)

    rows = [
        '<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan="7">申请人情况</td></tr>',
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>',
        "<tr>" + "".join(f"<td>{name}</td>" for name in COLUMNS[1:6]) + "</tr>",
        f'<tr><td colspan="3">一、本年新收政府信息公开申请数量</td>{cells(one.received)}</tr>',
        f'<tr><td colspan="3">二、上年结转政府信息公开申请数量</td>{cells(one.carried_in)}</tr>',
    ]
    first, outcome = f'<td rowspan="{len(one.outcomes) + 1}">三、本年度办理结果</td>', iter(one.outcomes)
    for group, names in one.groups:
        if not names:
            rows.append(f'<tr>{first}<td colspan="2">{group}</td>{cells(next(outcome))}</tr>')
        for number, name in enumerate(names):
            head = f'<td rowspan="{len(names)}">{group}</td>' if not number else ""
            rows.append(f"<tr>{head}<td>{name}</td>{cells(next(outcome))}</tr>")
        first = ""
    rows += [f'<tr><td colspan="2">（七）总计</td>{cells(one.total)}</tr>', f'<tr><td colspan="3">四、结转下年度继续办理</td>{cells(one.carried_out)}</tr>']
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>'


def fourth_table(one: ReportContent) -> str:
    """Table four."""
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        _row(["行政复议", "行政诉讼"], [5, 10]),
        "<tr>" + "".join(f'<td rowspan="2">{name}</td>' for name in names) + '<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>',
        _row(names * 2),
        _row([str(value) for block in one.cases for value in block]),
    ]
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>'
