"""自查: one unit's scope crawled now and judged by the automatic leaves of one edition. Needs no database."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.browser import wanted
from crawlers.observation import SiteObservation, load
from crawlers.plan import PlannedColumn
from crawlers.register import Register, ScopeEntry, SiteEntry, UnitEntry
from crawlers.run import Progress, crawl
from crawlers.status import ScopeKind
from scoring.errors import BadInput
from scoring.model import Edition, Finding, Indicator, Outcome, Unit, UnitEvidence
from scoring.rollup import leaf_points, roll_up
from scoring.rules import RULES
from scoring.rules.reading import State, read
from scoring.services import editions, engine
from scoring.services.assess import evidence_of
from scoring.services.plans import asked, plan_for
from scoring.services.scopes import unmatched
from scoring.services.shapes import CheckResult, ColumnResult
from scoring.services.tables import leaf_result
from scoring.wording import displayed

RUN = "check"
_PRESENCE = {
    State.PRESENT: Outcome.MET,
    State.BLANK: Outcome.UNMET,
    State.BLANK_ONCE: Outcome.NOT_OBSERVED,
    State.DEAD: Outcome.UNMET,
    State.MISSING: Outcome.UNMET,
    State.UNOBSERVED: Outcome.NOT_OBSERVED,
}


class CheckRequest(BaseModel):
    """Everything a self-check needs; it is stored with its job, so that the job needs no database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    unit: UnitEntry
    site: SiteEntry
    scope: ScopeEntry
    edition: str
    as_of: date
    contact: str = ""
    simulated: bool = False


def address(url: str) -> SplitResult:
    """The parts of an address. Raises BadInput for text that is none."""
    try:
        return urlsplit(url)
    except ValueError as error:
        raise BadInput(f"网址 {url} 无效，应写成 http://www.example.gov.cn/ 这样") from error


def request_for(url: str, edition: Edition, as_of: date, *, loopback: bool, rate: float | None = None, simulated: bool = False) -> CheckRequest:
    """A self-check of a whole site by its address alone: every duty is assumed. Raises BadInput for a bad address."""
    parts = address(url)
    try:
        home = url if parts.path else f"{url}/"
        site = SiteEntry(id="check", home=home, loopback=loopback, rate=rate if rate is not None else 1.0, timeout=10)
    except ValidationError as error:
        first = error.errors()[0]
        what = first["msg"].removeprefix("Value error, ") if first["type"] == "value_error" else "不是可以自查的网址或速率"
        raise BadInput(f"{url or '（空）'}：{what}") from error
    duties = tuple(dict.fromkeys(duty for leaf in edition.leaves() for duty in leaf.needs))
    unit = UnitEntry(id="self", name=parts.netloc, group="自查", duties=duties)
    return CheckRequest(url=url, unit=unit, site=site, scope=ScopeEntry(unit="self", site="check"), edition=edition.id, as_of=as_of, simulated=simulated)


def automatic(edition: Edition) -> Edition:
    """The edition without the leaves that only people or facts beside a crawl can judge; a node weighs what is left of it."""

    def pruned(node: Indicator) -> Indicator | None:
        if node.is_leaf:
            return node if _seen_in_a_crawl(node) else None
        children = tuple(kept for child in node.children if (kept := pruned(child)) is not None)
        whole = sum((child.weight for child in node.children), Decimal(0))
        left = sum((child.weight for child in children), Decimal(0))
        return replace(node, children=children, weight=node.weight * left / whole) if left else None

    return replace(
        edition,
        index=tuple(kept for node in edition.index if (kept := pruned(node)) is not None),
        vetoes=tuple(veto for veto in edition.vetoes if _seen_in_a_crawl(veto.leaf)),
        deductions=tuple(deduction for deduction in edition.deductions if _seen_in_a_crawl(deduction.leaf)),
        bonus=None,
    )


def _seen_in_a_crawl(leaf: Indicator) -> bool:
    """Whether one crawl can tell: no person has to judge, and no facts are needed that take a week or come from elsewhere."""
    return bool(leaf.rule) and RULES[leaf.rule].off_site is None


def run_check(
    request: CheckRequest, folder: Path, *, run: str = RUN, progress: Callable[[Progress], None] | None = None, edition: Edition | None = None
) -> CheckResult:
    """Crawl into `folder/RUN` and judge. `edition` overrides the one named in the request. Raises BadInput when the unit's scope matches nothing."""
    chosen = edition or editions.get(request.edition)
    plan = plan_for([chosen])
    register = Register(
        format=1,
        title="自查",
        simulated=request.simulated,
        contact=request.contact,
        units=(request.unit,),
        sites=(request.site,),
        scopes=(request.scope,),
    )
    summary = crawl(
        register,
        plan,
        runs=folder,
        run_id=run,
        as_of=request.as_of,
        workers=0,
        progress=progress,
        origin="check",
        browser=wanted(None, here=request.site.loopback),
    )
    site = load(summary.path / "sites" / f"{request.site.id}.json")
    for wrong in unmatched(site, {request.unit.id: request.unit.name}):
        raise BadInput(str(wrong))
    seconds = (summary.manifest.finished - summary.manifest.started).total_seconds()
    return judge(request, chosen, plan.columns, site, seconds)


def judge(request: CheckRequest, edition: Edition, columns: tuple[PlannedColumn, ...], site: SiteObservation, seconds: float) -> CheckResult:
    """The result of a self-check from its observation."""
    entry = request.unit
    unit = Unit(entry.id, entry.name, entry.group, entry.level, entry.parent, entry.order, entry.duties)
    part = automatic(edition)
    evidence = evidence_of(unit, site)
    found: dict[str, Finding] = {leaf.code: engine.judge(leaf, evidence, request.as_of) for leaf in part.leaves()}
    score = roll_up(part, found, unit.duties, unit.id)
    points = leaf_points(part, score)
    required = {key for leaf in part.leaves() if not engine.duties_missing(leaf, unit.duties) for key, _ in asked(leaf)}
    first = {leaf.code: node.code for node in part.index for leaf in node.leaves()}
    return CheckResult(
        url=request.url,
        unit_name=unit.name,
        as_of=request.as_of,
        edition=edition.id,
        edition_title=edition.title,
        status=site.status.value,
        status_zh=site.status.zh,
        pages=site.pages,
        seconds=seconds,
        score={"points": score.total, "lower": score.lower, "upper": score.upper, "max": part.full, "coverage": score.coverage},
        columns=tuple(column_result(planned, evidence, request.as_of) for planned in columns if planned.column.key in required),
        leaves=tuple(leaf_result(leaf, first.get(leaf.code, ""), found[leaf.code], None, points.get(leaf.code)) for leaf in part.leaves()),
        run=site.run,
    )


def column_result(planned: PlannedColumn, evidence: UnitEvidence, as_of: date) -> ColumnResult:
    """One required column as it was seen; freshness stands beside the outcome."""
    reading = read(evidence, planned.column.key, planned.column.name)
    seen, newest = reading.sighting, reading.newest(as_of)
    return ColumnResult(
        key=planned.column.key,
        name=planned.column.name,
        outcome=_PRESENCE[reading.state],
        match=seen.match.value if seen and seen.match else None,
        text=seen.name if seen else "",
        url=(seen.url or None) if seen and seen.match else None,
        newest=newest,
        age_days=(as_of - newest).days if newest else None,
        days=planned.column.days,
        items=len(reading.items(as_of)),
        confirmed=reading.confirmed,
    )


def scope_zh(kind: ScopeKind, value: str) -> str:
    """A scope in words."""
    return kind.zh if kind is ScopeKind.SITE else f"{kind.zh}：{value}"


def as_json(result: CheckResult) -> dict[str, object]:
    """The shape of `check --json` (DESIGN §10); every number of the score is a decimal string."""

    def number(value: Decimal | None) -> str | None:
        return None if value is None else format(value, "f")

    return {
        "url": result.url,
        "as_of": result.as_of.isoformat(),
        "edition": result.edition,
        "status": result.status,
        "pages": result.pages,
        "seconds": round(result.seconds, 1),
        "score": {name: number(value) for name, value in result.score.items()},
        "columns": [
            {
                "key": one.key,
                "name": one.name,
                "outcome": one.outcome.value,
                "match": one.match,
                "text": one.text,
                "url": one.url,
                "newest": one.newest.isoformat() if one.newest else None,
                "age_days": one.age_days,
                "items": one.items,
                "confirmed": one.confirmed,
            }
            for one in result.columns
        ],
        "findings": [
            {
                "code": leaf.code,
                "title": leaf.title,
                "outcome": leaf.outcome.value,
                "ratio": number(leaf.ratio),
                "points": number(leaf.points),
                "max": number(leaf.full),
                "reason_code": leaf.reason_code,
                "reason": leaf.reason,
                "evidence": [{"url": one.url, "seen": one.at.isoformat() if one.at else None, "snapshot": one.snapshot or None} for one in leaf.evidence],
                "basis": leaf.indicator.basis,
                "fix": leaf.indicator.fix,
            }
            for leaf in result.leaves
        ],
    }


def shown(score: Mapping[str, Decimal]) -> str:
    """The score in one line: 满分 said, the interval when it is provisional."""
    text = f"{displayed(score['points'])} 分（自动判定部分满分 {displayed(score['max'])} 分）"
    return text if score["lower"] == score["upper"] else f"暂定 {text}，区间 {displayed(score['lower'])}–{displayed(score['upper'])}"
