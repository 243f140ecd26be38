"""名单 on 定稿发布: each is off until the evaluator switches it on; name and figures can be changed."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import data, ui
from dashboard.strings import publish as words
from scoring.disclosure import Disclosure, Extent
from scoring.lists import USUAL, Ground, NamedList, Rule
from scoring.services.shapes import PeriodInfo


def choose(period: PeriodInfo, disclosure: Disclosure) -> tuple[NamedList, ...]:
    """The lists to publish with a period; none where its 发布口径 tells no ranks."""
    if disclosure.extent not in (Extent.ALL, Extent.TOP):
        return ()
    offered = [one for one in USUAL if disclosure.extent is Extent.ALL or all(rule.ground is Ground.TOP for rule in one.rules)]
    grades = list(dict.fromkeys(grade.name for edition in dict.fromkeys(period.groups.values()) for grade in data.edition(edition).grades))
    with ui.card(words.LISTS, words.LISTS_NOTE):
        return tuple(chosen for n, one in enumerate(offered) if (chosen := _one(one, grades, f"publish_list_{period.id}_{n}")))


def _one(usual: NamedList, grades: Sequence[str], key: str) -> NamedList | None:
    if not st.toggle(words.LIST_ON.format(name=usual.name, rules=usual.zh), key=f"{key}_on"):
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
