"""The dashboard's server: `streamlit run app.py`, with everything imported before the first visitor comes. Arguments are those of `streamlit run`."""

import importlib
import logging
import sys
from pathlib import Path

from streamlit.web import cli


def main() -> None:
    """Import, which takes some seconds that the first visitor would wait otherwise, then serve until ended."""
    # Streamlit says that what is kept is kept in memory, as it is anyway.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)
    importlib.import_module("dashboard.navigation")
    sys.argv = ["streamlit", "run", str(Path(__file__).resolve().parent.parent / "app.py"), *sys.argv[1:]]
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
