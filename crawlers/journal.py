"""The journal of one site: what it has answered so far (`sites/SITE.journal`, a JSON line an answer), so that a crawl that was cut off asks nothing twice."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from io import BufferedRandom
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from crawlers.evidence import EvidenceError, EvidenceWriter, read_record
from crawlers.fetch import Fetcher, Response
from crawlers.lock import held
from crawlers.manifest import RunBusy
from crawlers.status import FetchStatus

_FORMAT = 1
_AGAIN = frozenset({FetchStatus.TIMEOUT, FetchStatus.RESET})
_PATIENCE = 10.0

Form = tuple[tuple[str, str], ...] | None
Asked = tuple[str, str, Form, int]
"""Method, address, form, and how many times that was asked before."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, where its evidence is, and the SHA-256 of its body; `length` 0: there was nothing to store, and no `sha256`."""

    response: Response
    offset: int = 0
    length: int = 0
    sha256: str = ""


class Journal:
    """Opened for one site, by one process at a time. What an earlier attempt wrote is there to be had again; a torn last line or record is cut off.

    `end` is the length, in bytes, of the evidence (`part`) that the journal vouches for. Raises RunBusy while another process writes the same site.
    """

    def __init__(self, path: Path, part: Path) -> None:
        self._part = part
        self._answers: dict[Asked, Kept] = {}
        self._shas: dict[Asked, str] = {}
        self._times: Counter[tuple[str, str, Form]] = Counter()
        self.robots: dict[str, str] = {}
        self.end = 0
        path.touch()
        self._file: BufferedRandom = path.open("r+b")
        if not held(self._file, _PATIENCE):
            self._file.close()
            raise RunBusy(f"另一个进程正在采集 {path.parent.parent.name} 的网站 {path.stem}，请等它结束或先终止它")
        good = self._read()
        self._file.truncate(good)
        self._file.seek(good)
        if not good:
            self._write({"journal": _FORMAT})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def asked(self, method: str, url: str, form: Form) -> Asked:
        """The name of a question that is about to be put, for the first time or once more."""
        times = self._times[method, url, form]
        self._times[method, url, form] += 1
        return method, url, form, times

    def had(self, asked: Asked) -> Kept | None:
        """The answer of an earlier attempt. A question that then ended without one (time-out, broken connection) is to be put again."""
        kept = self._answers.pop(asked, None)
        if kept is None or kept.response.http is None or kept.response.status in _AGAIN:
            return None
        if not kept.length:
            return kept
        try:
            body = read_record(self._part, kept.offset, kept.length)
        except (EvidenceError, OSError):
            return None
        return replace(kept, response=replace(kept.response, body=body.body), sha256=body.sha256) if body.sha256 == self._shas[asked] else None

    def note(self, asked: Asked, kept: Kept) -> None:
        """Write an answer down, after its evidence was; from then on a killed process has not lost it."""
        method, url, form, times = asked
        answered = kept.response
        answer = {
            "url": answered.url,
            "final": answered.final,
            "status": answered.status.value,
            "at": answered.at.isoformat(),
            "http": answered.http,
            "headers": {name: value for name, value in answered.headers.items() if name.lower() != "set-cookie"},
            "seconds": answered.seconds,
            "lenient": answered.lenient,
        }
        place = {"sha": kept.sha256, "offset": kept.offset, "length": kept.length}
        self._write({"method": method, "url": url, "form": form, "times": times, "answer": answer, **place})

    def note_robots(self, origin: str, text: str) -> None:
        """Write down the robots.txt of an origin (scheme://host:port)."""
        self.robots[origin] = text
        self._write({"robots": origin, "text": text})

    def finish(self) -> None:
        """The site is done: only the robots rules are kept, for the other sites of its host group."""
        self._file.truncate(0)
        self._file.seek(0)
        self._write({"journal": _FORMAT})
        for origin, text in self.robots.items():
            self._write({"robots": origin, "text": text})

    def _write(self, line: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()

    def _read(self) -> int:
        """Take in what was written before; the length of it that is whole and whose evidence is there."""
        stored = self._part.stat().st_size if self._part.is_file() else 0
        good = 0
        for number, raw in enumerate(self._file):
            try:
                line = json.loads(raw)
                if not raw.endswith(b"\n") or (number == 0 and line != {"journal": _FORMAT}) or not self._take(line, stored):
                    break
            except (ValueError, KeyError, TypeError, ValidationError):
                break
            good += len(raw)
        return good

    def _take(self, line: dict[str, Any], stored: int) -> bool:
        if "robots" in line:
            self.robots[str(line["robots"])] = str(line["text"])
        elif "url" in line:
            end = int(line["offset"]) + int(line["length"])
            if end > stored:
                return False
            form = None if line["form"] is None else tuple((str(name), str(value)) for name, value in line["form"])
            asked = (str(line["method"]), str(line["url"]), form, int(line["times"]))
            self._answers[asked] = Kept(_answers().validate_python(line["answer"]), int(line["offset"]), int(line["length"]))
            self._shas[asked] = str(line["sha"])
            self.end = max(self.end, end)
        return True


class Recorder:
    """Asks a site through `fetcher` and keeps what comes: evidence first, then the journal's line. What the journal has is not asked again."""

    def __init__(self, fetcher: Fetcher, writer: EvidenceWriter, journal: Journal | None = None) -> None:
        self._fetcher, self._writer, self._journal = fetcher, writer, journal

    def get(self, url: str, form: Form = None, by: Fetcher | None = None) -> Kept:
        """Ask for a page, `by` another fetcher when it is another site's."""
        asked = self._journal.asked("GET" if form is None else "POST", url, form) if self._journal else None
        if self._journal and asked and (known := self._journal.had(asked)):
            return known
        response = (by or self._fetcher).get(url, dict(form) if form is not None else None)
        kept = Kept(response)
        if response.http is not None and response.body:
            offset, length = self._writer.add(response.final, response.at, response.http, dict(response.headers), response.body)
            kept = Kept(response, offset, length, response.sha256 if length else "")
        if self._journal and asked:
            self._journal.note(asked, kept)
        return kept

    def head(self, url: str, by: Fetcher | None = None) -> Response:
        """Ask for an address's headers alone: no evidence, but no second time either."""
        asked = self._journal.asked("HEAD", url, None) if self._journal else None
        if self._journal and asked and (known := self._journal.had(asked)):
            return known.response
        response = (by or self._fetcher).head(url)
        if self._journal and asked:
            self._journal.note(asked, Kept(response))
        return response


@cache
def _answers() -> TypeAdapter[Response]:
    """Built by those who resume only."""
    return TypeAdapter(Response)


def robots_in(path: Path) -> dict[str, str]:
    """The robots.txt by origin that a site's journal holds, finished or not."""
    found: dict[str, str] = {}
    if path.is_file():
        for raw in path.read_bytes().splitlines():
            try:
                line = json.loads(raw)
                found[str(line["robots"])] = str(line["text"])
            except (ValueError, KeyError, TypeError):
                continue
    return found
