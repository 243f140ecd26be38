"""名单 on 定稿发布: each is off until the evaluator switches it on; name and figures can be changed. A correction begins with those of the revision before."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import data, ui
from dashboard.components.text import plain
from dashboard.strings import publish as words
from scoring.disclosure import Disclosure, Extent
from scoring.lists import USUAL, Ground, NamedList, Rule
from scoring.services.shapes import PeriodInfo


def choose(period: PeriodInfo, disclosure: Disclosure, before: Sequence[NamedList] = ()) -> tuple[NamedList, ...]:
    """The lists to publish with a period; none where its 发布口径 tells no ranks. `before`: those of the revision that it corrects."""
    if disclosure.extent not in (Extent.ALL, Extent.TOP):
        return ()
    offered = [(one, on) for one, on in proposed(before) if disclosure.extent is Extent.ALL or all(rule.ground is Ground.TOP for rule in one.rules)]
    grades = list(dict.fromkeys(grade.name for edition in dict.fromkeys(period.groups.values()) for grade in data.edition(edition).grades))
    with ui.card(words.LISTS, words.LISTS_NOTE):
        return tuple(chosen for one, on in offered if (chosen := _one(one, grades, f"publish_list_{period.id}_{one.name}", on=on)))


def proposed(before: Sequence[NamedList]) -> list[tuple[NamedList, bool]]:
    """The lists of the revision before, switched on, and the usual ones that it did not have."""
    grounds = [[rule.ground for rule in one.rules] for one in before]
    names = [one.name for one in before]
    rest = [one for one in USUAL if one.name not in names and [rule.ground for rule in one.rules] not in grounds]
    return [*((one, True) for one in before), *((one, False) for one in rest)]


def _one(usual: NamedList, grades: Sequence[str], key: str, *, on: bool) -> NamedList | None:
    if not st.toggle(words.LIST_ON.format(name=plain(usual.name), rules=plain(usual.zh)), value=on, key=f"{key}_on"):
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_row"):
        name = st.text_input(words.LIST_NAME, usual.name, max_chars=12, key=f"{key}_name", width=180)
        rules = tuple(_rule(rule, grades, f"{key}_{n}") for n, rule in enumerate(usual.rules))
    return NamedList(name.strip(), rules)


def _rule(rule: Rule, grades: Sequence[str], key: str) -> Rule:
    label = words.LIST_FIGURES[rule.ground]
    if rule.ground is Ground.BELOW:
        at = grades.index(rule.grade) if rule.grade in grades else 0
        return Rule(Ground.BELOW, grade=st.selectbox(label, grades, index=at, key=key, width=180) or rule.grade)
    return Rule(rule.ground, int(st.number_input(label, min_value=1, max_value=9999, value=rule.n, key=key, width=180)))
