"""One process of ours: reads some hosts to their end, a thread a host, everything the crawler reads of a page. `python -m benchmarks.served.reader FOLDER RATE PLACE PAGES NETLOC …`."""

import json
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

from crawlers.dates import article_date
from crawlers.desk import DESK
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.link import is_article
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation, dump
from crawlers.process import collect_seldom, room_for, share_one_heap, stay_on_core
from crawlers.status import Looked, Phase, ScopeKind
from crawlers.visit import Visitor

AS_OF = date(2026, 3, 31)


def read_host(folder: Path, rate: float, netloc: str, pages: int) -> tuple[int, int, int]:
    """Read up to `pages` pages of a host, following links, `rate` a second (0: as fast as it answers); its evidence and observation are written. (pages, links, dates)."""
    home = f"http://{netloc}/"
    fetcher = Fetcher(Policy(rate=rate, local=frozenset({netloc})))
    name = netloc.replace(":", "-")
    links = dates = 0
    sightings = []
    started = datetime.now(UTC)
    with EvidenceWriter(folder / f"{name}.warc.gz") as writer:
        visitor = Visitor(fetcher, writer, AS_OF, pages + 1, _silent)
        waiting, known = deque([home]), {home}
        opened = 0
        while waiting and opened < pages:
            opened += 1
            visit = visitor.open(waiting.popleft(), Phase.FIRST)
            page = visit.page
            if page is None or not visit.readable:
                continue
            links += len(page.links)
            for link in page.links:
                if link.url not in known and link.url.startswith(home):
                    known.add(link.url)
                    waiting.append(link.url)
            items: tuple[Item, ...] = visit.listing.items
            if is_article(page.url) and (stated := article_date(page, AS_OF)):
                items = (Item(page.url, page.meta_of("ArticleTitle") or page.title, stated[0], stated[1]),)
            dates += sum(1 for item in items if item.date)
            newest = max((item.date for item in items if item.date), default=None)
            sightings.append(Sighting(page.own_name, page.title, None, page.url, visit.response.status, 200, visit.state, None, items, newest))
        view = ScopeObservation("u", ScopeKind.SITE, home, "", matched=True, looked=Looked.COMPLETE, sightings=tuple(sightings))
        observation = SiteObservation(
            name,
            "r",
            home,
            AS_OF,
            started,
            datetime.now(UTC),
            sightings[0].fetch or visit.response.status,
            pages=visitor.pages,
            snapshots=tuple(visitor.snapshots),
            scopes=(view,),
        )
    fetcher.close()
    (folder / f"{name}.json").write_bytes(dump(observation))
    return visitor.pages, links, dates


def _seated(folder: Path, rate: float, netloc: str, pages: int) -> tuple[int, int, int]:
    with DESK.seated():  # as crawlers.work does
        return read_host(folder, rate, netloc, pages)


def _silent(url: str, good: bool) -> None:
    """Nobody watches the progress."""


def main(folder: Path, rate: float, place: str, pages: int, netlocs: list[str]) -> None:
    """Read the hosts and print what came of it. `place`: which process of how many this is, "0/2"."""
    number, processes = place.split("/")
    stay_on_core(int(number), int(processes))
    collect_seldom()  # as crawlers.executors has it
    share_one_heap()
    room_for(len(netlocs))
    with ThreadPoolExecutor(len(netlocs)) as pool:
        done = list(pool.map(lambda netloc: _seated(folder, rate, netloc, pages), netlocs))
    print(json.dumps([sum(part) for part in zip(*done, strict=True)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5:])
