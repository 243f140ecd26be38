"""Nothing is out of reach: every blocker, the finding behind a stored page, the way back, an unknown address."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dashboard import navigation
from dashboard.components import data
from scoring.services.locking import Blocker
from scoring.services.shapes import JobState
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World


def test_every_blocker_is_listed_and_can_be_filtered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Blocker(f"qx{n % 10 + 1:02d}", f"单位{n % 10}", f"c{n}", f"指标{n}", "人工指标尚未评分" if n % 3 else "未能观测") for n in range(700)]
    put = SimpleNamespace(periods=world.periods, published=world.published, blockers=lambda *_, **__: many)
    monkeypatch.setattr(data, "periods", put)
    at = page("publish")
    assert not at.exception
    assert len(at.dataframe[0].value) == 700
    at.selectbox(key="publish_unit_2026Q3").select("qx03").run()
    assert set(at.dataframe[0].value["单位"]) == {"单位2"}
    assert len(at.dataframe[0].value) == 70
    at.selectbox(key="publish_kind_2026Q3").select("未能观测").run()
    assert len(at.dataframe[0].value) == sum(one.unit == "qx03" and one.why == "未能观测" for one in many)
    assert list(at.dataframe[1].value["合计"]) == [70] * 10


def test_a_stored_page_names_the_finding_it_was_opened_from(world: World) -> None:
    one = next(leaf for leaf in world.profile(None, "2026Q2", "qx02").leaves if leaf.lost)
    at = page("evidence", snapshot="run/qx02@1+2", source="unit", period="2026Q2", unit="qx02", indicator=one.code)
    assert not at.exception
    shown = texts(at).replace("\\", "")
    assert "望舒区" in shown
    assert one.title in shown
    assert one.reason in shown
    assert any("回到单位画像" in link.label and "unit=qx02" in link.url for link in elements(at, "link_button"))


def test_a_stored_page_of_a_self_check_leads_back_to_it(world: World) -> None:
    world.jobs["j"] = JobState("j", "check", "自查：青禾区", "done", datetime(2026, 9, 30, tzinfo=UTC), {}, "")
    code = world.result(None, "j").leaves[0].code  # type: ignore[union-attr]
    at = page("evidence", snapshot="run/qx01@1+2", source="check", job="j", indicator=code)
    assert "青禾区" in texts(at)
    assert any("job=j" in link.url for link in elements(at, "link_button"))


@pytest.mark.parametrize("ids", [{"source": "unit", "unit": "nobody"}, {"source": "nonsense"}, {"source": "check", "job": "gone"}, {"source": "unit"}])
def test_odd_ids_do_not_keep_a_stored_page_from_opening(world: World, ids: dict[str, str]) -> None:
    at = page("evidence", snapshot="run/qx02@1+2", **ids)
    assert not at.exception
    assert not at.error
    assert "存档页面" in at.header[0].value


def test_a_draft_finding_is_not_shown_to_a_leader(world: World) -> None:
    one = world.found(3, "qx02")[0]
    at = page("evidence", snapshot="run/qx02@1+2", source="review", period="2026Q3", unit="qx02", indicator=one.code)
    assert not at.error
    assert one.reason not in texts(at)


def test_the_state_of_a_stored_page_is_in_words(world: World) -> None:
    assert "已取得（状态码 200）" in texts(page("evidence", snapshot="run/qx02@1+2"))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://h:1/", ""),
        (None, ""),
        ("http://h:1/unit?x=1", ""),
        ("http://h:1/overview", "overview"),
        ("http://h:1/nonsense", "nonsense"),
        ("http://h/没有", "没有"),
    ],
)
def test_an_unknown_address_is_known_as_such(url: str | None, path: str) -> None:
    assert navigation.unknown_path(url) == path


def test_methods_put_the_table_before_the_text(world: World) -> None:
    at = page("methods")
    assert at.subheader[0].value == "指标与权重"


def test_methods_keep_the_decimals_of_points_and_cut_no_column(world: World) -> None:
    at = page("methods")
    shown = at.dataframe[0].value
    assert list(shown.columns) == ["一级指标", "指标", "分值", "评分方式", "评估依据"]  # how each is judged stands below in full, where nothing cuts it
    assert "每项指标怎样判定" in texts(at)
    assert set(shown["分值"]) >= {"2.8", "2"}
    assert any("（限行政执法）" in title for title in shown["指标"])
