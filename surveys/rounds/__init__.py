"""Rounds of asking: opened, answered from screens, paper and files, counted in and emptied."""
