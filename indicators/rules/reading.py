"""What the rules of this app read: the indicators of a year with definition, values, targets and verdict."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indicators import national_versions
from indicators.choices import ValueState
from indicators.measurements.values import standing
from indicators.models import Definition
from indicators.verdicts.evaluation import Evaluation, evaluate, has_number, mark_of
from municipalities.kernel.findings import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.verdicts.verdicts import Mark
    from municipalities.kernel.findings import Row, Year


@dataclass(frozen=True, slots=True)
class Version:
    """From which fiscal year on a definition is another one."""

    fiscal_year: int
    what_changed: str
    is_break: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A definition, national or own; of an own one no scene, level or kind of SPO is known."""

    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    value_kind: str
    numerator: str
    denominator: str
    data_source: str
    accumulation: str
    frequency: str
    period_basis: str
    scenes: str = ""
    spo_type: str = ""
    logic_level: str = ""
    told_versions: tuple[Version, ...] = ()

    @property
    def is_national(self) -> bool:
        return bool(self.spo_type)


COLUMNS = tuple(one.name for one in fields(Known) if one.name not in ("code", "told_versions"))
OWN_COLUMNS = tuple(name for name in COLUMNS if name not in ("scenes", "spo_type", "logic_level"))
OF_A_VERSION = tuple(one.name for one in fields(Version))


@dataclass(frozen=True, slots=True)
class Value:
    """A measurement as the document holds it."""

    key: str
    fiscal_year: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    state: str
    finality: str
    as_of: dt.date | None
    source: str
    note: str
    is_official: bool
    checked_as: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as the document holds it."""

    fiscal_year: int
    value: Decimal
    note: str


@dataclass(frozen=True)
class Followed:
    """An indicator of the year, with all that the document holds of it."""

    row: Row
    definition: Known
    rows: tuple[Value, ...]
    year: int

    @property
    def key(self) -> str:
        return self.row["key"]

    @property
    def note(self) -> str:
        return self.row["note"]

    @cached_property
    def values(self) -> dict[int, Value]:
        """Return the value that stands for each year."""
        return standing(self.rows)

    @cached_property
    def numbers(self) -> dict[int, Value]:
        """Return those of them that are numbers, in the order of their years."""
        return {one: row for one, row in sorted(self.values.items()) if has_number(row)}

    @cached_property
    def targets(self) -> tuple[Aim, ...]:
        """Return the targets in the order of their years."""
        rows = sorted(self.row["targets"], key=lambda one: one["fiscal_year"])
        return tuple(
            Aim(one["fiscal_year"], Decimal(one["value"]), one["note"].strip()) for one in rows
        )

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(
            self.definition,
            self.values,
            self.targets,
            baseline_year=self.row["baseline_year"],
            year=self.year,
        )

    @property
    def is_void(self) -> bool:
        """Say whether there was never a number and 該当数字なし has been found out to be the reason."""
        return not self.numbers and any(row.state == ValueState.NOT_APPLICABLE for row in self.rows)

    @property
    def start(self) -> Mark | None:
        """Return 現状値, exact; None where there is none, or one of another definition than the year's."""
        return self.evaluation.baseline

    def mark(self, value: Value) -> Mark:
        return mark_of(self.definition, value)

    def found(self, **words: str) -> Found:
        """Return this indicator as a place that breaks a rule."""
        return Found(self.definition.name, self.key, words, (self.key,))


@dataclass(frozen=True, slots=True)
class Stand:
    """An outcome with the indicators that stand at it."""

    model: Row
    outcome: Row
    indicators: tuple[Followed, ...]

    def found(self, **words: str) -> Found:
        args = (self.model["key"], self.outcome["key"])
        return Found(self.outcome["text"], self.outcome["key"], words, args)


def definition_rows(
    document: Mapping[str, Any], *, national: Iterable[Definition] | None = None
) -> dict[str, Row]:
    """Return the columns of every definition that the year follows, by code: one query, none with `national`.

    `national` are the national definitions that somebody has read already. Own ones stand in the document itself,
    with their versions.
    """
    codes = {row["indicator"] for row in document.get("indicators", ())}
    read = Definition.objects.filter(code__in=codes) if national is None else national
    found = {
        one.code: {name: getattr(one, name) for name in ("code", *COLUMNS)} | _national(one.code)
        for one in sorted(read, key=lambda one: one.code)
        if one.code in codes
    }
    for row in document.get("own_definitions", ()):
        columns = {name: row[name] for name in OWN_COLUMNS}
        found[row["key"]] = columns | {
            "code": row["key"],
            "told_versions": [_version(one) for one in row["definition_versions"]],
        }
    return found


def _national(code: str) -> Row:
    told = national_versions.of(code)
    return {"told_versions": [{name: getattr(one, name) for name in OF_A_VERSION} for one in told]}


def _version(row: Row) -> Row:
    return {name: row[name] for name in OF_A_VERSION}


def known(row: Row) -> Known:
    """Return a definition out of its columns."""
    versions = tuple(Version(**one) for one in row.get("told_versions", ()))
    return Known(**row | {"told_versions": versions})


def followed(year: Year) -> list[Followed]:
    """Return the indicators of the year in their order, as far as their definitions are known."""
    values: dict[str, list[Value]] = defaultdict(list)
    for row in year.rows("measurements"):
        values[row["indicator"]].append(_value(row))
    return [
        Followed(
            row,
            known(year.definitions[row["indicator"]]),
            tuple(values[row["indicator"]]),
            year.fiscal_year,
        )
        for row in sorted(year.rows("indicators"), key=lambda one: (one["position"], one["key"]))
        if row["indicator"] in year.definitions
    ]


def _value(row: Row) -> Value:
    return Value(
        key=row["key"],
        fiscal_year=row["fiscal_year"],
        value=_number(row["value"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        state=row["state"],
        finality=row["finality"],
        as_of=dt.date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        source=row["source"],
        note=row["note"],
        is_official=row["is_official"],
        # A mark of those at work, which a report leaves out.
        checked_as=row.get("checked_as", ""),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def stands(year: Year) -> list[Stand]:
    """Return all outcomes with what stands at each, in the order of the uses."""
    by_key = {one.key: one for one in followed(year)}
    at: dict[str, list[Followed]] = defaultdict(list)
    for use in sorted(year.rows("indicator_uses"), key=lambda one: (one["position"], one["key"])):
        if use["indicator"] in by_key:
            at[use["outcome"]].append(by_key[use["indicator"]])
    return [
        Stand(model, outcome, tuple(at[outcome["key"]]))
        for model in year.rows("logic_models")
        for outcome in model["outcomes"]
    ]


def placed(year: Year) -> Iterator[Stand]:
    """Yield the outcomes at which any indicator stands."""
    return (one for one in stands(year) if one.indicators)


def pursued(year: Year) -> list[Followed]:
    """Return the indicators by which something is to be reached.

    One that only shows how things stand for an issue has no target to be asked for, and where there is
    nothing to be counted no number.
    """
    used = {row["indicator"] for row in year.rows("indicator_uses")}
    shown = {row["indicator"] for row in year.rows("issue_figures")} - used
    return [one for one in followed(year) if one.key not in shown and not one.is_void]


def count(year: Year) -> int:
    return len(followed(year))


def count_pursued(year: Year) -> int:
    return len(pursued(year))


def count_placed(year: Year) -> int:
    return sum(1 for _ in placed(year))
