"""Word files (.docx) as lines and table rows, within limits: an archive that unpacks to too much is not opened."""

import io
import zipfile
from typing import Any

from crawlers.documents.sheet import LINES, ROWS, Cell, Row, Sheet, words

BYTES = 30_000_000
_PARTS, _XML, _UNPACKED = 3_000, 16_000_000, 120_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(body: bytes) -> Sheet:
    """A .docx file. Never raises: a Sheet without rows and lines has a `note` that says why."""
    if note := _refused(body):
        return Sheet("docx", note=note)
    try:
        import docx

        return _sheet(docx.Document(io.BytesIO(body)).element.body)
    except Exception as error:  # the library raises KeyError, ValueError, lxml and zip errors on damaged files
        return Sheet("docx", note=f"Word 文件无法解析（{type(error).__name__}），未能核对")


def _refused(body: bytes) -> str:
    if len(body) > BYTES:
        return "Word 文件过大，未读取"
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
    except Exception:  # zipfile raises struct.error, ValueError and others beside BadZipFile
        return "Word 文件已损坏，未能核对"
    if "word/document.xml" not in {part.filename for part in parts}:
        return "不是 Word（.docx）文件，未能核对"
    xml = max(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > _PARTS or xml > _XML or sum(part.file_size for part in parts) > _UNPACKED:
        return "Word 文件解压后过大，未读取"
    return ""


def _sheet(body: Any) -> Sheet:
    lines: list[str] = []
    rows: list[Row] = []
    stack = [(child, False) for child in reversed(body)]
    while stack:
        node, _ = stack.pop()
        tag = node.tag
        if tag == _FALLBACK or not isinstance(tag, str):
            continue
        if tag == f"{_W}tbl" and node.find(f".//{_W}tbl") is None:
            found = [row for one in node.iter(f"{_W}tr") if (row := _row(one))]
            if max((sum(cell.span for cell in row) for row in found), default=0) >= 3:
                rows.extend(found[: max(0, ROWS - len(rows))])
                continue
        if tag == f"{_W}p":
            for text in _text(node).split("\n"):
                if text.strip() and len(lines) < LINES:
                    lines.append(text.strip(" "))
            # A text box stands inside a paragraph and has paragraphs and tables of its own; its words were taken with the paragraph's.
            stack.extend((one, False) for one in reversed(list(node.iter(f"{_W}tbl"))))
            continue
        stack.extend((child, False) for child in reversed(node))
    return Sheet("docx", tuple(lines), tuple(rows))


def _row(node: Any) -> Row:
    cells = []
    for cell in node.iter(f"{_W}tc"):
        properties = cell.find(f"{_W}tcPr")
        span, merge = 1, None
        if properties is not None:
            grid = properties.find(f"{_W}gridSpan")
            merge = properties.find(f"{_W}vMerge")
            value = grid.get(f"{_W}val") if grid is not None else None
            span = min(int(value), 60) if value and value.isascii() and value.isdigit() and value.strip("0") else 1
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue":
            continue
        cells.append(Cell(words(_text(cell)[:2_000]), span))
    return tuple(cells[:60])


def _text(node: Any) -> str:
    """The words of a paragraph or cell; deleted revisions and fallbacks left out."""
    parts: list[str] = []
    hidden = {id(one) for fallback in node.iter(_FALLBACK) for one in fallback.iter()}
    for one in node.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if id(one) not in hidden:
            parts.append(one.text or "" if one.tag == f"{_W}t" else "\t" if one.tag == f"{_W}tab" else "\n")
    return "".join(parts)
