"""A page that was saved without its address: what it says of its own address, and addresses as far as they are known."""

import posixpath
import re
from urllib.parse import quote, urljoin, urlsplit

from crawlers.address import split
from crawlers.page import Page

_NOWHERE = "http://saved-page.invalid"
"""A host that cannot be: addresses on it are told without it."""
_FOLDER = "/_/_/_/_/_/_/"
"""Where a page stands whose folder is not known: deep enough for the `../` of its links."""
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?::\d{1,5})?")


def base_of(body: bytes, name: str) -> str:
    """What the relative addresses of a saved page resolve against: the address it states itself, else the host it states, else nowhere.

    A canonical address that is a home page's is only believed as far as its host goes: many systems write it into all pages.
    """
    page = Page(f"{_NOWHERE}{_FOLDER}{quote(name)}", body)
    stated = [*_stated(page, "link[rel=canonical]", "href"), *_stated(page, "meta[property='og:url'], meta[name='og:url']", "content")]
    stated += [urljoin(one, name) for one in _stated(page, "base[href]", "href")]
    for address in stated:
        if urlsplit(address).path.strip("/"):
            return address
    host = next(iter(stated), "")
    domain = page.meta_of("SiteDomain")
    if not host:
        host = domain if split(domain) else f"http://{domain}" if _HOST.fullmatch(domain) else _NOWHERE
    parts = urlsplit(host)
    return f"{parts.scheme}://{parts.netloc}{_FOLDER}{quote(name)}"


def shown(url: str) -> str:
    """An address without what is not known of it: relative to the saved page, or from its site's root."""
    parts = urlsplit(url)
    if parts.path.startswith("/_/"):
        tail = posixpath.relpath(parts.path, _FOLDER) + ("/" if parts.path.endswith("/") else "") + (f"?{parts.query}" if parts.query else "")
        return f"{tail}#{parts.fragment}" if parts.fragment else tail
    return url.removeprefix(_NOWHERE)


def is_whole(base: str) -> bool:
    """Whether the page stated its whole address, so that all its addresses are known."""
    return not urlsplit(base).path.startswith(_FOLDER)


def _stated(page: Page, selector: str, attribute: str) -> list[str]:
    found = [(node.attributes.get(attribute) or "").strip() for node in page.tree.css(selector)]
    return [address for address in found if split(address)]
