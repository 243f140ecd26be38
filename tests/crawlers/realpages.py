"""The folder of real saved pages, which stays outside the project: `DISCLOSURE_REALPAGES`, by default `../shared/realpages`."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("DISCLOSURE_REALPAGES", ROOT.parent / "shared" / "realpages"))

needed = pytest.mark.skipif(
    not (FOLDER / "index.csv").is_file(), reason=f"real pages are not here ({FOLDER}); set DISCLOSURE_REALPAGES to the folder that holds index.csv"
)


@dataclass(frozen=True)
class RealPage:
    """A saved page and what its keeper noted of it."""

    path: Path
    url: str
    truth: str
    captured: str


@dataclass(frozen=True)
class Article:
    """A saved article and its date."""

    path: Path
    url: str
    date: str


def pages() -> list[RealPage]:
    """The saved pages of government sites."""
    with (FOLDER / "index.csv").open(encoding="utf-8") as file:
        return [RealPage(FOLDER / row["file"], row["url"].split()[0].replace("…", ""), row["notes"], row["captured"]) for row in csv.DictReader(file)]


def articles() -> list[Article]:
    """The articles with known dates."""
    with (FOLDER / "dates" / "gold.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        Article(FOLDER / "dates" / row["file"], row["url"] if row["url"].startswith("http") else "http://unknown.invalid/", row["gold_date"]) for row in rows
    ]
