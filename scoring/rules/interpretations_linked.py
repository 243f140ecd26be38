"""Whether interpretations link to their documents, and the documents to them (互相链接)."""

from datetime import date

from crawlers.documents.record import Document, Pairing
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, met, part
from scoring.rules.pairs import paired
from scoring.rules.sample import Verdict, pages, unread
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`days`: how far back interpretations count."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}近 {params.days} 天的解读都与所解读的文件互相链接，得满分；否则得分比例为已有的链接占应有链接（每份解读来去两个）的比例；没有解读的，不涉及。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = links there ÷ links established, two for each pair; a link that is lacking was seen lacking twice."""
    found = paired(evidence, params, params.days, as_of)
    if isinstance(found, Finding):
        return found
    reading, pairs = found
    ways = [verdict for document, pair in pairs for verdict in _ways(document, pair)]
    unsure = [one for one in ways if one.holds is None]
    bad = [one for one in ways if one.holds is False]
    judged = len(ways) - len(unsure)
    if judged == 0 or judged < len(unsure):
        return unread(evidence, reading, ways, unsure)
    told = {"column": reading.name, "days": params.days, "total": judged, "count": len(bad), "names": [one.named for one in bad]}
    if not bad:
        return met(Reason.INTERPRETATIONS_LINKED, told, pages(evidence, ways))
    return graded(part(judged - len(bad), judged), Reason.INTERPRETATIONS_UNLINKED, told, pages(evidence, bad))


def _ways(document: Document, pair: Pairing) -> tuple[Verdict, Verdict]:
    return (
        _way(document, pair.linked, "（解读没有链接到文件）", sure=document.confirmed and document.whole),
        _way(document, pair.linked_back, "（文件没有链接到解读）", sure=document.confirmed),
    )


def _way(document: Document, there: bool | None, why: str, *, sure: bool) -> Verdict:
    return Verdict(document, there) if there is not False else Verdict(document, False if sure else None, why)
