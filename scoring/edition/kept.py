"""An edition as it is kept with a period and its published files: beside its own text, the part of the dictionary of columns that its rules were given.

    dictionary:
      guide: {name: 政府信息公开指南, kind: page, days: 365, elements: [分类, 编排体系]}

So a column that is renamed or removed in `data/columns.yml`, or given another age, later on changes nothing in what was kept. Files of editions do not carry it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawlers.columns import Column
from scoring.edition import text
from scoring.edition.form import ColumnForm, EditionForm
from scoring.model import Edition

KEY = "dictionary"
_KEPT = re.compile(rf"\n{KEY}:\n(?:  \S.*\n)+\Z")


def whole(edition: Edition, columns: Mapping[str, Column]) -> Edition:
    """The same edition, whose text says also what its columns were called."""
    own = _KEPT.sub("\n", edition.text)
    if KEY in (raw := text.read(own, edition.id)):  # somebody moved it
        own = text.write({key: value for key, value in raw.items() if key != KEY})
    used = {key for leaf in edition.leaves() for filled in ("names", "ages") for key in leaf.params.get(filled, ())}
    said = "".join(f"  {key}: {text.flow(_entry(column))}\n" for key, column in columns.items() if key in used)
    if not said:
        return edition
    kept = f"{own.rstrip()}\n{KEY}:\n{said}"
    return replace(edition, text=kept, sha=hashlib.sha256(kept.encode()).hexdigest())


def columns_of(form: EditionForm, today: Mapping[str, Column]) -> Mapping[str, Column]:
    """The dictionary that an edition was kept with; `today`'s for one that was kept without."""
    return today if form.dictionary is None else {key: _column(key, one) for key, one in form.dictionary.items()}


def _entry(column: Column) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": column.name, "kind": column.kind}
    if column.days is not None:
        entry["days"] = column.days
    if column.elements:
        entry["elements"] = list(column.elements)
    return entry


def _column(key: str, form: ColumnForm) -> Column:
    return Column(key=key, name=form.name, kind=form.kind, days=form.days, elements=dict.fromkeys(form.elements, ()))
