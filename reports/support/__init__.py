"""The support that a municipality receives: its round, its steps, its advice."""
