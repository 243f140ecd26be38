"""Editions as Excel workbooks: `edition export`, `edition import`, and the page's up- and downloads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawlers.columns import ColumnsError, load_columns
from crawlers.oserror import said
from scoring.edition import from_source, text, workbook
from scoring.edition import load as load_edition
from scoring.edition.kept import KEY as KEPT
from scoring.edition.workbook import Given
from scoring.errors import BadInput
from scoring.model import Edition
from scoring.rules import RULES
from scoring.services import rule_words

FOLDER = Path(__file__).resolve().parents[2] / "data" / "editions"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Imported:
    """An edition from a workbook, and what whoever imports it should know."""

    edition: Edition
    notes: tuple[str, ...]


def export(edition: Edition) -> bytes:
    """The workbook of an edition, from which `read` gives an equal one. No cell is a formula. The dictionary that a kept edition carries is none of the scheme."""
    return workbook.write(edition, {key: value for key, value in text.read(edition.text, edition.id).items() if key != KEPT}, rule_words.by_code(edition))


def load(path: Path, *, id: str = "", title: str = "") -> Imported:  # noqa: A002 - the option's name
    """The edition in a workbook's file. Raises BadInput."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取 {path}：{said(error)}，请检查路径") from error
    return read(data, str(path), id=id, title=title)


def uploaded(data: bytes, name: str) -> Imported:
    """The edition in an uploaded file, a workbook or YAML. Raises BadInput (BadTable: every problem)."""
    if Path(name).suffix.lower() in (".xlsx", ".xlsm"):
        return read(data, name)
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"指标体系 {name}：不是 UTF-8 编码，请另存为 UTF-8 后再上传") from error
    return Imported(_dictionary(lambda: load_edition(written, columns=load_columns(), rules=RULES, folder=FOLDER)), ())


def read(data: bytes, name: str, *, id: str = "", title: str = "") -> Imported:  # noqa: A002 - the option's name
    """The edition in a workbook; `id` and `title` for one that does not say, else they follow from the file's name. Raises BadInput (BadTable: every problem)."""
    stem = Path(name).stem
    given = Given(id or (stem.lower() if _SLUG.fullmatch(stem.lower()) else "imported"), title or stem)
    found = workbook.read(data, name, given)
    return Imported(_dictionary(lambda: from_source(found.source, columns=load_columns(), rules=RULES)), found.notes)


def _dictionary(make: Callable[[], Edition]) -> Edition:
    try:
        return make()
    except ColumnsError as error:
        raise BadInput(str(error)) from error
