"""OFD files (GB/T 33190, the national format of fixed pages) as lines, by where their texts stand on the page; within limits."""

import io
import posixpath
import zipfile
from typing import Any

from defusedxml import ElementTree  # type: ignore[import-untyped]

from crawlers.documents.sheet import LINES, Sheet

BYTES, PAGES = 40_000_000, 60
_PARTS, _XML, _UNPACKED = 5_000, 16_000_000, 120_000_000
_TEXTS = 50_000
"""Texts of a page."""


class _Damaged(Exception):
    """The file lacks what it must have."""


def read_ofd(body: bytes) -> Sheet:
    """An OFD file. Never raises: a Sheet without lines has a `note` that says why. Its tables are lines, as in a PDF without rules."""
    if len(body) > BYTES:
        return Sheet("ofd", note="OFD 文件过大，未读取", exact=False)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _sheet(archive)
    except Exception as error:  # damaged archives and hostile XML raise everything; the message could quote the file
        return Sheet("ofd", note=f"OFD 文件无法解析（{type(error).__name__}），未能核对", exact=False)


def _sheet(archive: zipfile.ZipFile) -> Sheet:
    parts = {part.filename.lstrip("/"): part for part in archive.infolist()}
    xml = max((part.file_size for name, part in parts.items() if name.lower().endswith(".xml")), default=0)
    if len(parts) > _PARTS or xml > _XML or sum(part.file_size for part in parts.values()) > _UNPACKED:
        return Sheet("ofd", note="OFD 文件解压后过大，未读取", exact=False)

    def opened(name: str) -> Any:
        if name not in parts:
            raise _Damaged
        return ElementTree.fromstring(archive.read(parts[name]))

    lines: list[str] = []
    pages = 0
    more = False
    for root in _texts(opened("OFD.xml"), "DocRoot"):
        start = _at("", root)
        for place in _values(opened(start), "Page", "BaseLoc"):
            if pages >= PAGES or len(lines) >= LINES:
                more = True
                break
            lines.extend(_lines(opened(_at(start, place))))
            pages += 1
    if sum(map(len, lines)) < 20:
        return Sheet("ofd", note="扫描件或图片，没有可读取的文字，未能核对", exact=False)
    note = f"OFD 文件超过 {PAGES} 页，只读了前 {pages} 页" if more else ""
    return Sheet("ofd", tuple(lines[:LINES]), wrapped=True, exact=False, note=note)


def _at(base: str, place: str) -> str:
    """A place in the archive: from its root, or beside the part that names it."""
    joined = posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(posixpath.dirname(base), place))
    if joined.startswith(".."):
        raise _Damaged
    return joined


def _named(tree: Any, name: str) -> list[Any]:
    """Elements by their name, whatever the address of their namespace: writers use several."""
    return [node for node in tree.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name]


def _texts(tree: Any, name: str) -> list[str]:
    return [text for node in _named(tree, name) if (text := (node.text or "").strip())]


def _values(tree: Any, name: str, attribute: str) -> list[str]:
    return [value for node in _named(tree, name) if (value := node.get(attribute))]


def _lines(page: Any) -> list[str]:
    """Texts at one height are one line, from left to right; between those that stand apart is a space."""
    found: list[tuple[float, float, float, float, str]] = []
    for thing in _named(page, "TextObject")[:_TEXTS]:
        left, top, wide, high = _numbers(thing.get("Boundary"), 4)
        for code in _named(thing, "TextCode"):
            text = (code.text or "").strip()
            if text:
                found.append((top + _numbers(code.get("Y"), 1)[0], left + _numbers(code.get("X"), 1)[0], wide, high, text))
    found.sort()
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for one in found:
        if rows and one[0] - rows[-1][0][0] <= max(1.0, min(one[3], rows[-1][0][3]) / 3):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_joined(sorted(row, key=lambda one: one[1])) for row in rows]


def _joined(row: list[tuple[float, float, float, float, str]]) -> str:
    line, end = "", 0.0
    for _, left, wide, high, text in row:
        line += (" " if line and left - end > max(0.5, high / 4) else "") + text
        end = left + wide
    return line


def _numbers(text: str | None, count: int) -> tuple[float, ...]:
    """Millimetres; zeros where they are not told."""
    try:
        values = tuple(float(part) for part in (text or "").split()[:count])
    except ValueError:
        values = ()
    return values if len(values) == count else (0.0,) * count
