"""`demo`: the simulated city, crawled, scored and shown; `serve`: the dashboard of a home."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crawlers.demo import DemoCity
from scoring.cli import build
from scoring.cli.common import DemoHomeOption, HomeOption, ended_by_signals, home_of
from scoring.errors import BadInput, Refused
from scoring.services.workspace import CHECKOUT, Workspace, read_home

PortOption = Annotated[int, typer.Option("--port", min=1024, max=65535, help="网页端口")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("demo", help="用模拟城市走完全程：采集三个季度、评分、发布两期，然后打开网页")(demo)
    app.command("serve", help="打开数据目录的网页")(serve)


def demo(
    build_only: Annotated[bool, typer.Option("--build-only", help="只建立数据，不打开网页")] = False,
    port: PortOption = 8501,
    fresh: Annotated[bool, typer.Option("--fresh", help="丢弃已有的模拟数据，重新建立")] = False,
    workers: Annotated[int, typer.Option("--workers", min=0, max=64, help="采集的工作进程数")] = 2,
    home: DemoHomeOption = None,
) -> None:
    """Build (or take up again) a simulated home and show it. The sites stay up at its `as_of`, so that self-checks work."""
    path = home_of(home, demo=True)
    build.guard(path)
    if not build_only:
        _free(port)
    with ended_by_signals(), DemoCity.load() as city:
        if not fresh and not build_only and build.complete(path):
            build.take_up(path, city)
            typer.echo(f"沿用已有的模拟数据 {path}（重新建立请加 --fresh）")
        else:
            build.build(path, city, workers)
        if not build_only:
            _streamlit(path, port)


def serve(port: PortOption = 8501, home: HomeOption = None) -> None:
    """The dashboard (`python -m dashboard`) on the loopback address."""
    path = home_of(home)
    read_home(path)
    _free(port)
    Workspace.open(path).close()  # a home that cannot be used is said here, not on every page
    with ended_by_signals():
        _streamlit(path, port)


def _free(port: int) -> None:
    with socket.socket() as probe, contextlib.suppress(ConnectionRefusedError):
        probe.settimeout(1)
        probe.connect(("127.0.0.1", port))
        raise BadInput(f"端口 {port} 已被占用，请用 --port 换一个，或先停止占用它的程序")


def _streamlit(path: Path, port: int) -> None:
    app = CHECKOUT / "app.py"
    if not app.is_file():
        raise Refused(f"没有找到 {app}，请在完整的程序目录中运行")
    command = [sys.executable, "-m", "dashboard", "--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, "DISCLOSURE_HOME": str(path)}
    child = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _announce(child, port)
        code = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            if child.poll() is None:
                child.kill()
    if code:
        raise BadInput(f"网页进程意外结束（退出码 {code}），请查看上面的提示，或换一个端口再试")


def _announce(child: subprocess.Popen[bytes], port: int) -> None:
    """Say the address once it answers."""
    for _ in range(300):
        with socket.socket() as probe:
            if child.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    if child.poll() is None:
        typer.echo(f"请在浏览器打开 http://127.0.0.1:{port} ，按 Ctrl-C 结束")
        if sys.stdout.isatty():
            typer.launch(f"http://127.0.0.1:{port}")  # a terminal's owner gets the page opened where there is a browser to open it with
