"""Lists that state month and day alone: the newest row's article says which year it was, so that an old list does not pass for a fresh one."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.status import DateFrom
from tests.crawlers.web import HOME, column, links, observe, page, view

MENU = links(("通知公告", "/tzgg/"), ("机构概况", "/jg/"), ("领导之窗", "/ld/"), ("规划计划", "/gh/"), ("统计信息", "/tj/"))


def seen(tmp_path: Path, days: Sequence[str], articles: dict[int, str]) -> Sighting:
    """The column of a list with these days (`MM-DD`); `articles`: what stands under the title of a row's article."""
    listed = "".join(f'<li><a href="/a/{100000 + n}.html">关于第{n}项工作的通知</a><span>[{day}]</span></li>' for n, day in enumerate(days))
    pages = {HOME: page("首页", MENU), f"{HOME}tzgg/": page("通知公告", f"<ul class='list'>{listed}</ul>", "首页 &gt; 通知公告")}
    pages |= {f"{HOME}{name}/": page(name, f"{MENU}<p>本页介绍有关情况。</p>") for name in ("jg", "ld", "gh", "tj")}
    pages |= {f"{HOME}a/{100000 + n}.html": page(f"关于第{n}项工作的通知", f"<h1>关于第{n}项工作的通知</h1><p>{text}</p>") for n, text in articles.items()}
    found = view(observe(pages, [column("notices", "通知公告")], tmp_path)).sighting("notices")
    assert found is not None
    return found


def test_an_old_list_without_years_is_not_taken_for_a_fresh_one(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        ["03-19", "02-11", "12-30", "03-25"],
        {n: f"发布日期：{day}" for n, day in enumerate(("2023-03-19", "2023-02-11", "2022-12-30", "2022-03-25"))},
    )
    assert [item.date for item in found.items] == [date(2023, 3, 19), date(2023, 2, 11), date(2022, 12, 30), date(2022, 3, 25)]
    assert (found.newest, found.confirmed) == (date(2023, 3, 19), True)
    assert {item.date_from for item in found.items[:2]} == {DateFrom.LABEL}


def test_a_fresh_list_is_confirmed_by_one_article(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "02-11", "12-30"], {0: "发布日期：2026-03-19"})
    assert [item.date for item in found.items] == [date(2026, 3, 19), date(2026, 2, 11), date(2025, 12, 30)]
    assert [item.date_from for item in found.items] == [DateFrom.LABEL, DateFrom.YEARLESS, DateFrom.YEARLESS]


def test_rows_of_the_year_before_below_a_fresh_one(tmp_path: Path) -> None:
    found = seen(tmp_path, ["02-11", "01-05", "12-30", "03-25"], {0: "发布日期：2026-02-11", 3: "发布日期：2025-03-25"})
    assert (found.newest, found.items[3].date) == (date(2026, 2, 11), date(2025, 3, 25))


def test_an_old_entry_pinned_to_the_top_does_not_age_the_list(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-25", "03-19", "03-01"], {0: "发布日期：2024-03-25", 1: "发布日期：2026-03-19", 2: "发布日期：2026-03-01"})
    # 03-25 is the newest by its looks; its article says 2024, and says nothing of the rows below it.
    assert (found.newest, found.items[2].date) == (date(2026, 3, 19), date(2026, 3, 1))


def test_an_article_that_was_not_had_changes_nothing(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "02-11"], {})
    assert (found.newest, found.items[0].date_from) == (date(2026, 3, 19), DateFrom.YEARLESS)


def test_an_article_of_another_day_is_no_proof(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "02-11"], {0: "发布日期：2021-07-07"})
    assert found.newest == date(2026, 3, 19)


def test_where_the_newest_article_tells_nothing_the_next_ones_are_asked(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "02-11", "12-30"], {0: "正文", 1: "发布日期：2021-02-11", 2: "发布日期：2020-12-30"})
    assert [item.date for item in found.items] == [date(2026, 3, 19), date(2021, 2, 11), date(2020, 12, 30)]
    assert [item.date_from for item in found.items] == [DateFrom.YEARLESS, DateFrom.LABEL, DateFrom.LABEL]


def test_an_article_of_a_day_nearby_tells_the_year(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "01-02"], {0: "发布日期：2023-03-21", 1: "发布日期：2022-12-30"})
    assert [(item.date, item.date_from) for item in found.items] == [(date(2023, 3, 19), DateFrom.LIST), (date(2023, 1, 2), DateFrom.LIST)]


def test_three_articles_that_tell_nothing_are_enough(tmp_path: Path) -> None:
    found = seen(tmp_path, ["03-19", "03-11", "03-10", "03-09"], {3: "发布日期：2026-03-09"})
    assert {item.date_from for item in found.items} == {DateFrom.YEARLESS}


NEWS = ["03-30", "03-28", "02-11"]
FRONTS = {
    "of-this-year": ({0: "发布日期：2026-03-30"}, [], (date(2026, 3, 30), None)),
    "of-another-year": ({0: "发布日期：2019-03-30", 1: "发布日期：2019-03-28", 2: "发布日期：2019-02-11"}, [], (date(2019, 3, 30), None)),
    "of-another-year-but-for-one": ({0: "发布日期：2019-03-30", 1: "发布日期：2026-03-28"}, [], (date(2026, 3, 28), None)),
    "articles-gone": ({}, [], (None, date(2026, 3, 30))),
    "articles-say-nothing": ({0: "正文", 1: "正文", 2: "正文"}, [], (None, date(2026, 3, 30))),
    "a-row-with-its-year": ({}, ["2026-03-29"], (date(2026, 3, 29), date(2026, 3, 30))),
    "of-a-day-nearby": ({0: "发布日期：2026-03-27"}, [], (date(2026, 3, 30), None)),
    "an-old-row-with-its-year": ({0: "发布日期：2019-03-30", 1: "发布日期：2019-03-28", 2: "发布日期：2019-02-11"}, ["2019-03-31"], (date(2019, 3, 31), None)),
    "the-newest-has-its-year": ({}, ["2026-03-31"], (date(2026, 3, 31), None)),
}


@pytest.mark.parametrize(("articles", "dated", "told"), FRONTS.values(), ids=FRONTS)
def test_a_home_page_is_of_the_year_that_its_articles_tell(
    articles: dict[int, str], dated: Sequence[str], told: tuple[date | None, date | None], tmp_path: Path
) -> None:
    listed = "".join(f'<li><a href="/a/{100000 + n}.html">关于第{n}项工作的通知</a><span>{day}</span></li>' for n, day in enumerate([*NEWS, *dated]))
    pages = {HOME: page("首页", f"{MENU}<ul class='list'>{listed}</ul>")}
    pages |= {f"{HOME}{name}/": page(name, f"{MENU}<p>本页介绍有关情况。</p>") for name in ("tzgg", "jg", "ld", "gh", "tj")}
    pages |= {f"{HOME}a/{100000 + n}.html": page(f"关于第{n}项工作的通知", f"<h1>关于第{n}项工作的通知</h1><p>{text}</p>") for n, text in articles.items()}
    seen_there = observe(pages, [column("notices", "通知公告")], tmp_path)
    assert (seen_there.home_newest, seen_there.home_untold) == told


def test_a_guessed_day_does_not_hide_a_newer_list_beside_an_old_one(tmp_path: Path) -> None:
    """The list of the column is of 2023; the one beside it is of this month, and no later than the days that were guessed of the first."""
    days = ["03-25", "03-01", "02-11"]
    listed = "".join(f'<li><a href="/a/{100000 + n}.html">关于第{n}项工作的通知</a><span>[{day}]</span></li>' for n, day in enumerate(days))
    beside = '<ul class="news"><li><a href="/b/200001.html">关于另一项工作的公告</a><span>2026-03-10</span></li></ul>'
    pages = {HOME: page("首页", MENU), f"{HOME}tzgg/": page("通知公告", f"<ul class='list'>{listed}</ul><div>{beside}</div>", "首页 &gt; 通知公告")}
    pages |= {f"{HOME}a/{100000 + n}.html": page("通知", f"<h1>关于第{n}项工作的通知</h1><p>发布日期：2023-{day}</p>") for n, day in enumerate(days)}
    found = view(observe(pages, [column("notices", "通知公告")], tmp_path)).sighting("notices")
    assert found is not None
    assert (found.newest, found.confirmed) == (date(2023, 3, 25), False)
