"""Columns that stand where the crawler did not look or does not understand: none of them may be called missing."""

from pathlib import Path

import pytest

from crawlers.columns import load_columns
from crawlers.status import Looked
from tests.crawlers.test_menus import FRESH, home, see
from tests.crawlers.web import HOME, Answer, page

GUIDE = load_columns()["guide"]
LAND = load_columns()["land_mining"]
OTHER_SITES = {
    "subdomain": ("政府信息公开", "http://zwgk.example.invalid/"),
    "other-port": ("政务公开", "http://www.example.invalid:8080/zwgk/"),
    "platform-name-of-no-dictionary": ("信息公开平台", "http://xxgk.example.invalid/"),
}


@pytest.mark.parametrize("link", OTHER_SITES.values(), ids=OTHER_SITES.keys())
def test_a_platform_on_another_host_leaves_nothing_missing(link: tuple[str, str], tmp_path: Path) -> None:
    seen, looked = see(tmp_path, {HOME: home("", link)}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


def test_a_section_on_another_site_leaves_only_what_is_below_it_unknown(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {HOME: home("", ("公共资源交易", "http://ggzy.city.invalid/"))}
    seen, looked = see(tmp_path, pages, LAND)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.COMPLETE)
    seen, looked = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_a_superiors_platform_beside_the_sites_own_hides_nothing(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("", ("政府信息公开", "/gk/"), ("政府信息公开", "http://www.province.invalid/gk/")),
        HOME + "gk/": page("政府信息公开", FRESH),
    }
    seen, looked = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
