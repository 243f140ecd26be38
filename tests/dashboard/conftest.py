from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.dashboard.fake import World, install


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Fake services behind the pages; caches are emptied, so that no test sees another's data."""
    st.cache_resource.clear()
    made = World()
    install(made, monkeypatch.setattr)
    yield made
    st.cache_resource.clear()


def page(name: str, **params: str) -> AppTest:
    """A page of its own, run once."""
    at = AppTest.from_string(f"from dashboard import {name}; {name}.render()", default_timeout=30)
    for key, value in params.items():
        at.query_params[key] = value
    return at.run()


def texts(at: AppTest) -> str:
    """All text of a page, for `in`."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "code", "info", "warning", "error", "success")
    return "\n".join(str(element.value) for kind in kinds for element in elements(at, kind))


def elements(at: AppTest, kind: str) -> Any:
    """Elements of a kind; AppTest types them as blocks as well."""
    return at.get(kind)


def choose(at: AppTest, key: str, value: str) -> AppTest:
    """Pick in a segmented control and run."""
    control: Any = at.get_by_key(key)
    run: AppTest = control.set_value(value).run()
    return run
