"""仅本单位: a file that holds one unit's results and nothing of the others, for the evaluator to hand to that unit."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import export_files, publishing, reading, results
from scoring.services.publication import Header
from scoring.services.workspace import Workspace
from scoring.store.marked import marked_in
from scoring.store.published import PublishedFile


def unit_file(ws: Workspace, period: str, unit: str, folder: Path, *, role: Role) -> Path:
    """Write `<name>-<unit>.duckdb` and its zip into a folder. Raises BadInput when the period or unit is unknown, Refused when a file is there already."""
    require(role, Action.VIEW_DRAFT)
    public = results.file(ws, period)
    whole = ws.sealed / public.name
    file = PublishedFile(whole if whole.is_file() else public)
    info, meta = reading.header(file.path)
    if (group := reading.group_of(file.path, unit)) is None:
        raise BadInput(f"评估期次 {info.id} 中没有单位 {unit}")
    target = folder / f"{public.stem}-{unit}.duckdb"
    if target.exists() or target.with_suffix(".zip").exists():
        raise Refused(f"{target} 已存在，不会覆盖，请换一个目录")
    one = replace(info, disclosure=Disclosure(Extent.OWN, unit=unit), groups={group: info.groups[group]})
    book = reading.group_book(file, one, group, reading.edition(file.path, group))
    as_of = date.fromisoformat(meta["as_of"]) if meta["as_of"] else None
    head = Header(one, meta["digest"], datetime.fromisoformat(meta["locked_at"]), meta["engine"], bool(meta["simulated"]), as_of)
    found = marked_in(file, unit)
    target.with_suffix(".zip").write_bytes(export_files.pack(publishing.write(target, [book], found, head)))
    return target
