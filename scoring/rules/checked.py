"""What the rules on the checks of a whole site share."""

from crawlers.observation import SiteObservation
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page


def checked(evidence: UnitEvidence) -> SiteObservation | Finding:
    """The unit's site, when its home page was read; else the finding that says why not."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    return site


def unchecked(site: SiteObservation, what: str, note: str = "") -> Finding:
    """The check was not made, or led to nothing."""
    return unobserved(Reason.CHECK_OPEN, {"what": what, "note": note or "未检查"}, home_page(site))
