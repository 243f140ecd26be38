"""Availability samples taken in: rounds once each, read back by site."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from crawlers.probe_log import Round
from crawlers.status import FetchStatus
from scoring.facts import ProbeSample
from scoring.store.database import Store, Writer, aware, utc


def sizes(store: Store) -> dict[str, int]:
    """The size of every file of samples when it was last taken in."""
    return {row["name"]: row["size"] for row in store.rows("SELECT name, size FROM probe_file")}


def known(store: Store, rounds: Sequence[str]) -> set[str]:
    """Those of the rounds that are in."""
    return {row["round_id"] for row in store.rows("SELECT round_id FROM probe_round WHERE list_contains($1::VARCHAR[], round_id)", list(rounds))}


def add(writer: Writer, rounds: Sequence[Round], path: Path, size: int, damaged: int, at: datetime) -> None:
    """Keep the new rounds of a file, and how much of it was read."""
    writer.insert("probe_file", [{"name": path.name, "size": size, "damaged": damaged, "taken": utc(at)}], replace=True)
    writer.insert(
        "probe_round",
        [
            {
                "round_id": one.round,
                "day": one.day,
                "vantage": one.vantage,
                "started": utc(one.started),
                "finished": utc(one.finished),
                "valid": one.valid,
                "why": one.why,
                "controls": json.dumps([control.model_dump() for control in one.controls], ensure_ascii=False),
            }
            for one in rounds
        ],
    )
    writer.insert(
        "probe",
        [
            {"round_id": one.round, "site_id": look.site, "at_utc": utc(look.at), "status": look.status.value, "http": look.http, "seconds": str(look.seconds)}
            for one in rounds
            for look in one.samples
        ],
    )


def samples(store: Store, site: str, since: date, until: date) -> tuple[ProbeSample, ...]:
    """The samples of a site in a span of days, oldest first."""
    rows = store.rows(
        "SELECT p.*, r.day, r.vantage, r.valid FROM probe p JOIN probe_round r USING (round_id) WHERE p.site_id = ? AND r.day BETWEEN ? AND ? ORDER BY p.at_utc, p.round_id",
        *(site, since, until),
    )
    return tuple(
        ProbeSample(aware(row["at_utc"]), row["day"], FetchStatus(row["status"]), row["http"], Decimal(row["seconds"]), row["vantage"], row["valid"])
        for row in rows
    )


def keys(store: Store, since: date, until: date) -> dict[str, tuple[int, str]]:
    """What the samples of each site in a span come to: how many there are, and the newest round; both change when one is added."""
    rows = store.rows(
        "SELECT p.site_id, count(*) AS n, max(p.round_id) AS newest FROM probe p JOIN probe_round r USING (round_id) WHERE r.day BETWEEN ? AND ? GROUP BY p.site_id",
        *(since, until),
    )
    return {row["site_id"]: (row["n"], row["newest"]) for row in rows}
