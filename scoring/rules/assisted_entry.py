"""Whether the home page has an entry to an accessible (无障碍) or an elderly (适老) version that leads somewhere."""

from datetime import date
from typing import Literal

from crawlers.observation import SiteObservation
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.checked import checked, unchecked
from scoring.rules.finding import met, unmet
from scoring.rules.home import home_once
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base

_NAMES = {"accessibility": "无障碍", "elderly": "适老化"}


class Params(Base):
    """`entry`: which of the two."""

    entry: Literal["accessibility", "elderly"]


def says(params: Params) -> str:
    """The rule in words."""
    return f"首页有{_NAMES[params.entry]}入口，点开后确有相应的页面或功能，得满分；没有入口，或入口指向空处，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, UNMET (none, or one that leads nowhere; confirmed), NOT_OBSERVED (not checked, or what it does is only seen by running scripts)."""
    site = checked(evidence)
    if not isinstance(site, SiteObservation):
        return site
    name, checks = _NAMES[params.entry], site.checks
    if not checks.links:
        return unchecked(site, f"{name}入口")
    entry = checks.accessibility if params.entry == "accessibility" else checks.elderly
    if entry is not None and entry.leads is None:
        return unchecked(site, f"{name}入口", f"「{entry.text}」由脚本打开，未运行脚本")
    if entry is not None and entry.leads:
        return met(Reason.ENTRY_LEADS, {"name": name, "text": entry.text}, home_page(site))
    if not site.home_confirmed:
        return home_once(evidence, f"没有可用的{name}入口")
    if entry is not None:
        return unmet(Reason.ENTRY_IDLE, {"name": name, "text": entry.text}, home_page(site))
    return unmet(Reason.ENTRY_MISSING, {"name": name}, home_page(site))
