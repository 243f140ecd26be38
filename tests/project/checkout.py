"""What the tests about the project itself look at: the files of the checkout, whether or not git is there."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {".git", ".venv", "build", "dist", "local", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", ".pytest_cache"}


def files() -> list[Path]:
    """Files that are, or would be, committed."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:
        found = [path for path in ROOT.rglob("*") if not GENERATED & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def text(path: Path) -> str | None:
    """The text of a file, or None when it is not UTF-8 text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def name(path: Path) -> str:
    """A file's path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()
