"""Ids that cross pages (`period`, `group`, `unit`, `indicator`) live in the page's address: read, checked and explained here, in one place.

Several units are written `units=qinghe,wangshu,heting`: in that order, each once, separated by commas, which no id holds.
"""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from dashboard.components import theme
from dashboard.components.text import plain
from dashboard.strings import common as words
from scoring.services.shapes import PeriodInfo

_NOTES = "address_notes"
_NAMES = {"period": words.PERIOD, "before": words.BEFORE, "group": words.GROUP, "unit": words.UNIT, "units": words.UNIT, "indicator": words.INDICATOR}


def read(name: str, choices: Mapping[str, str], default: str, recall: Collection[str] | None = None) -> str:
    """The id `name` of the address, else the one last used in this session, else `default`; an unknown id is replaced, and `explain` says so.

    `choices` maps every valid id to its Chinese label; `recall` limits what may come from the session (a workbench should not open on a closed period).
    """
    given = st.query_params.get(name)
    remembered = st.session_state.get(_memory(name))
    if recall is not None and remembered not in recall:
        remembered = None
    value = next((one for one in (given, remembered) if isinstance(one, str) and one in choices), default)
    if given is not None and given not in choices:
        shown = choices.get(value, words.NONE)
        st.session_state.setdefault(_NOTES, []).append(words.ADDRESS_BAD.format(what=_NAMES[name], value=plain(given[:60]), shown=plain(shown)))
    return value


def select(
    name: str,
    choices: Mapping[str, str],
    default: str,
    *,
    icon: str,
    key: str,
    width: int = 200,
    recall: Collection[str] | None = None,
    drops: Collection[str] = (),
) -> str:
    """A select box bound to the address; returns the chosen id. `key` is the page's prefix, so that pages do not share widget state.

    `drops`: ids that hold within this one only, taken out of the address when another is chosen.
    """
    value = read(name, choices, default, recall)
    widget = f"{key}_{name}"
    st.session_state[widget] = value
    st.selectbox(
        _NAMES[name],
        list(choices),
        format_func=lambda one: choices.get(one, one),
        key=widget,
        on_change=_chosen,
        args=(name, widget, drops),
        icon=icon,
        label_visibility="collapsed",
        placeholder=words.CHOOSE,
        width="stretch" if theme.is_phone() else width,
    )
    return value


def period_and_group(published: Sequence[PeriodInfo], *, key: str) -> tuple[PeriodInfo, str]:
    """The selectors of a page about a group of a published period; both stand in the address afterwards."""
    periods = {period.ref: period for period in published}
    chosen = select("period", titles(published), next(iter(periods)), icon=":material/calendar_month:", key=key)
    groups = {name: name for name in periods[chosen].groups}
    group = select("group", groups, next(iter(groups)), icon=":material/account_tree:", key=key, width=160)
    keep(period=chosen, group=group)
    return periods[chosen], group


def titles(periods: Sequence[PeriodInfo]) -> dict[str, str]:
    """Choices of a period selector."""
    return {period.ref: period.title if period.newest else words.OLD_REVISION.format(title=period.title, n=period.revision) for period in periods}


def read_list(name: str, choices: Mapping[str, str], default: Sequence[str], most: int) -> list[str]:
    """The ids of a list in the address, else those last used in this session, else `default`; what is unknown or too much is left out, and `explain` says so."""
    given = st.query_params.get(name)
    remembered = st.session_state.get(_memory(name))
    wanted = [one for one in dict.fromkeys((given if given is not None else str(remembered or "")).replace("，", ",").split(",")) if one]
    known = [one for one in wanted if one in choices]
    value = known[:most] or list(default)
    if given is not None:
        notes = st.session_state.setdefault(_NOTES, [])
        shown = plain(words.COMMA.join(choices[one] for one in value) or words.NONE)
        notes += [words.ADDRESS_BAD.format(what=_NAMES[name], value=plain(one[:60]), shown=shown) for one in wanted if one not in choices]
        if len(known) > most:
            notes.append(words.ADDRESS_MANY.format(what=_NAMES[name], n=len(known), most=most))
    return value


def select_list(name: str, choices: Mapping[str, str], default: Sequence[str], *, most: int, key: str) -> list[str]:
    """A box for several choices, bound to the address; returns the chosen ids in their order."""
    value = read_list(name, choices, default, most)
    widget = f"{key}_{name}"
    st.session_state[widget] = value
    st.multiselect(
        _NAMES[name],
        list(choices),
        format_func=lambda one: choices.get(one, one),
        key=widget,
        on_change=_chosen_list,
        args=(name, widget),
        max_selections=most,
        label_visibility="collapsed",
        placeholder=words.CHOOSE,
        select_all=False,
    )
    return value


def keep(**ids: str) -> None:
    """Write ids into the address (one step of the browser's history) and remember them for the other pages; an empty id is taken out."""
    for name, value in ids.items():
        st.session_state[_memory(name)] = value
    now = dict(st.query_params.to_dict())
    wanted = {**now, **ids}
    wanted = {name: value for name, value in wanted.items() if value}
    if wanted != now:
        changed = {name: value for name, value in wanted.items() if now.get(name) != value}
        if changed:
            st.query_params.update(changed)
        for name in now.keys() - wanted.keys():
            del st.query_params[name]


def explain() -> None:
    """Say which ids of the address were unknown and what is shown instead."""
    for note in dict.fromkeys(st.session_state.pop(_NOTES, [])):
        st.warning(note, icon=":material/link_off:")


def _chosen(name: str, widget: str, drops: Collection[str]) -> None:
    keep(**{name: str(st.session_state[widget])}, **dict.fromkeys(drops, ""))


def _chosen_list(name: str, widget: str) -> None:
    keep(**{name: ",".join(st.session_state[widget])})


def _memory(name: str) -> str:
    return f"address_{name}"
