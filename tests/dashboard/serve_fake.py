"""Look at the pages without a workspace: `streamlit run tests/dashboard/serve_fake.py` from the checkout."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]

from dashboard import shell  # noqa: E402
from scoring.services.shapes import JobState  # noqa: E402
from tests.dashboard.fake import World, install  # noqa: E402


@st.cache_resource
def world() -> World:
    made = World()
    if os.environ.get("FAKE_EMPTY"):
        made.states = []
    started = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    for state in ("running", "queued", "done", "failed", "lost"):
        error = "网站打不开（连接被拒绝），请核对网址" if state == "failed" else ""
        progress = {"pages": 37, "failures": 2, "now": "http://127.0.0.1:8101/zwgk/"}
        made.jobs[state] = JobState(state, "check", "自查：青禾区", state, started, progress, error)
    return made


install(world(), setattr)
shell.configure()
shell.run()
