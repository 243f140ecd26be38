"""名次稳定性: how far ranks follow from the weights, in two plain tables. For evaluators and the method appendix."""

import pandas as pd
import streamlit as st

from dashboard.components import tables, ui
from dashboard.components.text import plain, to_csv
from dashboard.strings import stability as words
from scoring.services.stability import RankingRobust


def show(found: RankingRobust, *, key: str) -> None:
    """Both tables with what follows from them in one sentence."""
    with ui.card(words.TITLE):
        if len(found.units) < 2:
            st.caption(words.TOO_FEW)
            return
        st.markdown(f"**{plain(headline(found))}**")
        st.caption(plain(words.NOTE.format(draws=f"{found.draws:,}", seed=found.seed)))
        frame = pd.DataFrame(
            {
                words.RANK: [one.rank for one in found.units],
                words.UNIT: [one.name for one in found.units],
                words.WEIGHTS: [span(one.weights) for one in found.units],
                words.FREE: [span(one.free) for one in found.units],
                words.WITHOUT: [span(one.without) for one in found.units],
                words.SWAPS: [one.swaps for one in found.units],
            }
        )
        helps = {words.WEIGHTS: words.WEIGHTS_HELP, words.FREE: words.FREE_HELP, words.WITHOUT: words.WITHOUT_HELP}
        config = {name: st.column_config.TextColumn(name, help=said) for name, said in helps.items()}
        config |= {words.SWAPS: st.column_config.NumberColumn(words.SWAPS, help=words.SWAPS_HELP, width="small")}
        config |= {words.RANK: st.column_config.NumberColumn(words.RANK, width="small")}
        alt = words.ALT.format(n=len(found.units))
        file = words.FILE.format(period=found.period, group=found.group)
        take = tables.Take(f"{key}_stability_csv", file, lambda: to_csv(list(frame.columns), frame.to_numpy().tolist()), words.DOWNLOAD)
        tables.show(frame, take=take, column_config=config, alt=alt)
        if found.indicators:
            _indicators(found, key)


def headline(found: RankingRobust) -> str:
    """What the table says, in one sentence."""
    if found.firm == len(found.units):
        return words.HEAD_ALL.format(n=found.firm)
    return words.HEAD.format(n=len(found.units), firm=found.firm, swaps=max(one.swaps for one in found.units))


def span(places: tuple[int, int]) -> str:
    """第2–4名."""
    return words.SAME.format(a=places[0]) if places[0] == places[1] else words.SPAN.format(a=places[0], b=places[1])


def _indicators(found: RankingRobust, key: str) -> None:
    st.markdown(f"**{words.INDICATORS}**")
    st.caption(words.INDICATORS_NOTE)
    frame = pd.DataFrame(
        {
            words.INDICATOR: [one.title for one in found.indicators],
            words.MOVED: [f"{one.moved:.1f}" for one in found.indicators],
            words.RHO: [f"{one.rho:.2f}" for one in found.indicators],
        }
    )
    right = {name: st.column_config.TextColumn(name, alignment="right") for name in (words.MOVED, words.RHO)}
    file = words.FILE_INDICATORS.format(period=found.period, group=found.group)
    rows = [[one.code, one.title, one.moved, one.rho] for one in found.indicators]
    take = tables.Take(f"{key}_order_csv", file, lambda: to_csv([words.CODE, *frame.columns], rows))
    tables.show(frame, take=take, most=12, column_config=right, alt=words.ALT_INDICATORS)
