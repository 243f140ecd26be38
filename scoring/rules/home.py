"""How a home page is read by the rules that concern a whole site."""

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import unobserved
from scoring.rules.reading import blocked, home_page, opaque_home


def home_unread(evidence: UnitEvidence) -> Finding | None:
    """Why nothing can be said of the home page; None when it was read."""
    if stop := blocked(evidence):
        return unobserved(*stop)
    site = evidence.site
    if site is not None and opaque_home(site) and site.page is not None:
        return unobserved(Reason.SITE_PAGE, {"page": site.page.value}, home_page(site))
    return None


def home_once(evidence: UnitEvidence, what: str) -> Finding:
    """Something was lacking on the home page, but only at the first look."""
    return unobserved(Reason.HOME_UNCONFIRMED, {"what": what}, home_page(evidence.site) if evidence.site else ())
