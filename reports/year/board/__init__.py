"""The board of a year, what comes next on it, and what waits for a person."""
