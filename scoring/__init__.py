"""Knows indicators, findings and people; nothing of HTTP or Streamlit."""
