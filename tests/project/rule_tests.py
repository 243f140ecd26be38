"""Which tests exercise a rule: found in the test modules themselves, so that nobody can merely claim one."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.project.checkout import ROOT, name

ROOMS = ("index", "services", "end_to_end")
"""The folders whose tests run rules, in the order of how closely they look at one. Those of the other folders only speak of them."""
CALLS = {"judge", "judged", "said", "differences"}
"""What a test has to call to run a rule."""
_IN_AN_EDITION = re.compile(r"\brule: (\w+)")


def exercising(rule: str) -> list[str]:
    """`file::test` of each test that names the rule and runs rules, by itself or through what its module defines; those named after the rule first."""
    found = [f"{file}::{test}" for file, tests in _modules().items() for test, said in tests.items() if rule in said and CALLS & said]
    return sorted(found, key=lambda test: rule not in test)


@cache
def _modules() -> dict[str, dict[str, frozenset[str]]]:
    paths = [path for room in ROOMS for path in sorted((ROOT / "tests" / room).glob("test_*.py")) if not path.stem.startswith("test_edition")]
    return {name(path): _tests(path) for path in paths}


def _tests(path: Path) -> dict[str, frozenset[str]]:
    """The words of each test of a module: text constants and names, also those of the module's own definitions that it uses."""
    tree = ast.parse(path.read_text("utf-8"))
    defined: dict[str, frozenset[str]] = {}
    tests: dict[str, frozenset[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            tests |= {f"{node.name}::{one.name}": _words(one) | _around(node) for one in node.body if _is_test(one)}  # type: ignore[attr-defined]
        elif _is_test(node):
            tests[node.name] = _words(node)  # type: ignore[attr-defined]
        else:
            defined |= dict.fromkeys(_named(node), _words(node))
    return {test: _closed(words, defined) for test, words in tests.items()}


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _named(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def _words(node: ast.AST) -> frozenset[str]:
    said = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    said |= {rule for text in said for rule in _IN_AN_EDITION.findall(text)}
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return frozenset(said | names | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)})  # a fixture is named as an argument


def _around(node: ast.ClassDef) -> frozenset[str]:
    """What the decorators of a class of tests say."""
    return frozenset().union(*(_words(one) for one in node.decorator_list))


def _closed(words: frozenset[str], defined: dict[str, frozenset[str]]) -> frozenset[str]:
    seen: set[str] = set()
    while waiting := (words & defined.keys()) - seen:
        seen |= waiting
        words = words.union(*(defined[one] for one in waiting))
    return words
