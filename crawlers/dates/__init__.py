"""Reads dates. Not dates: 索引号, 文号, telephone numbers, versions, today in a header, the future. Every date says where it came from."""

from crawlers.dates.address import url_date
from crawlers.dates.article import article_date, text_date, updated_date, written_date
from crawlers.dates.generated import made_on
from crawlers.dates.row import list_date
from crawlers.dates.spelling import CHINA, EARLIEST, find_dates
from crawlers.dates.year import year_by

__all__ = ["CHINA", "EARLIEST", "article_date", "find_dates", "list_date", "made_on", "text_date", "updated_date", "url_date", "written_date", "year_by"]
