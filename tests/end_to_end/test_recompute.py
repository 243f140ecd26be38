"""Every published period of the demo, recomputed byte for byte: from the database's findings, and from the file alone."""

from pathlib import Path

import pytest

from scoring.services import canonical, drafts, export_files, period_rows, verification
from scoring.services.workspace import Workspace
from scoring.store import ledger, published
from scoring.store.marked import marked
from tests.conftest import Built

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("demo")]


def test_every_published_period_is_recomputed_byte_for_byte(built: Built) -> None:
    ws = Workspace.open(built.home)
    try:
        files: dict[str, Path] = published.newest(ws.published)
        assert len(files) == 2
        for period, path in files.items():
            row, revision = period_rows.row(ws, period), ledger.revisions(ws.store, period)[-1]
            sealed = canonical.seal(drafts.group_books(ws, row), marked(ws.store, period).marks())
            made = export_files.source(path)
            assert sealed.digest == revision.digest == made.meta["digest"]
            assert sealed.text == made.text
            assert export_files.bundle(path) == path.with_suffix(".zip").read_bytes()
            verdict = verification.verify(path, digest=revision.digest)
            assert (verdict.holds, verdict.faults) == (True, [])
            assert path.name == (revision.file or "")
    finally:
        ws.close()
