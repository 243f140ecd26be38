"""Whether the site's own search returns an item that the site lists, given its title (检索功能可用, 条例第二十四条)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import address, home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """None."""


def says(_params: Params) -> str:
    """The rule in words."""
    return "在网站的检索框中输入一条已发布信息的标题，结果中有这条信息，得满分；两次都没有，或没有检索框，不得分；程序用不了的检索，未判定。"


def rule(evidence: UnitEvidence, _params: Params, _as_of: date) -> Finding:
    """MET, UNMET (not found in two looks, or no search box at all), NOT_OBSERVED (a search that a program cannot use)."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    check = site.checks.search
    if check is None:
        if site.search_box:
            return unobserved(Reason.SEARCH_UNTRIED, {"why": "没有可以提交的检索框"}, home_page(site))
        return unmet(Reason.SEARCH_MISSING, {}, home_page(site)) if site.home_confirmed else home_once(evidence, "没有检索框")
    pages = address(site, check.snapshot, check.url) or home_page(site)
    if check.found is None:
        return unobserved(Reason.SEARCH_UNTRIED, {"why": check.note or "检索结果无法由程序判读"}, pages)
    if check.found:
        return met(Reason.SEARCH_FINDS, {"words": check.words}, pages)
    return unmet(Reason.SEARCH_FINDS_NOT, {"words": check.words}, pages)
