"""How far chance reaches for each place of a column: who is a 参考値, and whose number lies beyond. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import LEAST, SHARES, counts_people, least_base
from indicators.choices import ValueKind
from indicators.comparison.judging import basis, chance, dispersion, pooling
from indicators.comparison.judging.pooling import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.comparison.judging.dispersion import Apart, Widening
    from indicators.comparison.judging.judging import Figures
    from indicators.comparison.judging.pooling import Part
    from indicators.comparison.shape import Chance

# One place alone is its own average: nothing is said of its distance.
FEWEST = 2


def references(figures: Figures, codes: Sequence[str]) -> list[bool]:
    """Say of each place whether its value is a 参考値: too few are counted, or among too few.

    A zero because nobody offers it is none: it says so itself.
    """
    found = _references(figures, codes)
    if not (figures.zeros and any(found)):
        return found
    return [is_one and code not in figures.zeros for code, is_one in zip(codes, found, strict=True)]


def _references(figures: Figures, codes: Sequence[str]) -> list[bool]:
    definition = figures.definition
    is_count = definition.value_kind == ValueKind.COUNT
    if is_count and not counts_people(definition):
        # Few bodies are no small sample: how far chance reaches is told by the funnel's limits.
        return [False] * len(codes)
    if not figures.parts:
        if not is_count:
            return [False] * len(codes)
        least = LEAST.cases * SCALE
        return [0 <= figures.values.get(code, least) < least for code in codes]
    cases, base = LEAST.cases * SCALE, (least_base(definition) or 0) * SCALE
    found = (figures.parts.get(code) for code in codes)
    return [
        part is not None and (part.numerator < cases or part.denominator < base) for part in found
    ]


def clear_of(
    figures: Figures, codes: Sequence[str], references: Sequence[bool]
) -> list[int | None]:
    """Return the numbers that may be judged: neither 参考値 nor a zero that nobody could change."""
    values = [*map(figures.values.get, codes)]
    if not (figures.zeros or any(references)):
        return values
    return [
        None if is_reference or code in figures.zeros else value
        for code, value, is_reference in zip(codes, values, references, strict=True)
    ]


def chances_of(
    figures: Figures, codes: Sequence[str], clear: Sequence[int | None]
) -> list[Chance | None]:
    if not figures.parts or not figures.is_classed:
        return [None] * len(codes)
    parts = [figures.parts.get(code) for code in codes]
    mean = pooling.average(part for part in parts if part is not None)
    if not mean.denominator:
        return [None] * len(codes)
    is_share = figures.definition.value_kind in SHARES
    known = sum(
        part is not None and value is not None for part, value in zip(parts, clear, strict=True)
    )
    if known < FEWEST:
        return [None] * len(codes)
    return [
        None if part is None or value is None else _chance(part, mean, is_share=is_share)
        for part, value in zip(parts, clear, strict=True)
    ]


def told(
    figures: Figures, codes: Sequence[str], chances: list[Chance | None]
) -> tuple[list[Chance | None], Widening]:
    """Return what is told of each place's chance, and by how much the limits are wider for it."""
    own = _distances(figures, codes, _varying(figures, codes, chances))
    known = [one for one in own if one is not None]
    around = _around(figures) if 0 < len(known) < dispersion.LEAST_PLACES else []
    widened = dispersion.estimated(known, around)
    if not widened.between:
        return chances, widened
    return [
        None if found is None or apart is None else dispersion.told(found, apart, widened.between)
        for found, apart in zip(chances, own, strict=True)
    ], widened


def _varying(
    figures: Figures, codes: Sequence[str], chances: Sequence[Chance | None]
) -> list[bool]:
    """Say of each place whether it tells how much places differ: those that are judged, and of a count of providers none.

    That a small place has no provider is what chance does; without it the others would seem to differ more.
    """
    is_count = basis.counts_providers(figures.definition.code) and any(chances)
    return [
        found is not None or (is_count and code in figures.zeros and code in figures.parts)
        for code, found in zip(codes, chances, strict=True)
    ]


def _distances(
    figures: Figures, codes: Sequence[str], varying: Sequence[bool]
) -> list[Apart | None]:
    """Return how far each of these places lies from the average of all of them."""
    mean = pooling.average(figures.parts[code] for code in codes if code in figures.parts)
    is_share = figures.definition.value_kind in SHARES
    if mean.numerator <= 0 or (is_share and mean.numerator >= mean.denominator):
        return [None] * len(codes)
    return [
        dispersion.apart(figures.parts[code], mean, is_share=is_share) if is_one else None
        for code, is_one in zip(codes, varying, strict=True)
    ]


def _around(figures: Figures) -> list[Apart]:
    codes = figures.around
    clear = clear_of(figures, codes, references(figures, codes))
    found = _distances(figures, codes, _varying(figures, codes, chances_of(figures, codes, clear)))
    return [one for one in found if one is not None]


def _chance(part: Part, mean: Part, *, is_share: bool) -> Chance | None:
    count, base = divmod(part.numerator, SCALE)[0], part.denominator // SCALE
    if not base or count < 0:
        return None
    if is_share:
        share = mean.numerator / mean.denominator
        return chance.of_share(count, base, share) if count <= base else None
    return chance.of_count(count, mean.numerator * part.denominator / mean.denominator / SCALE)
