"""Where a list ends: a further page that is named and is not there, or did not come, is no end; what was read before it counts all the same."""

from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.status import FetchStatus
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

ROWS = (("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-11"), ("关于清明放假的通知", "2026-03-02"))
OLDER = rows(("关于做好冬季防火工作的通知", "2025-12-20"), ("关于元旦放假的通知", "2025-12-11"))
SECOND = f"{HOME}tzgg/index_1.html"
GONE = {
    "404": 404,
    "410": 410,
    "soft-404": page("页面不存在", "<p>您访问的页面不存在</p>"),
    "timeout": FetchStatus.TIMEOUT,
    "shield": 412,
    "error": 500,
    "sent-home": f"-> {HOME}",
    "without-rows": page("通知公告", "<div class='list'></div>", "首页 > 通知公告"),
}
PAGERS = {
    "linked": "<a href='/tzgg/index_1.html'>下一页</a>",
    "numbered": "<a href='/tzgg/'>1</a><a href='/tzgg/index_1.html'>2</a>",
    "counted": "<script>createPageHTML(2, 0, 'index', 'html');</script>",
}


def sight(tmp_path: Path, body: str, more: dict[str, Answer | list[Answer]]) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, OLDER.replace("/a/", path)) for name, path in OTHERS}
    pages |= {HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))), f"{HOME}tzgg/": page("通知公告", body, "首页 > 通知公告"), **more}
    return sighting_of(pages, column("x", "通知公告", pages=5), tmp_path)


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS)
def test_a_further_page_that_is_not_there_is_no_end(pager: str, answer: Answer, tmp_path: Path) -> None:
    seen = sight(tmp_path, rows(*ROWS) + pager, {SECOND: answer})
    assert not seen.complete
    assert [item.title for item in seen.items] == [title for title, _ in ROWS]
    assert seen.newest is not None and seen.newest.isoformat() == "2026-03-20"


@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS)
def test_a_list_read_to_its_last_page_was_seen_to_its_end(pager: str, tmp_path: Path) -> None:
    seen = sight(tmp_path, rows(*ROWS) + pager, {SECOND: page("通知公告", OLDER.replace("/a/", "/b/"), "首页 > 通知公告")})
    assert seen.complete
    assert len(seen.items) == 5


@pytest.mark.parametrize("answer", [404, FetchStatus.TIMEOUT])
def test_rows_without_dates_are_asked_of_their_articles_when_the_next_page_is_not_there(answer: Answer, tmp_path: Path) -> None:
    undated = "<ul>" + "".join(f"<li><a href='/a/content_{number}.html'>{title}</a></li>" for number, (title, _) in enumerate(ROWS)) + "</ul>"
    articles: dict[str, Answer | list[Answer]] = {
        f"{HOME}a/content_{number}.html": page(title, f"<h1>{title}</h1><p>发布日期：{day}</p>") for number, (title, day) in enumerate(ROWS)
    }
    seen = sight(tmp_path, undated + PAGERS["linked"], {SECOND: answer, **articles})
    assert seen.newest is not None and seen.newest.isoformat() == "2026-03-20"
    assert not seen.complete
