"""The pages. The only code that imports streamlit or plotly; data comes from `scoring.services` through `components.data`."""
