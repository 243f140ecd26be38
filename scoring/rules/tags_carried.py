"""Whether column and article pages carry the metadata tags of 政府网站发展指引 (ColumnName, ColumnType; ArticleTitle, PubDate, ContentSource)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, met, part, unobserved
from scoring.rules.home import home_once, home_unread
from scoring.rules.reading import home_page
from scoring.rules.spec import Params as Base

_PAGES = {"column": "栏目页", "article": "正文页"}


class Params(Base):
    """`column_tags`, `article_tags`: tags asked of pages of that kind; `share`: least share of the pages read that carries a tag (0–1)."""

    column_tags: tuple[StrictStr, ...] = ("ColumnName", "ColumnType")
    article_tags: tuple[StrictStr, ...] = ("ArticleTitle", "PubDate", "ContentSource")
    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal("0.9")


def says(params: Params) -> str:
    """The rule in words."""
    asked = len(params.column_tags) + len(params.article_tags)
    return (
        f"读到的栏目页写有标签 {'、'.join(params.column_tags)}、正文页写有标签 {'、'.join(params.article_tags)}，每个标签都达到页数的 {phrase.percent(params.share)}，得满分；"
        f"否则得分比例为达到的标签数占 {asked} 个的比例。"
    )


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = tags carried by `share` of the pages ÷ tags asked; NOT_OBSERVED when no page of a kind was read."""
    if (unread := home_unread(evidence)) or (site := evidence.site) is None:
        return unread or home_once(evidence, "没有读到")
    counted = {(one.page, one.name): one for one in site.checks.tags}
    asked = [("column", name) for name in params.column_tags] + [("article", name) for name in params.article_tags]
    if unknown := list(dict.fromkeys(_PAGES[page] for page, name in asked if not getattr(counted.get((page, name)), "pages", 0))):
        return unobserved(Reason.TAGS_UNTRIED, {"pages": unknown}, home_page(site))
    low = [counted[one] for one in asked if part(counted[one].carried, counted[one].pages) < params.share]
    told = {
        "total": len(asked),
        "count": len(low),
        "missing": [f"{_PAGES[one.page]} {one.name}（{one.pages} 页中 {one.carried} 页有）" for one in low],
    }
    if not low:
        return met(Reason.TAGS_CARRIED, told, home_page(site))
    return graded(part(len(asked) - len(low), len(asked)), Reason.TAGS_LACKING, told, home_page(site))
