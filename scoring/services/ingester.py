"""The thread that makes a cron crawl simply appear: it takes in finished runs and re-assesses open periods."""

import logging
import threading
from collections.abc import Mapping
from datetime import date, datetime

from crawlers.probe_log import day_of
from scoring.services import intake
from scoring.services.workspace import Workspace

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
        judged: date | None = None
        while not self._halt.is_set():
            try:
                today = day_of(self._workspace.clock())
                self.rejected = ingest_new(self._workspace, self.rejected, judge=judged != today)  # deadlines pass at midnight
                judged = today
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


def ingest_new(ws: Workspace, rejected: Mapping[str, str], *, judge: bool = False) -> dict[str, str]:
    """Take in every complete run not yet known, then re-assess the open periods. Returns the directories refused, with the line that says why.

    A directory refused before is not read again while its run.json is unchanged.
    """
    stamps = {path: f"{path.name}@{(path / 'run.json').stat().st_mtime_ns}" for path in intake.pending(ws)}
    taken = intake.take_in(ws, [path for path, stamp in stamps.items() if stamp not in rejected], now=ws.clock(), judge=judge)
    again = {stamp: rejected[stamp] for stamp in stamps.values() if stamp in rejected}
    return again | {stamps[path]: line for path, line in taken.refused.items()}
