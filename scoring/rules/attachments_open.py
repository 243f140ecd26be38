"""Whether files that documents offer can be downloaded and are what their names promise, no error page (下载功能可用, 条例第二十四条)."""

from datetime import date

from crawlers.observation import ScopeObservation, SiteObservation
from crawlers.status import LinkKind, ScopeKind
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.home import home_unread
from scoring.rules.reading import address, home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """None."""


def says(_params: Params) -> str:
    """The rule in words."""
    return "抽查的附件都能下载打开，网页上指向附件的链接都有效，得满分；有任何一个打不开或失效，不得分。"


def rule(evidence: UnitEvidence, _params: Params, _as_of: date) -> Finding:
    """MET: every file opened and every link to one that was tried led to it. UNMET: one did not, both times. NOT_OBSERVED: no file was tried, or one was not had that could be broken."""
    site, view = evidence.site, evidence.view
    if (unread := home_unread(evidence)) or site is None or view is None:
        return unread or unobserved(Reason.SITE_ABSENT, {}, ())
    opened = {one.url: one for seen in view.sightings for document in seen.documents for one in document.attachments if one.opens is not None}
    missed = {
        one.url for seen in view.sightings for document in seen.documents for one in document.attachments if one.opens is None and one.fetch is not None
    } - opened.keys()
    whole = view.kind is ScopeKind.SITE  # links are checked once for a site; whose they are is not told
    dead = [link for link in site.dead_links if link.kind is LinkKind.ATTACHMENT] if whole else []
    tried = sum(count.tried - count.unknown for count in site.checks.links if count.kind is LinkKind.ATTACHMENT) if whole else 0
    broken = {url: f"{one.name or url}（不是可以打开的文件）" for url, one in opened.items() if one.opens is False}
    broken |= {link.url: f"{link.text or link.url}（链接失效，见 {link.on}）" for link in dead if link.url not in broken}
    told = {"opened": len(opened), "tried": tried, "count": len(broken), "names": list(broken.values())}
    if not opened and not tried:
        return unobserved(Reason.ATTACHMENTS_UNTRIED, told, home_page(site))
    unknown = len(missed) + sum(count.unknown for count in site.checks.links if whole and count.kind is LinkKind.ATTACHMENT)
    if not broken and unknown:
        return unobserved(
            Reason.KIND_LINKS_OPEN, {"kind": LinkKind.ATTACHMENT.zh, "checked": len(opened) + tried + unknown, "unknown": unknown}, home_page(site)
        )
    if not broken:
        return met(Reason.ATTACHMENTS_OPEN, told, _pages(site, view, set(opened)) or home_page(site))
    carrying = _pages(site, view, set(broken)) + tuple(ref for link in dead for ref in address(site, link.snapshot, link.url))
    return unmet(Reason.ATTACHMENTS_BROKEN, told, tuple(dict.fromkeys(carrying)))


def _pages(site: SiteObservation, view: ScopeObservation, urls: set[str]) -> tuple[EvidenceRef, ...]:
    """The documents that offer these files."""
    carrying = [one for seen in view.sightings for one in seen.documents if any(file.url in urls for file in one.attachments)]
    return tuple(dict.fromkeys(ref for one in carrying for ref in address(site, one.snapshot, one.url)))
