"""気づき on indicators and their values: I01–I22 and V01–V13. Pure: read from a `Year`.

V13 (a file of another municipality) reads the source of a value: the rows of other places that an import has
passed over are shown on its own page, and a value does not remember its file.
"""

from indicators.rules import aimed, borrowed, built, chosen, counted, defined, measured, moved

RULES = (
    *chosen.RULES,
    *built.RULES,
    *defined.RULES,
    *aimed.RULES,
    *measured.RULES,
    *counted.RULES,
    *moved.RULES,
    *borrowed.RULES,
)
