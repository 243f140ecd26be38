"""A site's pages stay at hand until it is done, without their parsed trees: what is asked of a page at rest is what was said of it before."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from crawlers.awake import Awake
from crawlers.documents.attachment import look
from crawlers.evidence import EvidenceError, EvidenceWriter
from crawlers.link import Link
from crawlers.page import Page
from crawlers.status import Phase
from crawlers.visit import Visitor
from tests.crawlers.web import AS_OF, HOME, NOW, Web, links, page, rows


def _said(one: Page) -> tuple[object, ...]:
    return one.source, one.title, one.text, one.links, one.meta, one.state, one.breadcrumb, one.tree.html


def test_a_page_at_rest_says_the_same() -> None:
    body = page("栏目", links(("指南", "/zn/")) + rows(("关于一号事项的通知", "2026-03-01")), "首页 > 栏目").encode("gb18030")
    one = Page(HOME, body, "text/html; charset=gb2312")
    before = _said(one)
    one.rest()
    assert not {"tree", "source", "text"} & one.__dict__.keys()
    assert _said(one) == before


def test_only_the_pages_at_work_stay_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    awake_now = Awake(4)
    monkeypatch.setattr("crawlers.visit.PARSED", awake_now)
    count = 12
    web = Web({f"{HOME}{number}": page(f"第{number}页", rows((f"关于第{number}号事项的通知", "2026-03-01"))) for number in range(count)})
    with EvidenceWriter(tmp_path / "x.warc.gz") as writer:
        visitor = Visitor(web, writer, AS_OF, 100, lambda url, good: None)  # type: ignore[arg-type]
        visits = [visitor.open(f"{HOME}{number}", Phase.FIRST) for number in range(count)]
        for visit in visits:
            assert visit.page is not None and visit.page.text and visit.listing.newest == date(2026, 3, 1)
        for visit in visits:
            assert visit.page is not None and f"第{visit.seq}号" in visit.page.text
        awake = [visit.seq for visit in visits if visit.page is not None and "tree" in visit.page.__dict__]
    assert awake == list(range(count - 4, count))
    assert len(awake_now._pages) == 4


def test_a_node_that_is_held_keeps_its_document() -> None:
    one = Page(HOME, page("栏目", rows(("关于一号事项的通知", "2026-03-01"))).encode())
    row = one.tree.css_first("li")
    assert row is not None
    one.rest()
    again = one.tree.css_first("li")
    assert again is not None and again.mem_id == row.mem_id


def test_a_second_look_that_brings_the_same_bytes_is_not_read_again(tmp_path: Path) -> None:
    changed = page("变了", rows(("关于新事项的通知", "2026-03-20")))
    web = Web({f"{HOME}a": page("甲", rows(("关于一事项的通知", "2026-03-01"))), f"{HOME}b": [page("乙", rows(("关于旧事项的通知", "2025-03-01"))), changed]})
    with EvidenceWriter(tmp_path / "x.warc.gz") as writer:
        visitor = Visitor(web, writer, AS_OF, 100, lambda url, good: None)  # type: ignore[arg-type]
        first, second = (visitor.open(f"{HOME}a", phase) for phase in Phase)
        assert second.page is first.page and second.listing is first.listing and second.body == first.body != b""
        assert (first.seq, second.seq, len(visitor.snapshots)) == (0, 1, 2)
        first, second = (visitor.open(f"{HOME}b", phase) for phase in Phase)
        assert second.page is not first.page
        assert (first.listing.newest, second.listing.newest) == (date(2025, 3, 1), date(2026, 3, 20))


def test_a_page_at_rest_has_its_body_in_the_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.visit.PARSED", Awake(1))
    web = Web({f"{HOME}{name}": page(name, rows((f"关于{name}事项的通知", "2026-03-01"))) for name in "ab"})
    path = tmp_path / "x.warc.gz"
    with EvidenceWriter(path) as writer:
        visitor = Visitor(web, writer, AS_OF, 100, lambda url, good: None)  # type: ignore[arg-type]
        first = visitor.open(f"{HOME}a", Phase.FIRST)
        whole, said = first.body, first.page.source if first.page is not None else ""
        visitor.open(f"{HOME}b", Phase.FIRST)
        assert first.page is not None and first.response.body == b"" and first.page._body is None
        assert first.body == whole == first.received.body and first.page.source == said
        visitor.open(f"{HOME}b", Phase.SECOND).page.source  # type: ignore[union-attr]  # noqa: B018
        first.page.rest()
        stored = path.read_bytes()
        path.write_bytes(stored[:-200] + b"x" * 200)
        assert first.page.source == said
        path.write_bytes(bytes(len(stored)))
        first.page.rest()
        with pytest.raises(EvidenceError):
            _ = first.page.source


def test_a_body_that_changed_in_the_evidence_is_not_read(tmp_path: Path) -> None:
    with EvidenceWriter(tmp_path / "x.warc.gz") as writer:
        offset, length = writer.add(HOME, NOW, 200, {}, b"one")
        assert writer.body(offset, length, 3, hashlib.sha256(b"one").hexdigest()) == b"one"
        with pytest.raises(EvidenceError):
            writer.body(offset, length, 3, hashlib.sha256(b"two").hexdigest())


def test_what_a_file_was_that_a_page_holds_is_read_once_it_rests(tmp_path: Path) -> None:
    web = Web({f"{HOME}a.txt": "一份文件"})
    with EvidenceWriter(tmp_path / "x.warc.gz") as writer:
        visit = Visitor(web, writer, AS_OF, 100, lambda url, good: None).open(f"{HOME}a.txt", Phase.FIRST)  # type: ignore[arg-type]
        assert visit.page is not None
        visit.page.rest()
        held, _ = look(Link(("文件",), f"{HOME}a.txt"), lambda url, phase: visit)
    assert (held.type, held.size) == ("text", len("一份文件".encode()))
