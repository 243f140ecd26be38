"""House rules that no linter knows: files stay short, and no file names a package index."""

import re
from pathlib import Path

from tests.project import checkout

LIMIT = 300
LONG_BY_NATURE = {"LICENSE", "requirements.lock"}
APP_LIMIT = 40


def _is_data(path: Path) -> bool:
    parts = path.relative_to(checkout.ROOT).parts
    return parts[0] == "data" or "fixtures" in parts or "golden" in parts


def test_no_file_is_longer_than_the_limit() -> None:
    long = {}
    for path in checkout.files():
        if checkout.name(path) in LONG_BY_NATURE or _is_data(path):
            continue
        text = checkout.text(path)
        if text is not None and (lines := len(text.splitlines())) > LIMIT:
            long[checkout.name(path)] = lines
    assert not long


def test_app_is_short() -> None:
    app = checkout.ROOT / "app.py"
    assert len(app.read_text("utf-8").splitlines()) <= APP_LIMIT


def test_no_file_names_a_package_index() -> None:
    options = "|".join(("index-url", "index_url", "find-links", "find_links", "trusted-host", "proxy.golang"))
    address = re.compile(rf"(?i)({options})|https?://[^\s\"']*(pypi|pythonhosted|/simple(/|\b)|registry\.)")
    naming = []
    for path in checkout.files():
        text = checkout.text(path) or ""
        if path != Path(__file__).resolve() and not _is_data(path) and address.search(text):
            naming.append(checkout.name(path))
    assert not naming
