"""Opens the newest documents of a column and reads them closely. Everything is opened through the visitor: it is evidence and counts against the budget."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from crawlers.columns import Column
from crawlers.dates import article_date, written_date
from crawlers.documents import attachment, files, guide, personal
from crawlers.documents.body import Body, body_of
from crawlers.documents.catalogue import headings
from crawlers.documents.consultation import read_consultation
from crawlers.documents.decision import decided
from crawlers.documents.elements import named_in
from crawlers.documents.interpretation import find_target, pair
from crawlers.documents.lacking import agree, lacks, sought
from crawlers.documents.publisher import clean, read_publisher
from crawlers.documents.record import Attachment, Document, PersonalDatum, Report
from crawlers.documents.report import read_report, read_report_file
from crawlers.documents.validity import read_validity
from crawlers.fetch import Response
from crawlers.link import Link, is_file
from crawlers.observation import Item, ScopeObservation, Sighting
from crawlers.page import Page
from crawlers.status import DateFrom, DocumentKind, FetchStatus, PageState, Phase
from crawlers.visit import Visit, Visitor
from crawlers.workdays import Calendar, HolidaysError, calendar

PAGES = 120
"""Pages that the documents of one scope may cost, attachments and second looks included."""
_FILES = {DocumentKind.REPORT: 2, DocumentKind.CONSULTATION: 2, DocumentKind.ROSTER: 2, DocumentKind.GUIDE: 2, DocumentKind.PAGE: 2, DocumentKind.CATALOGUE: 3}
_READ_IN_FILES = (DocumentKind.OTHER, DocumentKind.PAGE, DocumentKind.CATALOGUE)
_ANEW = (DocumentKind.REPORT, DocumentKind.ROSTER)
"""What a file holds is only judged of these: theirs are fetched again for the second look."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class DocumentReader:
    """Reads the documents of one scope. `pages`: what they may cost; `policies` and `results`: items that interpretations and consultations are held against."""

    visitor: Visitor
    as_of: date
    on_site: Callable[[str], bool]
    pages: int = PAGES
    policies: tuple[Item, ...] = ()
    results: tuple[Item, ...] = ()
    _calendar: Calendar = field(init=False)
    _trouble: str = field(init=False, default="")
    _limit: int = field(init=False)
    _of_pages: dict[tuple[Page, Item, str], Document] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._limit = self.visitor.pages + self.pages
        try:
            self._calendar = calendar()
        except HolidaysError as error:
            self._calendar, self._trouble = Calendar(), str(error)

    def read_all(self, sighting: Sighting, column: Column) -> tuple[Document, ...]:
        """The newest documents of a column that the dictionary wants read. Those beyond the budget are named as not opened."""
        if column.reads is None or not column.documents or sighting.fetch is not FetchStatus.OK:
            return ()
        if column.reads is DocumentKind.GUIDE:
            return (self._guide(sighting),) if sighting.page is PageState.CONTENT else ()
        if column.reads is DocumentKind.PAGE:
            own = Item(sighting.url, sighting.name, sighting.newest)
            return (self._confirmed(own, column),) if sighting.page is PageState.CONTENT else ()
        items = sorted(sighting.items, key=lambda item: (sought(item.title, column), item.date or date.min), reverse=True)
        near = [item for item in dict.fromkeys(items) if self.on_site(item.url) and item.url != sighting.url]
        return tuple(self._confirmed(item, column) for item in near[: column.documents])

    def _spent(self) -> bool:
        return self.visitor.spent or self.visitor.pages >= self._limit

    def _opened(self, url: str, phase: Phase) -> Visit:
        """Open an address, unless the documents have cost enough; what was opened before costs nothing."""
        known = self.visitor.seen(url, phase)
        if known is None and self._spent():
            return Visit(Response(url, url, FetchStatus.CANCELLED, _NEVER), None, -1, self.as_of, over_budget=True)
        return known or self.visitor.open(url, phase)

    def _confirmed(self, item: Item, column: Column) -> Document:
        """A document; what it lacks is looked for again."""
        first = self._document(item, column, Phase.FIRST)
        if first.fetch is not FetchStatus.OK and first.http not in (404, 410):
            return first
        if not lacks(first, column, self.as_of):
            return replace(first, confirmed=True)
        if self._spent():
            return first
        second = self._document(item, column, Phase.SECOND)
        if second.fetch is FetchStatus.OK and not lacks(second, column, self.as_of):
            return replace(second, confirmed=True)
        return replace(first, confirmed=agree(first, second))

    def _document(self, item: Item, column: Column, phase: Phase) -> Document:
        title, kind = personal.scrub(item.title), column.reads or DocumentKind.OTHER
        if self.visitor.seen(item.url, phase) is None and self._spent():
            return Document(item.url, title, kind, FetchStatus.CANCELLED, published=item.date, published_from=item.date_from, note="超出采集页数，未打开")
        visit = self.visitor.open(item.url, phase)
        response = visit.response
        base = Document(
            item.url,
            title,
            kind,
            response.status,
            response.http,
            visit.state,
            visit.seq if visit.seq >= 0 else None,
            item.date,
            item.date_from,
            publisher=clean(item.publisher),
        )
        if response.ok and (visit.page is None or (is_file(response.final) and visit.page is not None and not visit.readable)):
            return self._of_file(base, Link((item.title,), item.url), column, phase)
        if not visit.readable or visit.page is None:
            return replace(base, whole=False, note=visit.state.zh if response.ok and visit.state is not None else response.status.zh)
        return self._of_page(base, visit.page, item, column, phase)

    def _of_file(self, base: Document, link: Link, column: Column, phase: Phase) -> Document:
        """A list that links straight to a file."""
        held, visit = attachment.look(link, self._opened, phase)
        kind = base.kind
        if kind in _READ_IN_FILES:
            return self._plainly(replace(base, page=None, attachments=(held,), note="正文是文件"), None, [(held, visit)], column)
        report = read_report_file(visit.body, held.type, self.as_of) if kind is DocumentKind.REPORT and held.opens else None
        if kind is DocumentKind.ROSTER:
            content = _content(held, visit)
            found = self._personal_in(content, held)
            return replace(
                base, page=None, attachments=(held,), personal=found, whole=content is not None, note="" if content is not None else attachment.unread([held])
            )
        return replace(base, page=None, attachments=(held,), report=report, whole=report is not None, note="正文是文件")

    def _of_page(self, base: Document, page: Page, item: Item, column: Column, phase: Phase) -> Document:
        """A document that is a page. Where a second look brought the very page of the first, it says the same, but for files that are fetched anew."""
        if (known := self._of_pages.get(key := (page, item, column.key))) is not None:
            return replace(known, fetch=base.fetch, http=base.http, page=base.page, snapshot=base.snapshot)
        document = self._read_page(base, page, item, column, phase)
        if base.kind not in _ANEW or not document.attachments:
            self._of_pages[key] = document
        return document

    def _read_page(self, base: Document, page: Page, item: Item, column: Column, phase: Phase) -> Document:
        body, kind = body_of(page), base.kind
        stated = article_date(page, self.as_of)
        trusted = stated if stated is not None and stated[1] is not DateFrom.TEXT else None
        published, published_from = trusted or (item.date, item.date_from)
        offered = attachment.offered(body)
        look = phase if kind in _ANEW else Phase.FIRST
        sample = attachment.sampled(self._here(offered), _FILES.get(kind, 1)) if kind is not DocumentKind.INTERPRETATION else ()
        held = [attachment.look(link, self._opened, look) for link in sample]
        document = replace(
            base,
            published=published,
            published_from=published_from,
            written=written_date(page, self.as_of),
            publisher=personal.scrub(read_publisher(body)) or base.publisher,
            attachments=tuple(one for one, _ in held),
            whole=len(body.text) >= 100 or not (offered or body.frames or page.loads_by_script),
        )
        match kind:
            case DocumentKind.REPORT:
                return replace(document, report=self._report(page, held))
            case DocumentKind.CONSULTATION:
                names = tuple(attachment.name_of(link) for link in offered)
                said = read_consultation(body, published, names, self._calendar, self.results)
                return replace(document, consultation=replace(said, reason=personal.scrub(said.reason)))
            case DocumentKind.INTERPRETATION:
                return self._interpretation(document, body)
            case DocumentKind.POLICY:
                return replace(document, validity=read_validity(body, self.as_of, published, item.validity))
            case DocumentKind.ROSTER:
                read = [(one, _content(one, visit)) for one, visit in held]
                return replace(document, personal=self._personal(body, read), note=attachment.unread(one for one, content in read if content is None))
            case DocumentKind.OTHER | DocumentKind.PAGE | DocumentKind.CATALOGUE:
                return self._plainly(document, body, held, column, more=len(offered) > len(sample))
        return document

    def _plainly(self, document: Document, body: Body | None, held: list[tuple[Attachment, Visit]], column: Column, *, more: bool = False) -> Document:
        """What is asked of a document of the plainer kinds, found in its page and files: elements, headings, the day of the decision. `more`: files that were not tried."""
        contents = [_content(one, visit) for one, visit in held]
        text = "\n".join([document.title, *((body.text,) if body is not None else ()), *(one.text for one in contents if one is not None)])
        tables = [table.rows for table in body.tables] if body is not None else []
        tables += [rows for one in contents if one is not None for _, rows in one.tables]
        day = decided(body, self.as_of) if body is not None else None
        published = document.published
        return replace(
            document,
            elements=named_in(column, text),
            headings=headings(tables) if document.kind is DocumentKind.CATALOGUE else (),
            decided=day,
            working_days=self._calendar.between(day, published).days if day is not None and published is not None else None,
            whole=(document.whole or any(one is not None for one in contents)) and not more and None not in contents,
            note=document.note or self._trouble,
        )

    def _here(self, links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(link for link in links if self.on_site(link.url))

    def _report(self, page: Page, held: list[tuple[Attachment, Visit]]) -> Report | None:
        """The report on the page; where its tables are not there, that of its first file that has them."""
        report = read_report(page, self.as_of)
        if report is not None and report.source:
            return report
        for one, visit in held:
            if one.opens and one.type in files.SHEETS and (found := read_report_file(visit.body, one.type, self.as_of)) is not None and found.source:
                return replace(found, year=found.year or (report.year if report is not None else None))
        return report

    def _interpretation(self, document: Document, body: Body) -> Document:
        target = find_target(body, self.policies)
        if target is None:
            return replace(document, note="页面和政策文件栏目中都没有找到所解读的文件")
        visit = self._opened(target.url, Phase.FIRST) if self.on_site(target.url) and not is_file(target.url) else None
        policy = body_of(visit.page) if visit is not None and visit.readable and visit.page is not None else None
        stated = article_date(policy.page, self.as_of) if policy is not None else None
        day = stated[0] if stated is not None and stated[1] is not DateFrom.TEXT else target.item.date if target.item is not None else None
        seen = pair(replace(target, title=personal.scrub(target.title)), document.published, policy, day, document.url, document.title, self._calendar)
        return replace(document, pairing=seen, note=self._trouble)

    def _personal(self, body: Body, held: list[tuple[Attachment, files.Content | None]]) -> tuple[PersonalDatum, ...]:
        url = body.page.url
        found = [one for number, table in enumerate(body.tables, start=1) for one in personal.in_table(table.rows, url, f"表格{number}", self.as_of)]
        loose = [line for line in body.lines if "\t" not in line]
        found += personal.in_lines(loose, url, "正文", self.as_of)
        for one, content in held:
            found += self._personal_in(content, one)
        return tuple(dict.fromkeys(found))

    def _personal_in(self, content: files.Content | None, held: Attachment) -> tuple[PersonalDatum, ...]:
        if content is None:
            return ()
        name = f"附件「{held.name}」"
        found = [one for place, rows in content.tables for one in personal.in_table(rows, held.url, name + place, self.as_of)]
        return (*found, *personal.in_lines(content.lines, held.url, f"{name}正文", self.as_of))

    def _guide(self, sighting: Sighting) -> Document:
        """The guide is its column's own page; its elements were read with the column."""
        visit = self._opened(sighting.url, Phase.FIRST)
        base = Document(
            sighting.url, personal.scrub(sighting.name), DocumentKind.GUIDE, visit.response.status, visit.response.http, visit.state, sighting.snapshot
        )
        if not visit.readable or visit.page is None:
            return base
        body = body_of(visit.page)
        held = tuple(attachment.look(link, self._opened)[0] for link in attachment.sampled(self._here(attachment.offered(body))))
        return replace(
            base,
            published=sighting.newest,
            publisher=personal.scrub(read_publisher(body)),
            attachments=held,
            elements=sighting.elements,
            confirmed=sighting.confirmed,
            whole=not sighting.elements_unread,
        )


def _content(held: Attachment, visit: Visit) -> files.Content | None:
    return files.read(visit.body, held.type) if held.opens else None


def read_guide(pages: list[Page], whole: bool, visitor: Visitor, on_site: Callable[[str], bool], phase: Phase) -> guide.Reading:
    """The best of a guide's pages, read with the parts and files it links to. `whole` False: one of its pages was not had."""

    def opened(url: str) -> Page | None:
        visit = visitor.open(url, phase) if on_site(url) else None
        return visit.page if visit is not None and visit.readable else None

    def texts(url: str) -> str | None:
        visit = visitor.open(url, phase) if on_site(url) else None
        content = files.read(visit.body, attachment.sniff(visit.body)) if visit is not None and visit.response.ok else None
        return content.text if content is not None else None

    readings = [guide.gather(page, opened, texts) for page in pages]
    best = max(readings, key=lambda reading: (len(reading.found), reading.whole), default=guide.Reading((), False))
    return replace(best, whole=best.whole and whole)


def with_documents(
    view: ScopeObservation, columns: dict[str, Column], visitor: Visitor, as_of: date, on_site: Callable[[str], bool], pages: int = PAGES
) -> ScopeObservation:
    """A scope with the documents that the dictionary wants read; at most `pages` pages are opened for them, never more than PAGES."""
    wanted = {key for key, column in columns.items() if column.reads is DocumentKind.POLICY}
    policies = tuple(item for one in view.sightings if one.key in wanted for item in one.items)
    results = tuple(item for one in view.sightings if one.key == "consultation_result" for item in one.items)
    reader = DocumentReader(visitor, as_of, on_site, min(pages, PAGES), policies, results)
    return replace(
        view,
        sightings=tuple(replace(_safe(one, as_of), documents=reader.read_all(one, columns[one.key])) if one.key in columns else one for one in view.sightings),
    )


def _safe(sighting: Sighting, as_of: date) -> Sighting:
    """Titles of a list may themselves hold numbers of persons."""
    titles = [personal.scrub_cards(item.title, as_of) for item in sighting.items]
    if all(title == item.title for title, item in zip(titles, sighting.items, strict=True)):
        return sighting
    return replace(sighting, items=tuple(replace(item, title=title) for title, item in zip(titles, sighting.items, strict=True)))
