"""Runs taken in, with their observations, snapshots and sightings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawlers.observation import ScopeObservation, Sighting, SiteObservation
from crawlers.status import Looked
from scoring.facts import HomeSeen
from scoring.store.database import Store, Writer, aware, utc


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the database. `path` is its directory's name under `home/runs`; `sha` the SHA-256 of its run.json."""

    id: str
    as_of: date
    started: datetime
    finished: datetime
    plan_sha: str
    engine: str
    origin: str
    path: str
    sha: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One site in one run."""

    run: str
    path: str
    as_of: date
    site: str
    ok: bool
    sha: str


def run_sha(store: Store, run: str) -> str | None:
    """The SHA-256 of a run's run.json as it was taken in; None when it was not."""
    rows = store.rows("SELECT sha FROM run WHERE run_id = ?", run)
    return str(rows[0]["sha"]) if rows else None


def known(store: Store) -> set[str]:
    """The ids of the runs taken in."""
    return {row["run_id"] for row in store.rows("SELECT run_id FROM run")}


def add(writer: Writer, run: RunRow, sites: Sequence[tuple[SiteObservation, str]], at: datetime) -> None:
    """Keep a run and the observations (each with its file's SHA-256) in it."""
    writer.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(run.id, run.as_of, utc(run.started), utc(run.finished), run.plan_sha, run.engine, run.origin, run.path, run.sha, utc(at)),
    )
    writer.insert(
        "observation",
        [
            {
                "run_id": run.id,
                "site_id": site.site,
                "status": site.status.value,
                "looked": (Looked.COMPLETE if all(scope.looked is Looked.COMPLETE for scope in site.scopes) else Looked.INCOMPLETE).value,
                "pages": site.pages,
                "failures": site.failures,
                "sha": sha,
                "home_newest": site.home_newest,
                "home_snapshot": site.home_snapshot,
            }
            for site, sha in sites
        ],
    )
    writer.insert(
        "snapshot",
        [
            {
                "run_id": run.id,
                "site_id": site.site,
                "seq": snapshot.seq,
                "url": snapshot.url,
                "at_utc": utc(snapshot.at),
                "status": snapshot.status.value,
                "http": snapshot.http,
                "sha": snapshot.sha256,
                "offset": snapshot.offset,
                "length": snapshot.length,
            }
            for site, _ in sites
            for snapshot in site.snapshots
        ],
    )
    writer.insert("sighting", [_sighting(run.id, site.site, scope, seen) for site, _ in sites for scope in site.scopes for seen in scope.sightings])


def _sighting(run: str, site: str, scope: ScopeObservation, seen: Sighting) -> dict[str, object]:
    return {
        "run_id": run,
        "site_id": site,
        "unit_id": scope.unit,
        "key": seen.key,
        "name": seen.name,
        "match": seen.match.value if seen.match else None,
        "url": seen.url,
        "items": len(seen.items),
        "newest": seen.newest,
        "confirmed": seen.confirmed,
        "page_state": seen.page.value if seen.page else None,
        "snapshot_seq": seen.snapshot,
    }


def seen(store: Store, until: date) -> list[Seen]:
    """Every site in every run up to a day, oldest first."""
    rows = store.rows(
        "SELECT r.run_id, r.path, r.as_of, o.site_id, o.status, o.sha FROM run r JOIN observation o USING (run_id) "
        "WHERE r.as_of <= ? ORDER BY r.as_of, r.finished, r.run_id",
        until,
    )
    return [Seen(row["run_id"], row["path"], row["as_of"], row["site_id"], row["status"] == "ok", row["sha"]) for row in rows]


def homes(store: Store, since: date, until: date) -> dict[str, list[HomeSeen]]:
    """The home page of every site in the runs of a span that read it, oldest first."""
    rows = store.rows(
        "SELECT r.run_id, r.as_of, o.site_id, o.home_newest, s.url, s.at_utc, s.offset, s.length FROM run r JOIN observation o USING (run_id) "
        "LEFT JOIN snapshot s ON s.run_id = o.run_id AND s.site_id = o.site_id AND s.seq = o.home_snapshot "
        "WHERE r.as_of BETWEEN ? AND ? AND o.status = 'ok' ORDER BY r.as_of, r.finished, r.run_id",
        *(since, until),
    )
    found: dict[str, list[HomeSeen]] = {}
    for row in rows:
        stored = f"{row['run_id']}/{row['site_id']}@{row['offset']}+{row['length']}" if row["length"] else ""
        seen = HomeSeen(row["run_id"], row["as_of"], row["home_newest"], row["url"] or "", aware(row["at_utc"]) if row["at_utc"] else None, stored)
        found.setdefault(row["site_id"], []).append(seen)
    return found
