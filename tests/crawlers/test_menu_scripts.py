"""Scripts that write menus are read as text, in bounded time, and never run."""

import time

import pytest

from crawlers.menu import read_script, script_links
from crawlers.page import Page
from tests.crawlers.web import HOME


def test_scripts_are_read_and_never_run() -> None:
    read = Page(HOME, b"")
    assert read_script("eval('document.write(1)');while(true){}", read) == []
    assert script_links(Page(HOME, "<script>throw new Error('政策解读 href')</script>".encode())) == ()


@pytest.mark.parametrize(
    "script",
    [
        "\"\\'" * 130_000,
        "'" * 400_000,
        "([" * 200_000 + "'政 url'",
        "/*" * 200_000,
        "'+" * 200_000 + "政href",
        "a = " * 100_000 + "'政href'",
        "=/[" * 130_000 + "政href",
    ],
    ids=["escapes", "quotes", "brackets", "comments", "pluses", "assignments", "patterns"],
)
def test_no_script_holds_up_a_run(script: str) -> None:
    began = time.process_time()
    read_script(script, Page(HOME, b""))
    assert time.process_time() - began < 5
