"""Hearings: who was heard, on which topic, what each side said."""
