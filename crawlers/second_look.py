"""The second look at a site's menus, uncached: a column that was only briefly away is found by it."""

from crawlers.bounds import Bounds
from crawlers.columns import Names
from crawlers.look import Look, is_thin, note_names, note_self
from crawlers.menu import Menus
from crawlers.observation import Gap
from crawlers.status import Phase
from crawlers.visit import Visitor

_DOUBTFUL = 30


def look_again(visitor: Visitor, bounds: Bounds, names: Names, look: Look) -> Look:
    """Re-read the entry, the pages whose menus name columns, and those that were dead or empty. What the first look found stays known; a page or menu file that was not had is a gap."""
    entry, menus = bounds.scope.entry, Menus(visitor, bounds.on_site, Phase.SECOND)
    again = Look(
        visitor.open(entry, Phase.SECOND),
        bordering=look.bordering,
        path=look.path,
        matched=look.matched,
        contained=look.contained,
        linked=look.linked,
        selves=look.selves,
        below=look.below,
    )
    for url in dict.fromkeys((entry, *look.menus, *look.doubtful[:_DOUBTFUL])):
        visit = visitor.open(url, Phase.SECOND)
        links = menus.links(visit) if visit.page is not None else ()
        if visit.readable and bounds.admits(visit):
            note_names(visit, links, bounds, names, again)
            if url != entry:
                note_self(visit, bounds, names, again)
            again.read.append(visit)
        if not (visit.readable or visit.dead) or (url == entry and is_thin(links, bounds)):
            again.gaps.append(Gap(url, visit.response.status, visit.state, visit.over_budget))
    again.gaps += menus.gaps()
    again.words |= menus.words
    for key, candidates in look.candidates.items():
        known = {candidate.url for candidate in again.candidates.get(key, [])}
        again.candidates.setdefault(key, []).extend(candidate for candidate in candidates if candidate.url not in known)
    return again
