"""The share of the checked links that leads to nothing."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from crawlers.observation import SiteObservation
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import address, home_page
from scoring.rules.spec import Params as Base

_SHOWN = 50


class Params(Base):
    """`share`: greatest share of dead links (0–1)."""

    share: Annotated[Decimal, Field(ge=0, le=1)]


def says(params: Params) -> str:
    """The rule in words."""
    return f"抽查的链接中，两次查看都打不开的不超过 {phrase.percent(params.share)}，得满分；超过，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, UNMET, NOT_OBSERVED (no link was checked). A dead link is counted once, wherever it stands."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    if not site.links_checked:
        return unobserved(Reason.LINKS_UNCHECKED, {}, home_page(site))
    dead = {link.url: link for link in site.dead_links}
    share = Decimal(len(dead)) / Decimal(site.links_checked)
    told = {
        "checked": site.links_checked,
        "count": len(dead),
        "share": str(share),
        "limit": str(params.share),
        "links": [f"{link.url}（见 {link.on}）" for link in list(dead.values())[:_SHOWN]],
    }
    if share <= params.share:
        return met(Reason.LINKS_WITHIN, told, home_page(site))
    return unmet(Reason.LINKS_OVER, told, _pages(site, [link.on for link in list(dead.values())[:_SHOWN]]))


def _pages(site: SiteObservation, urls: list[str]) -> tuple[EvidenceRef, ...]:
    stored = {snapshot.url: snapshot.seq for snapshot in site.snapshots}
    return tuple(ref for url in dict.fromkeys(urls) for ref in address(site, stored.get(url), url))
