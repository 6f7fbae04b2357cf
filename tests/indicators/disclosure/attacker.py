"""A reader who adds up: solves the equations of a published table for its hidden cells, by search.

Independent of the product: knows only that parts add up to totals, that counts are whole numbers and
that a hidden one is at least one.
"""

from itertools import product


def equations(cells):
    """Return the lines of a table as (total, parts): along every dimension the parts add up."""
    dimensions = len(next(iter(cells)))
    found = []
    for axis in range(dimensions):
        names = {key[axis] for key in cells if key[axis] is not None}
        rest = [sorted({key[other] for key in cells}, key=str) for other in range(dimensions)]
        rest[axis] = [None]
        for total in product(*rest):
            parts = [(*total[:axis], name, *total[axis + 1 :]) for name in sorted(names)]
            if total in cells and all(part in cells for part in parts):
                found.append((total, parts))
    return found


def range_of(target, cells, hidden, *, unshown=(), wide):
    """Return the least and the greatest value that the target may have, as far as `wide` from the truth."""
    lines = equations(cells)
    start = {
        key: domain(key, value, hidden, unshown=unshown, wide=wide) for key, value in cells.items()
    }
    low = high = cells[target]
    while low > start[target][0] and can_be(target, low - 1, start, lines):
        low -= 1
    while high < start[target][1] and can_be(target, high + 1, start, lines):
        high += 1
    return low, high


def domain(key, value, hidden, *, unshown, wide):
    if key not in hidden:
        return value, value
    return (0 if key in unshown else 1), value + wide


def can_be(target, value, start, lines):
    return solve(start | {target: (value, value)}, lines)


def solve(domains, lines):
    """Say whether whole numbers within these bounds fulfil every line."""
    domains = narrowed(dict(domains), lines)
    if domains is None:
        return False
    open_keys = [key for key, (low, high) in domains.items() if low < high]
    if not open_keys:
        return True
    key = min(open_keys, key=lambda one: domains[one][1] - domains[one][0])
    low, high = domains[key]
    return any(solve(domains | {key: (one, one)}, lines) for one in range(low, high + 1))


def narrowed(domains, lines):
    """Cut every bound by what the others of its line leave; None when nothing is left."""
    changed = True
    while changed:
        changed = False
        for total, parts in lines:
            for key in (total, *parts):
                low, high = left_for(key, total, parts, domains)
                old = domains[key]
                new = max(old[0], low), min(old[1], high)
                if new[0] > new[1]:
                    return None
                if new != old:
                    domains[key], changed = new, True
    return domains


def left_for(key, total, parts, domains):
    if key == total:
        return sum(domains[one][0] for one in parts), sum(domains[one][1] for one in parts)
    others = [domains[one] for one in parts if one != key]
    return (
        domains[total][0] - sum(high for _, high in others),
        domains[total][1] - sum(low for low, _ in others),
    )
