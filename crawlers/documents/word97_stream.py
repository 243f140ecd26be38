"""The stream of an old Word file ([MS-DOC]): the pieces of its text and the properties of characters and paragraphs, by their places in the file."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

TABLE = 0xD608
"""The setting that tells how a row is cut into cells."""
_HUGE, _TABS = (0x6645, 0x6646), 0xC615
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the kind of setting; 0: it says so itself."""
_CHARACTERS, _RUNS = 1_000_000, 300_000
_POINTERS = 0x9A
_PAGE = 512


class Damaged(Exception):
    """The file does not say what it must; the message is shown."""


def number(body: bytes, at: int, size: int) -> int:
    """A number at a place; raises Damaged where there is none."""
    if at < 0 or at + size > len(body):
        raise Damaged("Word 文件已损坏，未能核对")
    return int.from_bytes(body[at : at + size], "little")


def part(main: bytes, table: bytes, place: int) -> bytes:
    """The part of the table stream that a pointer names."""
    start, size = number(main, _POINTERS + 8 * place, 4), number(main, _POINTERS + 8 * place + 4, 4)
    return table[start : start + size]


def text_of(main: bytes, clx: bytes) -> tuple[str, list[int]]:
    """All characters in their order, and where each stands in the stream: properties are told by place."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + number(clx, at + 1, 2)
    if at >= len(clx) or clx[at] != 2:
        raise Damaged("Word 文件已损坏，未能核对")
    pieces = clx[at + 5 : at + 5 + number(clx, at + 1, 4)]
    count = (len(pieces) - 4) // 12
    starts = [number(pieces, 4 * n, 4) for n in range(count + 1)]
    text: list[str] = []
    places: list[int] = []
    for n in range(count):
        size = starts[n + 1] - starts[n]
        if not 0 <= size <= _CHARACTERS - len(places):
            raise Damaged("Word 文件已损坏或过大，未能核对")
        where = number(pieces, 4 * (count + 1) + 8 * n + 2, 4)
        narrow, offset = bool(where & 0x40000000), where & 0x3FFFFFFF
        offset, wide = (offset // 2, 1) if narrow else (offset, 2)
        raw = main[offset : offset + size * wide]
        if len(raw) < size * wide:
            raise Damaged("Word 文件不完整，未能核对")
        # A pair of surrogates counts as two characters, so that it is put together only when all places are known.
        text.append(raw.decode("cp1252", "replace") if narrow else "".join(map(chr, struct.unpack(f"<{size}H", raw))))
        places.extend(range(offset, offset + size * wide, wide))
    return "".join(text), places


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of the stream with their properties. `ends`: places where they end, rising."""

    ends: list[int]
    starts: list[int]
    properties: list[bytes]

    @classmethod
    def of(cls, main: bytes, index: bytes, *, characters: bool) -> "Runs":
        """The runs of characters or of paragraphs that an index of pages names."""
        pages = (len(index) - 4) // 8
        found: list[tuple[int, int, bytes]] = []
        for n in range(pages):
            page = main[(start := (number(index, 4 * (pages + 1) + 4 * n, 4) & 0x3FFFFF) * _PAGE) : start + _PAGE]
            if len(page) < _PAGE:
                continue
            if len(found) > _RUNS:
                raise Damaged("Word 文件已损坏或过大，未能核对")
            for run in range(min(page[-1], 0x7F)):
                found.append((number(page, 4 * run + 4, 4), number(page, 4 * run, 4), _properties(page, page[-1], run, characters)))
        found.sort()
        return cls([one[0] for one in found], [one[1] for one in found], [one[2] for one in found])

    def at(self, place: int) -> bytes:
        """The properties of the run that holds a place; empty where there is none."""
        n = bisect_right(self.ends, place)
        return self.properties[n] if n < len(self.ends) and self.starts[n] <= place else b""


def _properties(page: bytes, count: int, run: int, characters: bool) -> bytes:
    at = 4 * (count + 1) + run * (1 if characters else 13)
    where = page[at] * 2 if at < _PAGE else 0
    if not where or where >= _PAGE - 2:
        return b""
    if characters:
        return page[where + 1 : where + 1 + page[where]]
    size, begin = (page[where] * 2 - 1, where + 1) if page[where] else (page[where + 1] * 2, where + 2)
    return page[begin + 2 : begin + size]  # the first two bytes name the style


def settings(properties: bytes, data: bytes = b"") -> Iterator[tuple[int, bytes]]:
    """Each setting with its operand; large ones are kept in another stream."""
    at = 0
    while at + 2 < len(properties):
        code = number(properties, at, 2)
        at += 2
        size = _OPERAND[code >> 13]
        if not size:
            size = number(properties, at, 2) + 1 if code == TABLE and at + 2 <= len(properties) else properties[at] + 1
            if code == _TABS and properties[at] == 0xFF:
                return  # its length is told in a way of its own; what follows it is layout
        operand = properties[at : at + size]
        at += size
        if code in _HUGE and data:
            where = int.from_bytes(operand, "little")
            if where + 2 <= len(data):
                yield from settings(data[where + 2 : where + 2 + number(data, where, 2)])  # without `data`: it could name itself
        else:
            yield code, operand
