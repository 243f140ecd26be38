"""Every choice on a reader's page stands in the address: the address of what is shown shows the same again. A new control that is not in it fails here."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import charts, data, heat_card, indicator_charts, indicator_table
from dashboard.strings import compare as compare_words
from scoring.services.stability import of_ranking
from tests.dashboard import fake_index as index
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World
from tests.dashboard.fake_closer import PARTS, child

KINDS = ("selectbox", "multiselect", "button_group", "toggle", "checkbox", "pagination", "radio", "text_input", "number_input")
LEADS_AWAY = {"overview_find"}
"""Controls that open another page: there is nothing to restore."""
SCENES: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("briefing", {}),
    ("heatmap", {}),
    ("heatmap", {"heatmap_level": index.FIRST[0]}),
    ("unit", {"unit": "qx03"}),
    ("indicator", {"indicator": "a1"}),
    ("indicator", {"indicator": "a"}),
    ("indicator", {"indicator": "b", "unit": "qx04"}),
    ("compare", {}),
    ("compare", {"compare_what": compare_words.UNIT_PERIODS}),
    ("compare", {"compare_what": compare_words.GROUP_PERIODS}),
    ("methods", {}),
    ("methods", {"methods_stability": "true"}),
    ("editions", {}),
    ("evidence", {"snapshot": "run/qx02@1+2"}),
]


@pytest.fixture
def crowded(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """What appears with many units appears with ten."""
    monkeypatch.setattr(charts, "CELL_LIMIT", 4)
    monkeypatch.setattr(heat_card, "PAGE", 4)
    monkeypatch.setattr(indicator_table, "_PAGE", 2)
    monkeypatch.setattr(indicator_charts, "ROWS", 4)
    monkeypatch.setattr(data, "robust", SimpleNamespace(published=lambda _ws, ref, group: of_ranking(world.ranking(None, ref, group))))
    world.children = {"qx03": (child(1), child(2))}
    world.parts = {"qx03": PARTS}
    return world


def controls(at: AppTest) -> list[Any]:
    return [one for kind in KINDS for one in elements(at, kind) if one.key not in LEADS_AWAY]


def other(control: Any) -> Any:
    """A value that the control does not have now; None where there is no other."""
    if control.type in ("toggle", "checkbox"):
        return not control.value
    if control.type == "pagination":
        return control.num_pages if control.value != control.num_pages else 1
    if control.type == "text_input":
        return "指南"
    if control.type == "button_group" and not control._is_single_select:
        return [control.options[-1]]
    if control.type == "multiselect":
        return control.value[:1] or control.options[:1]
    now = control.index if control.type == "selectbox" else control.indices[0]
    if len(control.options) < 2:
        return None
    n = (now + 1) % len(control.options)
    return n if control.type == "selectbox" else control.options[n]


def change(at: AppTest, key: str) -> bool:
    control = next(one for one in controls(at) if one.key == key)
    value = other(control)
    if value is None:
        return False
    (control.select_index(value) if control.type == "selectbox" else control.set_value(value)).run()
    assert not at.exception
    return True


def address(at: AppTest) -> dict[str, Any]:
    """The address after a change: the page's own ids, and what a browser writes for controls that are bound to it."""
    written = {one: value if isinstance(value, str) else value[-1] for one, value in at.query_params.items()}
    for one in controls(at):
        if key := one.proto.query_param_key:
            value = list(one.formatted_values) if one.type == "button_group" else one.value
            written[key] = str(value).lower() if isinstance(value, bool) else value if isinstance(value, list) else str(value)
    return written


def view(at: AppTest) -> list[str]:
    """What a reader sees: texts, tables, charts, and the values of the controls."""
    tables = [one.value.to_csv() for one in at.dataframe]
    drawn = [one.proto.spec or one.proto.figure.spec for one in elements(at, "plotly_chart")]
    numbers = [f"{one.label} {one.value} {one.delta}" for one in at.metric]
    return [texts(at), *tables, *drawn, *numbers, *(f"{one.key}={one.value}" for one in controls(at))]


@pytest.mark.parametrize(("name", "params"), SCENES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(SCENES)])
def test_an_address_restores_what_is_shown(crowded: World, name: str, params: dict[str, str]) -> None:
    at = page(name, **params)
    assert not at.exception
    for key in [one.key for one in controls(at)]:
        if key not in [one.key for one in controls(at)]:  # another choice took it away
            at = page(name, **params)
        if not change(at, key):
            continue
        again, seen = view(page(name, **address(at))), view(at)
        lost = [(one, two) for one, two in zip(again, seen, strict=False) if one != two]
        assert again == seen, f"{key} is not in the address {address(at)}: {lost[-1] if lost else (len(again), len(seen))}"


@pytest.mark.parametrize(("name", "params"), SCENES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(SCENES)])
def test_boxes_that_run_the_page_are_in_the_address(crowded: World, name: str, params: dict[str, str]) -> None:
    boxes = [one.proto for kind in ("expander", "tabs") for one in elements(page(name, **params), kind)]
    bare = [getattr(one, "label", "") for one in boxes if getattr(one, "id", "") and not getattr(one, "query_param_key", "")]
    assert not bare
