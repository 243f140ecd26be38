"""What becomes of a column whose rows come from an interface: read, blank, or unread and a gap."""

from pathlib import Path

import pytest

from crawlers.status import FetchStatus, Looked, PageState
from tests.crawlers.dialects.test_interfaces import FIRST_UNIT, JPAAS, built, unit
from tests.crawlers.web import HOME, Answer, column, links, observe, page, rows, view

MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("规范性文件", "/gfxwj/"))


@pytest.mark.parametrize(
    ("answer", "state", "looked", "day"),
    [
        (built("2026-03-20"), PageState.CONTENT, Looked.COMPLETE, "2026-03-20"),
        (built(), PageState.BLANK, Looked.COMPLETE, ""),
        (500, PageState.NEEDS_SCRIPT, Looked.INCOMPLETE, ""),
        (FetchStatus.TIMEOUT, PageState.NEEDS_SCRIPT, Looked.INCOMPLETE, ""),
        ('{"success": false}', PageState.NEEDS_SCRIPT, Looked.INCOMPLETE, ""),
        ("<html>验证</html>", PageState.NEEDS_SCRIPT, Looked.INCOMPLETE, ""),
    ],
)
def test_a_column_whose_interface_fails_is_a_gap_and_never_blank(answer: Answer, state: PageState, looked: Looked, day: str, tmp_path: Path) -> None:
    leaf = rows(("关于春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区", links(*MENU)),
        HOME + "gfxwj/": page("规范性文件", JPAAS),
        FIRST_UNIT: answer,
        unit(2, 1): built(),
    }
    pages |= {HOME + path.strip("/") + "/": page(name, leaf) for name, path in MENU[:-1]}
    scope = view(observe(pages, [column("regulations", "规范性文件", kind="list")], tmp_path))
    seen = scope.sightings[0]
    assert (seen.page, scope.looked, seen.newest.isoformat() if seen.newest else "") == (state, looked, day)
    assert seen.confirmed is (looked is Looked.COMPLETE)
