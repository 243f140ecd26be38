"""How a page prints from the browser on A4: one column, no menus and no buttons, nothing cut. Static rules of our own; no text from data comes near them."""

import streamlit as st

_RULES = """
@page { size: A4; margin: 12mm; }
@media print {
  [data-testid=stHeader], [data-testid=stButton], [data-testid=stDownloadButton], [data-testid=stLinkButton], [data-testid=stPageLink],
  [data-testid=stElementToolbar], [data-testid=stButtonGroup], [data-testid=stCheckbox], .st-key-unit_take { display: none !important; }
  [data-testid=stMainBlockContainer] { zoom: .72; padding: 0 !important; max-width: none !important; }
  [data-testid=stGrid]:has([data-testid=stPlotlyChart]) { display: block !important; }
  [data-testid=stGrid]:has([data-testid=stPlotlyChart]) > * { margin-bottom: 1rem; }
  [data-testid=stPlotlyChart], [data-testid=stDataFrame] { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  [data-testid=stDataFrame], [data-testid=stDataFrame] div { max-width: 100% !important; }
  [data-testid=stDataFrame] canvas { max-width: 100% !important; height: auto !important; }
}
"""


def a4() -> None:
    """Put the rules into the page."""
    st.html(f"<style>{_RULES}</style>")
