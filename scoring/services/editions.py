"""The editions that come with the program, and those kept in a database."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from crawlers.columns import Column, ColumnsError, load_columns
from scoring import edition as loader
from scoring.edition import text
from scoring.errors import BadInput
from scoring.model import Edition
from scoring.rules import RULES
from scoring.services import edition_workbook
from scoring.store import Store, catalogue

FOLDER = edition_workbook.FOLDER
DEFAULT = "ningbo-2020"
"""The edition for a whole site, when nothing says otherwise."""


def load(source: Path | str) -> Edition:
    """Read an edition from its file (YAML, or the .xlsx of evaluators) or its YAML text. Raises BadInput with one line naming the code or cell at fault."""
    if isinstance(source, Path) and source.suffix.lower() in (".xlsx", ".xlsm"):
        return edition_workbook.load(source).edition
    return loader.load(source, columns=_dictionary(), rules=RULES, folder=FOLDER)


def available() -> list[Edition]:
    """The editions in `data/editions`, by id; without those that do not load, which `broken` names."""
    return _all()[0]


def broken() -> list[str]:
    """One line for each file in `data/editions` that is no edition: what is wrong with it, and where."""
    return _all()[1]


def _all() -> tuple[list[Edition], list[str]]:
    found, wrong = [], []
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            found.append(_cached(path, _stamp()))
        except BadInput as error:
            wrong.append(str(error))
    return found, wrong


def get(edition: str) -> Edition:
    """The edition with this id. Raises BadInput naming the known ones."""
    path = FOLDER / f"{edition}.yml"
    if edition.replace("-", "").isalnum() and path.is_file():
        return _cached(path, _stamp())
    found = available()
    for one in found:
        if one.id == edition:
            return one
    wrong = f"；另有 {len(bad)} 个文件不能加载：{bad[0]}" if (bad := broken()) else ""
    raise BadInput(f"没有指标体系 {edition}，可用的有：{'、'.join(one.id for one in found) or '无'}{wrong}")


def named(name: str) -> Edition:
    """The edition in a file, or the one with this id. Raises BadInput."""
    path = Path(name)
    return load(path) if path.suffix.lower() in (".yml", ".yaml", ".xlsx", ".xlsm") or path.is_file() else get(name)


def content(edition: Edition) -> dict[str, Any]:
    """What its YAML text holds."""
    return text.read(edition.text, edition.id)


def stored(store: Store, sha: str) -> Edition:
    """An edition as it was when a period took it, whatever its file says now."""
    return from_text(catalogue.edition_text(store, sha))


def kept(edition: Edition) -> Edition:
    """The edition as a period and its published files keep it: with the names and ages of the columns it was given. Raises BadInput."""
    return loader.whole(edition, _dictionary())


@lru_cache(maxsize=64)
def from_text(text: str) -> Edition:
    """A kept edition from its YAML text: read as it was, also when a rule or column of its day has another name now. Raises BadInput."""
    return loader.read_kept(text, columns=_dictionary(), rules=RULES)


def _dictionary() -> dict[str, Column]:
    try:
        return load_columns()
    except ColumnsError as error:
        raise BadInput(str(error)) from error


@lru_cache(maxsize=64)
def _cached(path: Path, _state: tuple[tuple[str, int], ...]) -> Edition:
    return load(path)


def _stamp() -> tuple[tuple[str, int], ...]:
    """The state of the whole folder: an edition may extend any other."""
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in FOLDER.glob("*.yml")))
