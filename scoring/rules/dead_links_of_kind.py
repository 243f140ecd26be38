"""The share of the checked links of one kind (站内、站外、附件) that leads to nothing."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from crawlers.observation import DeadLink, SiteObservation
from crawlers.status import LinkKind
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.checked import checked, unchecked
from scoring.rules.finding import met, not_applicable, unmet, unobserved
from scoring.rules.reading import address, home_page
from scoring.rules.spec import Params as Base

_SHOWN = 50


class Params(Base):
    """`kind` of link; `share`: greatest share of dead ones (0–1)."""

    kind: Literal["internal", "external", "attachment"]
    share: Annotated[Decimal, Field(ge=0, le=1)]


def says(params: Params) -> str:
    """The rule in words."""
    kind = LinkKind(params.kind).zh
    return f"抽查的{kind}链接中，失效的不超过 {phrase.percent(params.share)}，得满分；超过，不得分；读到的网页上没有{kind}链接的，不涉及。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, UNMET, NOT_APPLICABLE (no link of the kind on the pages read), NOT_OBSERVED (none could be established, or those whose end is unknown could turn the verdict)."""
    site = checked(evidence)
    if not isinstance(site, SiteObservation):
        return site
    kind = LinkKind(params.kind)
    counted = next((one for one in site.checks.links if one.kind is kind), None)
    if counted is None or (counted.seen and counted.tried == counted.unknown):
        return unchecked(site, f"{kind.zh}链接")
    if not counted.seen:
        return not_applicable(Reason.LINKS_NONE, {"kind": kind.zh})
    known = counted.tried - counted.unknown
    if counted.dead <= params.share * counted.tried < counted.dead + counted.unknown:  # it depends on those nobody could establish
        told = {"kind": kind.zh, "checked": counted.tried, "unknown": counted.unknown}
        return unobserved(Reason.KIND_LINKS_OPEN, told, home_page(site))
    share = Decimal(counted.dead) / Decimal(known)
    dead = list({link.url: link for link in site.dead_links if link.kind is kind}.values())[:_SHOWN]
    told = {
        "kind": kind.zh,
        "checked": known,
        "count": counted.dead,
        "share": str(share),
        "limit": str(params.share),
        "links": [f"{link.url}（见 {link.on}）" for link in dead],
    }
    if share <= params.share:
        return met(Reason.KIND_LINKS_WITHIN, told, home_page(site))
    return unmet(Reason.KIND_LINKS_OVER, told, _pages(site, dead) or home_page(site))


def _pages(site: SiteObservation, dead: list[DeadLink]) -> tuple[EvidenceRef, ...]:
    stored = {snapshot.url: snapshot.seq for snapshot in site.snapshots}
    return tuple(ref for url in dict.fromkeys(link.on for link in dead) for ref in address(site, stored.get(url), url))
