"""The card where a person accepts or changes one finding, or scores a manual leaf.

Saving happens in a callback: its arguments are those of the run that drew the card, so `expected_seq` is what the person saw.
"""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from dashboard.components import address, boundary, data, leaf, ui
from dashboard.components.people import Person
from dashboard.components.text import beijing, exact, percent, plain, points
from dashboard.strings import common
from dashboard.strings import review as words
from scoring.model import Check, EvidenceRef, Indicator, Outcome
from scoring.services.reviews import Decision
from scoring.services.shapes import LeafResult, PeriodInfo, UnitProfile

_ERROR = "review_error"
_DONE = "review_done"
_NEXT = "review_next"
_NEARBY = 6
_SPECIAL = {words.NOT_APPLICABLE: Outcome.NOT_APPLICABLE, words.UNOBSERVABLE: Outcome.NOT_OBSERVED}
_TARGETS = (Outcome.MET, Outcome.PARTIAL, Outcome.UNMET, Outcome.NOT_APPLICABLE)


def notice() -> None:
    """What the last save did, shown once."""
    error, done = st.session_state.pop(_ERROR, ""), st.session_state.pop(_DONE, "")
    if error:
        boundary.failed(error)
    if done:
        st.success(plain(done), icon=":material/task_alt:")


def say(*, done: str = "", error: str = "") -> None:
    """Leave a line for `notice` of the next run."""
    st.session_state[_DONE], st.session_state[_ERROR] = done, error


def card(period: PeriodInfo, profile: UnitProfile, one: LeafResult, waiting: str, *, following: str, actor: Person, writable: bool) -> None:
    """The finding with its evidence, then the form; after saving, `following` is the leaf to look at next."""
    key = f"review_{period.id}_{profile.row.unit}_{one.code}_{one.seq}"
    with st.container(border=True, key="review_card"):
        st.subheader(plain(one.title), anchor=False)
        st.markdown(f"{ui.badge(one.outcome)} {ui.quiet(one.check.zh)} {ui.neutral(leaf.scored(one))}")
        if waiting:
            st.caption(f":material/pending_actions: {plain(waiting)}")
        _machine(one)
        if one.reviewed:
            st.caption(plain(words.HISTORY.format(by=one.review_by, at=beijing(one.review_at))))
            if one.review_why:
                st.text(one.review_why)
        leaf.part(common.BASIS, one.indicator.basis or common.NO_BASIS)
        origin = {"source": "review", "period": period.id, "unit": profile.row.unit}
        if one.evidence:
            leaf.evidence(one.evidence, key=key, indicator=one.code, **origin)
        elif one.check is Check.MANUAL:
            _nearby(profile, one, key, origin)
        if writable:
            st.session_state[_NEXT] = following
            _manual(period, profile, one, actor, key) if one.check is Check.MANUAL else _opinion(period, profile, one, actor, key)


def nearby(profile: UnitProfile, one: LeafResult) -> list[tuple[str, EvidenceRef]]:
    """Pages that a person scoring a manual leaf may want to open: evidence of its neighbours in the tree, the nearest first."""
    chain = [node.code for first in profile.edition.index for node in first.walk() if one.code in {leaf.code for leaf in node.leaves()}]
    within = {code: {leaf.code for first in profile.edition.index for node in first.walk() if node.code == code for leaf in node.leaves()} for code in chain}
    found: dict[str, tuple[str, EvidenceRef]] = {}
    for code in reversed(chain):
        for near in profile.leaves:
            if near.code in within[code] and near.check is not Check.MANUAL and near.outcome is not Outcome.NOT_OBSERVED:
                for ref in near.evidence:
                    found.setdefault(ref.url, (near.title, ref))
    return list(found.values())[:_NEARBY]


def _nearby(profile: UnitProfile, one: LeafResult, key: str, origin: dict[str, str]) -> None:
    refs = nearby(profile, one)
    if not refs:
        st.caption(words.NEARBY_NONE)
        return
    with st.expander(words.NEARBY.format(n=len(refs)), key=f"{key}_nearby"):
        for n, (title, ref) in enumerate(refs):
            st.markdown(f"**{plain(title)}**")
            leaf.evidence([ref], key=f"{key}_nearby_{n}", indicator=one.code, **origin)


def _machine(one: LeafResult) -> None:
    if one.check is Check.MANUAL:
        st.caption(words.MACHINE_NONE)
        return
    if one.machine_outcome is None:
        leaf.part(words.MACHINE, one.reason)
        return
    ratio = "" if one.machine_ratio is None else words.MACHINE_LINE.format(outcome=one.machine_outcome.zh, ratio=percent(one.machine_ratio))
    leaf.part(words.MACHINE, f"{ratio or one.machine_outcome.zh}：{one.machine_reason or one.reason}")
    leaf.from_run(one)


def _opinion(period: PeriodInfo, profile: UnitProfile, one: LeafResult, actor: Person, key: str) -> None:
    unseen = one.machine_outcome in (None, Outcome.NOT_OBSERVED)
    accept, change = (words.UNOBSERVABLE, words.LOOKED) if unseen else (words.ACCEPT, words.CHANGE)
    picked = st.segmented_control(words.OPINION, [accept, change], default=change if unseen else accept, required=True, key=f"{key}_opinion")
    changing = picked == change
    if changing:
        targets = [outcome.zh for outcome in _TARGETS]
        to = st.segmented_control(words.TO, targets, default=None, key=f"{key}_to")
        if to == Outcome.PARTIAL.zh:
            st.number_input(words.RATIO, min_value=1, max_value=99, value=50, step=5, key=f"{key}_ratio")
    st.text_area(words.WHY, key=f"{key}_why", placeholder=words.WHY_REQUIRED if changing or unseen else words.WHY_OPTIONAL, height=80)

    def save() -> None:
        state = st.session_state
        why = str(state.get(f"{key}_why") or "").strip()
        if state.get(f"{key}_opinion") != change:
            if unseen and not why:
                state[_ERROR] = words.NEED_WHY
                return
            _save(
                period,
                profile,
                one,
                lambda: _decide(period, profile, one, actor, why, outcome=one.machine_outcome or Outcome.NOT_OBSERVED, ratio=one.machine_ratio),
            )
            return
        outcome = next((target for target in _TARGETS if target.zh == state.get(f"{key}_to")), None)
        if outcome is None:
            state[_ERROR] = words.NEED_CHOICE
        elif not why:
            state[_ERROR] = words.NEED_WHY
        else:
            ratio = {Outcome.MET: Decimal(1), Outcome.UNMET: Decimal(0)}.get(outcome)
            if outcome is Outcome.PARTIAL:
                ratio = Decimal(int(state.get(f"{key}_ratio") or 50)) / 100
            _save(period, profile, one, lambda: _decide(period, profile, one, actor, why, outcome=outcome, ratio=ratio))

    st.button(words.SAVE if changing or unseen else words.SAVE_ACCEPT, type="primary", icon=":material/check:", key=f"{key}_save", on_click=save, shortcut="A")


def _manual(period: PeriodInfo, profile: UnitProfile, one: LeafResult, actor: Person, key: str) -> None:
    manual = one.indicator.manual
    if manual is None:
        return
    levels = {words.LEVEL_LABEL.format(name=name, ratio=percent(ratio)): name for name, ratio in manual.levels.items()}
    with st.grid(2, min_column_width=200):
        with st.container():
            leaf.part(words.GUIDE, manual.guide)
        with st.container():
            if manual.points:
                full = float(one.indicator.weight)
                note = words.POINTS_HELP.format(full=exact(one.indicator.weight))
                st.number_input(words.POINTS, min_value=0.0, max_value=full, value=None, step=0.5, format="%.1f", key=f"{key}_points", help=note)
            first = [words.BY_POINTS] if manual.points else list(levels)
            st.radio(words.LEVEL, [*first, *_SPECIAL], index=0 if manual.points else None, key=f"{key}_level")
    st.text_area(words.WHY, key=f"{key}_why", placeholder=words.WHY_MANUAL, height=80)

    def save() -> None:
        state = st.session_state
        why = str(state.get(f"{key}_why") or "").strip()
        label, given = state.get(f"{key}_level"), state.get(f"{key}_points")
        if label in _SPECIAL and why:
            _save(period, profile, one, lambda: _decide(period, profile, one, actor, why, outcome=_SPECIAL[label]))
        elif label in _SPECIAL:
            state[_ERROR] = words.NEED_WHY
        elif not why and _below_full(one.indicator, levels.get(str(label)), given):
            state[_ERROR] = words.NEED_WHY_BELOW
        elif label in levels:
            _save(period, profile, one, lambda: _decide(period, profile, one, actor, why, level=levels[label]))
        elif manual.points and given is not None:
            _save(period, profile, one, lambda: _decide(period, profile, one, actor, why, points=Decimal(str(given))))
        else:
            state[_ERROR] = words.NEED_CHOICE

    st.button(words.SAVE, type="primary", icon=":material/check:", key=f"{key}_save", on_click=save, shortcut="A")


def _below_full(indicator: Indicator, level: str | None, given: float | None) -> bool:
    """True when the person takes something off: then the unit is owed a reason. Nothing chosen is not below full."""
    if level is not None and indicator.manual:
        return indicator.manual.levels[level] < 1
    return given is not None and Decimal(str(given)) < indicator.weight


def _decide(
    period: PeriodInfo,
    profile: UnitProfile,
    one: LeafResult,
    actor: Person,
    why: str,
    *,
    outcome: Outcome | None = None,
    ratio: Decimal | None = None,
    level: str | None = None,
    points: Decimal | None = None,
) -> LeafResult:
    decision = Decision(period.id, profile.row.unit, one.code, one.seq, outcome, ratio, level, points, why)
    return data.decide(decision, actor=actor.name, role=actor.role)


def _save(period: PeriodInfo, profile: UnitProfile, one: LeafResult, decide: Callable[[], LeafResult]) -> None:
    saved, error = boundary.attempt(decide)
    if saved is None:
        st.session_state[_ERROR] = error
        return
    total = data.draft_profile(period, profile.row.unit).row.score.total
    following = st.session_state.pop(_NEXT, "")
    if following:
        address.keep(indicator=following)
    st.session_state[_DONE] = words.SAVED.format(title=one.title, outcome=saved.outcome.zh, total=points(total))
