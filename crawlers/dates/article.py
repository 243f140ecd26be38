"""When an article was published, and when it was written."""

import re
from datetime import date

from crawlers.dates.address import url_date
from crawlers.dates.heading import Heading
from crawlers.dates.label import ANSWERED, BARE, GENERATED, ISSUED, NAMED, PUBLISHED, UPDATED, WRITTEN, Role, announced, role
from crawlers.dates.metadata import metadata, script_date
from crawlers.dates.spelling import EARLIEST, normal_text, spots
from crawlers.page import Page
from crawlers.remembered import remembered
from crawlers.status import DateFrom

_READ = 400_000
"""Characters that htmldate is given: it is the last resort and takes seconds for long pages."""


@remembered
def written_date(page: Page, as_of: date) -> date | None:
    """成文日期, kept apart from publication."""
    return Heading(page, as_of).labelled(WRITTEN)


@remembered
def updated_date(page: Page, as_of: date) -> date | None:
    """更新日期, where a text states it near its title; what a footer says of the whole site is none."""
    found = Heading(page, as_of).labelled(UPDATED, near=True)
    return None if found is not None and _is_sites(found, page, as_of) else found


def _is_sites(updated: date, page: Page, as_of: date) -> bool:
    """Whether the page's footer says that the site was updated that day."""
    feet = (normal_text(node.text(separator=" ")) for node in page.tree.css("footer, [class*=foot i], [id*=foot i], [class*=copyright i], [id*=copyright i]"))
    return any(day == updated for foot in feet for _, day in announced(foot, UPDATED, spots(foot, as_of), as_of))


@remembered
def text_date(page: Page, as_of: date) -> date | None:
    """The newest day of publication or update that a text states near its title."""
    days = (Heading(page, as_of).labelled(PUBLISHED, near=True), updated_date(page, as_of))
    return max((day for day in days if day is not None), default=None)


@remembered
def article_date(page: Page, as_of: date) -> tuple[date, DateFrom] | None:
    """When an article was published.

    What its reader sees first: the label, then the line that tells of the article; then metadata that the page does not speak against, the address, a dated
    line, weaker labels and script variables, 更新 and 生成 alone, and htmldate.
    """
    heading = Heading(page, as_of)
    if found := heading.labelled(PUBLISHED, near=True) or heading.labelled(BARE, beside=True) or heading.told() or heading.labelled(NAMED):
        return found, DateFrom.LABEL
    address = url_date(page.url, as_of)
    visible = frozenset(spot.day for spot in heading.spots if role(heading.text, spot) is not Role.OTHER)
    stated = metadata(page, as_of, visible, address)
    if stated.sure:
        return stated.sure[0], DateFrom.META
    if address:
        return address, DateFrom.URL
    if found := heading.line():
        return found, DateFrom.TEXT
    if found := heading.labelled(ANSWERED) or heading.labelled(ISSUED):
        return found, DateFrom.LABEL
    if (found := script_date(page, as_of)) and found not in stated.made:
        return found, DateFrom.META
    if (found := heading.labelled(UPDATED)) and not _is_sites(found, page, as_of):
        return found, DateFrom.LABEL
    if found := heading.labelled(GENERATED):
        return found, DateFrom.LABEL
    if stated.doubtful:
        return stated.doubtful[0], DateFrom.META
    return _guess(page, as_of, heading)


def _guess(page: Page, as_of: date, heading: Heading) -> tuple[date, DateFrom] | None:
    """The guess of htmldate, when a reader sees that very day: it also makes days of years, of reference and telephone numbers, of today's date in a header."""
    seen = heading.plain()
    source = page.source[:_READ]
    if not seen or not source.strip():
        return None
    from htmldate import find_date  # a sixth of a crawling process's start, and seldom asked

    stated = find_date(source, original_date=True, max_date=as_of.isoformat(), min_date=EARLIEST.isoformat(), url=page.url)
    found = date.fromisoformat(stated) if stated and re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated) else None
    return (found, DateFrom.TEXT) if found in seen and found else None
