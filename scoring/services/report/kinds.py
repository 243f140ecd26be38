"""The kinds of report, by the names that people ask for them."""

from crawlers.status import Labelled
from scoring.errors import BadInput


class Kind(Labelled):
    """What can be written of a published period."""

    OVERALL = "overall", "总报告"
    CIRCULAR = "circular", "通报"
    UNIT = "unit", "分报告"
    PROBLEMS = "problems", "问题清单"
    SCORES = "scores", "得分明细"
    SLIDES = "slides", "演示文稿"
    CHARTS = "charts", "图表"
    WEB = "web", "静态网页"
    BADGES = "badges", "徽标"


def kinds(names: list[str]) -> tuple[Kind, ...]:
    """The kinds of these names (Chinese or English), all of them when there are none. Raises BadInput with the choices."""
    known = {text: kind for kind in Kind for text in (kind.zh, kind.value)}
    for name in names:
        if name not in known:
            raise BadInput(f"没有“{name}”这种报告，可选：{'、'.join(kind.zh for kind in Kind)}")
    return tuple(dict.fromkeys(known[name] for name in names)) or tuple(Kind)
