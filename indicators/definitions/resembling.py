"""Indicators whose names are nearly the same, so that nobody takes one for the other. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What tells two names apart only by grammar, and signs between words.
FILLERS = re.compile(r"[()・、,の\s]|している|した|を受けた")
# Of the pairs of letters of both names so many are common; or all of the shorter one, and it is no mere word of the other.
ENOUGH, WITHIN = 0.4, 0.14


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> frozenset[str]:
    plain = FILLERS.sub("", unicodedata.normalize("NFKC", name))
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


@lru_cache(maxsize=65536)
def are_alike(one: str, other: str) -> bool:
    """Whether people may take one name for the other."""
    first, second = pairs_of(one), pairs_of(other)
    common, every = len(first & second), len(first | second)
    if not common:
        return False
    is_within = common == min(len(first), len(second))
    return common >= ENOUGH * every or (is_within and common >= WITHIN * every)
