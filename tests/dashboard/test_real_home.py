"""The pages on the real services: an empty home, and the demo's home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.conftest import Built
from tests.dashboard.conftest import page, texts

PAGES = ("overview", "briefing", "heatmap", "unit", "indicator", "compare", "evidence", "review", "draft", "publish", "check", "methods", "cases")


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    from dashboard.components import data

    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    yield tmp_path / "home"
    data.workspace().close()
    st.cache_resource.clear()


def test_an_empty_home_says_what_to_do_on_every_page(empty_home: Path) -> None:
    for name in PAGES:
        at = page(name)
        assert not at.exception, name
        assert not at.error, (name, at.error[0].value)
        assert at.title, name
    assert "disclosure" in texts(page("overview"))
    assert page("methods").dataframe


@pytest.fixture(scope="module")
def demo_home(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    from dashboard.components import data

    home = tmp_path_factory.mktemp("pages") / "home"
    shutil.copytree(built.home, home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_HOME", str(home))
        st.cache_resource.clear()
        yield
        data.workspace().close()
        st.cache_resource.clear()


@pytest.mark.usefixtures("demo_home")
@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_demo(name: str) -> None:
    at = page(name, role="评估员")
    assert not at.exception
    assert not at.error
    if name in ("overview", "draft"):
        assert len(at.dataframe[0].value) == 10


@pytest.mark.usefixtures("demo_home")
@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("name", ["review", "draft"])
@pytest.mark.parametrize("role", ["领导", "政务公开专员"])
def test_whoever_knows_the_address_of_a_draft_is_refused(name: str, role: str) -> None:
    at = page(name, role=role)
    assert not at.exception
    assert [error.value for error in at.error]
    assert f"{role}不能查看排名草稿" in at.error[0].value
    assert not at.dataframe
