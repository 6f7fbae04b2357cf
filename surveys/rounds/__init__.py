"""Rounds of asking: opened and closed, counted, left out of the count, and emptied."""
