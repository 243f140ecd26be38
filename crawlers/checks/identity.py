"""What a site says it is: metadata tags and footer, read from its home page and held against the register."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from crawlers.checks.record import IdentityIssue
from crawlers.observation import Identity
from crawlers.page import Page
from crawlers.register import SiteEntry
from crawlers.remembered import remembered

_TAIL = 4_000
"""Characters at the end of a page in which its footer is looked for first: a list above may name other bodies' sponsors."""
_FOOTER = {
    "id_code": re.compile(r"标识码\s{0,3}[:(]?\s{0,3}([0-9A-Za-z]{10})(?![0-9A-Za-z])"),
    "icp": re.compile(r"[\u4e00-\u9fa5]\s?ICP\s?[备证]\s?[A-Za-z]?[0-9][0-9-]{3,15}\s?号?(?:\s?-\s?[0-9]{1,3})?"),
    "police": re.compile(r"[\u4e00-\u9fa5]?\s?公(?:网安|安网)备\s?(?:案号)?:?\s?[0-9]{8,16}\s?号?|公安(?:机关)?备案(?:编?号)?:?\s?[0-9]{8,16}"),
    "sponsor": re.compile(r"主\s?办\s?(?:单\s?位|方|者)?\s?:\s{0,3}([^\s|,;。、]{2,30})"),
}
_SAID_BY_SCRIPT = re.compile(r"标识码|ICP|公网安备|主办")
_TAG = re.compile(r"<[^<>]{0,300}>")
_CONAC = re.compile(r"conac\.cn/(?:js/[\d/]{4,60}/(C[A-Z]\d{10,30})|sitename\?method=show&(?:amp;)?id=([0-9A-Fa-f]{20,40}))")
_CODE = re.compile(r"[0-9A-Za-z]{10}")
_POLICE_LINK = re.compile(r"(?:recordcode|code)=(\d{8,16})")
_BETWEEN = re.compile(r"[,;、| ]+")
_ENTITIES = {"&nbsp;": " ", "&ensp;": " ", "&emsp;": " ", "&amp;": "&"}
_SUFFIX = re.compile(r"(?:门户网站|政务网站|政府网站|官方网站|信息网|门户|政务网|网站|官网|网)$")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_DEFAULT_PORT = re.compile(r":(?:80|443)$")


@remembered
def identity_of(page: Page) -> Identity:
    """Metadata tags by name, and what the footer states: id_code, icp, police, sponsor; conac (党政机关网站标识), report_code (the code its 找错 button carries)."""
    footer: dict[str, str] = {}
    for text in _texts(page):
        for name, pattern in _FOOTER.items():
            if name not in footer and (match := pattern.search(text)):
                footer[name] = match.group(match.lastindex or 0).strip()
    footer |= {name: value for name, value in _carried(page) if value and name not in footer}
    return Identity(meta=dict(page.meta), footer=footer)


def _texts(page: Page) -> Iterator[str]:
    """Where a footer may stand: the end of the page, the whole page, and what inline scripts write."""
    text = plain(page.text)
    yield text[-_TAIL:]
    yield text
    for node in page.tree.css("script"):
        written = node.text()
        if len(written) < 200_000 and _SAID_BY_SCRIPT.search(written):
            for entity, character in _ENTITIES.items():
                written = written.replace(entity, character)
            yield plain(_TAG.sub("", written))


def _carried(page: Page) -> Iterator[tuple[str, str]]:
    """What the footer's buttons carry in their addresses."""
    if match := _CONAC.search(page.source) or _CONAC.search(unquote(page.source[-100_000:])):
        yield "conac", match[1] or match[2]
    elif "dcs.conac.cn" in page.source:
        yield "conac", "dcs.conac.cn"
    for node in page.tree.css("[sitecode]"):
        if found := _CODE.fullmatch(plain(node.attributes.get("sitecode") or "")):
            yield "report_code", found[0]
    for node in page.tree.css("a[href*='site_code=']"):
        if found := _CODE.match((node.attributes.get("href") or "").partition("site_code=")[2]):
            yield "report_code", found[0]
    for node in page.tree.css("a[href*='beian.gov.cn'], a[href*='beian.mps.gov.cn']"):
        if number := _POLICE_LINK.search(node.attributes.get("href") or ""):
            yield "police", number[1]


def issues(identity: Identity, site: SiteEntry, hosts: frozenset[str]) -> tuple[IdentityIssue, ...]:
    """Statements that are missing or disagree with the register, with the site's address or with each other.

    A footer's statement is missed only where the footer was read at all: many are written by scripts of their own. What the register does not say is not asked.
    """
    meta = {name.lower(): value for name, value in identity.meta.items()}
    footer = identity.footer
    found: list[IdentityIssue] = []
    code = meta.get("siteidcode", "")
    expected = site.id_code or footer.get("id_code", "")
    if not code or (expected and not same_code(code, expected)):
        found.append(IdentityIssue("meta", "SiteIDCode", expected, code))
    name = meta.get("sitename", "")
    if not name or (site.name and not same_name(name, site.name)):
        found.append(IdentityIssue("meta", "SiteName", site.name, name))
    domain = meta.get("sitedomain", "")
    if not domain or not {host_of(part) for part in _BETWEEN.split(plain(domain))} & {host_of(host) for host in hosts}:
        found.append(IdentityIssue("meta", "SiteDomain", host_of(site.home), domain))
    stated = footer.get("id_code", "")
    expected = site.id_code or code
    if (stated and expected and not same_code(stated, expected)) or (footer and not stated):
        found.append(IdentityIssue("footer", "id_code", expected, stated))
    carried = footer.get("report_code", "")
    if carried and expected and not same_code(carried, expected):
        found.append(IdentityIssue("footer", "report_code", expected, carried))
    found += [IdentityIssue("footer", name, "", "") for name in ("icp", "police", "sponsor", "conac") if footer and name not in footer]
    return tuple(found)


def plain(text: str) -> str:
    """Full-width letters, digits and signs as their ordinary twins, white space as one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def same_code(code: str, other: str) -> bool:
    """Whether two 网站标识码 are the same."""
    return plain(code).replace(" ", "").lower() == plain(other).replace(" ", "").lower()


def same_name(name: str, other: str) -> bool:
    """Whether two names are those of one site: 门户网站 at the end and 中国 before do not tell them apart, and a place names its government (中国宜春)."""
    ours, theirs = _bare(name), _bare(other)
    shorter, longer = sorted((ours, theirs), key=len)
    if ours == theirs or (len(shorter) >= 4 and shorter in longer):
        return True
    shorter, longer = sorted((_GOVERNMENT.sub("", ours), _GOVERNMENT.sub("", theirs)), key=len)
    return len(shorter) >= 2 and longer in (shorter, *(f"{shorter}{level}" for level in "省市县区州盟旗"))


def _bare(name: str) -> str:
    kept = "".join(character for character in plain(name).lower() if character.isalnum())
    stripped = _SUFFIX.sub("", kept)
    bare = stripped if len(stripped) >= 2 else kept
    return bare.removeprefix("中国") if len(bare) >= 4 else bare


def host_of(text: str) -> str:
    """The host of a domain or address as written: without scheme, `www.`, path and default port."""
    host = plain(text).lower().replace(" ", "").replace("。", ".")
    host = host.partition("://")[2] or host
    host = _DEFAULT_PORT.sub("", host.partition("/")[0].partition("?")[0])
    return host.removeprefix("www.").rstrip(".")


def owner_of(identity: Identity) -> str:
    """Who a site belongs to, for comparing two visits: the ICP number without its running part, else the sponsor."""
    icp = re.sub(r"\s|号|-\d{1,3}$", "", identity.footer.get("icp", "").replace(" ", ""))
    return re.sub(r"-\d{1,3}$", "", icp) or identity.footer.get("sponsor", "")
