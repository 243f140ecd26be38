"""Is the newest dated item of the home page recent enough? The limit is inclusive.

首页不更新 (19号: 监测2周无信息更新) is held against what every run up to this one saw: something newer that an earlier run saw and the page no longer shows is an update
all the same. One run is enough for a negative, for the page itself states when it was last updated; it must have been seen twice (docs/decisions/0010).
"""

from datetime import date

from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Days
from scoring.rules.spec import Params as Base


class Params(Base):
    """`days`: greatest age."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return f"首页最近一条信息的日期距采集日不超过 {params.days} 天，得满分；超过，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (stale, confirmed), NOT_OBSERVED (among others when nothing is dated, nothing recent with its year, or only in the future)."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    newest, untold = (day if day is not None and day <= as_of else None for day in (site.home_newest, site.home_untold))
    pages = home_page(site)
    for seen in evidence.homes:
        if seen.as_of <= as_of and seen.newest is not None and seen.newest <= seen.as_of and (newest is None or seen.newest > newest):
            if newest is None and (as_of - seen.newest).days > params.days:
                continue  # a page that shows no date now may be newer than it was then
            newest, pages = seen.newest, (*([EvidenceRef(seen.url, seen.at, seen.snapshot)] if seen.url else []), *home_page(site))
    if untold is not None and (newest is None or (as_of - newest).days > params.days):
        if (as_of - untold).days <= params.days:
            return unobserved(Reason.HOME_YEAR_UNTOLD, {"day": f"{untold:%m-%d}", "days": params.days}, home_page(site))
        newest = max(untold, newest or untold)
    if newest is None:
        return unobserved(Reason.HOME_NO_DATE, {}, home_page(site))
    age = (as_of - newest).days
    told = {"newest": newest.isoformat(), "age": age, "days": params.days}
    if age <= params.days:
        return met(Reason.HOME_FRESH, told, pages)
    return unmet(Reason.HOME_STALE, told, pages) if site.home_confirmed else home_once(evidence, f"超过 {params.days} 天未更新")
