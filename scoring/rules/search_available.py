"""Whether there is a search box on the home page or the platform's page (条例第二十四条)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unmet
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """None."""


def says(_params: Params) -> str:
    """The rule in words."""
    return "首页有检索框，得满分；没有，不得分。"


def rule(evidence: UnitEvidence, _params: Params, _as_of: date) -> Finding:
    """MET, UNMET (none, confirmed), NOT_OBSERVED."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    if site.search_box:
        return met(Reason.SEARCH_PRESENT, {}, home_page(site))
    return unmet(Reason.SEARCH_MISSING, {}, home_page(site)) if site.home_confirmed else home_once(evidence, "没有检索框")
