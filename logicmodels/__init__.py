"""Desired states, issues, logic models and activities of a year."""
