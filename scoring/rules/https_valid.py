"""Whether the site answers over HTTPS with a certificate that holds, and plain HTTP leads there."""

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
    """`no_redirect`: what a valid certificate earns when plain HTTP does not lead to it (0–1)."""

    no_redirect: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)


def says(params: Params) -> str:
    """The rule in words."""
    if params.no_redirect == 1:
        return "网站支持 HTTPS 且证书有效，得满分（http 网址不转到 https 也同样算）；不支持或证书无效，不得分。"
    return f"网站支持 HTTPS、证书有效，http 网址转到 https，得满分；证书有效而不转到 https，{phrase.worth(params.no_redirect)}；不支持或证书无效，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, PARTIAL (no redirect), UNMET (no HTTPS, or a certificate that browsers refuse; seen twice), NOT_OBSERVED."""
    site = checked(evidence)
    if not isinstance(site, SiteObservation):
        return site
    seen = site.checks.https
    if seen is None or seen.valid is None:
        return unchecked(site, "HTTPS", seen.note if seen else "")
    told = {"note": seen.note or "原因未记录", "expires": seen.expires.isoformat() if seen.expires else "未读到"}
    if not seen.valid:
        return unmet(Reason.HTTPS_INVALID, told, home_page(site))
    if seen.redirects is False and params.no_redirect < 1:
        return graded(params.no_redirect, Reason.HTTPS_NO_REDIRECT, told, home_page(site))
    return met(Reason.HTTPS_VALID, told, home_page(site))
