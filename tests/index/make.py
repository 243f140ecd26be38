"""Small observations and editions for the tests of this room."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from crawlers.columns import Column, load_columns
from crawlers.observation import DeadLink, Gap, Identity, Item, ScopeObservation, Sighting, SiteObservation, Snapshot
from crawlers.status import FetchStatus, Looked, Match, PageState, ScopeKind
from scoring.edition import load
from scoring.model import Edition, Finding, Outcome, Unit, UnitEvidence
from scoring.rules import RULES

AS_OF = date(2026, 9, 30)
AT = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)
HOME = "http://a.test/"
COLUMNS: dict[str, Column] = load_columns()


def item(day: str | None, title: str = "关于开展某项工作的通知") -> Item:
    """One entry of a list; `day` in ISO form."""
    return Item(f"http://a.test/{day}/{title}", title, date.fromisoformat(day) if day else None)


def seen(key: str, *items: Item, **changes: Any) -> Sighting:
    """A column that is there under its exact name, read to its end and confirmed; `changes` make it something else."""
    days = [one.date for one in items if one.date]
    base = Sighting(
        key=key,
        name=COLUMNS[key].name,
        match=Match.EXACT,
        url=f"http://a.test/{key}/",
        fetch=FetchStatus.OK,
        http=200,
        page=PageState.CONTENT,
        items=items,
        newest=max(days, default=None),
        complete=True,
        confirmed=True,
        snapshot=1,
    )
    return replace(base, **changes)


def missing(key: str, **changes: Any) -> Sighting:
    """A column that two complete looks did not find."""
    return replace(Sighting(key=key, confirmed=True, complete=True), **changes)


def evidence(
    *sightings: Sighting,
    kind: ScopeKind = ScopeKind.SITE,
    looked: Looked = Looked.COMPLETE,
    gaps: tuple[Gap, ...] = (),
    matched: bool = True,
    **site: Any,
) -> UnitEvidence:
    """One unit on one site; `site` changes fields of the site's observation."""
    view = ScopeObservation("u", kind, HOME, "", matched, looked, gaps, sightings)
    snapshots = (
        Snapshot(0, HOME, AT, FetchStatus.OK, 200, "00", 100, 50),
        Snapshot(1, "http://a.test/column/", AT, FetchStatus.OK, 200, "11", 150, 70),
        Snapshot(2, "http://a.test/list/", AT, FetchStatus.OK, 200, "22", 220, 0),
    )
    base = SiteObservation(
        site="a",
        run="run-1",
        home=HOME,
        as_of=AS_OF,
        started=AT,
        finished=AT,
        status=FetchStatus.OK,
        http=200,
        page=PageState.CONTENT,
        home_newest=AS_OF,
        home_confirmed=True,
        home_snapshot=0,
        search_box=True,
        id_code="3302000001",
        identity=Identity({"SiteName": "某区", "SiteDomain": "a.test", "SiteIDCode": "3302000001"}, {"id_code": "3302000001"}),
        links_checked=100,
        snapshots=snapshots,
        scopes=(view,),
    )
    return UnitEvidence(Unit("u", "某区", "区县"), "run-1", replace(base, **site), view)


def dead(count: int) -> tuple[DeadLink, ...]:
    """Links that led to nothing."""
    return tuple(DeadLink(f"http://a.test/gone/{number}", "http://a.test/list/", 404) for number in range(count))


def finding(ratio: str | None, outcome: Outcome | None = None) -> Finding:
    """A finding by its ratio; None: NOT_OBSERVED unless `outcome` says 不涉及."""
    if ratio is None:
        return Finding(outcome or Outcome.NOT_OBSERVED, None, "not_assessed")
    value = Decimal(ratio)
    return Finding(Outcome.MET if value == 1 else Outcome.UNMET if value == 0 else Outcome.PARTIAL, value, "given")


def together(*values: object) -> tuple[object, ...]:
    """Several values to compare at once."""
    return values


def edition(text: str) -> Edition:
    """An edition from its text, with the real dictionary and rules."""
    return load(text, columns=COLUMNS, rules=RULES)


HEAD = """
edition: test
format: 1
title: 测试
scale: points
rank: competition
coverage: 0.8
grades: [{name: 优秀, at_least: 90}, {name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
"""

TREE = (
    HEAD
    + """
index:
  - code: a
    title: 甲
    weight: 60
    children:
      - {code: a1, title: 甲一, weight: 20, dimension: 及时性, rule: updated_within, with: {column: news, days: 14}, fix: 更新}
      - {code: a2, title: 甲二, weight: 30, dimension: 完整性, manual: {levels: {优: 1, 良: 0.7, 差: 0}, guide: 按要求}}
      - {code: a3, title: 甲三, weight: 10, dimension: 及时性, needs: [行政执法], rule: column_present, with: {column: penalties}, fix: 设置}
  - {code: b, title: 乙, weight: 40, dimension: 完整性, manual: {points: true, guide: 按评分表}}
"""
)

BESIDE = (
    TREE
    + """
veto:
  - {code: v0, title: 否决, rule: home_updated_within, with: {days: 14}, score: null}
  - {code: v59, title: 限分, rule: columns_neglected, with: {news_days: 14, notices_days: 180, neglected_max: 10, blank_max: 5}, score: 59}
deductions: [{code: d, from: a, max: 5, rule: dead_links_at_most, with: {share: 0.01}}]
bonus: {cap: 3, above: 80, leaves: [{code: x, title: 加分, weight: 4, manual: {points: true, guide: 按评分表}}]}
"""
)

SICHUAN = """
edition: sichuan-2011
format: 1
title: 市级国土资源管理部门政务信息网上公开
scale: points
rank: competition
coverage: 0.8
grades: [{name: 优秀, at_least: 90}, {name: 良好, at_least: 70}, {name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
index:
  - {code: daily, title: 政务公开及日常更新, weight: 77, manual: {points: true, guide: 按评分表}}
  - {code: services, title: 在线服务, weight: 9, manual: {points: true, guide: 按评分表}}
  - {code: participation, title: 公众参与, weight: 7, manual: {points: true, guide: 按评分表}}
  - {code: design, title: 网站设计, weight: 4, manual: {points: true, guide: 按评分表}}
  - {code: rate, title: 公开率, weight: 3, manual: {points: true, guide: 按评分表}}
"""
