"""The months, quarters or areas of a value as one table: what is stored, what somebody has typed, what they make up."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating, periods
from indicators.arithmetic.accumulating import Piece, Whole
from indicators.arithmetic.printing import STATE_MARKS, half_up, printed
from indicators.choices import PartKind, Period, ValueState
from indicators.models import MeasurementPart
from municipalities.choices import AreaKind
from municipalities.japanese import numerals
from municipalities.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from indicators.models import Measurement

SHARE = ("numerator", "denominator")
NUMBERS = ("value", *SHARE)
# How a state is typed that is not simply an empty cell.
WORDS = {
    ValueState.NOT_APPLICABLE: "該当なし",
    ValueState.UNKNOWN: "不明",
    ValueState.SUPPRESSED: "秘匿",
}
NOTHING = "－"


@dataclass(slots=True)
class Line:
    """One month, quarter, half or area. `texts` is what stands in its cells, `numbers` what they say."""

    name: str
    label: str
    period: str
    area: Area | None = None
    stored: MeasurementPart | None = None
    base: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Decimal | None] = field(default_factory=dict)
    state: str = ValueState.NOT_ENTERED
    errors: dict[str, str] = field(default_factory=dict)
    theirs: str = ""

    @property
    def piece(self) -> Piece:
        exact = {
            name: None if (n := self.numbers.get(name)) is None else Fraction(n) for name in NUMBERS
        }
        return Piece(**exact)

    @property
    def has_value(self) -> bool:
        return self.state == ValueState.VALUE

    @property
    def first_error(self) -> str:
        return f"{next(iter(self.errors))}-{self.name}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a line, as the page shows it."""

    name: str
    column: str
    text: str
    error: str


@dataclass(slots=True)
class Sheet:
    """The table of one value by months, quarters, halves or areas."""

    definition: Any
    kind: PartKind
    # Not stored yet where the year has no value.
    measurement: Measurement
    lines: list[Line]

    @property
    def fiscal_year(self) -> int:
        return self.measurement.fiscal_year

    @property
    def is_new(self) -> bool:
        return self.measurement.pk is None

    @property
    def columns(self) -> tuple[str, ...]:
        return SHARE if accumulating.needs_parts(self.definition) else NUMBERS[:1]

    @property
    def rows(self) -> list[tuple[Line, list[Cell]]]:
        """Return each line with its cells, the note last."""
        return [
            (line, [_cell(line, column) for column in (*self.columns, "note")])
            for line in self.lines
        ]

    @property
    def known(self) -> list[Line]:
        return [line for line in self.lines if line.has_value]

    @property
    def is_complete(self) -> bool:
        """Every piece is in, or it is said why it has no value."""
        return all(line.state != ValueState.NOT_ENTERED for line in self.lines)

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in self.lines if line.theirs]

    @property
    def rule(self) -> str:
        """Return the rule in one sentence."""
        if self.kind == PartKind.AREA:
            return accumulating.OVER_AREAS[accumulating.over_areas(self.definition)]
        return accumulating.SENTENCES[accumulating.rule_of(self.definition)]

    @property
    def span(self) -> str:
        labels = [line.label for line in self.lines]
        return periods.told(self.kind, labels, {line.label for line in self.known})

    @property
    def whole(self) -> Whole | None:
        """Return what the known pieces make up; None while there is none."""
        pieces = [line.piece for line in self.known]
        if not pieces:
            return None
        times = self.definition.multiplier
        if self.kind == PartKind.AREA:
            way = accumulating.over_areas(self.definition)
            return accumulating.summed_areas(way, pieces, multiplier=times)
        rule = accumulating.rule_of(self.definition)
        return accumulating.accumulated(rule, pieces, multiplier=times)

    @property
    def text(self) -> str:
        """Return the whole as it is printed, with its unit."""
        whole = self.whole
        if whole is None:
            return NOTHING
        if whole.value is None:
            return STATE_MARKS[ValueState.NOT_APPLICABLE]
        shown = half_up(whole.value, accumulating.digits(self.definition, whole.value))
        return told(self.definition, shown)

    @property
    def is_used(self) -> bool:
        """Whether the value of the year is computed from this table."""
        return self.measurement.composed_of == self.kind

    @property
    def differing(self) -> str:
        """Say that the stored value is another than the pieces make up; nothing while they agree."""
        row, whole = self.measurement, self.whole
        if row.value is None or whole is None or whole.value is None:
            return ""
        digits = accumulating.digits(self.definition, whole.value)
        if half_up(Fraction(row.value), digits) == half_up(whole.value, digits):
            return ""
        return (
            f"年度の実績値は{told(self.definition, row.value)}で、"
            f"{self.kind.label}の内訳から計算した{self.text}（{self.span}）と違います。"
        )


def _cell(line: Line, column: str) -> Cell:
    return Cell(f"{column}-{line.name}", column, line.texts[column], line.errors.get(column, ""))


def told(definition: Any, number: Decimal) -> str:
    decimals = accumulating.digits(definition, number)
    return printed(number, state=ValueState.VALUE, unit=definition.unit, decimals=decimals)


def kinds_of(definition: Any, *, has_areas: bool) -> list[PartKind]:
    """Return by what a value of this definition can be told in pieces."""
    by_time = [PartKind.MONTH, PartKind.QUARTER, PartKind.HALF]
    return (
        [*by_time, PartKind.AREA] if has_areas and accumulating.over_areas(definition) else by_time
    )


def areas() -> list[Area]:
    """Return the areas by which values are told, in their order."""
    return list(Area.objects.filter(kind=AreaKind.DAILY_LIVING).order_by("position", "key"))


def stored_parts(measurements: Iterable[Measurement]) -> dict[int, list[MeasurementPart]]:
    """Return the parts of values by the value's number, in one query."""
    found: dict[int, list[MeasurementPart]] = {}
    rows = MeasurementPart.objects.filter(measurement__in=list(measurements))
    for row in rows.select_related("area").order_by("measurement_id", "period", "area_key"):
        found.setdefault(row.measurement_id, []).append(row)
    return found


def sheet(
    definition: Any,
    measurement: Measurement,
    *,
    kind: PartKind,
    stored: Sequence[MeasurementPart],
    places: Sequence[Area] = (),
) -> Sheet:
    """Return the table as it is stored. Areas that have parts stand in it, whatever became of them."""
    by_place = {(row.period, row.area_key): row for row in stored}
    lines = (
        _lines_of_areas(places, stored)
        if kind == PartKind.AREA
        else [Line(period.value, periods.short(period), period) for period in periods.OF_KIND[kind]]
    )
    for line in lines:
        fill(line, by_place.get((line.period, line.area.key if line.area else "")))
    return Sheet(definition, kind, measurement, lines)


def _lines_of_areas(places: Sequence[Area], stored: Sequence[MeasurementPart]) -> list[Line]:
    found = {one.key: one for one in places}
    for row in stored:
        if row.area:
            found.setdefault(row.area.key, row.area)
    return [Line(one.key, one.name, Period.YEAR, one) for one in found.values()]


def fill(line: Line, row: MeasurementPart | None) -> None:
    """Put what is stored into a line."""
    line.stored, line.base = row, row.version if row else 0
    line.numbers = {name: getattr(row, name) if row else None for name in NUMBERS}
    line.state = row.state if row else ValueState.NOT_ENTERED
    line.texts = texts_of(row) if row else dict.fromkeys((*NUMBERS, "note"), "")


def texts_of(row: MeasurementPart) -> dict[str, str]:
    texts = {
        name: "" if (number := getattr(row, name)) is None else numerals.grouped(number.normalize())
        for name in NUMBERS
    }
    if row.state in WORDS:
        texts["value"] = texts["numerator"] = WORDS[ValueState(row.state)]
    return texts | {"note": row.note}


def in_words(row: MeasurementPart, columns: Sequence[str]) -> str:
    texts = texts_of(row)
    return "／".join(texts[name] for name in columns if texts[name]) or "未入力"


def sheets_of(
    definition: Any,
    measurement: Measurement,
    stored: Sequence[MeasurementPart],
    places: Sequence[Area],
) -> list[Sheet]:
    """Return the tables of a value that hold something."""
    by_kind: dict[PartKind, list[MeasurementPart]] = {}
    for row in stored:
        by_kind.setdefault(kind_of(row), []).append(row)
    return [
        sheet(definition, measurement, kind=kind, stored=rows, places=places)
        for kind, rows in by_kind.items()
        if kind != PartKind.AREA or accumulating.over_areas(definition)
    ]


def kind_of(row: MeasurementPart) -> PartKind:
    if row.area_key:
        return PartKind.AREA
    by_time = (PartKind.MONTH, PartKind.QUARTER, PartKind.HALF)
    return next((kind for kind in by_time if row.period in periods.OF_KIND[kind]), PartKind.AREA)


def sentences_of(sheets: Iterable[Sheet]) -> list[str]:
    """Say of a value from which pieces it is computed, and where pieces tell another number."""
    found = []
    for one in sheets:
        if one.is_used:
            found.append(f"{one.kind.label}の内訳から計算（{one.span}）。{one.rule}")
        if one.differing:
            found.append(one.differing)
    return found


def typed_into(table: Sheet, typed: Mapping[str, str]) -> None:
    """Put what was typed in place of what is stored."""
    for line in table.lines:
        for name in (*table.columns, "note"):
            line.texts[name] = typed.get(f"{name}-{line.name}", line.texts[name])
        line.base = numerals.version(typed.get(f"base-{line.name}", ""))
