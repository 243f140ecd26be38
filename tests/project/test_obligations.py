"""data/obligations.yml says what the source documents say, leaves no row and no source out silently, and quotes them word for word."""

import re

import pytest

from scoring.rules import RULES
from tests.project.obligations import SEEDS, Row, clauses, load, words
from tests.project.test_plan import rows as plan_rows

ROWS = load().rows
TABLE = SEEDS.parent / "OBLIGATIONS.md"


def test_ids_are_in_order_and_belong_to_a_section() -> None:
    sections = {section.id for section in load().sections}
    assert sections == set("ABCDEFGH")
    by_section = {one: [int(row.id[1:]) for row in ROWS if row.section == one] for one in sections}
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_section.values())
    assert sum(len(numbers) for numbers in by_section.values()) == len(ROWS)


def test_names_of_sources_and_rows_are_known() -> None:
    whole = load()
    known, rows = set(whole.sources), {row.id for row in ROWS}
    assert {name for row in ROWS for name in (*row.sources, *row.not_in)} <= known
    assert {name for section in whole.sections for name in section.sources} | {name for edition in whole.editions for name in edition.sources} <= known
    assert {row for edition in whole.editions for row in (*edition.rows, *edition.excused)} <= rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_source_of_the_section_obliges_or_is_excused_with_a_reason(row: Row) -> None:
    section = next(one for one in load().sections if one.id == row.section)
    assert row.sources
    assert not set(row.sources) & set(row.not_in)
    silent = set(section.sources) - set(row.sources) - set(row.not_in)
    assert not silent, f"{row.id} 没有说明 {'、'.join(sorted(silent))}：请写条款，或在 not_in 中写原因"
    assert all(len(why) >= 8 for why in row.not_in.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_words_stand_in_the_clause_that_is_cited(row: Row) -> None:
    for name, cited in row.sources.items():
        file = load().sources[name].file
        if file is None:
            continue
        if not (SEEDS / file).exists():
            pytest.skip(f"{SEEDS} is not there: the source documents live outside the project")
        text = clauses(SEEDS / file)
        for clause, said in cited.items():
            assert clause in text, f"{row.id}：{name}没有 {clause}"
            assert words(said) in text[clause], f"{row.id}：{name}{clause}中没有「{said}」"


def test_the_rows_are_those_of_the_table_of_obligations() -> None:
    if not TABLE.exists():
        pytest.skip(f"{TABLE} is not there: it lives outside the project")
    table = TABLE.read_text("utf-8")
    assert re.findall(r"^\| ([A-H]\d+) \|", table, re.MULTILINE) == [row.id for row in ROWS]
    headings = {one: set(re.findall(r"宁|曙|浙|阳", where)) for one, where in re.findall(r"^## ([A-H])\. .*[(（](.*)[)）]", table, re.MULTILINE)}
    for section in load().sections:
        if section.id != "B":
            assert headings[section.id] <= set(section.sources)


def test_kinds_of_defects_are_in_the_test_plan() -> None:
    planned = {kind for kind, _, _ in plan_rows()}
    assert {kind for row in ROWS for kinds in row.kinds.values() for kind in kinds} <= planned
    assert {rule for row in ROWS for rule in row.kinds} <= set(RULES)


def test_what_an_edition_owes_follows_from_its_sources() -> None:
    assert load().owed("annual-report") == ["B1", "B2", "B3", "B4", "B5"]
    assert set(load().owed("guoban-2019-19")) == {row.id for row in ROWS if "19号" in row.sources}
    assert "E19" in load().owed("haiyang-2020")
    assert "E19" not in load().owed("haishu-2019")
    assert set(load().owed("zhejiang-2020")) <= set(load().owed("ningbo-2020"))
    assert load().owed("none") == []
