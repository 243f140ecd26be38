"""A screenshot as evidence: shown where one was stored, its absence said where one was due."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from crawlers.evidence import EvidenceWriter
from dashboard.components import leaf
from dashboard.strings import common
from scoring.model import EvidenceRef, Outcome
from scoring.services import evidence
from scoring.services.shapes import StoredPage
from scoring.services.workspace import HomeFile, Workspace
from scoring.store.findings import dump_evidence, load_evidence
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World, install
from tests.dashboard.fake_index import leaves_of

AT = datetime(2026, 9, 30, 1, 5, tzinfo=UTC)


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 16), "white").save(out, "JPEG")
    return out.getvalue()


def test_a_stored_picture_opens_as_a_picture_and_a_rendered_page_as_text(tmp_path: Path) -> None:
    (tmp_path / "runs/r/sites").mkdir(parents=True)
    with EvidenceWriter(tmp_path / "runs/r/sites/a.warc.gz") as writer:
        picture = writer.add_made("http://a.example.invalid/", AT, "image/jpeg", jpeg())
        rendered = writer.add_made("http://a.example.invalid/", AT, "text/html; charset=utf-8", "<title>栏目</title><p>脚本写出的内容</p>".encode())
    ws = Workspace(tmp_path, HomeFile(), None, lambda: AT)
    shown = evidence.open_page(ws, f"r/a@{picture[0]}+{picture[1]}")
    assert (shown.picture, shown.text, shown.http, shown.made_zh, shown.at) == (jpeg(), "", None, "截图", AT)
    text = evidence.open_page(ws, f"r/a@{rendered[0]}+{rendered[1]}")
    assert (text.picture, text.title, text.text, text.http, text.made_zh) == (b"", "栏目", "脚本写出的内容", None, "浏览器运行脚本后的页面")


def test_a_picture_survives_the_store() -> None:
    refs = (EvidenceRef("http://a.example.invalid/", AT, "r/a@0+10"), EvidenceRef("http://a.example.invalid/", AT, "r/a@10+99", picture=True))
    assert load_evidence(dump_evidence(refs)) == refs
    assert load_evidence('[{"url": "http://a.example.invalid/", "at": null, "snapshot": ""}]') == (EvidenceRef("http://a.example.invalid/"),)


@pytest.mark.parametrize(
    ("outcome", "pictured", "said"),
    [
        (Outcome.UNMET, True, "r/a@10+99"),
        (Outcome.UNMET, False, common.NO_PICTURE),
        (Outcome.PARTIAL, False, common.NO_PICTURE),
        (Outcome.MET, False, ""),
        (Outcome.NOT_OBSERVED, False, ""),
    ],
)
def test_a_problem_list_says_whether_there_is_a_picture(outcome: Outcome, pictured: bool, said: str) -> None:
    refs = (EvidenceRef("http://a.example.invalid/", AT, "r/a@10+99", picture=True),) if pictured else ()
    one = replace(next(leaves_of(1, "qx01", open_work=False)), outcome=outcome, evidence=refs)
    assert leaf.picture(one) == said


def test_the_evidence_page_shows_a_picture_and_offers_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shot = StoredPage("r/a@10+99", "http://a.example.invalid/", AT, None, "截图", "", "", "", "", "ab" * 32, picture=jpeg(), made_zh="截图")
    monkeypatch.setattr(world, "open_page", lambda _ws, _address: shot)
    install(world, monkeypatch.setattr)
    at = page("evidence", snapshot="r/a@10+99")
    assert not at.exception
    assert "页面截图" in texts(at)
    assert [one.label for one in elements(at, "download_button")] == ["下载截图"]
    assert len(elements(at, "image")) == 1
