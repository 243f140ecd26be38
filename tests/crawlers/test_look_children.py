"""A column that only leads to columns below it: as fresh as they are, and in doubt while one of them was not read."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.status import FetchStatus
from tests.crawlers.web import HOME, Answer, column, links, observe, page, rows, view

COLUMNS = [column("open", "政务公开"), column("news", "政务要闻", parent="open"), column("notices", "通知公告", parent="open")]
MENU = links(("政务公开", "/open/"), *((f"栏目{number}", f"/other{number}/") for number in range(6)))
BELOW = links(("政务要闻", "/news/"), ("通知公告", "/notices/"), *((f"栏目{number}", f"/other{number}/") for number in range(6)))
FRESH, OLD = rows(("本周要闻", "2026-03-30"), ("上周要闻", "2026-03-20")), rows(("旧通知", "2025-01-02"), ("更旧的通知", "2024-12-02"))


def web(news: Answer | list[Answer]) -> dict[str, Answer | list[Answer]]:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("首页", MENU),
        f"{HOME}open/": page("政务公开", BELOW),
        f"{HOME}notices/": page("通知公告", MENU + OLD),
    }
    pages |= {f"{HOME}other{number}/": page(f"栏目{number}", MENU) for number in range(6)}
    return pages | {f"{HOME}news/": news}


def test_it_is_as_fresh_as_the_columns_below_it(tmp_path: Path) -> None:
    seen = view(observe(web(page("政务要闻", MENU + FRESH)), COLUMNS, tmp_path)).sighting("open")
    assert seen is not None
    assert (seen.newest, seen.confirmed) == (date(2026, 3, 30), True)


@pytest.mark.parametrize("trouble", [FetchStatus.TIMEOUT, FetchStatus.RESET, 503])
def test_it_is_not_stale_for_certain_while_one_below_it_was_not_read(trouble: Answer, tmp_path: Path) -> None:
    seen = view(observe(web(trouble), COLUMNS, tmp_path)).sighting("open")
    assert seen is not None
    assert (seen.newest, seen.confirmed) == (date(2025, 1, 2), False)


def test_one_that_is_gone_leaves_no_doubt(tmp_path: Path) -> None:
    seen = view(observe(web(404), COLUMNS, tmp_path)).sighting("open")
    assert seen is not None
    assert (seen.newest, seen.confirmed) == (date(2025, 1, 2), True)
