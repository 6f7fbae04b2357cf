"""From the columns of a layout to what is taken from each row: which cells make up one value. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from indicators.choices import ColumnRole, TableForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indicators.intake.layouts.layout import Column, Layout

CODES_OF_SEVERAL = "、"
NO_YEAR = "何年度の値か決まっていません。列の年度か、表全体の年度を、様式の設定で選んでください。"
NO_INDICATOR = "どの指標の値か決まっていません。列の指標を、様式の設定で選んでください。"
NO_SUCH = "この列の指標は登録されていません。列の指標を、様式の設定で選び直してください。"
# Said where an indicator is not known.
NOT_HERE = (
    "カタログにない指標は、都道府県が「県の指標」に登録すると、その都道府県の取り込みで選べます。"
)
MEASURED = (ColumnRole.VALUE, ColumnRole.NUMERATOR, ColumnRole.DENOMINATOR, ColumnRole.ADDEND)
BESIDE = (ColumnRole.FINALITY, ColumnRole.AS_OF)


class Definition(Protocol):
    """What has to be known of an indicator."""

    code: str
    name: str
    label: str
    unit: str
    multiplier: int
    external_code: str


@dataclass(slots=True)
class Group:
    """The cells of a row that make up one value; what is empty here stands in the row."""

    indicator: str = ""
    fiscal_year: int | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    # Whose sum is the value; the first of them stands among the columns too.
    addends: list[Column] = field(default_factory=list)
    # What is told beside the value, by role: how final it is, as of when.
    beside: dict[str, Column] = field(default_factory=dict)

    @property
    def every(self) -> list[Column]:
        """All columns, each once."""
        return [*self.columns.values(), *self.addends[1:]]

    @property
    def main(self) -> Column:
        """The column under whose number the value is told."""
        return next(self.columns[role] for role in MEASURED if role in self.columns)

    @property
    def alone(self) -> Column | None:
        """The column of values, where nothing else belongs to them."""
        is_alone = len(self.columns) == 1 and not self.beside
        return self.columns.get(ColumnRole.VALUE) if is_alone else None

    @property
    def is_measured(self) -> bool:
        return any(role in self.columns for role in MEASURED)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is taken, the columns that tell of a row which indicator and year, and what is lacking by column."""

    groups: tuple[Group, ...]
    indicator: Column | None
    year: Column | None
    lacking: tuple[tuple[int, str], ...]

    @property
    def columns(self) -> set[int]:
        """The numbers of all columns that anything is taken from."""
        own = {one.number for one in (self.indicator, self.year) if one}
        told = [c for group in self.groups for c in (*group.every, *group.beside.values())]
        return own | {column.number for column in told}


def plan(layout: Layout, definitions: Mapping[str, Any]) -> Plan:
    """Return what to take by a layout. A group whose year or indicator nothing tells is lacking."""
    roles: dict[str, list[Column]] = defaultdict(list)
    for column in layout.columns:
        roles[column.role].append(column)
    indicator, year = (
        next(iter(roles[role]), None) for role in (ColumnRole.INDICATOR, ColumnRole.YEAR)
    )
    if layout.form == TableForm.WIDE:
        indicator = None
    kept, lacking = [], []
    for group in groups_of(layout, roles):
        told = lack_of(group, definitions, has_indicator=bool(indicator), has_year=bool(year))
        lacking += [(group.main.number, told)] if told else []
        kept += [] if told else [group]
    return Plan(tuple(kept), indicator, year, tuple(lacking))


def lack_of(
    group: Group, definitions: Mapping[str, Any], *, has_indicator: bool, has_year: bool
) -> str:
    """Say what is not known of a group, or nothing."""
    if not has_indicator and not group.indicator:
        return NO_INDICATOR
    if not has_indicator and group.indicator not in definitions:
        return NO_SUCH
    return "" if has_year or group.fiscal_year else NO_YEAR


def groups_of(layout: Layout, roles: Mapping[str, list[Column]]) -> Iterator[Group]:
    """Yield the groups: each value is one, its parts join it; parts alone make up one by indicator and year."""
    groups: list[Group] = []
    of_all = None if roles.get(ColumnRole.YEAR) else layout.fiscal_year
    for role in MEASURED:
        for column in roles.get(role, ()):
            year = column.fiscal_year or of_all
            indicator = column.indicator if layout.form == TableForm.WIDE else ""
            joined = next((one for one in groups if joins(one, role, (indicator, year))), None)
            if joined is None:
                joined = Group(indicator, year)
                groups.append(joined)
            joined.columns.setdefault(role, column)
            joined.addends += [column] if role == ColumnRole.ADDEND else []
    tell_of_rows(groups, roles)
    yield from groups


def tell_of_rows(groups: Sequence[Group], roles: Mapping[str, list[Column]]) -> None:
    """Give the groups the columns that tell of a whole row: a state where there is one value, the rest to all."""
    for state in roles.get(ColumnRole.STATE, ()):
        if len(groups) == 1:
            groups[0].columns[ColumnRole.STATE] = state
    beside: dict[str, Column] = {role: roles[role][0] for role in BESIDE if roles.get(role)}
    for group in groups:
        group.beside.update(beside)


def joins(group: Group, role: str, identity: tuple[str, int | None]) -> bool:
    is_free = role not in group.columns or role == ColumnRole.ADDEND
    return is_free and identity == (group.indicator, group.fiscal_year)


def called(definitions: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the codes by every way to write an indicator: its code, its name, its code in another system."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, one in definitions.items():
        for name in {code, key_of(one.name), key_of(one.label), key_of(one.external_code)} - {""}:
            found[name].append(code)
    return dict(found)


def key_of(name: str) -> str:
    """Compare names without widths and spaces; every other letter counts."""
    return "".join(unicodedata.normalize("NFKC", name).split())
