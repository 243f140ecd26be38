"""Pages with their interfaces in memory: what a column page lists once its rows were asked for, page after page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Response
from crawlers.listing import Listing
from crawlers.observation import Item
from crawlers.status import Phase
from crawlers.visit import Visit, Visitor
from tests.crawlers.web import AS_OF, HOME, Answer, Web, page

COLUMN = HOME + "col/index.html"


@dataclass
class Forms(Web):
    """A web that also answers by what a form says: its pages may be named `URL|a=1&b=2`."""

    forms: list[str] = field(default_factory=list)

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        if data is None:
            return super().get(url)
        key = f"{url}|{urlencode(data)}"
        self.forms.append(key)
        answer = super().get(key)
        return Response(url, url, answer.status, answer.at, answer.http, answer.headers, answer.body)


def visitor(pages: Mapping[str, Answer | list[Answer]], tmp_path: Path) -> tuple[Visitor, Forms]:
    web = Forms(pages)
    writer = EvidenceWriter(tmp_path / "demo.warc.gz")
    return Visitor(web, writer, AS_OF, 200, lambda url, good: None), web  # type: ignore[arg-type]


def opened(body: str, answers: Mapping[str, Answer | list[Answer]], tmp_path: Path, url: str = COLUMN) -> Visit:
    """The column page with this body, its interface answering as given."""
    return visitor({url.split("#")[0]: body if "<html" in body else page("栏目", body), **answers}, tmp_path)[0].open(url, Phase.FIRST)


def everything(body: str, answers: Mapping[str, Answer | list[Answer]], tmp_path: Path, url: str = COLUMN) -> tuple[list[Item], Listing, Forms]:
    """All items of the column, its pages turned to the end; its first listing; what was asked."""
    look, web = visitor({url.split("#")[0]: body if "<html" in body else page("栏目", body), **answers}, tmp_path)
    first = look.open(url, Phase.FIRST).listing
    items, waiting = list(first.items), list(first.more)
    while waiting:
        further = look.follow(waiting.pop(0), Phase.FIRST).listing
        items += further.items
        waiting = waiting or list(further.more)
    return items, first, web


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def titled(items: list[Item] | tuple[Item, ...]) -> list[tuple[str, str]]:
    """Titles and dates."""
    return [(item.title, item.date.isoformat() if item.date else "") for item in items]
