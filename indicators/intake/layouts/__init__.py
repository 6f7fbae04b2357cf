"""How a table of a statistic stands in its file: rows, columns, places, signs."""
