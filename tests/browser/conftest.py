"""A real browser on a real server. Without Chromium these tests skip, unless `DISCLOSURE_BROWSER=required` (as in CI)."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT, Built

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
REQUIRED = os.environ.get("DISCLOSURE_BROWSER") == "required"
PATIENCE = 60_000
"""Milliseconds: two cores may be busy with other tests."""
expect.set_options(timeout=PATIENCE)
SHOTS = os.environ.get("DISCLOSURE_SCREENSHOTS") or str(ROOT / "build" / "screenshots")


@pytest.fixture(scope="session")
def server(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`disclosure demo` on a copy of the built home: the sites stay up, so that self-checks work. Yields the address."""
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(built.home, home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = home.with_name("server.log")  # a pipe that nobody reads fills up, and the server would stand still
    with told.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scoring.cli", "demo", "--home", str(home), "--port", str(port)], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, told.read_text("utf-8")
            time.sleep(0.1)
        yield address
    finally:
        started = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            for child in started:
                with suppress(psutil.NoSuchProcess):
                    child.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail("DISCLOSURE_BROWSER=required, but no Chromium is installed (apt-get install chromium fonts-noto-cjk)")
        pytest.skip("no Chromium here: the browser test is skipped (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, server: str) -> Iterator[Page]:
    """A window of 1400 × 1000 in Chinese."""
    window = chromium.new_page(viewport={"width": 1400, "height": 1000}, locale="zh-CN", base_url=server)
    window.set_default_timeout(PATIENCE)
    yield window
    window.close()


def shoot(page: Page, name: str) -> None:
    """Keep a picture in build/screenshots, or in the folder that `DISCLOSURE_SCREENSHOTS` names."""
    Path(SHOTS).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
