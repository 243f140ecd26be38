"""The peer of the dashboard's first paint: the least page of Streamlit with a heading, a figure and a chart of plotly."""

import plotly.graph_objects as go
import streamlit as st

st.header("标题")
st.metric("均分", "80.0")
st.plotly_chart(go.Figure(go.Bar(x=["甲", "乙"], y=[1, 2])))
