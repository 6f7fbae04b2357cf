"""The entry grid: one line for each indicator of the year, with what is stored, and what somebody has typed into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators.arithmetic import accumulating, periods, warnings
from indicators.arithmetic.printing import printed
from indicators.choices import Finality, ValueState
from indicators.entering import asking, entering
from indicators.measurements import told_with
from indicators.measurements.values import standing, unsettled
from indicators.models import Indicator, IndicatorUse, Measurement
from indicators.publishing import quoted
from municipalities.japanese import dates, fiscal, numerals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.long_format import Fact
    from indicators.publishing.quoted import Quoted
    from municipalities.models import Cycle

# What people write in a line, by the beginning of its name in the form; the rest of the name is the line's.
FIELDS = ("value", "state", "as_of", "finality", "source", "note")
# What was found about a strange value; asked only where one is.
CHECKED = entering.CHECKED
# The box of a line that keeps what was saved meanwhile.
THEIRS = "theirs-"
# Why a value may be missing; whoever has a value leaves this open.
REASONS = (ValueState.NOT_APPLICABLE, ValueState.UNKNOWN, ValueState.SUPPRESSED)
# The years before that stand beside this one's; a block of several years is pasted into them.
YEARS_BEFORE = 2


@dataclass(slots=True)
class Line:
    """One indicator in one year: `texts` is what stands in the fields, `base` which version of which value they
    were read from. `before` holds the years before into which somebody has typed.
    """

    key: str
    year: int
    definition: Any
    scene: str
    values: list[Measurement]
    # What the statistics tell that values name as their source.
    quoted: Quoted
    stored: Measurement | None
    texts: dict[str, str]
    base: str
    earlier: tuple[Measurement | None, ...] = ()
    is_before: bool = False
    is_to_check: bool = False
    before: list[Line] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    # What is to be known, and what is to be checked: only of the latter somebody says what was found.
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)
    # In a sentence, the parts that do not go with the number that was typed.
    loses_parts: str = ""
    # The sign (－ … x) that was typed, and the reason that a typed word names.
    sign: str = ""
    word: str = ""
    theirs: str = ""
    # Who has saved it, and whether the box is ticked that keeps it.
    who: str = "別の画面で"
    keeps_theirs: bool = False
    fact: Fact | None = None

    @property
    def name(self) -> str:
        """The end of the names of its fields; no key has a point."""
        return f"{self.key}.{self.year}" if self.is_before else self.key

    @property
    def first_error(self) -> str:
        """The id of the field to go to first."""
        column = "value" if self.is_before else next(iter(self.errors), "value")
        return f"{column}-{self.name}"

    @property
    def year_label(self) -> str:
        return fiscal.label(self.year)

    @property
    def base_key(self) -> str:
        return self.base.partition(":")[0]

    @property
    def is_composed(self) -> bool:
        """Computed from months, quarters or areas: not typed here."""
        return self.stored is not None and bool(self.stored.composed_of)

    @property
    def changes_final(self) -> bool:
        """Whether it would change what was said to be final of a year before."""
        if not self.is_before or self.fact is None or self.stored is None:
            return False
        told, stored = ((one.value, one.state) for one in (self.fact, self.stored))
        return self.stored.finality == Finality.FINAL and told != stored

    @property
    def misquotes(self) -> str:
        """Return in a sentence that the statistic which is named as the source tells another number."""
        this = self.fact or self.stored
        if not self.quoted or this is None or self.errors:
            return ""
        words = quoted.OTHERWISE_BEFORE if self.is_before else quoted.OTHERWISE
        found = quoted.of_source(self.definition, this, self.quoted, words=words)
        return "".join(one.message for one in found)

    @property
    def is_doubtful(self) -> bool:
        """Whether something is strange and nobody has said why."""
        return bool(self.doubts) and not self.checked.get("checked_as")

    @property
    def of_year(self) -> list[Measurement]:
        """The values of the line's year, of every source."""
        return [one for one in self.values if one.fiscal_year == self.year]

    def keyed(self, key: str) -> Measurement | None:
        """Return the value of the line's year with this key."""
        return next((one for one in self.of_year if one.key == key), None) if key else None

    def sourced(self, source: str) -> Measurement | None:
        """Return the value of the line's year with this source."""
        return next((one for one in self.of_year if one.source == source), None)


def of(cycle: Cycle, *, is_shown: bool = True) -> list[Line]:
    """Return the lines of a year in its order, in five queries; in two without what is only shown."""
    followed = told_with.versions(
        Indicator.objects.filter(cycle=cycle)
        .select_related("definition", "own_definition")
        .order_by("position", "pk")
    )
    values: dict[str, list[Measurement]] = {one.code: [] for one in followed}
    known = Measurement.objects.filter(code__in=values, fiscal_year__lte=cycle.fiscal_year)
    for value in known.order_by("fiscal_year", "updated_at", "pk"):
        values[value.code].append(value)
    scenes = scenes_of(cycle) if is_shown else {}
    told = told_by_statistics(cycle, values) if is_shown else {}
    return [
        line_of(one, values[one.code], cycle.fiscal_year, scene=scenes.get(one.pk, ""), told=told)
        for one in followed
    ]


def told_by_statistics(cycle: Cycle, codes: Iterable[str]) -> Quoted:
    """Return what statistics tell of the indicators in the years of the grid."""
    year = cycle.fiscal_year
    return quoted.statistics(cycle.municipality, codes, since=year - YEARS_BEFORE, until=year)


def every(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, each after the years before it that were typed."""
    return chain.from_iterable((*line.before, line) for line in lines)


def scenes_of(cycle: Cycle) -> dict[int, str]:
    """Return in words what each indicator is used for first."""
    uses = IndicatorUse.objects.filter(cycle=cycle).select_related("outcome")
    return {use.indicator_id: use.outcome.subject for use in uses.order_by("-position", "-pk")}


def line_of(
    indicator: Indicator, values: list[Measurement], year: int, *, scene: str, told: Quoted
) -> Line:
    # Of several sources the one stands in the fields that every page shows.
    stands = standing(one for one in values if one.fiscal_year >= year - YEARS_BEFORE)
    stored = stands.get(year)
    # A statistic that tells nothing of this year is no source of what is typed.
    statistics = {title for _, _, title in told}
    own = [one.source for one in values if one.source not in statistics]
    source = stored.source if stored else own[-1] if own else ""
    return Line(
        key=indicator.key,
        year=year,
        definition=indicator.defined_by,
        scene=scene,
        values=values,
        quoted=told,
        stored=stored,
        earlier=tuple(stands.get(year - back) for back in range(YEARS_BEFORE, 0, -1)),
        is_to_check=indicator.is_to_check,
        texts=texts_of(stored) if stored else blank_texts(source, indicator.defined_by, year),
        base=base_of(stored),
        checked=checked_of(stored),
    )


def beside(line: Line, shown: Measurement | None) -> str:
    """Return what is to be known of a year before: that its value is not the last word, or which of several it is."""
    if shown is None:
        return ""
    return "。".join(filter(None, (unsettled(shown), chosen_of(line, shown))))


def chosen_of(line: Line, shown: Measurement) -> str:
    """Return whose value is shown of a year that another source tells differently; what is typed there changes that one."""
    told = (shown.value, shown.state)
    of_year = (one for one in line.values if one.fiscal_year == shown.fiscal_year)
    if all((one.value, one.state) == told for one in of_year):
        return ""
    return f"採用した値（{shown.source}）" if shown.is_official else f"出典：{shown.source}"


def in_words(line: Line, value: Measurement | None) -> str:
    if value is None:
        return ""
    definition = line.definition
    decimals = accumulating.digits(definition, value.value)
    return printed(value.value, state=value.state, unit=definition.unit, decimals=decimals)


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


def blank_texts(source: str, definition: Any, year: int) -> dict[str, str]:
    """Return what stands in the fields of a new value."""
    finality = periods.usual_finality(definition, year, timezone.localdate())
    return dict.fromkeys(FIELDS, "") | {"finality": finality.value, "source": source}


def checked_of(row: Measurement | None) -> dict[str, str]:
    return {name: getattr(row, name) if row else "" for name in CHECKED}


def look_at(lines: Iterable[Line]) -> None:
    """Ask about what is stored; what was typed is read, and asked about, by `read`."""
    today = timezone.localdate()
    for line in lines:
        if line.stored and line.fact is None and not line.errors:
            line.doubts = asking.doubts_of(line.definition, line.stored, line.values)
            line.remarks += of_period(line.definition, line.stored, today)


def of_period(definition: Any, this: Any, today: dt.date) -> list[str]:
    """Return what is to be known of a value that is called final while its year lasts."""
    return [one.message for one in warnings.of_period(definition, this, today)]


def typed_into(lines: Iterable[Line], typed: Mapping[str, str]) -> None:
    """Put what was typed in place of what is stored; a line that the form did not hold stays."""
    for line in lines:
        if f"value-{line.key}" not in typed or line.is_composed:
            continue
        line.texts = {name: typed.get(f"{name}-{line.key}", "") for name in FIELDS}
        line.base = typed.get(f"base-{line.key}", "")
        line.stored = line.keyed(line.base_key)
        told = {name: typed.get(f"{name}-{line.key}") for name in CHECKED}
        # Where nothing was asked, nothing is answered.
        line.checked = {name: text.strip() for name, text in told.items() if text is not None}
        line.keeps_theirs = f"{THEIRS}{line.name}" in typed
        line.before = list(years_before(line, typed))


def years_before(line: Line, typed: Mapping[str, str]) -> Iterator[Line]:
    """Yield the years before into which a number was typed: all else of them stays as it is stored."""
    for shown, year in zip(line.earlier, range(line.year - YEARS_BEFORE, line.year), strict=True):
        name = f"{line.key}.{year}"
        if f"value-{name}" not in typed:
            continue
        texts = (
            texts_of(shown) if shown else blank_texts(line.texts["source"], line.definition, year)
        )
        before = Line(
            key=line.key,
            year=year,
            definition=line.definition,
            scene=line.scene,
            values=line.values,
            quoted=line.quoted,
            stored=None,
            texts=texts | {"value": typed[f"value-{name}"], "state": ""},
            base=typed.get(f"base-{name}", ""),
            is_before=True,
            keeps_theirs=f"{THEIRS}{name}" in typed,
        )
        before.stored = before.keyed(before.base_key)
        yield before
