"""Seconds to lock and publish, size of the published file, and milliseconds of every query a page makes of it: `python -m benchmarks.publishing`.

模拟 data: three groups judged by one edition of 120 leaves, an eighth of them manual; every leaf has a finding with an address of its own as evidence. No run is
ingested, so that locking recomputes roll-ups, ranks and digests, not rules: those are measured by the benchmark of rules over observations.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from crawlers.columns import load_columns
from scoring.model import Edition, EvidenceRef, Finding, Outcome, PeriodState, Role, Unit
from scoring.services import corrections, editions, periods, reading, results, verification
from scoring.services.workspace import Workspace
from scoring.store import catalogue, findings
from scoring.store.catalogue import PeriodRow, PeriodUnit
from scoring.store.findings import NewFinding

NOW = datetime(2026, 4, 2, tzinfo=UTC)
GROUPS = {"区县": 0.03, "市直部门": 0.47, "镇街": 0.5}
LEAVES = 120
QUERY_LIMIT = 0.05


def edition() -> Edition:
    """8 × 3 nodes × 5 leaves, on the columns of the dictionary."""
    columns = [key for key, one in load_columns().items() if one.kind == "list"]
    lines = ["edition: bench", "format: 1", "title: 模拟指标体系", "scale: weights", "rank: competition", "coverage: 0.8"]
    lines += ["grades: [{name: 优秀, at_least: 90}, {name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]", "index:"]
    for a in range(8):
        lines += [f"  - code: f{a}", f"    title: 一级指标{a}", "    weight: 12.5", "    children:"]
        for b in range(3):
            lines += [f"      - code: n{a}-{b}", f"        title: 二级指标{a}-{b}", f"        weight: {b + 1}", "        children:"]
            for c in range(LEAVES // 24):
                n = (a * 3 + b) * 5 + c
                how = "manual: {levels: {优: 1, 良: 0.7, 差: 0}, guide: 按评分表}"
                if n % 8:
                    how = f"rule: updated_within, with: {{column: {columns[n % len(columns)]}, days: {30 + n}}}, fix: 更新栏目"
                lines.append(f"          - {{code: leaf-{n}, title: 三级指标{n}, weight: {c + 1}, dimension: 及时性, basis: 条例第二十条, {how}}}")
    return editions.from_text("\n".join(lines))


def filled(home: Path, units: int) -> Workspace:
    """An open period in which everything is decided."""
    one, draw = edition(), random.Random(units)  # noqa: S311 - a reproducible benchmark
    ws = Workspace.open(home, clock=lambda: NOW)
    members = [Unit(f"u{n:04d}", f"模拟单位{n}", group, "", "", n) for n, group in enumerate(_groups(units))]
    row = PeriodRow("2026Q1", "2026年一季度", date(2026, 1, 1), date(2026, 3, 31), None, PeriodState.OPEN, dict.fromkeys(GROUPS, (one.id, one.sha)))
    leaves = list(one.leaves())
    new = [NewFinding(unit.id, leaf.code, "run-2026Q1", leaf.rule, "1", _finding(draw, unit.id, n), "") for unit in members for n, leaf in enumerate(leaves)]
    with ws.store.write() as writer:
        catalogue.save_edition(writer, one)
        catalogue.create_period(writer, row, [PeriodUnit(unit, unit.id) for unit in members])
        findings.add(writer, row.id, new, NOW)
        writer.execute(
            "INSERT INTO review SELECT period_id, unit_id, code, 2, 1, '1', outcome, ratio, NULL, NULL, '看过', '模拟评估员', at_utc FROM finding "
            "WHERE code IN (SELECT code FROM indicator WHERE kind = 'manual')"
        )
    return ws


def measure(units: int) -> None:
    """Print one line a size, and the queries that are too slow."""
    with tempfile.TemporaryDirectory() as folder:
        ws = filled(Path(folder) / "home", units)
        lock = _timed(lambda: periods.lock(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR))
        publish = _timed(lambda: periods.publish(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR))
        path = next(ws.published.glob("*.duckdb"))
        size, packed = (one.stat().st_size / 1e6 for one in (path, path.with_suffix(".zip")))
        ws.close()
        check = _timed(lambda: verification.verify(path))
        print(
            f"{units:5} units × {LEAVES} leaves: lock {lock:.1f} s, publish {publish:.1f} s, file {size:.1f} MB, exports {packed:.1f} MB, verify {check:.1f} s"
        )
        for name, seconds in queries(Path(folder) / "home").items():
            print(f"      {name}: {seconds * 1e3:.0f} ms{'' if seconds <= QUERY_LIMIT else '  (more than 50 ms)'}")


def queries(home: Path) -> dict[str, float]:
    """The median of five for every query of a page, header and edition known, as they are after the first page."""
    ws = Workspace.open(home, write=False)
    unit = {group: results.ranking(ws, "2026Q1", group).rows[-1].unit for group in GROUPS}
    asked: dict[str, Callable[[], object]] = {"periods": lambda: results.headers(ws)}
    for group in GROUPS:
        asked[f"ranking of {sum(one == group for one in _groups_of(ws))} units"] = lambda group=group: results.ranking(ws, "2026Q1", group)  # type: ignore[misc]
    asked["one unit"] = lambda: results.profile(ws, "2026Q1", unit["镇街"])
    asked["what an earlier period tells"] = lambda: reading.standing.__wrapped__(results.file(ws, "2026Q1"), "镇街")
    asked["what a correction changed"] = lambda: corrections.between(results.file(ws, "2026Q1"), results.file(ws, "2026Q1"))
    return {name: sorted(_timed(ask) for _ in range(5))[2] for name, ask in asked.items()}


def main(arguments: list[str] | None = None) -> None:
    """The growth curve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="*", default=[100, 1000, 3000])
    for units in parser.parse_args(arguments).units:
        measure(units)


def _groups(units: int) -> list[str]:
    sizes = [max(1, round(units * share)) for share in GROUPS.values()]
    sizes[-1] = units - sum(sizes[:-1])
    return [group for group, size in zip(GROUPS, sizes, strict=True) for _ in range(size)]


def _groups_of(ws: Workspace) -> list[str]:
    return [group for group in GROUPS for _ in results.ranking(ws, "2026Q1", group).rows]


def _finding(draw: random.Random, unit: str, n: int) -> Finding:
    die = draw.randrange(24)
    told = {"column": f"栏目{n}", "newest": f"2026-{draw.randrange(1, 4):02d}-{draw.randrange(1, 29):02d}", "age": draw.randrange(400), "days": 30 + n}
    seen = EvidenceRef(
        f"http://www.{unit}.gov.cn/col/col{draw.randrange(10**9)}/index.html", NOW, f"run-2026Q1/{unit}@{draw.randrange(10**8)}+{draw.randrange(10**5)}"
    )
    if die == 0:
        return Finding(Outcome.NOT_APPLICABLE, None, "host_level", {}, (seen,))
    if die < 16:
        return Finding(Outcome.MET, Decimal(1), "column_fresh", told, (seen,))
    return Finding(Outcome.UNMET, Decimal(0), "column_stale", told, (seen,))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
