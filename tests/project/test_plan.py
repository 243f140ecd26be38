"""docs/test-plan.md: every kind of defect names a test or a simulated column that is there, and what is to be found."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from crawlers.demo.content import ROOT, load_site, period_ends, site_ids

TOP = Path(__file__).resolve().parents[2]
PLAN = TOP / "docs" / "test-plan.md"


def rows() -> list[tuple[str, list[str], str]]:
    """Kind, references and finding of each row."""
    lines = [line for line in PLAN.read_text("utf-8").splitlines() if line.startswith("| ") and not line.startswith(("| 缺陷", "| ---"))]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert all(len(row) == 3 for row in cells)
    return [(kind, re.findall(r"`([^`]+)`", where), finding) for kind, where, finding in cells]


@cache
def functions(path: Path) -> frozenset[str]:
    """Names of the tests in a file."""
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def simulated(reference: str) -> bool:
    """Whether a site of the city has what `site/column=state` or `site/column=layout:name` says, in a quarter at least."""
    place, _, wanted = reference.partition("=")
    site, _, key = place.partition("/")
    if site not in site_ids(ROOT):
        return False
    for day in period_ends(ROOT):
        content = load_site(ROOT, site, day)
        columns = [content.columns.get(key), *(unit.columns.get(key) for unit in content.hosted)]
        if not key or any(column is not None and wanted in ("", column.state, f"layout:{column.layout or content.layout}") for column in columns):
            return True
    return False


def test_there_are_at_least_sixty_kinds_of_defects() -> None:
    kinds = [kind for kind, _, _ in rows()]
    assert len(set(kinds)) == len(kinds) >= 60


@pytest.mark.parametrize(("kind", "references", "finding"), rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_row_names_is_there(kind: str, references: list[str], finding: str) -> None:
    assert kind
    assert finding
    assert references
    for reference in references:
        file, _, name = reference.partition("::")
        if name:
            assert name.startswith("test_")
            assert name in functions(TOP / file), f"{kind}：{reference} 不在"
        else:
            assert simulated(reference), f"{kind}：{reference} 不在"
