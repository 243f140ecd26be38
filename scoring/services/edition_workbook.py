"""Editions as Excel workbooks: `edition export`, `edition import`, and the page's up- and downloads."""

import re
from dataclasses import dataclass
from pathlib import Path

from crawlers.columns import ColumnsError, load_columns
from crawlers.oserror import said
from scoring.edition import from_source, text, workbook
from scoring.edition.workbook import Given
from scoring.errors import BadInput
from scoring.model import Edition
from scoring.rules import RULES

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Imported:
    """An edition from a workbook, and what whoever imports it should know."""

    edition: Edition
    notes: tuple[str, ...]


def export(edition: Edition) -> bytes:
    """The workbook of an edition, from which `read` gives an equal one. No cell is a formula."""
    return workbook.write(edition, text.read(edition.text, edition.id))


def load(path: Path, *, id: str = "", title: str = "") -> Imported:  # noqa: A002 - the option's name
    """The edition in a workbook's file. Raises BadInput."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取 {path}：{said(error)}，请检查路径") from error
    return read(data, str(path), id=id, title=title)


def read(data: bytes, name: str, *, id: str = "", title: str = "") -> Imported:  # noqa: A002 - the option's name
    """The edition in a workbook; `id` and `title` for one that does not say, else they follow from the file's name. Raises BadInput (BadTable: every problem)."""
    stem = Path(name).stem
    given = Given(id or (stem.lower() if _SLUG.fullmatch(stem.lower()) else "imported"), title or stem)
    found = workbook.read(data, name, given)
    try:
        return Imported(from_source(found.source, columns=load_columns(), rules=RULES), found.notes)
    except ColumnsError as error:
        raise BadInput(str(error)) from error
