"""Records of the database as pages of evidence."""

import hashlib
from datetime import datetime

from scoring.services.shapes import StoredPage


def page(where: str, url: str, title: str, text: str, at: datetime | None, made: str) -> StoredPage:
    """A record: its text is what a reader sees, and what its SHA-256 is of."""
    if at is None:
        raise ValueError(where)
    return StoredPage(where, url, at, None, "", "", title, text, text, hashlib.sha256(text.encode()).hexdigest(), made_zh=made)
