"""Old entries that a list keeps on top may fill its first page: what is newer stands on the next."""

from datetime import date
from pathlib import Path

import pytest

from tests.crawlers.test_menus import FRESH, home, see
from tests.crawlers.web import HOME, Answer, links, page, rows

NEXT = "<div class='page'><a href='/jd/index_1.html'>下一页</a></div>"
OLD = rows(*((f"关于公布第{number}批非遗传承人名单的通知", f"2024-{12 - number:02}-20") for number in range(6)))
PINNED = OLD.replace("<li>", "<li><i>[置顶]</i>")
OLDER = OLD.replace("2024", "2023")


@pytest.mark.parametrize(("further", "newest"), [(FRESH, date(2026, 3, 20)), (OLDER, date(2024, 12, 20))], ids=["newer-below", "older-below"])
def test_a_first_page_of_pinned_entries_is_read_on(further: str, newest: date, tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home(links(("政策解读", "/jd/"))),
        HOME + "jd/": page("政策解读", PINNED + NEXT),
        HOME + "jd/index_1.html": page("政策解读", further),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.newest, seen.confirmed) == (newest, True)
