"""Words inside charts."""

RATE = "得分率"
INTERVAL_HOVER = "<b>%{customdata[0]}</b><br>得分 %{customdata[1]}（%{customdata[2]}–%{customdata[3]}）<br>%{customdata[4]}<extra></extra>"
