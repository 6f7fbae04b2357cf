"""Definitions, measurements and what is computed from them."""
