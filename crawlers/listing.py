"""A list as one page shows it: its items and where more of them are."""

from dataclasses import dataclass
from datetime import date

from crawlers.observation import Item
from crawlers.status import Dialect


@dataclass(frozen=True, slots=True)
class Request:
    """Where rows of a list are. `data` is a form to POST; None means GET.

    `dialect`: whose answer is to be expected; None when it is a page like any other. `base`: the page that the rows belong to, against which their addresses resolve.
    `rows`: how many a page of the list holds, once its first page has shown that; 0 when unknown.
    """

    url: str
    data: tuple[tuple[str, str], ...] | None = None
    dialect: Dialect | None = None
    base: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """`unread`: the rows come from elsewhere (an API) and that answer was not had: nobody knows what the list holds.

    `more`: the next pages in order, newest first. `rival`: the newest date of any other list beside it. `empty`: the list says of itself that it holds nothing. `hidden`: the list says it has more than can be reached, so its end was not seen.
    `aside`: it stands beside what the page shows, as what is read most or recommended does, and the page's own list was not found.
    `headed`: what stands over it says that it stands on every page (推荐阅读, 热门信息).
    """

    dialect: Dialect
    items: tuple[Item, ...]
    more: tuple[Request, ...] = ()
    hidden: bool = False
    rival: date | None = None
    empty: bool = False
    unread: bool = False
    aside: bool = False
    headed: bool = False

    @property
    def newest(self) -> date | None:
        """The latest date of an item."""
        return max((item.date for item in self.items if item.date), default=None)
