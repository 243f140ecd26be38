"""PDF files as lines and table rows. A hostile PDF can use up memory and time inside the library, so a process of its own reads it, within limits."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from crawlers.desk import DESK
from crawlers.documents.sheet import Cell, Sheet, words

BYTES, PAGES, SECONDS = 40_000_000, 60, 25.0
"""What is read of a file: an annual report has 10 to 30 pages and takes a second or two."""
_ROOT = Path(__file__).resolve().parent.parent.parent
_AT_ONCE = threading.BoundedSemaphore(2)


def read_pdf(body: bytes, seconds: float = SECONDS) -> Sheet:
    """A PDF file. Never raises: a Sheet without rows and lines has a `note` that says why."""
    if len(body) > BYTES:
        return Sheet("pdf", note="PDF 文件过大，未读取", exact=False)
    if b"%PDF" not in body[:2_000]:
        return Sheet("pdf", note="不是 PDF 文件，未能核对", exact=False)
    with DESK.away(), _AT_ONCE:
        try:
            child = subprocess.run(
                [sys.executable, "-m", "crawlers.documents.pdf_child", str(PAGES), str(seconds)],
                input=body,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds + 5,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Sheet("pdf", note="PDF 文件读取超时，未能核对", exact=False)
        except OSError:
            return Sheet("pdf", note="无法启动 PDF 读取程序，未能核对", exact=False)
    return _sheet(child.returncode, child.stdout)


def _sheet(code: int, answer: bytes) -> Sheet:
    try:
        found: dict[str, Any] = json.loads(answer) if code == 0 else {}
    except ValueError:
        found = {}
    if not found:
        return Sheet("pdf", note="PDF 文件无法解析或超出读取限度，未能核对", exact=False)
    if found.get("encrypted"):
        return Sheet("pdf", note="PDF 文件已加密，未能核对", exact=False)
    rows = tuple(tuple(Cell(words(text)) for text in row) for row in found["rows"])
    lines = tuple(found["lines"])
    note = f"PDF 文件超过 {PAGES} 页或读取时限，只读了前 {found['pages']} 页" if found["cut"] else ""
    if sum(len(line) for line in lines) < 20 and not rows:
        return Sheet("pdf", note="扫描件或图片，没有可读取的文字，未能核对", exact=False)
    return Sheet("pdf", lines, rows, wrapped=True, exact=False, note=note)
