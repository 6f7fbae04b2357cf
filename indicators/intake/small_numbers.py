"""Small numbers of people in a file: taken in, everybody would read them by the name of their municipality."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import PlaceKind, ValueKind
from indicators.disclosure.policies import POLICIES, counted
from indicators.intake import blocks
from indicators.models import Definition, StagedBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.intake.blocks import Line
    from indicators.models import StatisticsUpload
    from municipalities.models import User

BY_NAME = frozenset({PlaceKind.MUNICIPALITY.value, PlaceKind.WARD.value})
# The names that are told; the others are counted.
NAMED = 5
ASKED = "この表が公表されているかを確かめて、「公表されている表です」に印を付けてから取り込んでください。"
CONFIRMED = (
    "少ない人数の値{count}件を、公表されている表の値として取り込みました（確かめた人：{by}）。"
)


@dataclass(frozen=True, slots=True)
class Small:
    """How many values of a file are below what may be shown of people, by the name of the indicator."""

    by_name: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.by_name)

    @property
    def named(self) -> str:
        told = [f"{name}（{count}件）" for name, count in self.by_name[:NAMED]]
        more = len(self.by_name) - NAMED
        return "、".join(told) + (f"、ほか{more}指標" if more > 0 else "")

    def confirmed(self, by: User) -> str:
        """Return what stays with the file: who has said that its small numbers are public."""
        return CONFIRMED.format(count=self.count, by=by) if self.count else ""


def of(upload: StatisticsUpload) -> Small:
    """Count what a file would write. Two queries."""
    limits = {one.pk: (one.name, least_of(one)) for one in definitions()}
    contents = StagedBlock.objects.filter(upload=upload).values_list("content", flat=True)
    found: Counter[str] = Counter()
    for content in contents:
        found += counted_in(blocks.unpack(bytes(content)), limits)
    return Small(tuple(found.most_common()))


def definitions() -> list[Definition]:
    rows = Definition.objects.filter(value_kind=ValueKind.COUNT)
    return [one for one in rows if least_of(one)]


def least_of(definition: Definition) -> int:
    """Return the smallest number that may be shown; 0 where no person is counted."""
    whom = counted(code=definition.code, unit=definition.unit, numerator=definition.numerator)
    return POLICIES[whom].least if whom in POLICIES else 0


def counted_in(lines: Iterable[Line], limits: Mapping[int, tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        if line.kind not in BY_NAME or limits.keys().isdisjoint(line.definitions):
            continue
        for definition, _, _, _, value, _ in line.writes.rows():
            name, least = limits.get(definition, ("", 0))
            if value is not None and 0 < float(value) < least:
                found[name] += 1
    return found
