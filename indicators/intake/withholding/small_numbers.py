"""Small numbers of people in a file: of a public table everybody reads them by the name of their municipality."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import PlaceKind, ValueKind
from indicators.disclosure.policies import POLICIES, counted
from indicators.intake.extracting import blocks
from indicators.models import Definition, StagedBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.intake.extracting.blocks import Line
    from indicators.models import StatisticsUpload

BY_NAME = frozenset({PlaceKind.MUNICIPALITY.value, PlaceKind.WARD.value})
# The names that are told; the others are counted.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Small:
    """How many values of a file are below what may be shown of people, by the name of the indicator."""

    by_name: tuple[tuple[str, int], ...]
    # The definitions that count people, of those it tells anything of.
    people: frozenset[int] = frozenset()

    @property
    def counts_people(self) -> bool:
        """Whether it tells anything of people at all."""
        return bool(self.people)

    @property
    def count(self) -> int:
        return sum(count for _, count in self.by_name)

    @property
    def named(self) -> str:
        told = [f"{name}（{count}件）" for name, count in self.by_name[:NAMED]]
        more = len(self.by_name) - NAMED
        return "、".join(told) + (f"、ほか{more}指標" if more > 0 else "")

    @property
    def told(self) -> str:
        return f"少ない人数の値が{self.count}件あります：{self.named}。公表されていない表として取り込むと、ほかの市町村や県の比較では秘匿になります。"


def of(upload: StatisticsUpload, definitions: Iterable[Definition]) -> Small:
    """Count what a file would write, of all definitions. One query."""
    people = among(definitions)
    limits = {
        pk: (one.name, least_of(one))
        for pk, one in people.items()
        if one.value_kind == ValueKind.COUNT
    }
    contents = StagedBlock.objects.filter(upload=upload).values_list("content", flat=True)
    found: Counter[str] = Counter()
    told: set[int] = set()
    for content in contents:
        lines = list(blocks.unpack(bytes(content)))
        told.update(one for line in lines for one in line.definitions)
        found += counted_in(lines, limits)
    return Small(tuple(found.most_common()), frozenset(told & people.keys()))


def people_counted() -> dict[int, Definition]:
    """Return by key the definitions of which small numbers may not be shown. One query."""
    return among(Definition.every.order_by("pk"))


def among(definitions: Iterable[Definition]) -> dict[int, Definition]:
    return {one.pk: one for one in definitions if least_of(one)}


def least_of(definition: Definition) -> int:
    """Return the smallest number that may be shown; 0 where no person is counted."""
    whom = counted(code=definition.code, unit=definition.unit, numerator=definition.numerator)
    return POLICIES[whom].least if whom in POLICIES else 0


def counted_in(lines: Iterable[Line], limits: Mapping[int, tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        if line.kind not in BY_NAME or limits.keys().isdisjoint(line.definitions):
            continue
        for definition, number in line.writes.numbers():
            name, least = limits.get(definition, ("", 0))
            if 0 < number < least:
                found[name] += 1
    return found
