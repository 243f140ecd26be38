"""What the addresses that stand on a page resolve against."""

import re
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

_SIGN = r"A-Za-z0-9_%~,=+@&$!*()'-"
_FOLDERS = rf"(?:[{_SIGN}][{_SIGN}.]*/)*"
_QUERY = rf"(?:\?[{_SIGN}./:?]+)?"
_END = r"(?:#(?:(?!!?/)[^\d\s\\\x00-\x20][^\s\\\x00-\x20]*)?)?"  # not that of a column, which is a number, nor that of a page that a script shows
_FROM_ROOT = re.compile(rf"(/{_FOLDERS}(?:[{_SIGN}][{_SIGN}.]*)?{_QUERY}){_END}")
_WHOLE = re.compile(rf"((?:https?:)?//[A-Za-z0-9.-]+(?::\d{{1,5}})?(?:/[{_SIGN}./:]*{_QUERY})?){_END}")
_BESIDE = re.compile(rf"(?=[^?#])((?:\.\./)+|\./|)({_FOLDERS}(?:[{_SIGN}][{_SIGN}.]*)?{_QUERY}){_END}")
ROUTE = re.compile(r"#!?/[\w?]")
"""How a fragment begins for which a script shows a page of its own."""
_FOLDER = re.compile(f"/{_FOLDERS}")


def from_root(href: str) -> bool | None:
    """Whether a text is a plain address from the root of a site (True) or a whole one (False), so that nothing but the origin of its page decides where it leads; None for any other."""
    if (plain := _FROM_ROOT.fullmatch(href)) and plain[1] == href:
        return True
    return False if (plain := _WHOLE.fullmatch(href)) and plain[1] == href and href[0] == "h" else None


class Base:
    """Resolves addresses against `url`, on a page in `encoding`; `known`: what it was asked for, by the text."""

    def __init__(self, url: str, encoding: str) -> None:
        self._url, self._encoding = url, encoding
        self.known: dict[str, str] = {}

    @cached_property
    def origin(self) -> str:
        """`http://host:port`; empty where there is none."""
        try:
            parts = urlsplit(self._url)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        """The folder that `url` stands in, then those above it up to the root; none where they are not named plainly."""
        path = urlsplit(self._url).path if self.origin else ""
        folder = path[: path.rfind("/") + 1]
        if not _FOLDER.fullmatch(folder):
            return ()
        ends = [at + 1 for at, sign in enumerate(folder) if sign == "/"]
        return tuple(self.origin + folder[:end] for end in reversed(ends))

    def absolute(self, href: str) -> str:
        """The address of a link, or empty for `javascript:`, `mailto:` and the like."""
        known = self.known.get(href)
        if known is None:
            known = self.known[href] = self._resolved(href)
        return known

    def _resolved(self, href: str) -> str:
        """Most links are plain: joining addresses takes twenty times as long as putting them together."""
        if not self.origin:
            return self._joined(href)
        if plain := _FROM_ROOT.fullmatch(href):
            return self.origin + plain[1]
        if plain := _WHOLE.fullmatch(href):
            return plain[1] if plain[1][0] == "h" else self.origin.partition("//")[0] + plain[1]
        if (plain := _BESIDE.fullmatch(href)) and self._folders:
            up = plain.end(1) // len("../")
            return self._folders[min(up, len(self._folders) - 1)] + plain[2]
        return self._joined(href)

    def _joined(self, href: str) -> str:
        href = href.strip().replace("\\", "/")
        if not href or (href.startswith("#") and not ROUTE.match(href)) or href[:11].lower() == "javascript:":
            return ""
        try:
            url, fragment = urldefrag(urljoin(self._url, href))
        except ValueError:
            return ""
        if not url.startswith(("http://", "https://")):
            return ""
        if (fragment.isascii() and fragment.isdigit() and "/gkmlpt" in url) or ROUTE.match(f"#{fragment}"):
            url = f"{url}#{fragment}"  # the one page of that platform serves every column, and the fragment is the column's number; or a script shows a page for each
        # Browsers send the query of a link in the page's own encoding.
        try:
            return url if url.isascii() else safe_url_string(url, encoding=self._encoding)
        except ValueError:
            return ""  # a port that is no number
