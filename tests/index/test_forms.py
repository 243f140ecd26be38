"""Every scoring form of the field, in the shapes of published schemes. Names and scores are invented; weights are those the schemes published."""

import csv
import itertools
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.edition import DUTIES
from scoring.model import Edition, Finding, Outcome, UnitScore
from scoring.ranking import rank
from scoring.rollup import Rollup, roll_up
from scoring.services.compute import compute, exact
from scoring.wording import displayed
from tests.index.make import SICHUAN, TREE, edition, finding, together

D = Decimal
SHARED = Path(__file__).resolve().parents[3] / "shared" / "tables" / "t1_sichuan_guotu_2011.csv"
GRADES = "grades: [{name: 优秀, at_least: 90}, {name: 良好, at_least: 70}, {name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]"
NA = Outcome.NOT_APPLICABLE


def scheme(name: str, weights: list[str], extra: str = "", scale: str = "points") -> Edition:
    """A scheme whose first-level indicators are scored by points."""
    lines = "\n".join(f"  - {{code: p{n}, title: 指标{n}, weight: {weight}, manual: {{points: true, guide: 按评分表}}}}" for n, weight in enumerate(weights, 1))
    return edition(f"edition: {name}\nformat: 1\ntitle: 虚构\nscale: {scale}\n{GRADES}\nindex:\n{lines}\n{extra}")


def scored(tmp_path: Path, one: Edition, rows: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Units by name as `compute` gives them; a cell '-' is 不涉及, '?' unobserved, 'x' UNMET, 'o' MET."""
    path = tmp_path / "findings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "group", "code", "outcome", "ratio", "points"])
        outcomes = {"-": "NOT_APPLICABLE", "?": "NOT_OBSERVED", "x": "UNMET", "o": "MET"}
        for unit, cells in rows.items():
            for leaf, cell in zip(one.leaves(), cells, strict=True):
                given = "" if cell in outcomes else cell
                writer.writerow([unit, "组", leaf.code, outcomes.get(cell, "PARTIAL" if cell != "0" else "UNMET"), "", given])
    return {row["unit"]: row for row in compute(one, path)["groups"]["组"]}


@pytest.mark.skipif(not SHARED.exists(), reason=f"the published table is not here: {SHARED}")
def test_a_published_ranking_comes_out_of_compute_exactly(tmp_path: Path) -> None:
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    found = scored(tmp_path, edition(SICHUAN), {row[1]: row[3:] for row in rows})
    assert [(unit, row["rank"], D(row["total"])) for unit, row in found.items()] == [(row[1], int(row[0]), D(row[2])) for row in rows]
    assert len(found) == 21


def test_eleven_items_that_add_up(tmp_path: Path) -> None:
    """佳木斯 2018: 12/10/15/5/5/5/20/10/8/6/4."""
    weights = ["12", "10", "15", "5", "5", "5", "20", "10", "8", "6", "4"]
    one = scheme("eleven", weights)
    found = scored(
        tmp_path, one, {"云溪区": weights, "松岭县": ["11.5", "9", "13.25", "5", "4.5", "0", "18", "7", "8", "5", "2.75"], "平川县": ["6"] + ["0"] * 10}
    )
    assert [(row["rank"], D(row["total"]), row["grade"]) for row in found.values()] == [(1, 100, "优秀"), (2, D(84), "良好"), (3, 6, "不合格")]


@pytest.mark.parametrize(("first", "second"), [("70", "30"), ("50", "50")])
def test_two_halves_of_a_hundred_each(tmp_path: Path, first: str, second: str) -> None:
    """宣城 2019 (70 + 30) and 翔安 (50 + 50), both parts scored out of 100 in one edition."""
    one = scheme("halves", [first, second], scale="weights")
    row = scored(tmp_path, one, {"东湖区": ["80", "90"]})["东湖区"]
    assert D(row["total"]) == (D(80) * int(first) + D(90) * int(second)) / 100
    assert together(D(row["scores"]["p1"]), D(row["scores"]["p2"])) == (80, 90)


ZHAOQING = """
veto: [{code: media, title: 新媒体单项否决, manual: {levels: {合格: 1, 不合格: 0}, guide: 按检查指标}, score: 59}]
bonus: {cap: 25, above: 0, leaves: [{code: extra, title: 加分, weight: 25, manual: {points: true, guide: 按评分表}}]}
"""


def test_deductions_from_a_hundred_and_a_bonus_of_twenty_five_with_a_veto_at_fifty_nine(tmp_path: Path) -> None:
    """肇庆 2019: 扣分 100 + 加分 25; a new-media veto gives 59."""
    one = scheme("deducting", ["60", "40"], ZHAOQING)
    found = scored(
        tmp_path, one, {"甲市": ["58", "39.5", "o", "12"], "乙市": ["60", "40", "x", "25"], "丙市": ["20", "10", "x", "0"], "丁市": ["60", "40", "o", "25"]}
    )
    assert [(unit, row["rank"], D(row["total"]), row["grade"]) for unit, row in found.items()] == [
        ("丁市", 1, 125, "优秀"),
        ("甲市", 2, D("109.5"), "优秀"),
        ("乙市", None, 59, "不合格"),
        ("丙市", None, 30, "不合格"),
    ]


def test_a_bonus_only_above_eighty_and_a_veto_to_nothing(tmp_path: Path) -> None:
    """国办秘函〔2019〕19号: bonus counts above 80, at most 30; any veto and nothing else is scored."""
    one = scheme("national", ["100"], ZHAOQING.replace("score: 59", "score: null").replace("cap: 25, above: 0", "cap: 30, above: 80"))
    found = scored(tmp_path, one, {"甲": ["80", "o", "25"], "乙": ["80.1", "o", "25"], "丙": ["95", "x", "25"]})
    assert {unit: (D(row["total"]), row["rank"]) for unit, row in found.items()} == {"甲": (80, 2), "乙": (D("105.1"), 1), "丙": (0, None)}


SERVICES = TREE.replace("weight: 40, dimension: 完整性, manual", "weight: 40, needs: [对外服务], manual").replace("needs: [行政执法], ", "")


@pytest.mark.parametrize(("practice", "total", "full"), [("share", "50", "100"), ("base", "30", "60"), ("mean", "62", "100")])
def test_a_body_without_public_services_in_the_three_practices_of_the_field(practice: str, total: str, full: str) -> None:
    """A body without a duty worth 40 of 100: its 30 of 60 count ×5/3, or stay 30 of 60, or the mean of those that have it (80 %) is credited."""
    one = edition(SERVICES.replace("coverage: 0.8", f"coverage: 0.8\nnot_applicable: {practice}"))
    half = {"a1": finding("0.5"), "a2": finding("0.5"), "a3": finding("0.5")}
    group = [(half | {"b": finding("1")}, DUTIES), (half | {"b": finding("0.6")}, DUTIES), (half, ("行政执法",))]
    compiled = Rollup(one)
    credit = compiled.credits(group)
    score = compiled.score(half, ("行政执法",), credit=credit)
    assert together(score.total, score.full, score.coverage) == (D(total), D(full), 1)
    assert compiled.score(*group[0], credit=credit).total == 70
    everything = {code: finding("1") for code in half}
    met = compiled.score(everything, ("行政执法",), credit=compiled.credits([(everything | {"b": finding("1")}, DUTIES), (everything, ())]))
    assert met.total == met.full == D(full)


def test_a_credit_that_rests_on_what_nobody_saw_is_an_interval() -> None:
    one = edition(SERVICES.replace("coverage: 0.8", "coverage: 0.8\nnot_applicable: mean"))
    half = {"a1": finding("0.5"), "a2": finding("0.5"), "a3": finding("0.5")}
    compiled = Rollup(one)
    credit = compiled.credits([(half | {"b": finding("1")}, DUTIES), (half, DUTIES), (half, ())])
    score = compiled.score(half, (), credit=credit)
    assert together(score.lower, score.upper, score.coverage) == (50, 70, D("0.8"))  # 40 × (0.5 … 1)
    nobody = compiled.score(half, (), credit=compiled.credits([(half, ())]))
    assert nobody.total == 50  # nobody of the group has it: shared out


def test_the_three_practices_through_compute(tmp_path: Path) -> None:
    for practice, totals in (("share", [50, 100]), ("base", [50, 60]), ("mean", [50, 80])):
        one = edition(SERVICES.replace("coverage: 0.8", f"coverage: 0.8\nnot_applicable: {practice}"))
        found = scored(tmp_path, one, {"甲": ["10", "15", "5", "20"], "乙": ["20", "30", "10", "-"]})
        assert [int(D(found[unit]["total"])) for unit in ("甲", "乙")] == totals


def test_a_capped_deduction() -> None:
    text = TREE + "deductions: [{code: dead, title: 死链, from: a, max: 5, manual: {points: true, guide: 每个扣1分}}]\n"
    full = {code: finding("1") for code in ("a1", "a2", "a3", "b")}
    one = edition(text)
    for points, total in (("5", 100), ("2", 97), ("0", 95)):
        taken = Finding(Outcome.PARTIAL, D(points) / 5, "manual_points", {"points": points})
        assert roll_up(one, full | {"dead": taken}, DUTIES).total == total


def test_grades_and_both_ways_of_ranking() -> None:
    def one(unit: str, points: str) -> UnitScore:
        return roll_up(scheme("flat", ["100"]), {"p1": Finding(Outcome.PARTIAL, D(points) / 100, "given_points", {"points": points})}, (), unit)

    units = [one("甲", "89.95"), one("乙", "70"), one("丙", "70.04"), one("丁", "59.9")]
    assert [score.grade for score in units] == ["优秀", "良好", "良好", "不合格"]
    assert [score.rank for score in rank(scheme("flat", ["100"]), units)] == [1, 2, 2, 4]
    assert [score.rank for score in rank(scheme("flat", ["100"], "rank: dense"), units)] == [1, 2, 2, 3]


COUNTRIES = [f"Country {n:02}" for n in range(1, 52)]


def index_of_fifty_one() -> Edition:
    """Three dimensions of a weighted mean: groups of groups of indicators, English names, weights like 33.333."""
    tree = []
    for a, weight in enumerate(("33.333", "33.333", "33.334")):
        groups = []
        for b in range(4):
            leaves = ", ".join(
                f"{{code: i{a}{b}{c}, title: 'Indicator {a}.{b}.{c}', weight: {w}, manual: {{points: true, guide: raw}}}}"
                for c, w in enumerate(("1", "0.5", "0.25"))
            )
            groups.append(f"      - {{code: g{a}{b}, title: 'Group {a}.{b}', weight: {('16.667', '33.333', '25', '25')[b]}, children: [{leaves}]}}")
        tree.append(f"  - code: d{a}\n    title: Dimension {a}\n    weight: {weight}\n    children:\n" + "\n".join(groups))
    return edition(f"edition: known-index\nformat: 1\ntitle: A known index\nscale: weights\ncoverage: 0\n{GRADES}\nindex:\n" + "\n".join(tree))


def test_an_index_of_fifty_one_countries_with_missing_values(tmp_path: Path) -> None:
    """A weighted mean of groups of indicators; a missing value is left out of the mean and its weight shared in its group."""
    one = index_of_fifty_one()
    values = itertools.cycle(["87.5", "12.345678901", "-", "100", "0", "66.667", "33.333"])
    rows = {name: [next(values) for _ in one.leaves()] for name in COUNTRIES}
    start = time.perf_counter()
    found = scored(tmp_path, one, rows)
    assert time.perf_counter() - start < 5
    assert len(found) == 51
    for name, cells in rows.items():
        by_code = {leaf.code: cell for leaf, cell in zip(one.leaves(), cells, strict=True)}

        def mean(nodes: Any, by_code: dict[str, str] = by_code) -> Decimal | None:
            known = [(node.weight, value) for node in nodes if (value := own(node, by_code)) is not None]
            return sum((weight * value for weight, value in known), D(0)) / sum((weight for weight, _ in known), D(0)) if known else None

        def own(node: Any, by_code: dict[str, str]) -> Decimal | None:
            return mean(node.children) if node.children else None if by_code[node.code] == "-" else D(by_code[node.code])

        wanted = mean(one.index)
        assert wanted is not None
        assert abs(D(found[name]["total"]) - wanted) < D("2e-12")
        scores = found[name]["scores"]
        assert all(scores[code] is None or D(scores[code]) == D(cell) for code, cell in by_code.items() if cell != "-")
    ranked = [row for row in found.values() if row["rank"]]
    assert [row["rank"] for row in ranked] == [1 + sum(displayed(D(other["total"])) > displayed(D(row["total"])) for other in ranked) for row in ranked]


def test_full_marks_of_thirds_are_a_hundred(tmp_path: Path) -> None:
    one = index_of_fifty_one()
    row = scored(tmp_path, one, {"Full": ["o" if n % 5 else "-" for n in range(36)]})["Full"]
    assert (row["total"], row["lower"], row["coverage"]) == (exact(D(100)), exact(D(100)), exact(D(1)))
