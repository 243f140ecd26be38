"""Interpretations with the documents that they interpret, as the rules on them see the pairs."""

from datetime import date

from crawlers.documents.record import Document, Pairing
from scoring.model import Finding, UnitEvidence
from scoring.rules.finding import without_content
from scoring.rules.reading import Reading, read
from scoring.rules.sample import Verdict, none_within, readable, unread, unreadable, within
from scoring.rules.spec import ColumnParams


def paired(evidence: UnitEvidence, params: ColumnParams, days: int, as_of: date) -> tuple[Reading, list[tuple[Document, Pairing]]] | Finding:
    """The column and its pairs of the last `days`; a finding when there is none to judge. An interpretation whose document was not found speaks for nothing."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    documents = within(reading, days, as_of)
    if not documents:
        return none_within(reading, days, as_of)
    pairs = [(one, one.pairing) for one in documents if one.pairing is not None and readable(one)]
    if not pairs:
        unsure = [Verdict(one, None, f"（{unreadable(one)}）") for one in documents]
        return unread(evidence, reading, unsure, unsure)
    return reading, pairs
