"""采集方案: the columns that a set of editions asks for, and the smallest age any of them asks."""

from collections.abc import Iterator, Sequence

from crawlers.columns import load_columns
from crawlers.plan import Plan, PlannedColumn
from scoring.model import Edition, Indicator
from scoring.rules import RULES

DELAYS = {"published_within"}
"""Rules whose `days` are none of a list's age."""
NEGLECT = {"news": "news_days", "notices": "notices_days", "policy_documents": "notices_days"}


def plan_for(editions: Sequence[Edition]) -> Plan:
    """What a run must look for so that every automatic leaf of these editions can be judged."""
    dictionary = load_columns()
    ages: dict[str, int | None] = {}
    horizons: dict[str, int] = {}
    for edition in editions:
        for leaf in edition.leaves():
            for key, days in asked(leaf):
                ages[key] = min((age for age in (ages.get(key), days) if age is not None), default=None)
            if years := leaf.params.get("years"):
                # A report of year Y appears in Y+1, and the newest that counts may be the year before last.
                horizons[leaf.params["column"]] = max(horizons.get(leaf.params["column"], 0), (int(years) + 2) * 366)
    for key in list(ages):
        parent = dictionary[key].parent
        while parent and parent not in ages:
            ages[parent] = None
            parent = dictionary[parent].parent
    columns = tuple(
        PlannedColumn(column=column, stale_after=ages[key], pages=column.pages, horizon=horizons.get(key)) for key, column in dictionary.items() if key in ages
    )
    return Plan(columns=columns, editions=tuple(edition.id for edition in editions))


def asked(leaf: Indicator) -> Iterator[tuple[str, int | None]]:
    """The columns a leaf looks at, each with the age (days) it asks, None when it asks none."""
    if not leaf.rule:
        return
    if leaf.rule == "columns_neglected":
        for key, name in NEGLECT.items():
            yield key, leaf.params.get(name)
    # Rules that judge dates against the calendar, not against an age, have their columns looked at twice whatever their age.
    days = 1 if RULES[leaf.rule].calendar else None if leaf.rule in DELAYS else leaf.params.get("days")
    if column := leaf.params.get("column"):
        yield column, days
    for column in leaf.params.get("columns", ()):
        yield column, days
