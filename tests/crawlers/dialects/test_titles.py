"""What an entry is called: without the marks of its list, and not by what stands beside it in its row."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled
from tests.crawlers.web import page

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ENTRIES = (("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开全区工作会议的通知", "2026-03-11"))


def read(row: str, around: str = "<ul>%s</ul>") -> list[tuple[str, str]]:
    body = around % "".join(row.format(n=number, t=title, d=day) for number, (title, day) in enumerate(ENTRIES, 1))
    return titled(read_list(Page(URL, page("通知公告", body).encode()), AS_OF).items)


LINK = "<li><a href='/a/{n}.html'>%s</a><span>{d}</span></li>"
MARKED = (
    *(
        "{t}<sup>NEW</sup>",
        "<span class='zd'>置顶</span>{t}",
        "[置顶]{t}",
        "【置顶】{t}",
        "[图]{t}",
        "（图文） {t}",
        "<em>图文</em>{t}",
        "{t}<i class='hot'>热</i>",
    ),
    *("{t}<font color=red>new!</font>", "<b>01</b>{t}", "<i>置顶</i> {t} <i>新</i>", "[置顶][图]{t}", "<em>[荐]</em>{t}"),
)


@pytest.mark.parametrize("inside", MARKED)
def test_marks_are_no_part_of_a_title(inside: str) -> None:
    assert read(LINK % inside) == list(ENTRIES)


@pytest.mark.parametrize(
    ("inside", "title"), [("【通知】{t}", "【通知】{t}"), ("2026年{t}", "2026年{t}"), ("热烈祝贺{t}", "热烈祝贺{t}"), ("{t}<b>2</b>", "{t}2")]
)
def test_what_belongs_to_a_title_stays(inside: str, title: str) -> None:
    assert [text for text, _ in read(LINK % inside)] == [title.format(t=text) for text, _ in ENTRIES]


def test_a_title_that_is_a_mark_stays() -> None:
    assert read("<li><a href='/a/{n}.html'>[图]</a><span>{d}</span></li>") == [("[图]", day) for _, day in ENTRIES]


ENTRY = "<a href='/a/{n}.html'>{t}</a>"
ROWS = {
    "its-category": f"<li><a href='/tzgg/'>通知公告</a><i>2019-01-01</i>{ENTRY}<span>{{d}}</span></li>",
    "a-day-in-the-summary": f"<li><h3>{ENTRY}</h3><p>经2025年11月3日研究决定。<a href='/b/{{n}}.html'>查看全文</a></p><span>{{d}}</span></li>",
    "its-office": f"<li>{ENTRY}<a href='/dept/1.html'>区住房和城乡建设局</a><span>成文：2026-01-01</span><span>{{d}}</span></li>",
    "its-file": f"<li>{ENTRY}<span>{{d}}</span><a href='/f/{{n}}.pdf'>附件下载</a><span>有效期至2027-01-01</span></li>",
    "its-explanation": f"<li>{ENTRY}<span>{{d}}</span><p>相关解读：<a href='/b/{{n}}.html'>《{{t}}》政策解读一问一答全文</a></p></li>",
    "the-day-of-its-explanation": f"<li>{ENTRY}<span>{{d}}</span><p>相关解读：<a href='/b/{{n}}.html'>《{{t}}》解读一问一答全文</a> 2026-03-25</p></li>",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_belongs_to_an_entry_is_none_itself(row: str) -> None:
    assert read(row) == list(ENTRIES)


def test_the_explanation_in_a_cell_of_its_own_is_not_the_entry() -> None:
    row = f"<tr><td>{ENTRY}</td><td><a href='/b/{{n}}.html'>《{{t}}》政策解读</a></td><td>{{d}}</td></tr>"
    assert read(row, "<table><tr><th>标题</th><th>解读</th><th>发布日期</th></tr>%s</table>") == list(ENTRIES)


@pytest.mark.parametrize("tools", ["<a href='/f/{n}.pdf'>下载</a>", "<a href='/v/{n}'>预览</a> <a href='/f/{n}.pdf'>点击下载</a>"])
def test_a_file_is_called_what_its_row_says(tools: str) -> None:
    row = f"<tr><td>{{t}}</td><td>{{d}}</td><td>{tools}</td></tr>"
    assert read(row, "<table><tr><th>文件名</th><th>上传时间</th><th>操作</th></tr>%s</table>") == list(ENTRIES)
    assert read(f"<li><span>{{t}}</span><em>{{d}}</em>{tools}</li>") == list(ENTRIES)


def test_a_run_of_entries_stays_one() -> None:
    row = "<a href='/a/{n}.html'>{t}</a>{d}<br>"
    assert read(row, "<table><tr><td>%s<a href='/more/'>更多&gt;&gt;</a></td></tr></table>") == list(ENTRIES)


@pytest.mark.parametrize(("pager", "hidden"), [("1", False), ("2", True), ("1 3", True)])
def test_the_number_of_this_page_alone_is_no_further_page(pager: str, hidden: bool) -> None:
    numbers = "".join(f"<a href='javascript:;' onclick='turn({number})'>{number}</a>" for number in pager.split())
    body = "".join(f"<li><a href='/a/{number}.html'>{title}</a><span>{day}</span></li>" for number, (title, day) in enumerate(ENTRIES))
    assert read_list(Page(URL, page("通知公告", f"<ul>{body}</ul><div>{numbers}</div>").encode()), AS_OF).hidden is hidden


CARDS = (
    "<li><a href='/c{n}.html'><div class='dt'><em>{day}</em><i>{month}</i></div><div class='tx'><h4>{t}</h4><p>摘要的文字内容</p></div></a></li>",
    "<li><a href='/c{n}.html'><div><p>摘要的文字内容</p><h4>{t}</h4></div><div class='dt'><em>{day}</em><i>{month}</i></div></a></li>",
    "<li><a href='/c{n}.html'><div class='tx'><div>{t}</div><p>摘要的文字内容</p></div><span>{day} {month}</span></a></li>",
)
YEARS = (
    "关于公布2026年度第一批重点项目清单的通知",
    "关于公布2025年3月份空气质量的公告",
    "发布2026年申报指南",
    "区人民政府2024年度决算公开",
    "关于召开全区工作会议的通知",
)


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("title", YEARS)
def test_a_year_in_the_title_of_a_card_is_no_part_of_its_day(card: str, title: str) -> None:
    entries = ((title, "28", "2026-03"), ("关于做好春耕备耕工作的通知", "20", "2026-03"), ("关于开展安全检查的公告", "11", "2026-02"))
    rows = "".join(card.format(n=number, t=text, day=day, month=month) for number, (text, day, month) in enumerate(entries))
    found = titled(read_list(Page(URL, page("通知公告", f"<ul>{rows}</ul>").encode()), AS_OF).items)
    assert [day for _, day in found] == ["2026-03-28", "2026-03-20", "2026-02-11"]
    if "h4" in card:
        assert [text for text, _ in found] == [text for text, _, _ in entries]
