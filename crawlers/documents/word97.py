"""Old Word files (.doc, and .wps, which is the same) as lines and table rows: [MS-DOC], the main text and the text boxes.

Fields give their result, deleted and hidden text is left out. Every offset of the file is taken for hostile: what lies outside gives a note, never an exception.
"""

import io
import struct
from bisect import bisect_right
from dataclasses import dataclass, field

import olefile

from crawlers.documents.sheet import CELLS, LINES, ROWS, Cell, Row, Sheet, words
from crawlers.documents.word97_stream import TABLE, Damaged, Runs, number, part, settings, text_of

BYTES = 30_000_000
_IDENT = 0xA5EC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_LENGTHS = 0x4C
"""Where the numbers of characters stand: main text, foot notes, headers, macros, comments, end notes, text boxes."""
_CHPX, _PAPX, _CLX = 12, 13, 33
"""Places of the pointers to the properties of characters, of paragraphs, and to the pieces of the text."""
_DELETED, _HIDDEN = 0x0800, 0x083C
_IN_TABLE, _ROW_END, _VERTICAL = 0x2416, 0x2417, 0xD62B
_CELL = 20
"""Bytes that tell of a cell."""
_TWIPS = 40
"""Borders of cells nearer than this (0.7 mm) are one line of the table."""
_UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n"}
_GAPS = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a row is cut into cells, as the mark at its end says: borders in twips; which cells go on from the left, which from above."""

    borders: tuple[int, ...] = ()
    left: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Reading:
    """What has been gathered; `rows` of the table that is under way have yet to be held against one another."""

    lines: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    table: list[tuple[list[str], _Shape]] = field(default_factory=list)


def read_doc(body: bytes) -> Sheet:
    """A .doc file. Never raises: a Sheet without rows and lines has a `note` that says why."""
    if len(body) > BYTES:
        return Sheet("doc", note="Word 文件过大，未读取")
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as parts:
            return _sheet(parts)
    except Damaged as error:
        return Sheet("doc", note=str(error))
    except Exception as error:  # olefile and struct raise OSError, struct.error, IndexError and others on damaged files
        return Sheet("doc", note=f"Word 文件无法解析（{type(error).__name__}），未能核对")


def _sheet(parts: olefile.OleFileIO) -> Sheet:
    if not parts.exists("WordDocument"):
        raise Damaged("不是 Word（.doc）文件，未能核对")
    main = parts.openstream("WordDocument").read()
    ident, flags = number(main, 0, 2), number(main, 0x0A, 2)
    if ident != _IDENT:
        raise Damaged("Word 95 或更早的文件，未能核对")
    if flags & _ENCRYPTED:
        raise Damaged("Word 文件已加密，未能核对")
    name = "1Table" if flags & _TABLE_1 else "0Table"
    if not parts.exists(name):
        raise Damaged("Word 文件已损坏，未能核对")
    table = parts.openstream(name).read()
    data = parts.openstream("Data").read() if parts.exists("Data") else b""
    lengths = [number(main, _LENGTHS + 4 * n, 4) for n in range(7)]
    text, places = text_of(main, part(main, table, _CLX))
    shown = _shown(text, places, Runs.of(main, part(main, table, _CHPX), characters=True))
    marks = Runs.of(main, part(main, table, _PAPX), characters=False)
    before = sum(lengths[:6])
    found = _Reading()
    _read(found, [(shown[n], places[n]) for n in range(min(lengths[0], len(shown)))], marks, data)
    _read(found, [(shown[n], places[n]) for n in range(min(before, len(shown)), min(before + lengths[6], len(shown)))], marks, data)
    return Sheet("doc", tuple(found.lines[:LINES]), tuple(found.rows[:ROWS]))


def _shown(text: str, places: list[int], runs: Runs) -> str:
    """The characters with those that nobody sees as NUL: deleted, hidden, the instructions of fields."""
    out: list[str] = []
    gone: dict[bytes, bool] = {}
    depth: list[bool] = []
    for character, place in zip(text, places, strict=True):
        if character == "\x13":
            depth.append(True)
        elif character == "\x14" and depth:
            depth[-1] = False
        elif character == "\x15" and depth:
            depth.pop()
        properties = runs.at(place)
        if properties not in gone:
            gone[properties] = any(code in (_DELETED, _HIDDEN) and operand[:1] in (b"\x01", b"\x81") for code, operand in settings(properties))
        cut = any(depth) or (gone[properties] and character not in "\r\x07")
        out.append("\x00" if cut else _GAPS.get(character, character))
    return "".join(out)


def _read(found: _Reading, text: list[tuple[str, int]], marks: Runs, data: bytes) -> None:
    """Paragraphs and rows in their order. A cell ends with a mark, and so does a row: only the paragraph's properties tell them apart."""
    words_: list[str] = []
    cells: list[str] = []
    for character, place in text:
        if character == "\x07":
            shape = _shape(marks.at(place), data)
            if shape is None:
                cells.append("".join(words_))
            else:
                found.table.append((cells, shape))
                cells = []
            words_ = []
        elif character == "\r" and not cells and not _in_table(marks.at(place), data):
            _close(found)
            _paragraph(found, "".join(words_))
            words_ = []
        else:
            words_.append("\n" if character == "\r" else character)
    _close(found)
    _paragraph(found, "".join([*cells, *words_]))


def _in_table(properties: bytes, data: bytes) -> bool:
    return any(code == _IN_TABLE and operand[:1] == b"\x01" for code, operand in settings(properties, data))


def _shape(properties: bytes, data: bytes) -> _Shape | None:
    """The cells of the row that ends here; None where a cell ends."""
    ends, borders = False, ()
    left: set[int] = set()
    above: set[int] = set()
    for code, operand in settings(properties, data):
        if code == _ROW_END:
            ends = operand[:1] == b"\x01"
        elif code == TABLE and len(operand) > 3:
            count = operand[2]
            sides, kinds = operand[3 : 5 + 2 * count], operand[5 + 2 * count :]
            if len(sides) == 2 * count + 2:
                borders = struct.unpack(f"<{count + 1}h", sides)
            for n in range(min(count, len(kinds) // _CELL)):
                kind = number(kinds, _CELL * n, 2)
                left.update({n} if kind & 3 == 1 else ())
                above.update({n} if kind >> 5 & 3 == 1 else ())
        elif code == _VERTICAL and len(operand) > 2:
            (above.add if operand[2] == 1 else above.discard)(operand[1])
    return _Shape(borders, frozenset(left), frozenset(above)) if ends else None


def _paragraph(found: _Reading, text: str) -> None:
    for line in _joined(text).split("\n"):
        if line.strip() and len(found.lines) < LINES:
            found.lines.append(line.strip(" "))


def _close(found: _Reading) -> None:
    """A table is over: its rows count where they are of three columns or more; else its words are text."""
    rows, found.table = found.table, []
    grid: list[int] = []
    for border in sorted({border for _, shape in rows for border in shape.borders}):
        if not grid or border - grid[-1] > _TWIPS:
            grid.append(border)
    made = [_row(cells, shape, grid) for cells, shape in rows]
    if max((sum(cell.span for cell in row) for row in made), default=0) >= 3:
        found.rows.extend(row for row in made if row)
        return
    for cells, _ in rows:
        _paragraph(found, "\t".join(cells))


def _row(cells: list[str], shape: _Shape, grid: list[int]) -> Row:
    row: list[Cell] = []
    for n, text in enumerate(cells[:CELLS]):
        wide = 1
        if n + 1 < len(shape.borders):
            left, right = (bisect_right(grid, border) for border in shape.borders[n : n + 2])
            wide = max(1, right - left)
        if n in shape.left and row:
            row[-1] = Cell(row[-1].text, row[-1].span + wide)
        elif n not in shape.above:
            row.append(Cell(words(_joined(text)[:2_000]), wide))
    return tuple(row)


def _joined(text: str) -> str:
    """Text without what nobody sees; the halves of rare characters put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_UNSEEN)
