"""The day that an address states."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.address import path_and_query
from crawlers.dates.spelling import day_of

_YEAR = r"((?:19|20)\d{2})"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        rf"/[a-zA-Z]?t{_YEAR}(\d{{2}})(\d{{2}})_",  # TRS: /202503/t20250321_97999.html
        rf"/{_YEAR}/(\d{{1,2}})/(\d{{1,2}})/",  # 大汉: /art/2018/3/16/art_4365_887906.html
        rf"/{_YEAR}-?(\d{{2}})[-/](\d{{2}})/",  # /2022-03/04/, /2022-03-04/, /202203/04/
        rf"/{_YEAR}/(\d{{2}})-?(\d{{2}})/",  # /2020/06-19/, /n1/2020/0619/
        rf"/{_YEAR}(\d{{2}})(\d{{2}})(?:\d{{1,4}}|([0-2]\d)[0-5]\d[0-5]\d(?:\d{{3}})?)?[/._]",  # /20200911083851127.html
    )
)


@lru_cache(32_768)
def url_date(url: str, as_of: date) -> date | None:
    """The day that an address states (`/art/2020/6/9/`, `t20200609_`); None for a year alone, and for a file of this machine."""
    if not url.startswith("http") and urlsplit(url).scheme == "file":
        return None
    path, _ = path_and_query(url)
    for shape in _SHAPES:
        for match in shape.finditer(path):
            if found := day_of(int(match[1]), int(match[2]), int(match[3]), as_of):
                return found
    return None
