"""Is the newest dated item of the home page recent enough? The limit is inclusive."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Days
from scoring.rules.spec import Params as Base


class Params(Base):
    """`days`: greatest age."""

    days: Days


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (stale, confirmed), NOT_OBSERVED (among others when nothing is dated, or only in the future)."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    newest = site.home_newest
    if newest is None or newest > as_of:
        return unobserved(Reason.HOME_NO_DATE, {}, home_page(site))
    age = (as_of - newest).days
    told = {"newest": newest.isoformat(), "age": age, "days": params.days}
    if age <= params.days:
        return met(Reason.HOME_FRESH, told, home_page(site))
    return unmet(Reason.HOME_STALE, told, home_page(site)) if site.home_confirmed else home_once(evidence, f"超过 {params.days} 天未更新")
