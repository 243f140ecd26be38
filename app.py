"""The dashboard: `streamlit run app.py` (or `disclosure serve`)."""

from dashboard import shell

shell.configure()
shell.run()
