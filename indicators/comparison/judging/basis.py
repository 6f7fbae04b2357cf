"""How counts are compared: by which population they are divided, and who must exist for a zero to mean anything.

Read from `indicators/data/comparing.csv`. Pure but for that file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parents[2] / "data" / "comparing.csv"


@dataclass(frozen=True, slots=True)
class Basis:
    """`denominators`: populations of different statistics, the preferred first; the nearest year is taken.

    `provider`: the indicator that counts those who offer it; where there are none a zero is structural. What
    counts them itself, places or professionals, is its own provider. `is_stock`: it counts places or people that are there year after year.
    """

    denominators: tuple[str, ...] = ()
    times: int = 1
    decimals: int = 0
    words: str = ""
    provider: str = ""
    is_stock: bool = False


NO_BASIS = Basis()


@cache
def bases() -> Mapping[str, Basis]:
    """Return the basis of each indicator that has one."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Basis(
                denominators=tuple(filter(None, row["denominators"].split(";"))),
                times=int(row["times"] or 1),
                decimals=int(row["decimals"] or 0),
                words=row["words"],
                provider=row["provider"],
                is_stock=bool(row["stock"]),
            )
            for row in csv.DictReader(file)
        }


def of(code: str) -> Basis:
    return bases().get(code, NO_BASIS)


def counts_providers(code: str) -> bool:
    """Say whether the indicator counts those who offer something: its zero says that nobody does."""
    return of(code).provider == code
