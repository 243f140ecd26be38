"""What a column's page without items is on its site: held against the pages that frame it, the menus, and the scripts that every page has."""

from crawlers.bounds import Bounds
from crawlers.filling import hollow_names, own_files
from crawlers.loading import fills
from crawlers.look import Candidate, Look
from crawlers.page import Page
from crawlers.page_state import Judgement, judge_empty
from crawlers.status import PageState, Phase
from crawlers.visit import Visit, Visitor

_FILES = 6
_SCRIPT = 400_000
"""Characters of a script file that are read."""


def empty_state(visitor: Visitor, bounds: Bounds, look: Look, candidate: Candidate, visit: Visit, phase: Phase) -> PageState:
    """What a page without items is, held against the entry and the page that links to it, whose lines it repeats, and the menus of the site. Why is written into `look.whys`."""
    assert visit.page is not None
    if visit.listing.unread:
        return PageState.NEEDS_SCRIPT
    if visit.listing.empty:
        return PageState.BLANK
    others = [other.page for other in (look.entry, visitor.open(candidate.on, phase)) if other.page is not None and other.page.url != visit.page.url]
    judged = judge_empty(visit.page, others, look.menu(visit.response.final))
    if judged.state is PageState.BLANK and _filled(visitor, bounds, visit.page, others):
        judged = Judgement(PageState.NEEDS_SCRIPT, "列表可能由各页共用的脚本加载")
    look.whys[visit.response.final] = judged.why
    return judged.state


def _filled(visitor: Visitor, bounds: Bounds, page: Page, others: list[Page]) -> bool:
    """Whether a script file that every page has may fill an empty element of this one: it asks for something and names the element's class, or was not had."""
    names = set() if page.settled else hollow_names(page, others)
    opened = [visitor.open(url, Phase.FIRST) for url in own_files(page)[:_FILES] if names and bounds.on_site(url)]
    unread = any(not visit.response.ok and not visit.dead for visit in opened)
    return unread or any(fills(visit.page.source[:_SCRIPT], names) for visit in opened if visit.response.ok and visit.page is not None)
