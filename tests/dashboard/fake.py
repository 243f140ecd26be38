"""Fake services for the pages: same signatures as `scoring.services`, a believable index behind them."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from scoring.errors import BadInput, Refused
from scoring.model import Check, Edition, Outcome, PeriodState
from scoring.services.children import Child
from scoring.services.clues import Clue
from scoring.services.locking import Blocker
from scoring.services.makeup import PartView
from scoring.services.reviews import Decision
from scoring.services.shapes import (
    CheckResult,
    CheckTarget,
    ColumnResult,
    JobState,
    LeafResult,
    PeriodInfo,
    Ranking,
    StoredPage,
    UnitProfile,
)
from tests.dashboard import fake_index as index
from tests.dashboard.fake_closer import install_closer
from tests.dashboard.fake_closing import install_closing
from tests.dashboard.fake_published import install_published

STATES = (PeriodState.PUBLISHED, PeriodState.PUBLISHED, PeriodState.OPEN)
SOURCE = "<!DOCTYPE html><html><head><title>{t}</title></head><body><script>alert(1)</script><h1>{t}</h1><p>2026-02-15 通知公告</p></body></html>"


@dataclass
class World:
    """The state behind the fake services."""

    states: list[PeriodState] = field(default_factory=lambda: list(STATES))
    simulated: bool = True
    jobs: dict[str, JobState] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    fail: dict[str, Exception] = field(default_factory=dict)
    leaves: dict[tuple[int, str], list[LeafResult]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    clues: dict[str, tuple[Clue, ...]] = field(default_factory=dict)
    children: dict[str, tuple[Child, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[PartView, ...]] = field(default_factory=dict)

    def clues_of(self, _ws: object, _period: str, unit: str, **_: object) -> tuple[Clue, ...]:
        self._maybe_fail("clues")
        return self.clues.get(unit, ())

    def periods(self, _ws: object = None) -> list[PeriodInfo]:
        self._maybe_fail("periods")
        return index.periods((self.states[0], self.states[1], self.states[2])) if self.states else []

    def published(self, _ws: object = None) -> list[PeriodInfo]:
        self._maybe_fail("published")
        return [period for period in self.periods() if period.state is PeriodState.PUBLISHED]

    def found(self, quarter: int, unit: str) -> list[LeafResult]:
        """The leaves of a unit in a quarter, kept so that decisions last."""
        if (quarter, unit) not in self.leaves:
            open_work = self.states[quarter - 1] is PeriodState.OPEN
            self.leaves[quarter, unit] = list(index.leaves_of(quarter, unit, open_work=open_work, blocked=unit in self.unseen))
        return self.leaves[quarter, unit]

    def ranking(self, _ws: object, period: str, group: str, **_: object) -> Ranking:
        self._maybe_fail("ranking")
        quarter = int(period[-1])
        rankings: list[Ranking] = []
        for n in range(1, quarter + 1):
            info = next(one for one in self.periods() if one.id == f"2026Q{n}")
            leaves = {unit: self.found(n, unit) for unit, _ in index.units(group)}
            rankings.append(index.ranking(info, group, leaves, list(rankings), draft=info.state is PeriodState.OPEN))
        return index.ungraded(rankings[-1], self.barred, self.unseen)

    def profile(self, ws: object, period: str, unit: str, **_: object) -> UnitProfile:
        group = index.GROUP if unit.startswith("qx") else index.OTHER
        found = self.ranking(ws, period, group)
        row = next(row for row in found.rows if row.unit == unit)
        titles = [one.title for one in reversed(self.periods())][: len(row.history)]
        made = index.profile(found, unit, self.found(int(period[-1]), unit), tuple(zip(titles, row.history, strict=True)))
        return index.barred(made) if unit in self.barred else made

    def blockers(self, _ws: object, period: str, **_: object) -> list[Blocker]:
        quarter = int(period[-1])
        return [
            Blocker(unit, name, leaf.code, leaf.title, "人工指标尚未评分" if leaf.check is Check.MANUAL else "未能观测，需人工补查或确认无法观测")
            for group in (index.GROUP, index.OTHER)
            for unit, name in index.units(group)
            for leaf in self.found(quarter, unit)
            if not leaf.reviewed and (leaf.outcome is Outcome.NOT_OBSERVED or leaf.check is Check.ASSIST)
        ]

    def decide(self, _ws: object, decision: Decision, **by: Any) -> LeafResult:
        self._maybe_fail("decide")
        given = asdict(decision) | by
        self.decisions.append(given)
        leaves = self.found(int(given["period"][-1]), given["unit"])
        at, leaf = next((n, one) for n, one in enumerate(leaves) if one.code == given["code"])
        if given["expected_seq"] != leaf.seq:
            raise Refused(f"「{leaf.title}」在您打开之后已有新的结果或他人的评分，请刷新后再保存")
        ratio = given["ratio"]
        if given["level"] and leaf.indicator.manual:
            ratio = leaf.indicator.manual.levels[given["level"]]
        if given["points"] is not None:
            ratio = given["points"] / leaf.indicator.weight
        outcome = given["outcome"] or (Outcome.MET if ratio == 1 else Outcome.PARTIAL if ratio else Outcome.UNMET)
        leaves[at] = index.decided(leaf, outcome, ratio, given["why"], given["actor"], given["now"])
        return leaves[at]

    def lock(self, _ws: object, period: str, actor: str, now: datetime, **_: object) -> None:
        self._maybe_fail("lock")
        self.states[int(period[-1]) - 1] = PeriodState.LOCKED

    def publish(self, _ws: object, period: str, actor: str, now: datetime, **_: object) -> None:
        self.states[int(period[-1]) - 1] = PeriodState.PUBLISHED

    def open_page(self, _ws: object, address: str) -> StoredPage:
        if address.count("@") != 1 or "+" not in address:
            raise BadInput(f"取证地址 {address} 格式不对，应为“批次/网站@起始字节+长度”")
        source = SOURCE.format(t=index.NASTY)
        at = datetime(2026, 9, 30, 1, 5, tzinfo=UTC)
        return StoredPage(
            address, "http://127.0.0.1:8101/qx01/zwgk/", at, 200, "已取得", "gb18030", index.NASTY, f"{index.NASTY}\n通知公告 2026-02-15", source, "ab" * 32
        )

    def targets(self, _ws: object) -> list[CheckTarget]:
        return [CheckTarget(unit, name, index.GROUP, "http://127.0.0.1:8101/", "整个网站", index.EDITION.id) for unit, name in index.units(index.GROUP)]

    def start_check(self, _ws: object, *, url: str | None, unit: str | None, **_: object) -> str:
        self._maybe_fail("start_check")
        self.jobs["job1"] = JobState("job1", "check", f"自查：{unit or url}", "running", datetime(2026, 9, 30, 2, 0, tzinfo=UTC), {"pages": 12}, "")
        return "job1"

    def state(self, _ws: object, job: str) -> JobState:
        if job not in self.jobs:
            raise BadInput(f"没有编号为 {job} 的自查，请从“最近的自查”打开")
        return self.jobs[job]

    def result(self, _ws: object, job: str) -> CheckResult | None:
        return check_result() if self.jobs[job].state == "done" else None

    def recent(self, _ws: object, owner: str) -> list[JobState]:
        return list(self.jobs.values())

    def edition(self, _id: str) -> Edition:
        return index.EDITION

    def _maybe_fail(self, name: str) -> None:
        if name in self.fail:
            raise self.fail[name]


def check_result() -> CheckResult:
    """A finished self-check with every kind of column and leaf."""
    leaves = [leaf for leaf in index.leaves_of(3, "qx01", open_work=False) if leaf.check is not Check.MANUAL]
    leaves[1] = index.decided(leaves[1], Outcome.NOT_OBSERVED, None, "", "", datetime(2026, 9, 30, tzinfo=UTC))
    got = sum((leaf.points or Decimal(0) for leaf in leaves), Decimal(0))
    full = sum((leaf.full for leaf in leaves), Decimal(0))
    upper = got + leaves[1].full
    columns = (
        ColumnResult("guide", "政府信息公开指南", Outcome.MET, "exact", "政府信息公开指南", "http://127.0.0.1:8101/zn/", date(2026, 5, 1), 152, 365, 1, True),
        ColumnResult("mailbox", "领导信箱", Outcome.UNMET, None, "", None, None, None, 90, 0, True),
        ColumnResult("notices", "通知公告", Outcome.MET, "alias", index.NASTY, "http://127.0.0.1:8101/tz/", date(2026, 2, 15), 227, 180, 30, True),
        ColumnResult("audit", "审计公开", Outcome.UNMET, "exact", "审计公开", "http://127.0.0.1:8101/sj/", None, None, 180, 0, True),
        ColumnResult("press", "新闻发布会", Outcome.NOT_OBSERVED, "contained", "新闻", "http://127.0.0.1:8101/xw/", None, None, 180, 0, False),
        ColumnResult("duties", "机构职能", Outcome.MET, "exact", "机构职能", "http://127.0.0.1:8101/jg/", None, None, 365, 3, True),
    )
    score = {"points": (got + upper) / 2, "lower": got, "upper": upper, "max": full, "coverage": Decimal("0.97")}
    return CheckResult(
        "http://127.0.0.1:8101/",
        "青禾区",
        date(2026, 9, 30),
        index.EDITION.id,
        index.EDITION.title,
        "ok",
        "已取得",
        86,
        41.5,
        score,
        columns,
        tuple(leaves),
        "run-x",
    )


def install(world: World, put: Any) -> None:
    """Replace the services behind the pages; `put(target, name, value)` is `monkeypatch.setattr` or `setattr`."""
    from dashboard.components import data

    put(data, "workspace", lambda: SimpleNamespace(simulated=world.simulated, as_of=None, home=None))
    put(data, "periods", SimpleNamespace(periods=world.periods, published=world.published, blockers=world.blockers, lock=world.lock))
    install_closing(world, put)
    install_closer(world, put)
    install_published(world, put)
    put(data, "results", SimpleNamespace(ranking=world.ranking, profile=world.profile))
    put(data, "drafts", SimpleNamespace(ranking=world.ranking, profile=world.profile))
    put(data, "reviews", SimpleNamespace(decide=world.decide))
    put(data, "clues_service", SimpleNamespace(clues=world.clues_of))
    put(data, "evidence", SimpleNamespace(open_page=world.open_page))
    put(data, "editions", SimpleNamespace(available=lambda: [index.EDITION], get=world.edition))
    jobs = SimpleNamespace(targets=world.targets, start_check=world.start_check, state=world.state, result=world.result, recent=world.recent)
    put(data, "jobs", jobs)
