"""A link of a page: the names it goes by, where it leads, and what its address looks like."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

_ARTICLE = re.compile(
    r"/art/\d{4}/|/t\d{8}_\d+|/content/post_|/content_\d+|[/_]\d{6,}\.s?html?$|/[0-9a-f]{32}\.s?html?$|art_[0-9a-f]{32}|/\d{4}-\d{2}/\d{2}/|/20\d{4}/[^/]+\.s?html?$"
)
_FILE = re.compile(r"\.(docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|txt|csv|jpe?g|png|gif|mp[34]|css|js|ico|xml)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: the names it goes by (its text, `title`, the `alt`/`title` of its images) and its absolute address without fragment."""

    names: tuple[str, ...]
    url: str

    @property
    def text(self) -> str:
        """The name a reader sees first."""
        return self.names[0] if self.names else ""


def is_article(url: str) -> bool:
    """Whether the address is shaped like that of one article rather than of a column."""
    return bool(_ARTICLE.search(urlsplit(url).path))


def is_file(url: str) -> bool:
    """Whether the address names a file rather than a page."""
    return bool(_FILE.search(urlsplit(url).path))


def names_of(node: LexborNode) -> tuple[str, ...]:
    """The names an anchor goes by: its text, `title`, and the `alt` and `title` of its images."""
    names = [" ".join(node.text(separator="").split()), node.attributes.get("title") or ""]
    for image in node.css("img"):
        names += [image.attributes.get("alt") or "", image.attributes.get("title") or ""]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
