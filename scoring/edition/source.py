"""Where an edition is written: its file or text, with what it `extends` applied."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawlers.oserror import said
from scoring.edition import extend, text
from scoring.edition.complaint import complained
from scoring.edition.form import EditionForm
from scoring.edition.refusal import Refusal
from scoring.errors import BadInput

_BASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """One edition, whole. `text` has no `extends` left, so that it can be loaded alone; `origins` tells in which file each code was last written, `cells` where in a workbook."""

    name: str
    text: str
    raw: Mapping[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def sha(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def form(self) -> EditionForm:
        """Its form, checked for shape. Raises BadInput."""
        try:
            return EditionForm.model_validate(self.raw)
        except ValidationError as error:
            raise self.refuse(*complained(error, self.raw)) from error

    @property
    def refuse(self) -> Refusal:
        """How this edition is refused."""
        return Refusal(self.name, self.origins, self.cells)


def find(source: Path | str, folder: Path | None) -> Source:
    """The edition in a file (Path) or a YAML text (str); `extends` is looked for beside the file, then in `folder`. Raises BadInput."""
    return _find(source, folder, ())


def _find(source: Path | str, folder: Path | None, above: tuple[Path, ...]) -> Source:
    name, written = (str(source), _read(source)) if isinstance(source, Path) else ("（文本）", source)
    raw = text.read(written, name)
    if raw.get("extends") is None:
        raw.pop("extends", None)
        extend.no_differences(raw, name)
        return Source(name, written, raw, dict.fromkeys(extend.codes(raw), name))
    here = (*above, source.resolve()) if isinstance(source, Path) else above
    base = _find(_base(raw["extends"], name, here, folder), folder, here)
    base.form()
    whole, changed = extend.apply(raw, name, base.raw, base.sha)
    return Source(name, text.write(whole), whole, {code: name if code in changed else base.origins.get(code, name) for code in extend.codes(whole)})


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise BadInput(f"无法读取指标体系 {path}：{said(error)}，请检查路径") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"指标体系 {path}：不是 UTF-8 编码，请另存为 UTF-8 后再加载") from error


def _base(wanted: object, name: str, here: tuple[Path, ...], folder: Path | None) -> Path:
    """The file of the edition that is extended. `here`: the files that led to it, the last one first asked."""
    refuse = Refusal(name)
    if not isinstance(wanted, str) or not _BASE.fullmatch(wanted):
        raise refuse("", f"extends 为「{wanted}」，应为另一指标体系的编号（data/editions/ 中的文件名）或同一文件夹中的文件名")
    stem = wanted.removesuffix(".yml")
    folders = [*([here[-1].parent] if here else []), *([folder] if folder else [])]
    found = next((path for one in folders if (path := one / f"{stem}.yml").is_file()), None)
    if found is None:
        known = sorted({path.stem for one in folders for path in one.glob("*.yml")} - {path.stem for path in here})
        raise refuse("", f"extends 所指的指标体系 {wanted} 不存在，可用：{'、'.join(known) or '无'}")
    if found.resolve() in here:
        chain = " → ".join([*(path.stem for path in here), stem])
        raise refuse("", f"extends 循环引用：{chain}，请改为依据一个不依据本文件的指标体系")
    return found
