"""Whether the site has an IPv6 address and answers on it. A machine without IPv6 of its own sees the address only, and says so."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from crawlers.observation import SiteObservation
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.checked import checked, unchecked
from scoring.rules.finding import graded, met, unmet
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """`address_ratio`: what an AAAA record earns whose address refuses connections (0–1)."""

    address_ratio: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.5")


def says(params: Params) -> str:
    """The rule in words."""
    return f"网站域名有 IPv6 地址且能够访问，得满分；有地址而拒绝访问，{phrase.worth(params.address_ratio)}；没有地址，不得分；本机不能试的，未判定。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET (reachable), PARTIAL (an address that refuses), UNMET (no AAAA record), NOT_OBSERVED (nobody could try)."""
    site = checked(evidence)
    if not isinstance(site, SiteObservation):
        return site
    seen = site.checks.ipv6
    if seen is None or seen.address is None or (seen.address and seen.reachable is None):
        return unchecked(site, "IPv6", seen.note if seen else "")
    told = {"note": seen.note or "无补充说明"}
    if not seen.address:
        return unmet(Reason.IPV6_MISSING, told, home_page(site))
    if not seen.reachable:
        return graded(params.address_ratio, Reason.IPV6_UNREACHABLE, told, home_page(site))
    return met(Reason.IPV6_REACHABLE, told, home_page(site))
