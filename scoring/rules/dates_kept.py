"""Whether anything suggests that publication dates were made up: items dated before an earlier complete reading that lacked them, or dates changed since.

Such clues never score by themselves (docs: 疑似补录/倒签): they leave the leaf to a person.
"""

from datetime import date

from pydantic import Field

from crawlers.observation import Item, Sighting
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unobserved
from scoring.rules.reading import address, blocked, home_page
from scoring.rules.spec import Params as Base

_SHOWN = 20


class Params(Base):
    """`names`: columns, filled in from the dictionary."""

    names: dict[str, str] = Field(default_factory=dict)


def says(_params: Params) -> str:
    """The rule in words."""
    return "与更早的采集批次比较，列表中没有事后补录或改动发布日期的迹象，得满分；有迹象的只作提示，由人核查后评定；没有可比较的批次，未判定。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET (lists were compared with an earlier run, no clue) or NOT_OBSERVED (clues, or nothing to compare with)."""
    site, view = evidence.site, evidence.view
    if (stop := blocked(evidence)) or site is None or view is None:
        return unobserved(*(stop or (Reason.SITE_ABSENT, {}, ())))
    lists = [seen for seen in view.sightings if seen.items]
    clues = [(seen, item) for seen in lists for item in seen.items if item.backdated or (item.was and item.date and item.was != item.date)]
    if clues:
        refs = tuple(dict.fromkeys(ref for seen, _ in clues for ref in address(site, seen.snapshot, seen.url)))
        names = [_told(params.names.get(seen.key, seen.name), item) for seen, item in clues[:_SHOWN]]
        return unobserved(Reason.DATES_DOUBTFUL, {"count": len(clues), "names": names}, refs)
    compared = [seen for seen in lists if _known_before(seen, as_of)]
    if not compared:
        return unobserved(Reason.NO_EARLIER_RUN, {}, home_page(site))
    return met(Reason.DATES_KEPT, {"count": len(compared)}, home_page(site))


def _known_before(seen: Sighting, as_of: date) -> bool:
    return any(item.first_seen is not None and item.first_seen < as_of for item in seen.items)


def _told(column: str, item: Item) -> str:
    if item.was:
        return f"「{column}」《{item.title}》日期由 {item.was} 改为 {item.date}"
    return f"「{column}」《{item.title}》署 {item.date}，{item.first_seen} 才首次出现"
