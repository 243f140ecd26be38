"""Does the home page answer with content? One failed look is no proof of an outage: that takes a week of probes (国办秘函〔2019〕19号)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """None."""


def says(_params: Params) -> str:
    """The rule in words."""
    return "网站首页能够打开，得满分；打不开的，未判定，由可用性监测判定是否站点无法访问。"


def rule(evidence: UnitEvidence, _params: Params, _as_of: date) -> Finding:
    """MET or NOT_OBSERVED."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    return met(Reason.SITE_REACHABLE, {}, home_page(site))
