"""The year as a whole: opening it."""
