"""A list of doubtful words (错敏词库), given by the user in the edition and matched here, on this machine, against the titles that were read.

A hit only proposes: quotations and names may hold such a word, so that a person decides. Texts of documents are not searched.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unobserved
from scoring.rules.reading import blocked, home_page
from scoring.rules.spec import Params as Base

_SHOWN = 20


class Params(Base):
    """`words`: any of which makes a title doubtful."""

    words: Annotated[tuple[Annotated[StrictStr, Field(min_length=2)], ...], Field(min_length=1)]


def says(params: Params) -> str:
    """The rule in words."""
    return f"读到的信息标题中没有错敏词（{'、'.join(params.words)}），得满分；有的只作提示，由人核查后评定。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET (no title read holds one) or NOT_OBSERVED (some do: to be judged by a person; or no title was read)."""
    site, view = evidence.site, evidence.view
    if (stop := blocked(evidence)) or site is None or view is None:
        return unobserved(*(stop or (Reason.SITE_ABSENT, {}, ())))
    search = _any_of(params.words).search
    items = [item for seen in view.sightings for item in seen.items]
    found = [item for item in items if search(item.title) and (item.date is None or item.date <= as_of)]
    hits = list(dict.fromkeys((item.url, item.title) for item in found))
    if hits:
        names = [f"《{title}》" for _, title in hits[:_SHOWN]]
        return unobserved(Reason.WORDS_FOUND, {"count": len(hits), "names": names}, tuple(EvidenceRef(url) for url, _ in hits[:_SHOWN]))
    if not items:
        return unobserved(Reason.NO_TITLES, {}, home_page(site))
    return met(Reason.WORDS_NONE, {"count": len(items), "words": len(params.words)}, home_page(site))


@lru_cache(64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))
