"""Every edition that ships is whole: it loads, adds up, answers to its own sources, gives exactly full marks, and a period can use it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.edition import DUTIES
from scoring.model import Check, Edition, Finding, Outcome, Role
from scoring.parts import PartSource
from scoring.rollup import roll_up
from scoring.services import editions, periods
from scoring.services.plans import asked, plan_for
from scoring.services.workspace import Workspace
from tests.project.coverage import IDS, all_editions
from tests.project.obligations import EditionDuty, load
from tests.services.hand import register

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
MADE = Finding(Outcome.MET, Decimal(1), "given")
PLANS_OF_OTHERS = re.compile(r"甬政办发|浙政办发|海政办发|海曙区2019年")
"""How the plans of one place are cited: an edition of another place does not rest on them."""


def duty_of(edition: Edition) -> EditionDuty:
    return next(one for one in load().editions if one.id == edition.id)


def test_all_schemes_of_the_source_documents_are_there() -> None:
    asked_for = {"zhejiang-2020", "ningbo-2020", "haishu-2019", "haiyang-2020", "annual-report", "guoban-2019-19"}
    shipped = {edition.id for edition in all_editions()}
    assert asked_for <= shipped
    assert shipped == {one.id for one in load().editions}


@pytest.mark.parametrize("name", IDS)
def test_an_edition_is_whole(name: str) -> None:
    edition = editions.get(name)
    assert edition.full == 100
    assert sum(node.weight for node in edition.index) == 100
    assert "示例权重" in edition.note
    rows = {row.id for row in load().rows}
    for leaf in edition.leaves():
        assert leaf.title != leaf.code, leaf.code
        assert leaf.dimension or leaf in (edition.bonus.leaves if edition.bonus else ()), leaf.code
        assert leaf.obligations, f"{edition.id}：{leaf.code} 没有写它回答的义务 obligations"
        assert set(leaf.obligations) <= rows, f"{edition.id}：{leaf.code} 写了义务清单中没有的编号"
        assert leaf.basis, leaf.code
        assert leaf.responsible, leaf.code
        assert len(leaf.fix) >= 15, leaf.code
        assert leaf.check is not None, leaf.code
        if leaf.check is Check.MANUAL:
            assert leaf.manual is not None
            assert leaf.manual.guide.count("。") >= 3, f"{leaf.code} 的评分标准太短"


@pytest.mark.parametrize("name", IDS)
def test_a_leaf_rests_on_sources_that_bind_its_edition(name: str) -> None:
    edition = editions.get(name)
    sources, duty = load().sources, duty_of(edition)
    own = {sources[one].cite for one in duty.sources}
    for leaf in edition.leaves():
        stands_on = [part for part in leaf.basis.split("；") if "参照" not in part]
        foreign = {found for found in PLANS_OF_OTHERS.findall("；".join(stands_on)) if not any(found in cite for cite in own)}
        assert not foreign, f"{edition.id}：{leaf.code} 的依据引用了别处的要点（{'、'.join(foreign)}）；请在 change 中写出自己来源的条款，或用 drop 去掉该指标"
        assert any(cite in leaf.basis for cite in own), f"{edition.id}：{leaf.code} 的依据没有引用约束它的来源"


@pytest.mark.parametrize("name", [one for one in IDS if re.search(r"^extends:", (editions.FOLDER / f"{one}.yml").read_text("utf-8"), re.MULTILINE)])
def test_a_derived_edition_cites_a_clause_of_its_own_source(name: str) -> None:
    edition, whole = editions.get(name), load()
    own = duty_of(edition).sources[0]
    if duty_of(editions.get(edition.parent)).sources[0] == own:
        return  # of the same source as its base, whose leaves need no other clause
    rows = {row.id: row for row in whole.rows}
    for leaf in edition.leaves():
        for row in (rows[one] for one in leaf.obligations):
            due = set(row.sources.get(own, {}))
            said = {clause for cited in re.findall(rf"{whole.sources[own].cite} ([^；（]*)", leaf.basis) for clause in cited.split("、")}
            assert not due or due & said, f"{edition.id}：{leaf.code} 没有引用 {row.id} 的条款（{'、'.join(sorted(due))}）"


@pytest.mark.parametrize("name", IDS)
def test_all_met_gives_exactly_full_marks(name: str) -> None:
    edition = editions.get(name)
    most = edition.full + (edition.bonus.cap if edition.bonus else 0)
    found = {leaf.code: MADE for leaf in edition.leaves()}
    score = roll_up(edition, found, DUTIES)
    if edition.parts:  # what is imported is not there yet: all of the rest is
        assert score.lower == sum(part.weight for part in edition.parts if part.source is PartSource.INDEX) < most == score.upper
        return
    assert {score.total, score.lower, score.upper} == {most}
    assert score.coverage == 1
    assert score.grade == edition.grades[0].name
    assert roll_up(edition, found, ()).total == most
    assert not score.veto
    assert not score.veto_open


@pytest.mark.parametrize("name", IDS)
def test_nothing_looked_at_is_no_zero(name: str) -> None:
    edition = editions.get(name)
    score = roll_up(edition, {}, DUTIES)
    assert (score.lower, score.upper, score.coverage) == (Decimal(0), Decimal(100), Decimal(0))
    assert score.grade is None


@pytest.mark.parametrize("name", IDS)
def test_a_plan_looks_for_every_column_of_the_edition(name: str) -> None:
    edition = editions.get(name)
    planned = {one.column.key for one in plan_for([edition]).columns}
    assert {key for leaf in edition.leaves() for key, _ in asked(leaf)} <= planned
    assert planned


def test_a_period_may_use_every_edition_and_a_plan_follows(tmp_path: Path) -> None:
    ws = Workspace.open(tmp_path / "home", clock=lambda: NOW)
    for edition in all_editions():
        one = periods.create(
            ws, edition.id, edition.title, {"市直部门": edition.id}, date(2026, 1, 1), date(2026, 3, 31), None, register(), "a", role=Role.EVALUATOR, now=NOW
        )
        assert one.id == edition.id
    assert {one.id for one in periods.periods(ws)} == {edition.id for edition in all_editions()}
    ws.close()


def test_the_national_check_shares_out_the_services_of_a_body_without_any() -> None:
    """75-point base × 4/3 (国办秘函〔2019〕19号), by the ordinary rule for what does not apply."""
    edition = editions.get("guoban-2019-19")
    half = {leaf.code: Finding(Outcome.PARTIAL, Decimal("0.5"), "given") if leaf.weight else MADE for leaf in edition.leaves()}
    services = next(node for node in edition.index if node.code == "service")
    assert services.weight == 25
    assert all(leaf.needs for leaf in services.leaves())
    without = {**half, **{leaf.code: MADE for leaf in next(node for node in edition.index if node.code == "publish").leaves()}}
    base = Decimal(0) + sum(node.weight * Decimal("1" if node.code == "publish" else "0.5") for node in edition.index if node.code != "service")
    assert abs(roll_up(edition, without, ()).total * 3 - base * 4) < Decimal("1e-20")


def test_the_national_check_vetoes_before_anything_else_and_pays_at_most_130() -> None:
    edition = editions.get("guoban-2019-19")
    found = {leaf.code: MADE for leaf in edition.leaves()}
    assert roll_up(edition, found, DUTIES).total == 130
    for veto in edition.vetoes:
        out = roll_up(edition, found | {veto.leaf.code: Finding(Outcome.UNMET, Decimal(0), "given")}, DUTIES)
        assert out.total == 0, veto.leaf.code
        assert out.grade == "不合格", veto.leaf.code
    figures = {veto.leaf.code: veto.leaf for veto in edition.vetoes}
    assert figures["v3-home"].params["days"] == 14
    assert {key: figures["v2-reach"].params[key] for key in ("days", "per_day", "seconds", "share")} == {
        "days": 7,
        "per_day": 20,
        "seconds": 15,
        "share": Decimal("0.05"),
    }
    assert {key: figures["v4-columns"].params[key] for key in ("news_days", "notices_days", "neglected_max", "blank_max")} == {
        "news_days": 14,
        "notices_days": 180,
        "neglected_max": 10,
        "blank_max": 5,
    }


def test_what_was_not_verified_says_so() -> None:
    edition = editions.get("guoban-2019-19")
    unsure = [leaf for node in edition.index for leaf in node.leaves()] + list(edition.bonus.leaves if edition.bonus else ())
    assert not any(leaf.verified for leaf in unsure)
    assert [veto.leaf.code for veto in edition.vetoes if not veto.leaf.verified] == ["v6-service", "v7-media"]


def test_a_department_has_two_months_less_for_its_report() -> None:
    one, other = editions.get("annual-report").leaf("r1-on-time"), editions.get("annual-report-bm").leaf("r1-on-time")
    assert (one.params["month"], one.params["day"]) == (3, 31)
    assert (other.params["month"], other.params["day"]) == (1, 31)
