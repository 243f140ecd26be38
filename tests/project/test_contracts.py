"""The import contracts of pyproject.toml hold; what import-linter cannot say about `app.py` and about single files is said here."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.checkout import ROOT

ROOMS = ("crawlers", "scoring", "dashboard")
ONLY_IN = {
    "streamlit": ("app.py", "dashboard/"),
    "plotly": ("dashboard/",),
    "duckdb": ("scoring/store/",),
    "requests": ("crawlers/transport.py", "crawlers/proxied.py"),
    "warcio": ("crawlers/evidence.py",),
    "app": (),
}


def _sources() -> list[Path]:
    return [path for path in (ROOT / "app.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))) if path.exists()]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_import_contracts_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    users = {path.relative_to(ROOT).as_posix() for path in _sources() if library in _imports(path)}
    assert not {user for user in users if not user.startswith(ONLY_IN[library])}


def test_app_imports_the_dashboard_only() -> None:
    app = ROOT / "app.py"
    assert not {*ROOMS, "duckdb", "requests"} & set(_imports(app)) - {"dashboard"}
