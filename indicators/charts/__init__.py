"""Charts: one frozen structure, drawn as a table, as SVG and as a Plotly figure. Pure, without Django."""
