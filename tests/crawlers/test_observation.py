"""Observations of other versions: a newer file is called newer, an older one is read."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from crawlers.observation import FORMAT, FormatTooNew, Item, ScopeObservation, Sighting, SiteObservation, dump, load
from crawlers.status import DateFrom, Dialect, FetchStatus, Looked, ScopeKind

AT = datetime(2026, 3, 31, tzinfo=UTC)
ITEM = Item("http://x.invalid/1.html", "通知", date(2026, 3, 20), DateFrom.YEARLESS)
SEEN = Sighting("notices", dialect=Dialect.SEARCH, items=(ITEM,))
SCOPE = ScopeObservation("u", ScopeKind.SITE, "http://x.invalid/", "", matched=True, looked=next(iter(Looked)), sightings=(SEEN,))
SITE = SiteObservation("s", "r", "http://x.invalid/", date(2026, 3, 31), AT, AT, FetchStatus.OK, scopes=(SCOPE,))


def written(folder: Path, **changes: object) -> Path:
    content: dict[str, Any] = json.loads(dump(SITE))
    path = folder / "s.json"
    path.write_text(json.dumps(content | changes), "utf-8")
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert load(written(tmp_path)) == SITE


@pytest.mark.parametrize("changes", [{}, {"status": "a value of later"}, {"scopes": {"other": "shape"}}])
def test_a_newer_file_is_newer_whatever_else_it_says(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(FormatTooNew, match=str(FORMAT + 1)):
        load(written(tmp_path, format=FORMAT + 1, **changes))


@pytest.mark.parametrize("body", ["", "[]", "{", '{"format": "x"}', '{"format": 1}', "[" * 100_000])
def test_a_damaged_file_is_damaged(tmp_path: Path, body: str) -> None:
    (tmp_path / "s.json").write_text(body, "utf-8")
    with pytest.raises(ValidationError):
        load(tmp_path / "s.json")


def test_a_file_without_the_fields_of_later_is_read(tmp_path: Path) -> None:
    old = json.loads(dump(SITE))
    del old["checks"], old["home_snapshot"]
    for name in ("documents", "screenshot", "elements_unread"):
        del old["scopes"][0]["sightings"][0][name]
    for name in ("first_seen", "backdated", "validity", "was"):
        del old["scopes"][0]["sightings"][0]["items"][0][name]
    (tmp_path / "s.json").write_text(json.dumps(old | {"field_of_later": 1}), "utf-8")
    assert load(tmp_path / "s.json") == SITE
