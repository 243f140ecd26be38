"""Every table of a page comes down as a CSV with all its rows, numbers unrounded beside the shown ones, and nothing in it that a spreadsheet takes for a formula."""

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from dashboard.components import closing, data, ranking_table, tables
from dashboard.components.tables import Take
from dashboard.components.text import cell, unrounded
from scoring.disclosure import Disclosure, Extent
from scoring.model import Outcome
from scoring.services.corrections import LeafChange, UnitChange
from scoring.services.shapes import JobState
from tests.conftest import ROOT
from tests.dashboard import fake_index as index
from tests.dashboard.conftest import elements, page
from tests.dashboard.fake import World
from tests.dashboard.test_deep_links import SCENES, crowded

__all__ = ["crowded"]
MORE = [("draft", {"draft_stability": "true"}), ("publish", {}), ("review", {}), ("check", {"job": "done"}), ("heatmap", {"heatmap_table": "true"})]
PAGES = [*SCENES, *MORE]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Take | str]]:
    """Rows and way out of every table that a page draws."""
    found: list[tuple[int, Take | str]] = []
    draw = tables.show

    def noted(frame: object, *, take: Take | str, **options: object) -> object:
        found.append((len(frame), take))  # type: ignore[arg-type]
        return draw(frame, take=take, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "show", noted)
    return found


def read(take: Take) -> list[list[str]]:
    return list(csv.reader(take.make().decode("utf-8-sig").splitlines()))


def test_tables_are_drawn_in_one_place() -> None:
    files = [path for path in (ROOT / "dashboard").rglob("*.py") if re.search(r"\bst\.(dataframe|table|data_editor)\(", path.read_text("utf-8"))]
    assert [path.name for path in files] == ["tables.py"]


@pytest.mark.parametrize(("name", "params"), PAGES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(PAGES)])
def test_every_table_of_a_page_comes_down(crowded: World, seen: list[tuple[int, Take | str]], name: str, params: dict[str, str]) -> None:
    crowded.jobs["done"] = JobState("done", "check", "自查：青禾区", "done", datetime(2026, 9, 30, tzinfo=UTC), {}, "")
    at = page(name, **params)
    assert not at.exception
    assert len(seen) == len(at.dataframe)
    offered = [one.key for one in elements(at, "download_button")]
    assert len(offered) == len(set(offered))
    for rows, take in seen:
        assert (take if isinstance(take, str) else take.key) in offered
        if isinstance(take, Take):
            header, *lines = read(take)
            assert len(lines) >= rows, take.key
            assert {len(line) for line in lines} <= {len(header)}
            assert not [one for line in lines for one in line if one[:1] in "=+@" and one]


def test_a_correction_comes_down_leaf_by_leaf(world: World, seen: list[tuple[int, Take | str]], monkeypatch: pytest.MonkeyPatch) -> None:
    third = Decimal(200) / 3
    leaf = LeafChange("a1", index.NASTY, (Outcome.UNMET, Decimal(0)), (Outcome.PARTIAL, Decimal("0.5")))
    one = UnitChange("qx01", "=青禾区", index.GROUP, (2, third, "合格"), (1, third + 1, "合格"), (leaf, replace(leaf, code="a2")))
    two = UnitChange("qx02", "望舒区", index.GROUP, (1, third, "合格"), (2, third, "合格"), ())
    published = [replace(period, revision=2, corrects=1, reason="误判") for period in world.published()]
    monkeypatch.setattr(data, "periods", SimpleNamespace(published=lambda _ws: published))
    monkeypatch.setattr(closing, "changes", lambda _period: [one, two])
    page("overview")
    take = next(take for _, take in seen if isinstance(take, Take) and take.key == "revision_csv")
    header, *lines = read(take)
    assert header == ["单位", "分组", "更正前名次", "更正后名次", "更正前得分", "更正后得分", "指标", "更正前结果", "更正后结果"]
    assert [line[0] for line in lines] == ["'=青禾区", "'=青禾区", "望舒区"]
    assert lines[0][2:6] == ["2", "1", "66.666666666667", "67.666666666667"]
    assert lines[0][7:] == ["不达标", "需改进 50%"]


def test_grades_come_down(world: World, seen: list[tuple[int, Take | str]], monkeypatch: pytest.MonkeyPatch) -> None:
    published = [replace(period, disclosure=Disclosure(Extent.GRADES, 0)) for period in world.published()]
    monkeypatch.setattr(data, "periods", SimpleNamespace(published=lambda _ws: published))
    monkeypatch.setattr(closing, "results", SimpleNamespace(history=lambda *_: [], grades=lambda *_: [("qx01", "青禾区", "良好"), ("qx02", "@望舒区", None)]))
    page("overview")
    ((rows, take),) = seen
    assert rows == 2
    assert isinstance(take, Take)
    assert read(take) == [["单位", "等次"], ["青禾区", "良好"], ["'@望舒区", "数据不足"]]


def test_exports_are_unrounded(world: World, seen: list[tuple[int, Take | str]]) -> None:
    ranking = world.ranking(None, "2026Q2", index.GROUP)
    header, *lines = list(csv.reader(ranking_table.as_csv(ranking).decode("utf-8-sig").splitlines()))
    total = header.index("得分（未取整）")
    for row, line in zip(ranking.rows, lines, strict=True):
        assert line[total] == unrounded(row.score.total)
        assert Decimal(line[total]) == row.score.total.quantize(Decimal("1e-12"))


def test_a_negative_number_of_ours_stays_a_number() -> None:
    assert cell(unrounded(Decimal("-0.5"))) == "-0.500000000000"
    assert cell("-0.5") == "'-0.5"
