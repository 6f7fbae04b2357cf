"""気づき on indicators and their values: I01–I22 and V01–V12. Pure: read from a `Year`.

V13 (a file of another municipality) is left out: the import keeps the rows of the town alone, and a value does
not remember which place its file was about, so nothing of a year could tell. The rows that an import has passed
over are shown on its own page.
"""

from indicators.rules import aimed, built, chosen, counted, defined, measured, moved

RULES = (
    *chosen.RULES,
    *built.RULES,
    *defined.RULES,
    *aimed.RULES,
    *measured.RULES,
    *counted.RULES,
    *moved.RULES,
)
