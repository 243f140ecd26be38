"""徽标: a small SVG that shows a unit's grade, read-only, for the unit's own page."""

from html import escape

from scoring.services.report.material import Material
from scoring.services.report.text import clean

_WORD, _HALF, _PAD = 12, 6.6, 10
_WIDE = 0x2000
_GREY, _INK = "#8492A2", "#33475B"
_COLOURS = ("#1F7468", "#2F649F", "#8A4706", "#96202F")
_SIMULATED = "模拟数据"
SHORT, EXCLUDED, UNRANKED = "数据不足", "暂不纳入", "未公布等次"


def badge(material: Material, unit: str) -> str:
    """The SVG of a unit. The grade is as published; a unit without one says why (数据不足 and 暂不纳入 in grey, never a verdict).

    Raises KeyError for a unit of which the period tells nothing.
    """
    name, grade, position = _graded(material, unit)
    colour = _GREY if position is None else _COLOURS[min(position, len(_COLOURS) - 1)]
    period = f"{clean(material.period.title)}政务公开" + (f"（{_SIMULATED}）" if material.simulated else "")
    return svg(f"{clean(name)} {period}", grade, colour)


def svg(label: str, value: str, colour: str) -> str:
    """A badge of two fields."""
    left, right = (_width(text) + 2 * _PAD for text in (label, value))
    whole = left + right
    said = escape(f"{label}：{value}", quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0f}" height="24" viewBox="0 0 {whole:.0f} 24" role="img" aria-label="{said}" lang="zh-CN">'
        f"<title>{said}</title>"
        f'<rect width="{whole:.0f}" height="24" rx="4" fill="{colour}"/><path d="M4 0h{left - 4:.1f}v24H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="{_INK}"/>'
        f'<g fill="#fff" font-size="12" text-anchor="middle" font-family="\'PingFang SC\',\'Microsoft YaHei\',\'Noto Sans CJK SC\',sans-serif">'
        f'<text x="{left / 2:.1f}" y="16">{escape(label)}</text><text x="{left + right / 2:.1f}" y="16">{escape(value)}</text></g></svg>\n'
    )


def _graded(material: Material, unit: str) -> tuple[str, str, int | None]:
    """Name, grade in words, its place among the edition's grades (None: it has none)."""
    if group := material.group_of(unit):
        row = group.profiles[unit].row
        if row.excluded or row.score.grade is None:
            return row.name, EXCLUDED if row.excluded else SHORT, None
        return row.name, clean(row.score.grade), [grade.name for grade in group.edition.grades].index(row.score.grade)
    for name, rows in material.grades.items():
        for one, title, grade in rows:
            if one == unit:
                order = [each.name for each in material.editions[name].grades]
                return title, clean(grade) if grade else SHORT, order.index(grade) if grade else None
    raise KeyError(unit)


def _width(text: str) -> float:
    return sum(_HALF if ord(char) < _WIDE else _WORD for char in text)
