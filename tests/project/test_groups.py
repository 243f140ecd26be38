"""Tests that share a server or a browser stay on one worker; what sends them there once stopped without a word (pytest-dev/pytest-xdist#1386)."""

import pytest


@pytest.mark.xdist_group("grouped")
def test_a_group_goes_to_one_worker(request: pytest.FixtureRequest) -> None:
    if not hasattr(request.config, "workerinput"):
        pytest.skip("this run has no workers: make test has two")
    assert request.node.nodeid.endswith("@grouped"), "the installed pytest and pytest-xdist do not group tests: see pyproject.toml"
