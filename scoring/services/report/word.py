"""Word files: a docxtpl template (the user's own, else the one shipped) filled with facts. What comes from pages is text, never XML and never a template."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from scoring.errors import BadInput
from scoring.services.report.package import settled
from scoring.services.report.text import clean
from scoring.services.workspace import CHECKOUT, Workspace

SHIPPED = CHECKOUT / "data" / "templates"
_STYLES = {"标题": ("Title",), "正文": ("Normal", "Heading 3", "表格文字"), "一级标题": ("Heading 1", "提示"), "二级标题": ("Heading 2", "Subtitle")}
_PICTURE = Mm(150)
_LINE = 8840
"""Twentieths of a point in a line of 156 mm."""


class Picture(bytes):
    """A PNG to be put where a template names it."""


def folder(ws: Workspace) -> Path:
    """Where a user keeps templates of his own and `fonts.yml`."""
    return ws.home / "templates"


def document(ws: Workspace, name: str, context: Mapping[str, Any], fonts: Mapping[str, str], at: datetime | None) -> bytes:
    """The file of a template (`总报告.docx` …). Raises BadInput naming a template that cannot be used."""
    own = folder(ws) / name
    path = own if own.is_file() else SHIPPED / name
    try:
        template = DocxTemplate(str(path))
        template.init_docx()
        _fonts(template.docx, fonts)
        environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        template.render(_fit(context, template), environment, autoescape=True)
        for table in template.docx.tables:
            _columns(table)
        out = io.BytesIO()
        template.docx.save(out)
    except (PackageNotFoundError, BadZipFile, KeyError, TemplateError, OSError) as error:
        raise BadInput(f"Word 模板 {path} 不能使用（{' '.join(str(error).split())[:160]}），请改正，或移走它以使用自带的模板") from error
    return settled(out.getvalue(), at)


def _fit(value: Any, template: DocxTemplate) -> Any:
    """Text without control characters; pictures as the template wants them."""
    if isinstance(value, Picture):
        return InlineImage(template, io.BytesIO(value), width=_PICTURE)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: _fit(one, template) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(one, template) for one in value]
    return value


def _columns(table: Any) -> None:
    """A grid as wide as the cells of the first row; where they are more than the line holds, all but the first become narrower."""
    cells = [cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") for cell in table._tbl.tr_lst[0].tc_lst]
    grid = table._tbl.tblGrid.gridCol_lst
    if len(cells) != len(grid) or any(cell is None or cell.get(qn("w:type")) != "dxa" for cell in cells):
        return
    widths = [int(cell.get(qn("w:w"))) for cell in cells]
    if len(widths) > 1 and sum(widths) > _LINE:
        widths[1:] = [width * (_LINE - widths[0]) // sum(widths[1:]) for width in widths[1:]]
    for column, width in zip(grid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=False):
            cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))


def _fonts(document: Any, fonts: Mapping[str, str]) -> None:
    """The names of fonts that were set, in the styles that carry them."""
    known = {style.name: style for style in document.styles}
    for role, names in _STYLES.items():
        for name in names if role in fonts else ():
            if name in known:
                properties = known[name].element.get_or_add_rPr()
                properties.get_or_add_rFonts().set(qn("w:eastAsia"), fonts[role])
