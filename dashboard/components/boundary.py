"""The one place where an error of a service call becomes a Chinese line on a page."""

import logging
import os
import tempfile
import uuid
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard.components.text import plain
from dashboard.strings import common as words
from scoring.errors import DisclosureError, Refused
from scoring.services.workspace import default_home

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger("dashboard")


def home() -> Path:
    """Where the data live: as on the command line."""
    return default_home()


def explain(error: Exception) -> str:
    """One Chinese line for `error`; an unexpected one goes to the log first, with a reference that the line repeats."""
    if isinstance(error, Refused):
        return words.ERROR_STATE.format(why=error)
    if isinstance(error, DisclosureError):
        return words.ERROR_INPUT.format(why=error)
    ref = uuid.uuid4().hex[:8]
    path = _log_path()
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    try:
        _log.error("ref %s", ref, exc_info=error)
    finally:
        _log.removeHandler(handler)
        handler.close()
    return words.ERROR_BUG.format(ref=ref, path=path)


def service(call: Callable[P, T]) -> Callable[P, T]:
    """A read from a service: when it fails, the page says why in one line and stops there."""

    @wraps(call)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except Exception as error:  # the boundary of DESIGN §9: one service call of a page
            st.error(plain(explain(error)), icon=":material/error:")
            st.stop()

    return guarded


def attempt(call: Callable[[], T]) -> tuple[T | None, str]:
    """A write to a service: its result and an empty line, or None and the line that says why it failed."""
    try:
        return call(), ""
    except Exception as error:  # the boundary of DESIGN §9: one service call of a page
        return None, explain(error)


def page(render: Callable[[], None]) -> None:
    """Run a page; a bug in it becomes one Chinese line as well, never Streamlit's English box.

    Below what is drawn of a page that takes longer than half a second stands a line that says so; a quick one shows none (Streamlit waits that long with it).
    Nothing above it moves when it goes.
    """
    body, below = st.container(), st.container()
    with below.spinner(words.WORKING), body:
        service(render)()


def failed(line: str) -> None:
    """Show a line that `attempt` returned."""
    st.error(plain(line), icon=":material/error:")


def _log_path() -> Path:
    for folder in (home() / "logs", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "dashboard.log"
            with path.open("a", encoding="utf-8"):
                return path
        except OSError:
            continue
    return Path(os.devnull)
