"""Whether the other sites that the pages link to are still whose they were: a parked domain or a new owner and title are proposed to a person (不良外链)."""

from datetime import date

from crawlers.observation import SiteObservation
from crawlers.status import LinkKind
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.checked import checked, unchecked
from scoring.rules.finding import met, not_applicable, unmet
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base

_SHOWN = 20


class Params(Base):
    """None."""


def says(_params: Params) -> str:
    """The rule in words."""
    return (
        "网站所链接的外部网站与更早一次采集相比没有更换主人或内容，得满分；有更换的，初判不得分，由人核查；没有外部链接的，不涉及；没有可比较的批次，未判定。"
    )


def rule(evidence: UnitEvidence, _params: Params, _as_of: date) -> Finding:
    """MET (every one that could be compared is the same), UNMET (a proposal: some changed), NOT_APPLICABLE (no such links), NOT_OBSERVED (nothing to compare with)."""
    site = checked(evidence)
    if not isinstance(site, SiteObservation):
        return site
    links = site.checks.external
    changed = [link for link in links if link.changed]
    same = [link for link in links if link.changed is False]
    if changed:
        names = [f"{link.host}（原为“{link.was_title}”，现为“{link.title}”）" for link in changed[:_SHOWN]]
        refs = tuple(dict.fromkeys(EvidenceRef(link.url) for link in changed[:_SHOWN]))
        return unmet(Reason.EXTERNAL_CHANGED, {"count": len(changed), "links": names}, refs)
    if same:
        return met(Reason.EXTERNAL_KEPT, {"count": len(same)}, home_page(site))
    counted = next((one for one in site.checks.links if one.kind is LinkKind.EXTERNAL), None)
    if counted is not None and not counted.seen:
        return not_applicable(Reason.LINKS_NONE, {"kind": LinkKind.EXTERNAL.zh})
    return unchecked(site, "外部链接的归属", "没有以前的采集可以比较")
