"""What is made by column for speed is what it would be row by row."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model import EvidenceRef, NodeScore
from scoring.reasons import Reason
from scoring.rollup.leaf import GIVEN
from scoring.score import Nodes
from scoring.services import export_files, figures, tables
from scoring.services.book import Given, build
from scoring.services.canonical import safe
from scoring.services.sheets import Column, Sheet
from scoring.store import findings, lazy, published
from scoring.store.findings import dump_evidence, load_evidence
from scoring.store.published import PublishedFile
from tests.services.closing import published as published_home
from tests.services.hand import missing

D = Decimal
CELL = st.one_of(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=8), st.text('=+-@\t\r\n, "＝＋－＠甲', max_size=6))


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, st.one_of(st.none(), st.integers(0, 99))), max_size=6))
def test_a_csv_is_what_the_standard_library_writes(rows: list[tuple[str, str, int | None]]) -> None:
    columns = (Column("甲", "x"), Column("乙", "x"), Column("丙", "x", kind="whole"))
    texts, others, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    sheet = Sheet("表", "x", columns, (pa.array(texts, pa.string()), pa.array(others, pa.string()), pa.array(numbers, pa.int32())))
    out = io.StringIO()
    csv.writer(out).writerows([("甲", "乙", "丙"), *((safe(one), safe(two), three) for one, two, three in rows)])
    assert export_files.as_csv(sheet) == out.getvalue().encode("utf-8-sig")


def test_a_csv_of_many_pieces_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("表", "x", (Column("甲", "x"), Column("乙", "x")), (pa.array(["a", "b,", "=c"]), pa.array(["1", "", "3"])))
    whole = export_files.as_csv(sheet)
    monkeypatch.setattr(export_files, "_CHUNK", 2)
    assert export_files.as_csv(sheet) == whole == '\ufeff甲,乙\r\na,1\r\n"b,",\r\n\'=c,3\r\n'.encode()


def test_nodes_are_a_mapping_like_any_other() -> None:
    known = {code: NodeScore(code, *map(D, numbers)) for code, numbers in {"a": (1, 3, 2, 4, 2, 4), "b": (0, 0, 0, 0, 0, 0)}.items()}
    nodes = Nodes.of(known)
    assert nodes == known
    assert (dict(nodes), list(nodes), len(nodes), nodes["a"].rate) == (known, ["a", "b"], 2, D("0.5"))
    assert nodes.get("c") is None
    other = NodeScore("c", *map(D, range(6)))
    assert nodes.joined({"c": other}) == {**known, "c": other}
    assert nodes.joined({}) is nodes
    assert Nodes.of({}) == {}


@pytest.mark.parametrize(
    "numbers", [(5, 5, 5, 5, 5, 5), (0, 0, 0, 5, 5, 5), (1, 2, "1.5", 3, 0, 3), (0, 0, 0, 0, 0, 0), ("0.1", "0.1", "0.1", "0.3", "0.3", "0.3")]
)
def test_numbers_of_nodes_are_written_as_one_by_one(numbers: tuple[int | str, ...]) -> None:
    node = NodeScore("a", *map(D, numbers))
    (texts,) = figures.of_nodes(Nodes.of({"a": node}))
    each = [figures.places(value) for value in (node.total, node.lower, node.upper, node.weight)]
    assert texts == (*each, figures.places(node.rate))


def test_findings_read_together_are_those_read_alone() -> None:
    pages = (EvidenceRef("http://a", datetime(2026, 4, 1, tzinfo=UTC), "r/s@1+2"), EvidenceRef("http://b"))
    params = [lazy.LazyParams('{"a": 1}'), {"b": [2]}, lazy.LazyParams("{}")]
    assert lazy.params_of(params) == [{"a": 1}, {"b": [2]}, {}]
    seen = [lazy.LazyEvidence(dump_evidence(pages), load_evidence), pages[:1], lazy.LazyEvidence("[]", load_evidence), ()]
    assert [list(one) for one in lazy.pages_of(seen)] == [[("http://a", "r/s@1+2"), ("http://b", "")], [("http://a", "r/s@1+2")], [], []]
    assert list(seen[0]) == list(pages)


def test_a_file_says_of_itself_what_was_said_before_it_was_written(tmp_path: Path) -> None:
    ws, path = published_home(tmp_path / "home")
    ws.close()
    assert PublishedFile(path).dictionary() == published.dictionary()


def test_bare_states_give_the_same_scores(tmp_path: Path) -> None:
    """Points that people gave are in the parameters: those stay."""
    assert {Reason.GIVEN_POINTS, Reason.MANUAL_POINTS} <= GIVEN
    ws, path = published_home(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    source = export_files.source(path)
    [book] = source.books
    with PublishedFile(path, keep=False) as file:
        states = findings.bare(file, GIVEN)
        whole = findings.states_of(file.tuples(f"{findings.SELECT} FROM finding")[1])
    assert {unit: list(known) for unit, known in states.items()} == {unit: list(known) for unit, known in whole.items()}
    made = [build([Given(book.period, book.group, book.edition, book.units, known)])[0] for known in (states, whole)]
    assert made[0].scores == made[1].scores == {unit: score for unit, score in book.scores.items() if score.nodes}
    assert tables.summary(made[0]) == tables.summary(made[1])
    ws.close()
