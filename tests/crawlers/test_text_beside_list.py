"""A column that is one text, with a list beside it that stands on every page: how old that list is says nothing of the text."""

from datetime import date
from pathlib import Path

import pytest

from tests.crawlers.web import HOME, column, links, page, rows, sighting_of

DUTIES = column("duties", "机构职能", kind="page", elements={"办公地址": ("地址",), "联系电话": ("电话",), "负责人": ()})
OTHERS = (("走进青岚", "/zj/"), ("政务要闻", "/yw/"), ("互动交流", "/hd/"), ("领导之窗", "/ld/"), ("统计信息", "/tj/"))
TEXT = "<p>负责政府会议的准备和组织工作，协助组织会议决定事项的实施。办公地址：中山路1号，联系电话：87000000，负责人：张三。</p>"
OLD = rows(("关于推进农村公路建设的通知", "2023-12-20"), ("关于公布非遗传承人名单的通知", "2023-11-19"), ("关于调整公交线路的公告", "2023-10-18"))


def newest(body: str, tmp_path: Path) -> tuple[date | None, tuple[str, ...]]:
    pages = {HOME: page("首页", links(("机构职能", "/jgzn/"), *OTHERS)), f"{HOME}jgzn/": page("机构职能", body, "首页 &gt; 机构职能")}
    pages |= {HOME.rstrip("/") + url: page(name, "<p>本页介绍有关情况。</p>") for name, url in OTHERS}
    seen = sighting_of(pages, DUTIES, tmp_path)
    return seen.newest, seen.elements


@pytest.mark.parametrize(
    "beside",
    [f"<div><h3>推荐阅读</h3>{OLD}</div>", f"<div><h3>相关文章</h3>{OLD}</div>", f"<div class='hotlist'><p>排行</p>{OLD}</div>"],
    ids=["recommended", "related", "by-its-place"],
)
def test_a_list_of_every_page_does_not_age_a_text(beside: str, tmp_path: Path) -> None:
    assert newest(TEXT + beside, tmp_path) == (None, ("办公地址", "联系电话", "负责人"))


def test_a_column_of_which_nothing_but_such_a_list_was_read_is_not_surely_old(tmp_path: Path) -> None:
    pages = {HOME: page("首页", links(("机构职能", "/jgzn/"), *OTHERS)), f"{HOME}jgzn/": page("机构职能", f"{TEXT}<div><h3>推荐阅读</h3>{OLD}</div>")}
    pages |= {HOME.rstrip("/") + url: page(name, "<p>本页介绍有关情况。</p>") for name, url in OTHERS}
    listed = column("duties", "机构职能")
    assert not sighting_of(pages, listed, tmp_path).confirmed
    pages[f"{HOME}jgzn/"] = page("机构职能", f"<div><h3>机构职能</h3>{OLD}</div>")
    assert sighting_of(pages, listed, tmp_path).confirmed


def test_a_list_that_is_the_column_keeps_its_days(tmp_path: Path) -> None:
    assert newest(f"<h3>机构职能</h3>{OLD}", tmp_path)[0] == date(2023, 12, 20)
    assert newest(f"<div><h3>推荐阅读</h3>{OLD}</div>", tmp_path)[0] == date(2023, 12, 20), "nothing else stands on the page"
