"""An integer programme solved exactly: bounded whole numbers, lines over them, and how far one may go.

The simplex method over fractions (dictionaries, Bland's rule) with branch and bound. Slow and plain:
a reader of tables needs a few dozen unknowns. Knows nothing of the product.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor


class Infeasible(Exception):
    """No whole numbers fulfil what is known."""


@dataclass
class Programme:
    """What is known: `bounds` of each unknown, `lines` of (coefficients, least, most)."""

    bounds: dict = field(default_factory=dict)
    lines: list = field(default_factory=list)

    def between(self, name, low, high):
        old = self.bounds.get(name, (low, high))
        self.bounds[name] = max(old[0], low), min(old[1], high)

    def line(self, coefficients, low, high):
        self.lines.append((coefficients, low, high))

    def range_of(self, name):
        """Return the least and the greatest whole number that an unknown may be. Raises Infeasible."""
        return self.least(name, 1), -self.least(name, -1)

    def least(self, name, sign):
        """Return the least of sign times an unknown; depth first, cut by the best that is found."""
        best, waiting = None, [dict(self.bounds)]
        while waiting:
            bounds = waiting.pop()
            found = relaxed(bounds, self.lines, name, sign)
            if found is None or (best is not None and ceil(sign * found[name]) >= best):
                continue
            broken = next((key for key, value in found.items() if value.denominator > 1), None)
            if broken is None:
                best = int(sign * found[name])
                continue
            low, high = bounds[broken]
            waiting.append(bounds | {broken: (ceil(found[broken]), high)})
            waiting.append(bounds | {broken: (low, floor(found[broken]))})
        if best is None:
            raise Infeasible(name)
        return best


def relaxed(bounds, lines, name, sign):
    """Return a point, in fractions, with the least of sign times an unknown; None where there is none."""
    if any(low > high for low, high in bounds.values()):
        return None
    free = [key for key, (low, high) in bounds.items() if low < high]
    rows = list(rows_of(bounds, lines, free))
    goal = [Fraction(-sign if key == name else 0) for key in free]
    found = greatest(rows, goal)
    if found is None:
        return None
    at = {key: Fraction(low) for key, (low, _) in bounds.items()}
    return at | {key: at[key] + step for key, step in zip(free, found, strict=True)}


def rows_of(bounds, lines, free):
    """Yield rows (coefficients, most) over the steps that free unknowns take from their lower bounds."""
    for place, key in enumerate(free):
        low, high = bounds[key]
        yield [Fraction(int(number == place)) for number in range(len(free))], Fraction(high - low)
    for coefficients, low, high in lines:
        base = sum(times * bounds[key][0] for key, times in coefficients.items())
        row = [Fraction(coefficients.get(key, 0)) for key in free]
        if high is not None:
            yield row, Fraction(high) - base
        if low is not None:
            yield [-times for times in row], base - Fraction(low)


def greatest(rows, goal):
    """Return where goal is greatest over steps of at least zero within the rows; None if nowhere."""
    count = len(goal)
    table = [[most, *row] for row, most in rows]
    basis, others = list(range(count, count + len(rows))), list(range(count))
    if any(row[0] < 0 for row in table) and not start(table, basis, others):
        return None
    climb(table, basis, others, lambda: told_by(goal, table, basis, others))
    at = dict(zip(basis, (row[0] for row in table), strict=True))
    return [at.get(number, Fraction(0)) for number in range(count)]


def start(table, basis, others):
    """Go to a corner: a helper that loosens every row is pushed down to zero. Say whether it was."""
    helper = len(basis) + len(others)
    for row in table:
        row.append(Fraction(-1))
    others.append(helper)
    worst = min(range(len(table)), key=lambda number: table[number][0])
    pivot(table, basis, others, row=worst, column=len(others) - 1)
    climb(table, basis, others, lambda: told_by({helper: Fraction(-1)}, table, basis, others))
    if helper in basis:
        row = basis.index(helper)
        if table[row][0] != 0:
            return False
        column = next((number for number, times in enumerate(table[row][1:]) if times != 0), None)
        if column is None:
            del table[row], basis[row]
            return True
        pivot(table, basis, others, row=row, column=column)
    gone = others.index(helper)
    for row in table:
        del row[gone + 1]
    del others[gone]
    return True


def told_by(goal, table, basis, others):
    """Return the goal in terms of those outside the basis."""
    prices = goal if isinstance(goal, dict) else dict(enumerate(goal))
    found = [prices.get(name, Fraction(0)) for name in others]
    for name, row in zip(basis, table, strict=True):
        if price := prices.get(name):
            found = [old - price * times for old, times in zip(found, row[1:], strict=True)]
    return found


def climb(table, basis, others, gains):
    """Step from corner to corner while one leads up; the smallest name first, so that none comes twice."""
    while True:
        rising = [(others[place], place) for place, gain in enumerate(gains()) if gain > 0]
        if not rising:
            return
        column = min(rising)[1]
        rows = [
            (row[0] / row[column + 1], basis[place], place)
            for place, row in enumerate(table)
            if row[column + 1] > 0
        ]
        pivot(table, basis, others, row=min(rows)[2], column=column)


def pivot(table, basis, others, *, row, column):
    """Swap one of the basis for one outside of it."""
    line = table[row]
    by = line[column + 1]
    table[row] = [value / by for value in line]
    table[row][column + 1] = 1 / by
    for place, other in enumerate(table):
        times = other[column + 1]
        if place != row and times:
            table[place] = [old - times * new for old, new in zip(other, table[row], strict=True)]
            table[place][column + 1] = -times / by
    basis[row], others[column] = others[column], basis[row]
