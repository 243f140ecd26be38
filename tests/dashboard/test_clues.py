"""线索 on the scoring page: a closed table of data, a file, and the stored page; nothing where there is nothing."""

from scoring.services.clues import Clue, ClueKind
from tests.dashboard.conftest import page, texts
from tests.dashboard.fake import World
from tests.dashboard.fake_index import NASTY


def test_clues_stand_below_the_work_and_are_data(world: World) -> None:
    world.clues["qx02"] = (
        Clue(ClueKind.PERSONAL, "社会救助", "身份证号 3302**********1X，第3行", "http://127.0.0.1:8101/a", "run/a@1+2"),
        Clue(ClueKind.BACKDATED, "通知公告", f"《{NASTY}》日期为 2026-01-05", "http://127.0.0.1:8101/b"),
    )
    at = page("review", unit="qx02")
    assert not at.exception
    assert "采集线索 2 条：请人工核查，不计分" in [one.label for one in at.expander]
    frame = next(one.value for one in at.dataframe if "线索" in one.value.columns)
    assert list(frame["线索"]) == ["疑似未脱敏个人信息", "疑似补录或倒签"]
    assert NASTY in frame["情况"][1]
    assert not [one for one in at.markdown if NASTY in one.value and one.allow_html]


def test_a_unit_without_clues_says_so(world: World) -> None:
    at = page("review", unit="qx03")
    assert "没有需要人工核查的采集线索" in texts(at) or "没有需要人工核查的采集线索" in " ".join(one.value for one in at.caption)
    assert "采集线索" not in " ".join(one.label for one in at.expander)
