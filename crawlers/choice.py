"""Which of the pages that answer to a column's name it is, and what the others leave open."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.bounds import Bounds, plain
from crawlers.columns import Column, normal
from crawlers.look import Candidate, Look
from crawlers.negative import bears
from crawlers.part import is_route, whole
from crawlers.status import Phase
from crawlers.visit import Visit, Visitor

_TIES = 5
_OPENED = 15
_PLACEHOLDER = 3
_SEARCH = re.compile(r"[?&](?:q|qt|wd|kw|words?|keywords?|key_?words?|search_?(?:words?|key|text)|query)=", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)(?:index|default|main)(?:\.[a-z]{2,5})?$", re.IGNORECASE)

Pair = tuple[Candidate, Visit]


@dataclass(slots=True)
class Choice:
    """What came of opening the links of one name. `best`: the column; `rest`: other pages that may be it; `doubts`: pages of which it cannot be told; `unopened`: links left."""

    best: Pair | None = None
    rest: list[Pair] = field(default_factory=list)
    doubts: list[Pair] = field(default_factory=list)
    unopened: bool = False


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses among the links of one name in one look."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    columns: dict[str, Column]
    phase: Phase

    def choose(self, column: Column, candidates: list[Candidate]) -> Choice:
        """Open the links of one name, those of the home page first, until enough of them live."""
        choice, living = Choice(), 0
        found: list[Pair] = []
        for number, candidate in enumerate(sorted(candidates, key=self._rank)):
            if living >= _TIES or number >= _OPENED:
                choice.unopened = True
                break
            visit = self.visitor.open(candidate.url if column.kind == "list" else whole(candidate.url), self.phase)
            if self.bounds.cedes(visit):
                continue
            if not self.bounds.keeps(visit):
                choice.doubts.append((candidate, visit))
                continue
            if not self.bounds.confirms(visit) or self._stands_in(column, candidate, visit):
                choice.doubts += [(candidate, visit)] if self._may_belong(candidate, visit) else []
                continue
            found.append((candidate, visit))
            living += not visit.dead
        if len(found) > 1:
            found.sort(key=lambda pair: self._fit(column, *pair), reverse=True)
        choice.best, choice.rest = (found[0] if found else None), found[1:]
        return choice

    def settle(self, column: Column, choices: list[Choice]) -> Pair | None:
        """The first choice that lives, else a page that calls itself by the name, else the first that is dead; None without any."""
        chosen = [choice.best for choice in choices if choice.best is not None]
        if not chosen or any(not visit.dead for _, visit in chosen):
            return next((pair for pair in chosen if not pair[1].dead), None)
        itself = self.choose(column, self.look.selves.get(column.key, [])).best
        return itself if itself is not None and itself[1].readable else chosen[0]

    def _may_belong(self, candidate: Candidate, visit: Visit) -> bool:
        """Whether a page that does not prove to be the scope's may be: it says nothing of where it belongs, or a page of the scope links to it."""
        return self.bounds.admits(visit) or self.bounds.confirms(self.visitor.open(candidate.on, self.phase))

    def _rank(self, candidate: Candidate) -> tuple[bool, int]:
        """Links of the entry page, then short paths: a topic's column of the same name stands deeper than the site's own."""
        return (not self._of_entry(candidate), urlsplit(candidate.url).path.rstrip("/").count("/"))

    def _of_entry(self, candidate: Candidate) -> bool:
        return plain(candidate.on) in (plain(self.look.entry.response.final), plain(self.bounds.scope.entry))

    def _fit(self, column: Column, candidate: Candidate, visit: Visit) -> tuple[int, int, int, int, int, int]:
        if visit.page is None or visit.dead:
            return (int(visit.response.ok and not visit.dead), 0, 0, 0, 0, 0)
        names = {normal(name) for link in visit.page.links for name in link.names}
        children = sum(1 for other in self.columns.values() if other.parent == column.key and not other.spellings.isdisjoint(names))
        away, depth = self._rank(candidate)
        return (2, int(column.called(visit.page.own_name)), children, -int(away), -depth, min(len(visit.listing.items), 50))

    def _stands_in(self, column: Column, candidate: Candidate, visit: Visit) -> bool:
        """Whether a link leads to something that only stands in for a column: the home page, a search for its name, the section above it, a page that many names lead to."""
        page, url, final = visit.page, candidate.url.partition("#")[0], visit.response.final.partition("#")[0]
        if page is None or visit.dead or column.kind == "entry" or bears(column, visit):
            return False
        if _folder(final) in {_folder(self.visitor.home), _folder(self.look.entry.response.final)} and column.kind != "section":
            return not is_route(candidate.url)
        if "#" not in visit.response.final and column.kind == "list" and self._names_parts(candidate):
            return True
        if _SEARCH.search(url):
            return True
        if plain(url) != plain(final) and _folder(url) != _folder(final) and _folder(url).startswith(_folder(final).rstrip("/") + "/"):
            return True
        return bool(page.own_name) and column.kind != "section" and "#" not in visit.response.final and len(self._texts(candidate)) >= _PLACEHOLDER

    def _names_parts(self, candidate: Candidate) -> bool:
        """Whether a link names a part of a page, as a link of another name does, and which that is was not told."""
        page, (url, _, own) = self.visitor.open(candidate.on, self.phase).page, candidate.url.partition("#")
        if page is None or url != whole(candidate.url) or not own:
            return False
        return any(led == url and part != own and normal(names[0] if names else "") != normal(candidate.text) for (names, led), part in page.fragments.items())

    def _texts(self, candidate: Candidate) -> set[str]:
        """What the links of one page to one address read."""
        page = self.visitor.open(candidate.on, self.phase).page
        return {normal(link.text) for link in page.links if link.url == whole(candidate.url)} if page is not None else set()


def _folder(url: str) -> str:
    """An address without its index page."""
    return _INDEX.sub("", plain(url))
