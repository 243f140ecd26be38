"""静态网页: a published period as a folder of pages that needs no server: relative links, nothing from outside, no script, every text escaped."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scoring.services import exports
from scoring.services.canonical import safe
from scoring.services.export_files import table
from scoring.services.fixes import Plan
from scoring.services.report import badge, charts, overall, unit_report
from scoring.services.report.drawing import Drawing
from scoring.services.report.facts import GroupFacts
from scoring.services.report.material import Material
from scoring.services.report.text import clean
from scoring.services.report.word import SHIPPED
from scoring.services.report.workbook import is_web

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
_RANKING, _STYLE = "ranking.csv", "style.css"
_FOLDER = SHIPPED / "web"


def pages(
    material: Material, facts: Sequence[GroupFacts], plans: Callable[[str], Plan | None], note: str, file: str, done: Callable[[str], None]
) -> dict[str, bytes]:
    """The files of the folder by relative path. `plans` gives a unit's best fixes; `note` is 方法说明, `file` the published file; `done` hears of every unit."""
    made: dict[str, bytes] = {_STYLE: (_FOLDER / _STYLE).read_bytes()}
    files = [(_RANKING, "下载排名（CSV）")] if facts or material.grades else []
    shared = {"simulated": material.simulated, "proof": overall.proof(material), "files": files, "scope": _scope(material)}
    values = overall.overall(material, facts, _inline)
    for group, one in zip(values["groups"], facts, strict=True):
        group["firsts"] = [clean(node.title) for node in one.group.edition.index]
        group["charts"] = (
            [_inline(make(one, simulated=material.simulated)) for make in (charts.distribution, charts.boards, charts.shortfalls)] if one.ranked else []
        )
        for row, ranked in zip(group["rows"], one.group.ranking.rows, strict=True):
            row["href"] = f"units/{_name(ranked.unit)}.html"
    title = f"{clean(material.period.title)}政务公开评估结果"
    made["index.html"] = _page("index.html", {**values, **shared, "title": title, "root": ""})
    method = {"editions": values["editions"], "method": [*values["basis"], *values["indicators"], *values["method"]], "note": _text(note), "file": file}
    made["methods.html"] = _page("methods.html", {**shared, **method, "title": f"方法说明 · {title}", "root": ""})
    if facts:
        made[_RANKING] = exports.ranking_csv([one.group.ranking for one in facts]).encode("utf-8-sig")
    elif material.grades:
        rows = [
            [safe(clean(cell)) for cell in (group, unit, name, grade or "数据不足")] for group, each in material.grades.items() for unit, name, grade in each
        ]
        made[_RANKING] = table(["分组", "单位编号", "单位", "等次"], rows)
    for one in facts:
        for unit in one.group.profiles:
            made |= _unit(material, unit, plans(unit), shared)
            done(unit)
    return made


def _unit(material: Material, unit: str, plan: Plan | None, shared: Mapping[str, Any]) -> dict[str, bytes]:
    values = unit_report.unit_report(material, unit, plan, _inline)
    profile = material.group_of(unit).profiles[unit]  # type: ignore[union-attr]
    for row in values["problems"]:
        row["web"] = is_web(row["url"])
    name = clean(profile.row.name)
    own = {"name": name, "group": clean(profile.group), "chart": values["boards_chart"], "title": f"{name} · {clean(material.period.title)}", "root": "../"}
    files = [*shared["files"], (f"units/{_name(unit)}.svg", "下载徽标（SVG）")]
    page = _page("unit.html", {**values, **shared, **own, "files": files})
    return {f"units/{_name(unit)}.html": page, f"units/{_name(unit)}.svg": badge.badge(material, unit).encode()}


def _page(name: str, values: Mapping[str, Any]) -> bytes:
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(name).render(values).encode()


def _inline(drawing: Drawing) -> Markup:
    return Markup(drawing.svg())  # noqa: S704 - the drawing escapes its own text


def _text(note: str) -> str:
    return "\n".join(clean(line) for line in note.splitlines())


def _name(unit: str) -> str:
    """A file's name for a unit: its id where that is plain, else made from it."""
    return unit if _SLUG.fullmatch(unit) else f"u-{hashlib.sha256(unit.encode()).hexdigest()[:16]}"


def _scope(material: Material) -> str:
    period = material.period
    return f"数据截止 {period.cutoff or period.end}，第 {period.revision} 版，发布口径：{period.disclosure.zh}"
