"""Whether the footer of the home page states the marks that are asked of a government site: 网站标识码, ICP备案, 公安备案, 党政机关网站标识."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import graded, met, part, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base

Mark = Literal["id_code", "icp", "police", "conac", "sponsor"]
_NAMES: dict[str, str] = {"id_code": "网站标识码", "icp": "ICP备案号", "police": "公安备案号", "conac": "党政机关网站标识", "sponsor": "主办单位"}


class Params(Base):
    """`marks`: those asked for."""

    marks: Annotated[tuple[Mark, ...], Field(min_length=1)] = ("id_code", "icp", "police", "conac")


def says(params: Params) -> str:
    """The rule in words."""
    asked = "、".join(_NAMES[mark] for mark in params.marks)
    return f"首页页脚标明{asked}，且与登记的不矛盾，得满分；否则得分比例为做到的项数占 {len(params.marks)} 项的比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = marks stated, and not contradicting the register, ÷ marks asked. NOT_OBSERVED when the footer itself was not read."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    footer = site.identity.footer
    if not any(footer.values()):
        return unobserved(Reason.FOOTER_UNREAD, {}, home_page(site))
    issues = {issue.name: issue for issue in site.checks.identity if issue.where == "footer"}
    missing = []
    for mark in params.marks:
        stated, issue = footer.get(mark, "").strip(), issues.get(mark)
        if not stated:
            missing.append(_NAMES[mark])
        elif issue is not None and issue.expected:
            missing.append(f"{_NAMES[mark]}（应为 {issue.expected}，实为 {stated}）")
    told = {"total": len(params.marks), "count": len(missing), "missing": missing}
    if not missing:
        return met(Reason.FOOTER_COMPLETE, told, home_page(site))
    if not site.home_confirmed or any(not footer.get(mark) and mark not in issues for mark in params.marks):
        return home_once(evidence, "页脚标识不全")
    return graded(part(len(params.marks) - len(missing), len(params.marks)), Reason.FOOTER_LACKING, told, home_page(site))
