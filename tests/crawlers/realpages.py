"""The folder of real saved pages, which stays outside the project: `DISCLOSURE_REALPAGES`, by default `../shared/realpages`."""

import csv
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("DISCLOSURE_REALPAGES", ROOT.parent / "shared" / "realpages"))

needed = pytest.mark.skipif(
    not (FOLDER / "index.csv").is_file(), reason=f"real pages are not here ({FOLDER}); set DISCLOSURE_REALPAGES to the folder that holds index.csv"
)


AS_OF = date(2026, 9, 10)
"""A day after every page was saved."""
NEWEST = {
    "yichun_home_20231011.html": "2023-10-11",
    "hd_list_202008_reduced.html": "2020-08-05",
    "jyt_gansu_list_20251124.html": "2025-11-17",
    "gxt_jiangsu_jpage_1.xml": "2025-10-29",
    "gxt_jiangsu_jpage_2.xml": "2023-10-30",
    "fj_tzxm_list.html": "2023-03-22",
    "pingtan_gzjzqk_list_20260910_trimmed.html": "2025-11-11",
    "yantai_home_20180316_trimmed.html": "2018-03-16",
}
"""The newest date of a list or home page, as its keeper noted it."""
PUBLISHED = {
    "hd_article_202008_reduced.html": "2020-08-02",
    "wanzai_tjgb2015_article.html": "2017-05-15",
    "fgw_zj_article_20161122.html": "2016-11-22",
    "govcn_gongbao_article_2007.html": "2007-08-20",
    "nmpa_article_20200911.html": "2020-09-11",
}
"""The day an article was published, as its keeper noted it."""
COLUMNS: dict[str, dict[str, str | None]] = {
    "yichun_home_20231011.html": {
        **dict.fromkeys(("guide", "rules", "application", "gazette", "interpretation", "plans", "response"), "exact"),
        "annual": "alias",
        "statutory": None,
        "proposals": None,
    },
    "jyt_gansu_list_20251124.html": {**dict.fromkeys(("guide", "rules", "statutory", "annual", "application", "interpretation"), "named")},
}
"""Columns that a page's menu names (exactly, by an alias, or `named`: by either) and that it does not name (None), as its keeper noted them."""


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
