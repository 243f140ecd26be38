"""The tables of an annual report, by what their rows and headings say (国办公开办函〔2019〕60号, 〔2021〕30号), never by where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawlers.documents.report_labels import COLUMNS, NAMES, ORDER, OTHER_30, OUTCOMES, figure, is_label, key_of
from crawlers.documents.sheet import Cell, Row, Sheet, words

Values = tuple[int | None, ...]
_HEADS = ("勾稽关系", "申请人情况", "自然人", "商业企业", "科研机构", "法人或其他组织")


@dataclass(slots=True)
class Requests:
    """Table three. `values` by key of ORDER, in the order of COLUMNS: None where a cell was not read; `labels`: the report's own words.

    `strange`: rows between the first and the last that are none of the norm's, with figures. `whole`: every row between them was understood.
    """

    values: dict[str, Values] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    strange: list[tuple[str, Values]] = field(default_factory=list)
    whole: bool = True

    @property
    def form(self) -> str:
        """`30` with three rows of 其他处理, `60` with one, else empty."""
        return "30" if any(key in self.values for key in OTHER_30) else "60" if "others" in self.values else ""

    def label(self, key: str) -> str:
        """How the report names a row."""
        return self.labels.get(key) or NAMES[key]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables say. `cases`: table four, by block in the order of BLOCKS, each in the order of RESULTS; None when not read. `second`: form of table two."""

    requests: tuple[Requests, ...] = ()
    cases: tuple[Values, ...] | None = None
    second: str = ""

    @property
    def form(self) -> str:
        """The format of the report by its own rows."""
        return next((one.form for one in self.requests if one.form), self.second)

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that were recognised."""
        return tuple(name for name, there in (("表二", self.second), ("表三", self.requests), ("表四", self.cases)) if there)


def read_tables(sheet: Sheet) -> Tables:
    """The tables of a document; from its lines of text where it has no table rows that say so."""
    rows: Sequence[Row] = sheet.rows
    if not any(_is_first(row) for row in rows):
        rows = [*rows, *_rows_of(sheet.lines)]
    return Tables(tuple(_requests(rows)), _cases(rows), _second(rows))


def _rows_of(lines: Iterable[str]) -> list[Row]:
    """Lines laid out as a table: cells at tabs, else the figures at the end of a line."""
    rows = []
    for line in lines:
        if "\t" in line:
            rows.append(tuple(Cell(words(part)) for part in line.split("\t")[:60]))
            continue
        parts = line.split()[:60]
        start = len(parts)
        while start and figure(parts[start - 1]) is not None:
            start -= 1
        rows.append((Cell(words("".join(parts[:start]))), *(Cell(part) for part in parts[start:])))
    return rows


def _is_first(row: Row) -> bool:
    return any(key_of(cell.text) == "received" for cell in row if len(cell.text) < 60)


@dataclass(slots=True)
class _Line:
    """A row of table three: the key it was given, its label, its seven texts where they are seven."""

    key: str
    label: str
    texts: tuple[str, ...] | None

    @property
    def bare(self) -> bool:
        return self.texts is None or not any(self.texts)


def _line(row: Row) -> _Line | None:
    if any(mark in cell.text for cell in row for mark in _HEADS):
        return None  # headings are repeated where a table goes on
    last = max((number for number, cell in enumerate(row) if is_label(cell.text)), default=-1)
    labels = [cell.text for cell in row[: last + 1] if cell.text]
    key = next((key for text in (labels[-1], "".join(labels)) if (key := key_of(text))), "") if labels else ""
    # A remark in a value cell makes it look like a label: the row is known, its figures are not.
    known = key or next((name for text in labels if (name := key_of(text)) not in ("", "group")), "")
    after = row[last + 1 :]
    filled = tuple(cell.text for cell in after if cell.text)
    texts: tuple[str, ...] | None = None
    if len(filled) == len(COLUMNS):
        texts = filled
    elif len(after) == len(COLUMNS):
        texts = tuple(cell.text for cell in after)
    elif sum(cell.span for cell in after) == len(COLUMNS):
        # A merged cell says nothing of its columns, unless it says 0 of them all.
        texts = tuple(cell.text if cell.span == 1 or not figure(cell.text) else "?" for cell in after for _ in range(cell.span))
    if not labels and texts is None:
        return None
    return _Line(known, "".join(labels[-1:]), texts)


def _requests(rows: Sequence[Row]) -> Iterable[Requests]:
    """Every table three of a document: a report may give one for the region and one for the body itself."""
    start = None
    for number, row in enumerate(rows):
        if _is_first(row):
            start = number
        elif start is not None and (any(key_of(cell.text) == "carried_out" for cell in row) or number - start > 80):
            yield _one(rows[start : number + 2], number + 1 - start)
            start = None
    if start is not None:
        yield _one(rows[start : start + 60], 60)


def _one(rows: Sequence[Row], length: int) -> Requests:
    """`rows` may hold one more than `length`: the second half of a last row that a page cut in two."""
    lines = _mended([line for row in rows[:length] if (line := _line(row))])
    return _filled(_named(lines))


def _mended(lines: list[_Line]) -> list[_Line]:
    """Rows that a page or a writer cut in two, put together again: one half has the figures, both have a part of the label."""
    whole: list[_Line] = []
    for line in lines:
        if whole:
            before = whole[-1]
            joined = key_of(f"{before.label}{line.label}")
            if not before.key and not line.key and joined not in ("", "group") and before.bare != line.bare:
                whole[-1] = _Line(joined, f"{before.label}{line.label}", line.texts if before.bare else before.texts)
                continue
            if before.key not in ("", "group") and before.texts is None and not line.label and line.texts is not None:
                whole[-1] = _Line(before.key, before.label, line.texts)
                continue
            if before.key not in ("", "group") and not before.bare and not line.key and line.bare:
                continue
        whole.append(line)
    return whole


def _named(lines: list[_Line]) -> list[_Line]:
    """Rows whose label was not understood get the name that is left between their neighbours, where exactly as many are missing."""
    lines = [line for line in lines if line.key != "group" and not (not line.key and line.bare)]
    details = any(line.key in OTHER_30 for line in lines)
    lines = [line for line in lines if not (details and line.key == "others")]
    position = 0
    while position < len(lines):
        end = position
        while end < len(lines) and not lines[end].key:
            end += 1
        if 0 < position < end < len(lines):
            for order in ORDER.values():
                left, right = lines[position - 1].key, lines[end].key
                between = order[order.index(left) + 1 : order.index(right)] if left in order and right in order else ()
                if len(between) == end - position:
                    for line, key in zip(lines[position:end], between, strict=True):
                        line.key = key
                    break
        position = max(end, position) + 1
    return lines


def _filled(lines: list[_Line]) -> Requests:
    found = Requests()
    last: tuple[str, ...] = ()
    blank = not any(text and figure(text) is not None for line in lines for text in line.texts or ())
    for line in lines:
        values = tuple(None if blank else figure(text) for text in line.texts) if line.texts else (None,) * len(COLUMNS)
        if not line.key:
            found.strange.append((line.label, values))
            found.whole = False
            continue
        if line.texts and not blank:
            values = _stated(values, line.texts)
        if line.key in found.values and found.values[line.key] != values:
            values = (None,) * len(COLUMNS)
        found.values[line.key] = values
        found.labels.setdefault(line.key, line.label)
        found.whole = found.whole and line.texts is not None
        if line.key == "total" and line.texts and not blank:
            last = line.texts
    if last and (total := found.values.get("total")):
        counted = [any(row[column] for key, row in found.values.items() if key in OUTCOMES) for column in range(len(COLUMNS))]
        found.values["total"] = tuple(None if some and not text else value for value, text, some in zip(total, last, counted, strict=True))
    return found


def _stated(values: Values, texts: Sequence[str]) -> Values:
    """A total left empty beside figures is not stated; it is not 0."""
    return (*values[:-1], None) if not texts[-1] and any(values[:-1]) else values


def _cases(rows: Sequence[Row]) -> tuple[Values, ...] | None:
    """Table four: fifteen figures after its headings, in one row or in one for each block."""
    headed = -1
    held: list[str] = []
    for number, row in enumerate(rows):
        texts = [cell.text for cell in row]
        joined = "".join(texts)
        if "结果维持" in joined or "尚未审结" in joined or ("行政复议" in joined and "行政诉讼" in joined and len(joined) < 60):
            headed = number
        if headed < 0 or number - headed > 6:
            continue
        cells = [cell for cell in row if not is_label(cell.text)]
        if not any(cell.text for cell in cells) and len(cells) != 15:
            continue
        plain = [cell.text for cell in cells]
        if len(plain) not in (5, 10, 15):
            plain = [text for text in plain if text]
        if len(plain) in (5, 10, 15) and not any(len(text) > 12 for text in plain):
            held += plain
            if len(held) == 15:
                return tuple(_stated(tuple(figure(text) for text in held[at : at + 5]), held[at : at + 5]) for at in (0, 5, 10))
            if len(held) > 15:
                return None
    return None


def _second(rows: Sequence[Row]) -> str:
    """The format of table two by its headings."""
    text = "".join(cell.text for row in rows for cell in row if len(cell.text) < 40)
    if any(mark in text for mark in ("本年制发件数", "本年废止件数", "现行有效件数")):
        return "30"
    return "60" if any(mark in text for mark in ("本年新制作数量", "本年新公开数量", "对外公开总数量", "对外公开总数")) else ""
