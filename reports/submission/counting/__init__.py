"""How far a year is, counted from its rows: for its board, and as it is known outside the municipality."""
