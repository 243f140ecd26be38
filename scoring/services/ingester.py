"""The thread that makes a cron crawl simply appear: it takes in finished runs and re-assesses open periods."""

import logging
import threading
from collections.abc import Mapping
from datetime import datetime

from scoring.errors import DisclosureError
from scoring.model import PeriodState
from scoring.services import assess, period_rows, runs
from scoring.services.workspace import Workspace
from scoring.store import runs as run_store

log = logging.getLogger(__name__)


class Ingester(threading.Thread):
    """Looks every `every` seconds. It outlives every error, which it logs and keeps in `error` for pages to show.

    `rejected` maps a run directory to the line that says why it was not taken in.
    """

    def __init__(self, workspace: Workspace, every: float) -> None:
        super().__init__(name="ingester", daemon=True)
        self._workspace = workspace
        self._every = every
        self._halt = threading.Event()
        self.last: datetime | None = None
        self.error = ""
        self.rejected: dict[str, str] = {}

    def run(self) -> None:
        while not self._halt.is_set():
            try:
                self.rejected = ingest_new(self._workspace, self.rejected)
                self.error = ""
            except Exception as error:  # a thread that dies silently would leave pages stale for ever
                if not self._halt.is_set():
                    log.exception("ingester")
                    self.error = f"接收采集结果时出错：{' '.join(str(error).split())[:200]}"
            self.last = self._workspace.clock()
            self._halt.wait(self._every)

    def stop(self) -> None:
        """Ask the thread to end and wait for it."""
        self._halt.set()
        if self.is_alive():
            self.join(timeout=30)


def ingest_new(ws: Workspace, rejected: Mapping[str, str]) -> dict[str, str]:
    """Take in every complete run not yet known, then re-assess the open periods. Returns the directories refused, with the line that says why.

    A directory refused before is not read again while its run.json is unchanged.
    """
    refused: dict[str, str] = {}
    known = run_store.known(ws.store)
    taken = 0
    for marker in sorted(ws.runs.glob("*/run.json")):
        path = marker.parent
        if path.name in known:
            continue
        key = f"{path.name}@{marker.stat().st_mtime_ns}"
        if key in rejected:
            refused[key] = rejected[key]
            continue
        try:
            taken += runs.ingest(ws, path, now=ws.clock())
        except DisclosureError as error:
            refused[key] = str(error)
    if taken:
        for period in period_rows.rows(ws):
            if period.state is PeriodState.OPEN:
                assess.assess(ws, period.id, now=ws.clock())
    return refused
