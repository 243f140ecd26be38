"""Documents of a column that were opened and read closely, judged one by one: what was not read well enough counts on neither side."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from crawlers.documents.record import Document
from crawlers.observation import SiteObservation
from crawlers.status import FetchStatus
from scoring.model import EvidenceRef, Finding
from scoring.reasons import Reason
from scoring.rules.finding import unobserved, without_content
from scoring.rules.reading import Reading, address

Verdict = Callable[[Document], bool | None]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """The documents that could be judged: those that hold, those that do not. `unknown`: how many could not."""

    good: tuple[Document, ...]
    bad: tuple[Document, ...]
    unknown: int

    @property
    def total(self) -> int:
        """How many were judged."""
        return len(self.good) + len(self.bad)

    @property
    def titles(self) -> list[str]:
        """Titles of those that do not hold."""
        return [f"《{one.title}》" for one in self.bad[:_SHOWN]]


def sample(reading: Reading, verdict: Verdict) -> Sample | Finding:
    """A column's documents by `verdict` (None: not to be told). A finding instead where fewer than half of those opened could be judged, or none."""
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    documents = reading.sighting.documents
    told = [(one, verdict(one) if one.fetch is FetchStatus.OK else None) for one in documents]
    good = tuple(one for one, holds in told if holds)
    bad = tuple(one for one, holds in told if holds is False)
    judged = len(good) + len(bad)
    if not judged or judged * 2 < len(documents):
        params = {"column": reading.name, "total": len(documents), "count": len(documents) - judged}
        return unobserved(Reason.DOCUMENTS_UNREAD, params, reading.evidence)
    return Sample(good, bad, len(documents) - judged)


def pages_of(site: SiteObservation | None, documents: Iterable[Document]) -> tuple[EvidenceRef, ...]:
    """The stored pages of documents, each once."""
    if site is None:
        return ()
    return tuple(dict.fromkeys(ref for one in documents for ref in address(site, one.snapshot, one.url)))


def lacks_surely(document: Document) -> bool:
    """Whether what was not found in a document may be held against it: it was read whole, and looked at again."""
    return document.confirmed and document.whole


def states_all(asked: Collection[str], of: Callable[[Document], Iterable[str]]) -> Verdict:
    """Whether a document states everything asked, by what is read of it; not to be told where something lacks and it was not read whole and twice."""

    def verdict(document: Document) -> bool | None:
        if set(asked) <= set(of(document)):
            return True
        return False if lacks_surely(document) else None

    return verdict
