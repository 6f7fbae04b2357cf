"""Contracts as they hang on one another: 市 → 市医師会 → the associations of its wards."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinators.models import Contract, ContractPartner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# So many contracts are drawn inside one another; what hangs lower still is drawn beside the last of them.
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Chain:
    """A contract with what was handed on from it. `is_first`, `is_last`: among those of ours beside it."""

    contract: Contract
    below: tuple[Chain, ...]
    partners: tuple[str, ...] = ()
    is_first: bool = True
    is_last: bool = True


def readable() -> list[Contract]:
    """Return every contract that may be read here, ours and those shared with us, in their order."""
    rows = Contract.objects.select_related("municipality")
    return sorted(rows, key=lambda one: (not one.is_led_here, one.position, one.pk))


def partners_of(contracts: Iterable[Contract]) -> dict[int, tuple[str, ...]]:
    """Return the names of the partners of each contract; a partner sees only itself."""
    names: dict[int, tuple[str, ...]] = {}
    rows = ContractPartner.objects.filter(contract__in=[one.pk for one in contracts])
    for row in rows.select_related("partner"):
        names[row.contract_id] = (*names.get(row.contract_id, ()), row.partner.name)
    return names


def chains(contracts: Sequence[Contract]) -> tuple[Chain, ...]:
    """Return the contracts as trees, every one of them once.

    What hangs on a contract that may not be read here stands on top, and so does one of a circle,
    which two people can close between them.
    """
    below = by_origin(contracts)
    names = partners_of(contracts)
    ends = {pk: end for rows in below.values() for pk, end in ends_of(rows)}
    waiting = dict.fromkeys(ends)

    def grown(rows: Sequence[Contract], level: int = 1) -> tuple[Chain, ...]:
        found: list[Chain] = []
        queue = deque(rows)
        while queue:
            one = queue.popleft()
            if waiting.pop(one.pk, one) is not None:
                continue
            under = [child for child in below[one.pk] if child.pk in waiting]
            if level == DEEPEST:
                queue.extendleft(reversed(under))
                under = []
            drawn = grown(under, level + 1) if under else ()
            found.append(Chain(one, drawn, names.get(one.pk, ()), *ends[one.pk]))
        return tuple(found)

    found = grown(below[None])
    while rest := [one for one in contracts if one.pk in waiting]:
        found += grown(rest[:1])
    return found


def by_origin(contracts: Sequence[Contract]) -> defaultdict[int | None, list[Contract]]:
    """Return what hangs on each contract, by its id; under None what hangs on none of these."""
    known = {one.pk for one in contracts}
    below: defaultdict[int | None, list[Contract]] = defaultdict(list)
    for one in contracts:
        below[one.parent_id if one.parent_id in known else None].append(one)
    return below


def ends_of(rows: Sequence[Contract]) -> Iterator[tuple[int, tuple[bool, bool]]]:
    """Yield of each contract in a list whether it is the first, and the last, of those that we arrange there."""
    ours = [one.pk for one in rows if one.is_led_here]
    for one in rows:
        yield one.pk, (one.pk not in ours[1:], one.pk not in ours[:-1])


def above_which(contract: Contract) -> set[int]:
    """Return the ids of the contracts that cannot be the origin of this one: itself and what hangs on it."""
    if contract.pk is None:
        return set()
    below = defaultdict(list)
    for pk, parent in Contract.objects.led().values_list("pk", "parent_id"):
        below[parent].append(pk)
    found: set[int] = set()
    waiting = [contract.pk]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += below[one]
    return found
