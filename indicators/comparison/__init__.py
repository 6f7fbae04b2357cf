"""Comparing municipalities: one selection (`selection`), one comparison (`shape`), many drawings of it.

`shape` and the arithmetic are pure. `reading` alone asks the database, and only for what is
published: statistics, and the values that submitted reports have let out.
"""
