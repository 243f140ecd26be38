"""Editions of every shape, as content of their YAML text, for property tests."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from scoring.edition import DUTIES
from scoring.model import Dimension

TEXT = st.one_of(
    st.sampled_from(
        ["=1+1", "@甲", "-乙", "+1", "\t制表", "合计", "平台（18分）", "1.50", "二、「甲」", "a\nb", "_x0041_", "#N/A", "优=1；良", "[甲", "{乙", "{a: 1}"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
).filter(lambda text: bool(text.strip()))
WEIGHT = st.decimals(Decimal("0.01"), 100, places=2)
RULES: list[dict[str, Any]] = [
    {"rule": "updated_within", "with": {"column": "news", "days": 14}},
    {"rule": "column_present", "with": {"column": "guide", "alias_ratio": Decimal("0.5")}},
    {"rule": "columns_present", "with": {"columns": ["news", "guide"]}, "check": "assist"},
    {"rule": "document_titled_by", "with": {"column": "news", "words": ["= 要点", "a：b"], "month": 5, "day": 1}},
    {"rule": "site_reachable", "inherits": True, "runs": "all"},
]


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """A leaf without code and weight."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found |= draw(st.sampled_from(RULES)) | {"fix": draw(TEXT)}
    elif draw(st.booleans()):
        found["manual"] = {"guide": draw(TEXT), "points": True}
    else:
        found["manual"] = {"guide": draw(TEXT), "levels": draw(st.dictionaries(TEXT.map(str.strip), st.decimals(0, 1, places=3), min_size=1, max_size=4))}
    for key, values in (
        ("title", TEXT),
        ("dimension", st.sampled_from([one.value for one in Dimension])),
        ("needs", st.lists(st.sampled_from(DUTIES), unique=True)),
        ("basis", TEXT),
        ("responsible", st.lists(TEXT, max_size=3)),
        ("obligations", st.lists(st.sampled_from(["A1", "H6"]), unique=True)),
        ("verified", st.booleans()),
    ):
        if draw(st.booleans()):
            found[key] = draw(values)
    return found


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """The content of a valid edition; points always add up."""
    counter = iter(range(10_000))

    def code() -> str:
        return f"c{next(counter)}"

    def node(depth: int) -> dict[str, Any]:
        if depth and draw(st.booleans()):
            children = [node(depth - 1) for _ in range(draw(st.integers(1, 3)))]
            found: dict[str, Any] = {"code": code(), "weight": sum((one["weight"] for one in children), Decimal(0)), "children": children}
            for key, values in (("title", TEXT), ("basis", TEXT), ("responsible", st.lists(TEXT, max_size=2)), ("verified", st.booleans())):
                if draw(st.booleans()):
                    found[key] = draw(values)
            return found
        return {"code": code(), "weight": draw(WEIGHT)} | draw(leaves())

    made: dict[str, Any] = {"edition": draw(st.sampled_from(["t", "test-2026"])), "format": 1, "title": draw(TEXT), "scale": "points"}
    made["index"] = [node(3) for _ in range(draw(st.integers(1, 3)))]
    marks = sorted({0, *draw(st.lists(st.integers(1, 99), max_size=3))}, reverse=True)
    made["grades"] = [{"name": f"{n}{draw(TEXT)}", "at_least": mark} for n, mark in enumerate(marks)]
    optional: dict[str, Callable[[], Any]] = {
        "note": lambda: draw(TEXT),
        "rank": lambda: draw(st.sampled_from(["competition", "dense"])),
        "coverage": lambda: draw(st.decimals(0, 1, places=2)),
        "veto": lambda: [{"code": code(), "score": draw(st.one_of(st.none(), st.just(Decimal("59.5"))))} | draw(leaves())],
        "deductions": lambda: [{"code": code(), "from": made["index"][0]["code"], "max": draw(WEIGHT)} | draw(leaves())],
        "bonus": lambda: {"cap": draw(WEIGHT), "above": draw(WEIGHT), "leaves": [{"code": code(), "weight": draw(WEIGHT)} | draw(leaves())]},
        "based_on": lambda: {"edition": "base", "sha": "0" * 64},
    }
    for key, make in optional.items():
        if draw(st.booleans()):
            made[key] = make()
    if draw(st.booleans()):
        made["scale"] = "weights"
    return made
