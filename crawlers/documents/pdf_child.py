"""The process that reads one PDF: the file on standard input, its lines and rows as JSON on standard output. Arguments: pages, seconds."""

import io
import json
import re
import resource
import sys
import time
from typing import Any

MEMORY = 1_500_000_000
_FOLIO = re.compile(r"[\s\-—–─－·•]{0,8}(?:第\s?)?\d{1,3}(?:\s?页)?[\s\-—–─－·•/]{0,8}(?:共?\s?\d{1,3}\s?页?)?[\s\-—–─－·•]{0,8}")


def main() -> None:
    """Reads within the limits of memory and time; a library error ends the process without an answer."""
    pages, seconds = int(sys.argv[1]), float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
    body = sys.stdin.buffer.read()
    json.dump(read(body, pages, time.monotonic() + seconds), sys.stdout, ensure_ascii=True)


def read(body: bytes, limit: int, until: float) -> dict[str, Any]:
    """Lines outside tables, and rows of tables; a cell that only continues a merged one is left out."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    lines: list[str] = []
    rows: list[list[str]] = []
    read_pages, cut = 0, False
    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            for page in document.pages:
                if read_pages >= limit or time.monotonic() > until:
                    cut = True
                    break
                _page(page, lines, rows)
                read_pages += 1
                page.close()
    except Exception as error:  # pdfminer raises anything on damaged files; what was read before that is kept
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            return {"encrypted": True}
        if not (rows or lines):
            raise
        cut = True
    return {"lines": lines, "rows": rows, "pages": read_pages, "cut": cut}


def _page(page: Any, lines: list[str], rows: list[list[str]]) -> None:
    boxes = []
    for table in page.find_tables() if page.rects or page.lines or page.curves else ():
        found = [[cell for cell in row if cell is not None] for row in table.extract()]
        if max((len(row) for row in found), default=0) >= 3:
            boxes.append(table.bbox)
            rows.extend(found)
    outside = page.filter(lambda one: not any(_within(one, box) for box in boxes)) if boxes else page
    for line in (outside.extract_text() or "").splitlines():
        if line.strip() and not _FOLIO.fullmatch(line):
            lines.append(line)


def _within(one: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle, height = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return bool(box[0] <= middle <= box[2] and box[1] <= height <= box[3])


if __name__ == "__main__":
    main()
