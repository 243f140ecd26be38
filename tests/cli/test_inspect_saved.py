"""`inspect` on a page that was saved, and whose address nobody gives."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crawlers.columns import load_columns
from crawlers.inspect import from_file, inspect
from scoring.cli import app
from tests.crawlers import realpages

ROWS = "".join(
    f'<li><a href="{href}">第{n}号通知公告的标题</a><span>2026-03-1{n}</span></li>' for n, href in enumerate(("./t1.html", "../b/t2.html", "/c/t3.html"))
)
MENU = '<div class="nav"><a href="/zwgk/zfxxgkzn/">政府信息公开指南</a></div>'
HINT = "--base-url"


def saved(folder: Path, head: str = "") -> Path:
    path = folder / "page.html"
    path.write_text(f"<html><head><meta charset='utf-8'><title>通知公告</title>{head}</head><body>{MENU}<ul class='list'>{ROWS}</ul></body></html>", "utf-8")
    return path


def run(path: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["inspect", str(path), "--as-of", "2026-03-31", *more])
    assert result.exit_code == 0, result.output
    return result.output


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(path, "--json"))
    return found


def addresses(found: dict[str, Any]) -> list[str]:
    return [one["url"] for one in found["items"]]


def test_a_list_is_read_though_its_page_says_nothing_of_its_address(tmp_path: Path) -> None:
    found = read(saved(tmp_path))
    assert [one["date"] for one in found["items"]] == ["2026-03-10", "2026-03-11", "2026-03-12"]
    assert addresses(found) == ["t1.html", "../b/t2.html", "/c/t3.html"]
    assert [(one["key"], one["url"]) for one in found["columns"]] == [("guide", "/zwgk/zfxxgkzn/")]
    assert (found["newest"], found["published"], found["url"]) == ("2026-03-12", None, (tmp_path / "page.html").as_uri())
    assert HINT in run(tmp_path / "page.html")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="http://www.town.example/a/x/">', ["http://www.town.example/a/x/t1.html", "http://www.town.example/a/b/t2.html"]),
        ('<meta property="og:url" content="http://www.town.example/a/x/">', ["http://www.town.example/a/x/t1.html", "http://www.town.example/a/b/t2.html"]),
        ('<base href="http://www.town.example/a/x/">', ["http://www.town.example/a/x/t1.html", "http://www.town.example/a/b/t2.html"]),
    ],
)
def test_a_page_that_states_its_address_has_whole_links(tmp_path: Path, head: str, expected: list[str]) -> None:
    assert addresses(read(saved(tmp_path, head))) == [*expected, "http://www.town.example/c/t3.html"]
    assert HINT not in run(tmp_path / "page.html")


@pytest.mark.parametrize("head", ['<meta name="SiteDomain" content="www.town.example">', '<link rel="canonical" href="http://www.town.example/">'])
def test_a_page_that_states_its_host_alone_has_whole_links_from_the_root(tmp_path: Path, head: str) -> None:
    assert addresses(read(saved(tmp_path, head))) == ["t1.html", "../b/t2.html", "http://www.town.example/c/t3.html"]
    assert HINT in run(tmp_path / "page.html")


def test_the_address_given_counts_before_the_one_stated(tmp_path: Path) -> None:
    path = saved(tmp_path, '<meta name="SiteDomain" content="www.other.example">')
    assert "http://www.town.example/a/t1.html" in run(path, "--base-url", "http://www.town.example/a/")
    assert HINT not in run(path, "--base-url", "http://www.town.example/a/")


@realpages.needed
def test_real_pages_read_the_same_with_and_without_their_address() -> None:
    columns = load_columns()
    for page in realpages.pages():
        known, found = (inspect(source, columns, realpages.AS_OF) for source in (from_file(page.path, page.url), from_file(page.path)))
        same = [
            [reading[name] for name in ("newest", "published", "dialect", "page")]
            + [[(one["title"], one["date"]) for one in reading["items"]], [(one["key"], one["match"]) for one in reading["columns"]]]
            for reading in (known, found)
        ]
        assert same[0] == same[1], page.path.name
