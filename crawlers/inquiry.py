"""Asking a site's own search for a column that navigation did not lead to. A hit counts when the page behind it calls itself by the column's name."""

import re
from dataclasses import dataclass, field

from crawlers.bounds import Bounds
from crawlers.columns import Column, normal, readings
from crawlers.link import Link, is_article, is_file
from crawlers.look import Candidate, Look
from crawlers.observation import Step
from crawlers.search import SearchAnswer, SearchForm, ask, find_form
from crawlers.status import Match, PageState, Phase
from crawlers.visit import Visit, Visitor

_COLUMNS = 30
_WORDS = 2
_OPENED = 5
_FORMS = 10
_PATIENCE = 2
_RESERVE = 60
"""Requests that the first look's searches leave to the second look."""
_TEXT = frozenset({"正文", "详情", "内容", "详细信息", "文章内容", "信息内容", "首页"})
ACTION = "站内搜索"


@dataclass(slots=True)
class Outcome:
    """What the search says of a column. `found`: a page that calls itself by the name, with the link to it; `doubt`: a hit that names the column, but whose page says nothing of itself.

    `nothing`: the search took the words and has no page of that name.
    """

    found: tuple[Candidate, Visit] | None = None
    doubt: tuple[Candidate, Visit] | None = None
    nothing: bool = False


@dataclass(slots=True)
class Inquiry:
    """The searches of one scope in one look: a few words a column, so many columns, and none any more when the answers cannot be used."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    phase: Phase
    _form: SearchForm | None = None
    _sought: bool = False
    _columns: int = 0
    _useless: int = 0
    _known: dict[str, Outcome] = field(default_factory=dict)

    def of(self, column: Column) -> Outcome:
        """Search for a column by its name, then by an alias. The words and the number of hits are added to `look.searches`."""
        if column.key not in self._known:
            self._known[column.key] = self._of(column)
        return self._known[column.key]

    def _of(self, column: Column) -> Outcome:
        steps = self.look.searches[column.key] = []
        form = self._find_form()
        if form is None or not self.bounds.on_site(form.url):
            steps.append(
                Step(
                    ACTION, "没有可由程序使用的站内搜索" if form is None else "站内搜索设在其他网站，未使用", form.url if form else self.bounds.scope.entry, "0"
                )
            )
            return Outcome()
        if stopped := self._stopped():
            steps.append(Step(ACTION, stopped, form.url, "0"))
            return Outcome()
        self._columns += 1
        outcome = Outcome(nothing=True)
        for words in (column.name, *column.aliases)[: _WORDS if self.phase is Phase.FIRST else 1]:
            answer = ask(self.visitor, form, words, self.phase)
            steps.append(_step(words, answer))
            self._useless = 0 if answer.usable else self._useless + 1
            outcome.nothing = outcome.nothing and answer.usable and answer.echoed
            self._judge(column, answer, outcome)
            if outcome.found or not answer.usable:
                break
        return outcome

    def _stopped(self) -> str:
        if self._useless >= _PATIENCE:
            return "检索结果无法由程序读取"
        few = self.visitor.left < (_RESERVE if self.phase is Phase.FIRST else 0)
        return "检索次数已达上限" if few or self._columns >= _COLUMNS else ""

    def _judge(self, column: Column, answer: SearchAnswer, outcome: Outcome) -> None:
        hits = [link for link in (*answer.hits, *answer.shown) if self.bounds.holds(link.url) and not is_file(link.url) and _named(column, link)]
        for link in list({link.url: link for link in hits}.values())[:_OPENED]:
            visit = self.visitor.open(link.url, self.phase)
            exact = any(column_name in readings(name) for name in link.names for column_name in readings(column.name))
            candidate = Candidate(column.key, Match.EXACT if exact else Match.ALIAS, link.text, link.url, answer.visit.response.final, written=True)
            if visit.page is None or visit.dead or not self.bounds.confirms(visit):
                continue
            if column.called(visit.page.own_name) and (column.kind == "page" or not _is_document(visit)):
                outcome.found = (candidate, visit)
                return
            if not visit.readable or not visit.page.own_name or column.called(visit.page.own_name):
                outcome.doubt = outcome.doubt or (candidate, visit)
        outcome.nothing = outcome.nothing and not hits

    def _find_form(self) -> SearchForm | None:
        if not self._sought:
            self._sought = True
            home = self.visitor.open(self.visitor.home, self.phase) if self.visitor.home else self.look.entry
            for visit in (self.look.entry, home, *self.look.read[:_FORMS]):
                if self._form is None and visit.page is not None and visit.readable:
                    self._form = find_form(visit.page)
        return self._form


def _named(column: Column, link: Link) -> bool:
    return any(column.called(name) for name in link.names)


def _is_document(visit: Visit) -> bool:
    return visit.page is not None and (bool(visit.page.meta_of("ArticleTitle")) or is_article(visit.response.final))


def _step(words: str, answer: SearchAnswer) -> Step:
    if answer.usable:
        return Step(ACTION, words, answer.visit.response.final, str(answer.total if answer.total is not None else len(answer.hits)))
    unread = answer.visit.result if not answer.visit.readable else PageState.NEEDS_SCRIPT.value
    return Step(ACTION, f"{words}（结果无法由程序读取）", answer.visit.response.final, unread)


def named_otherwise(column: Column, visit: Visit, texts: frozenset[str]) -> bool:
    """Whether a page is plainly something else than the column: it names itself otherwise, is no document, and nothing on it but the links `texts` holds the name."""
    page = visit.page
    if page is None or not visit.readable or _is_document(visit):
        return False
    own = normal(page.own_name)
    if len(own) < 2 or own in _TEXT or any(name in own or own in name for name in column.spellings):
        return False
    if not texts.isdisjoint((own, *(normal(part) for part in re.split(r"[_|｜—\-]+", page.title[:120])))):
        return False  # the page goes by the very name that is near to the column's: only a person can tell whether it is the column
    said = {normal(line) for line in (*page.text.split("\n"), *(name for link in page.links for name in link.names))} - texts
    return not any(name in line for line in said for name in column.spellings)
