"""The entry grid: one line for each indicator of the year, with what is stored, and what somebody has typed into it.

Reading a line never fails: what cannot be taken stays as typed, with a sentence beside its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from indicators import entering, long_format
from indicators.choices import Finality, ValueState
from indicators.models import Indicator, IndicatorUse, Measurement
from indicators.printing import printed
from municipalities import dates, numerals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.long_format import Fact, Place
    from municipalities.models import Cycle

# What people write in a line, by the beginning of its name in the form; the rest of the name is the indicator's key.
FIELDS = ("value", "state", "as_of", "finality", "source", "note")
# Why a value may be missing; whoever has a value leaves this open.
REASONS = (ValueState.NOT_APPLICABLE, ValueState.UNKNOWN, ValueState.SUPPRESSED)
KEPT = (
    "空欄にしても、保存してある値は消えません。値がないときは、「値なしの理由」を選んでください。"
)
NO_VALUE = "値か、「値なしの理由」を入力してください。"
BOTH = "値があるときは、「値なしの理由」を空けてください。"
WHICH = "「{sign}」が何を表すかを、「値なしの理由」で選んでください。"


@dataclass(slots=True)
class Line:
    """One indicator: `texts` is what stands in the fields, `base` which version of which value they were read from."""

    key: str
    definition: Any
    scene: str
    values: list[Measurement]
    stored: Measurement | None
    earlier: tuple[str, str]
    texts: dict[str, str]
    base: str
    errors: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    sign: str = ""
    theirs: str = ""
    fact: Fact | None = None

    @property
    def first_error(self) -> str:
        """The id of the field to go to first."""
        return f"{next(iter(self.errors), 'value')}-{self.key}"

    @property
    def base_key(self) -> str:
        return self.base.partition(":")[0]

    def of_this_year(self, year: int, **marks: str) -> Measurement | None:
        """Return the value of a year with this key or this source."""
        wanted = {"fiscal_year": year, **marks}.items()
        return next(
            (one for one in self.values if all(getattr(one, n) == v for n, v in wanted)), None
        )


def of(cycle: Cycle, *, with_scenes: bool = True) -> list[Line]:
    """Return the lines of a year in its order, in three queries; in two without the scenes, which are only shown."""
    followed = list(
        Indicator.objects.filter(cycle=cycle)
        .select_related("definition", "own_definition")
        .order_by("position", "pk")
    )
    values: dict[str, list[Measurement]] = {one.code: [] for one in followed}
    known = Measurement.objects.filter(code__in=values, fiscal_year__lte=cycle.fiscal_year)
    for value in known.order_by("fiscal_year", "updated_at", "pk"):
        values[value.code].append(value)
    scenes = scenes_of(cycle) if with_scenes else {}
    return [
        line_of(one, values[one.code], cycle.fiscal_year, scenes.get(one.pk, ""))
        for one in followed
    ]


def scenes_of(cycle: Cycle) -> dict[int, str]:
    """Return in words what each indicator is used for first."""
    uses = IndicatorUse.objects.filter(cycle=cycle).select_related("outcome")
    return {use.indicator_id: use.outcome.subject for use in uses.order_by("-position", "-pk")}


def line_of(indicator: Indicator, values: list[Measurement], year: int, scene: str) -> Line:
    ours = [value for value in values if value.fiscal_year == year]
    stored = ours[-1] if ours else None
    source = values[-1].source if values else ""
    if stored:
        source = stored.source
    return Line(
        key=indicator.key,
        definition=indicator.defined_by,
        scene=scene,
        values=values,
        stored=stored,
        earlier=(
            shown_of(values, year - 2, source, indicator.defined_by),
            shown_of(values, year - 1, source, indicator.defined_by),
        ),
        texts=texts_of(stored) if stored else blank_texts(source),
        base=base_of(stored),
    )


def shown_of(values: Iterable[Measurement], year: int, source: str, definition: Any) -> str:
    """Return the value of a year in words, of the same source if there is one."""
    found = [value for value in values if value.fiscal_year == year]
    same = [value for value in found if value.source == source] or found
    if not same:
        return ""
    one = same[-1]
    return printed(one.value, state=one.state, unit=definition.unit, decimals=definition.decimals)


def base_of(stored: Measurement | None) -> str:
    return f"{stored.key}:{stored.version}" if stored else ""


def texts_of(row: Measurement) -> dict[str, str]:
    """Return what stands in the fields for a stored value."""
    return {
        "value": "" if row.value is None else numerals.grouped(row.value.normalize()),
        "state": row.state if row.state in REASONS else "",
        "as_of": dates.in_wareki(row.as_of) if row.as_of else "",
        "finality": row.finality,
        "source": row.source,
        "note": row.note,
    }


def blank_texts(source: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | {"finality": Finality.FINAL.value, "source": source}


def typed_into(lines: Iterable[Line], typed: Mapping[str, str], cycle: Cycle) -> None:
    """Put what was typed in place of what is stored; a line that the form did not hold stays."""
    for line in lines:
        if f"value-{line.key}" in typed:
            line.texts = {name: typed.get(f"{name}-{line.key}", "") for name in FIELDS}
            line.base = typed.get(f"base-{line.key}", "")
            line.stored = line.of_this_year(cycle.fiscal_year, key=line.base_key)


def read(lines: Iterable[Line], cycle: Cycle, *, source: str = "") -> None:
    """Find out what the lines say: a fact, or what is wrong, and what is to be asked. `source` is the page's."""
    lines = list(lines)
    place = long_format.Place(
        code=cycle.municipality.code,
        name=cycle.municipality.name,
        latest=cycle.fiscal_year,
        definitions={line.definition.code: line.definition for line in lines},
        others={},
    )
    for line in lines:
        if line.texts["value"].strip() or line.texts["state"]:
            line.texts["source"] = line.texts["source"].strip() or source
        read_line(line, place)


def read_line(line: Line, place: Place) -> None:
    cells = cells_of(line)
    if cells is None or line.errors:
        return
    told = {
        "municipality_code": place.code,
        "indicator": line.definition.code,
        "fiscal_year": str(place.latest),
    }
    line.fact, line.errors = long_format.read(long_format.Row(0, told | cells), place)
    if line.fact:
        line.doubts += entering.doubts_of(line.fact, line.values)


def cells_of(line: Line) -> dict[str, str] | None:
    """Return the line as cells of the long format; None while nothing is said, or nothing can be read."""
    value, state = line.texts["value"].strip(), line.texts["state"]
    if not value and not state:
        return cells_of_open_line(line)
    try:
        numeral = numerals.read(value, unit=line.definition.unit)
    except numerals.NumeralError as error:
        line.errors["value"] = f"{str(error).rstrip('。')}。"
        return None
    judge(line, numeral)
    if line.stored and numeral.value is not None and numeral.value == line.stored.value:
        return cells_with(line, **parts_of(line.stored))
    return cells_with(line)


def judge(line: Line, numeral: numerals.Numeral) -> None:
    """Bring a number, word or sign together with the reason that was chosen beside it."""
    state = line.texts["state"]
    line.sign = numeral.sign
    if state and numeral.value is not None:
        line.errors["state"] = BOTH
    elif numeral.sign and not state:
        line.errors["value"] = WHICH.format(sign=numeral.sign)
    elif numeral.state and not state:
        line.texts["state"] = numeral.state


def cells_of_open_line(line: Line) -> dict[str, str] | None:
    """Nothing typed touches no value; what else is written belongs to the value that is stored."""
    if line.stored is None:
        if line.texts["note"].strip() or line.texts["as_of"].strip():
            line.errors["value"] = NO_VALUE
        return None
    if line.stored.value is None and line.stored.state in REASONS:
        line.doubts.append(KEPT)
        return cells_with(line, state=line.stored.state)
    if line.stored.value is None:
        return None
    line.doubts.append(KEPT)
    return cells_with(line, value=f"{line.stored.value:f}", **parts_of(line.stored))


def cells_with(line: Line, **more: str) -> dict[str, str]:
    state = line.texts["state"]
    value = "" if state else line.texts["value"]
    return line.texts | {"state": state, "value": value} | more


def parts_of(row: Measurement) -> dict[str, str]:
    """The parts of a value that stays are its parts still."""
    parts = {"numerator": row.numerator, "denominator": row.denominator}
    return {name: f"{part:f}" for name, part in parts.items() if part is not None}
