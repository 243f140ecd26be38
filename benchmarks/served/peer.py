"""One process of Scrapy over some hosts, with its fastest settings. `python -m benchmarks.served.peer lean|usual PAGES NETLOC …`.

`lean`: written for these pages and for speed: links by a CSS selector, dates by one regular expression over each row and over an article's text; nothing is stored.
`usual`: with the tools at hand: links by LinkExtractor, the date of every page by htmldate, which knows of no rows; nothing is stored.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

_DATE = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_ARTICLE = re.compile(r"/t\d{8}_\d+")
SETTINGS = {
    "LOG_ENABLED": False,
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "AUTOTHROTTLE_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REFERER_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
}


class Peer(Spider):
    """Follows every link within its hosts, up to `pages` each."""

    name = "peer"
    found: ClassVar[Counter[str]] = Counter()

    def __init__(self, mode: str, pages: int, netlocs: list[str]) -> None:
        super().__init__()
        self._usual, self._pages, self._asked = mode == "usual", pages, Counter[str]()
        self._netlocs = set(netlocs)
        self._extractor = LinkExtractor()
        self._known: set[str] = set()

    async def start(self) -> Any:
        for netloc in sorted(self._netlocs):
            url = f"http://{netloc}/"
            self._known.add(url)
            self._asked[netloc] += 1
            yield Request(url, dont_filter=True)

    def parse(self, response: Any) -> Iterator[Any]:
        """Links and dates of one page."""
        self.found["pages"] += 1
        urls = (
            [link.url for link in self._extractor.extract_links(response)]
            if self._usual
            else [response.urljoin(href) for href in response.css("a::attr(href)").getall()]
        )
        self.found["links"] += len(urls)
        if self._usual:
            from htmldate import find_date  # the lean spider does without, and starts without

            self.found["dates"] += bool(find_date(response.text, original_date=True))
        elif not _ARTICLE.search(response.url):
            self.found["dates"] += sum(1 for row in response.css("li, tr, dd") if _DATE.search(" ".join(row.css("::text").getall())))
        else:
            self.found["dates"] += bool(_DATE.search(" ".join(response.css("body ::text").getall())))
        for url in urls:
            netloc = url.split("/", 3)[2] if url.startswith("http://") else ""
            if netloc in self._netlocs and url not in self._known and self._asked[netloc] < self._pages:
                self._known.add(url)
                self._asked[netloc] += 1
                yield Request(url, dont_filter=True)


def main(mode: str, pages: int, netlocs: list[str]) -> None:
    """Crawl and print what came of it."""
    process = CrawlerProcess(SETTINGS)
    process.crawl(Peer, mode=mode, pages=pages, netlocs=netlocs)
    process.start()
    print(json.dumps([Peer.found["pages"], Peer.found["links"], Peer.found["dates"]]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
