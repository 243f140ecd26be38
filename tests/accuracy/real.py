"""Real saved pages, which stay outside the project, each beside what its keeper noted of it."""

from datetime import date
from urllib.parse import urlsplit

from crawlers.columns import load_columns
from crawlers.dates import article_date
from crawlers.inspect import from_file, inspect
from crawlers.page import Page
from tests.accuracy.peer import guessed
from tests.accuracy.tally import Tally
from tests.crawlers import realpages

_ARTICLES_AS_OF = date(2026, 11, 22)


def present() -> bool:
    """Whether the folder is here."""
    return (realpages.FOLDER / "index.csv").is_file()


def tallies() -> list[Tally]:
    """Every reader on the real pages."""
    columns, newest, states, published = (Tally(name, "real") for name in ("columns", "newest date", "page state", "article date"))
    dictionary = load_columns()
    for real in realpages.pages():
        name = real.path.name
        reading = inspect(from_file(real.path, real.url), dictionary, realpages.AS_OF)
        states.note(name, "content", reading["page"])
        if name in realpages.NEWEST:
            newest.note(name, realpages.NEWEST[name], reading["newest"])
        found = {one["key"]: one["match"] for one in reading["columns"]}
        for key, expected in realpages.COLUMNS.get(name, {}).items():
            seen = found.get(key)
            columns.note(f"{name} {key}", expected, "named" if expected == "named" and seen in ("exact", "alias") else seen)
        if name in realpages.PUBLISHED:
            _article(published, Page(real.url, real.path.read_bytes()), name, realpages.PUBLISHED[name], realpages.AS_OF)
    for article in realpages.articles():
        _article(published, Page(article.url, article.path.read_bytes()), article.path.name, article.date, _ARTICLES_AS_OF)
    return [columns, newest, published, states]


def _article(tally: Tally, page: Page, name: str, expected: str, as_of: date) -> None:
    assert urlsplit(page.url).netloc
    found = article_date(page, as_of)
    tally.note(name, expected, found[0].isoformat() if found else None)
    guess = guessed(page, as_of)
    tally.note_peer(guess is not None and guess.isoformat() == expected)
