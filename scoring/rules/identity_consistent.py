"""Whether the site's metadata tags and identification codes are there, and the same as in the register."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from crawlers.checks.record import IdentityIssue
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import graded, met, part
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """`tags`: names of metadata tags that must be there."""

    tags: Annotated[tuple[StrictStr, ...], Field(min_length=1)]


def says(params: Params) -> str:
    """The rule in words."""
    tags = "、".join(params.tags)
    return f"首页写有标签 {tags}，网站名称、域名、标签和页脚中的网站标识码都与登记的一致，得满分；否则得分比例为相符的项数占核对项数的比例（没有登记标识码的不核对标识码）。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio of the checks that hold: each tag filled in, name and domain those of the register; SiteIDCode and the footer's code equal to the register's (left out when the register has none)."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    meta = {name.lower(): value.strip() for name, value in site.identity.meta.items()}
    stated = {issue.name.lower(): issue for issue in site.checks.identity if issue.where == "meta" and issue.found and issue.name.lower() != "siteidcode"}
    checks = [(_wrong(tag, stated.get(tag.lower())), bool(meta.get(tag.lower())) and tag.lower() not in stated) for tag in params.tags]
    if site.id_code:
        footer = site.identity.footer.get("id_code", "").strip()
        checks.append((f"SiteIDCode（{meta.get('siteidcode') or '空'}）与登记的 {site.id_code} 不一致", meta.get("siteidcode") == site.id_code))
        checks.append((f"页脚网站标识码（{footer or '空'}）与登记的 {site.id_code} 不一致", footer == site.id_code))
    missing = [what for what, holds in checks if not holds]
    told = {"total": len(checks), "count": len(missing), "missing": missing}
    if not missing:
        return met(Reason.IDENTITY_CONSISTENT, told, home_page(site))
    if not site.home_confirmed:
        return home_once(evidence, "站点标签或标识码不符")
    return graded(part(len(checks) - len(missing), len(checks)), Reason.IDENTITY_LACKING, told, home_page(site))


def _wrong(tag: str, issue: IdentityIssue | None) -> str:
    return f"缺少 {tag} 标签" if issue is None else f"{tag}（{issue.found}）与登记的 {issue.expected} 不一致"
