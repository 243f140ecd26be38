"""Other sites that a site links to: whose they are, and when they are said to have become something else."""

import socket
from pathlib import Path

import pytest

from crawlers.checks.outside import Outside
from crawlers.checks.record import ExternalLink
from crawlers.observation import SiteObservation
from crawlers.status import FetchStatus
from tests.crawlers.checking import anchors, away, city, look
from tests.crawlers.web import HOME, page

OTHER = "https://service.example.org/index.html"


def other(title: str, icp: str) -> str:
    return page(title, f"<div>{icp}</div>")


def external(tmp_path: Path, answer: str | int | FetchStatus, earlier: SiteObservation | None = None) -> tuple[ExternalLink, SiteObservation]:
    outside, _ = away({OTHER: answer})
    seen = look(city(home=anchors(OTHER)), tmp_path, outside=replace_sockets(outside), earlier=earlier)
    assert len(seen.checks.external) == 1
    return seen.checks.external[0], seen


def replace_sockets(outside: Outside) -> Outside:
    """Without connections: these tests are about pages."""

    def refuse(address: str, port: int, timeout: float) -> socket.socket:
        raise TimeoutError

    outside._connect = refuse
    return outside


def test_what_another_site_calls_itself_is_written_down(tmp_path: Path) -> None:
    link, _ = external(tmp_path, other("示例办事大厅", "示ICP备05000001号-2"))
    assert link == ExternalLink("service.example.org", OTHER, HOME, "示例办事大厅", "示ICP备05000001", FetchStatus.OK, "", "", None)


@pytest.mark.parametrize(
    ("title", "icp", "changed"),
    [
        ("示例办事大厅", "示ICP备05000001号-2", False),
        ("示例办事大厅网站", "示ICP备05000001号-5", False),
        ("换了名称的大厅", "示ICP备05000001号", False),
        ("示例办事大厅", "别ICP备99000009号", False),
        ("某某娱乐", "别ICP备99000009号", True),
        ("某某娱乐", "", None),
    ],
)
def test_changed_is_title_and_owner(tmp_path: Path, title: str, icp: str, changed: bool | None) -> None:
    _, before = external(tmp_path, other("示例办事大厅", "示ICP备05000001号-2"))
    link, _ = external(tmp_path, other(title, icp), before)
    assert link.changed is changed
    assert (link.was_title, link.was_owner) == ("示例办事大厅", "示ICP备05000001")


@pytest.mark.parametrize("answer", [404, 403, FetchStatus.TIMEOUT])
def test_what_was_not_seen_is_not_compared_and_what_was_known_is_kept(tmp_path: Path, answer: int | FetchStatus) -> None:
    _, first = external(tmp_path, other("示例办事大厅", "示ICP备05000001号"))
    link, second = external(tmp_path, answer, first)
    assert (link.title, link.changed, link.was_title) == ("", None, "示例办事大厅")
    link, _ = external(tmp_path, other("某某娱乐", "别ICP备99000009号"), second)
    assert link.changed is True


def test_a_parked_domain_has_changed(tmp_path: Path) -> None:
    link, seen = external(tmp_path, "<html><head><title>service.example.org - domain for sale</title></head><body>本域名出售 domain for sale</body></html>")
    assert link.changed is True
    assert not seen.dead_links


def test_failures_of_other_sites_are_not_the_sites(tmp_path: Path) -> None:
    _, seen = external(tmp_path, FetchStatus.TIMEOUT)
    assert seen.failures == 0
