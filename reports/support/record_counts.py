"""県の支援の記録, counted: by kind, as 伴走支援, and for each municipality. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.choices import SupportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.models import SupportRecord


# At the head of narrow columns.
SHORT = {
    SupportKind.TRAINING: "研修",
    SupportKind.DISPATCH: "派遣",
    SupportKind.ATTENDANCE: "同席",
    SupportKind.DATA: "データ提供",
    SupportKind.EXCHANGE: "情報交換会",
    SupportKind.OTHER: "その他",
}


@dataclass(frozen=True, slots=True)
class Count:
    """Of some records: how many, how often, and in how many municipalities."""

    label: str
    records: int
    times: int
    towns: int


@dataclass(frozen=True, slots=True)
class TownCount:
    """What one municipality has been given: how often by kind, in all, and as 伴走支援."""

    code: str
    name: str
    by_kind: tuple[int, ...]
    times: int
    hands_on: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A year's records in numbers."""

    kinds: tuple[Count, ...]
    total: Count
    hands_on: Count
    towns: tuple[TownCount, ...]

    @property
    def rows(self) -> tuple[Count, ...]:
        """The kinds in their order, then all of them, then 伴走支援 among them."""
        return (*self.kinds, self.total, self.hands_on)


def counted(records: Iterable[SupportRecord], towns: Mapping[str, str]) -> Counts:
    """Count records over these municipalities (code → name); one without towns was for all of them."""
    found = list(records)
    return Counts(
        kinds=tuple(
            _count(str(kind.label), [one for one in found if one.kind == kind], towns)
            for kind in SupportKind
        ),
        total=_count("合計", found, towns),
        hands_on=_count("うち伴走支援", [one for one in found if one.is_hands_on], towns),
        towns=tuple(of_town(code, name, found) for code, name in towns.items()),
    )


def _count(label: str, records: list[SupportRecord], towns: Mapping[str, str]) -> Count:
    reached = {code for one in records for code in towns if one.concerns(code)}
    return Count(label, len(records), sum(one.times for one in records), len(reached))


def of_town(code: str, name: str, records: Iterable[SupportRecord]) -> TownCount:
    """Count what concerned one municipality."""
    here = [one for one in records if one.concerns(code)]
    return TownCount(
        code=code,
        name=name,
        by_kind=tuple(sum(one.times for one in here if one.kind == kind) for kind in SupportKind),
        times=sum(one.times for one in here),
        hands_on=sum(one.times for one in here if one.is_hands_on),
    )
