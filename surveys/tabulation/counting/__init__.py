"""Answers counted into tables, and what chance alone may explain of them; pure, without a database."""
