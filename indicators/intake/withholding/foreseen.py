"""What taking a file in as not public would hide, told before anybody presses: counted while the file is checked.

The same arithmetic as `withholding`, on the values as they would stand: those of the statistic with the staged ones in
their places. A file taken in meanwhile may change it; what was hidden in the end is told with the file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.arithmetic.printing import in_full
from indicators.choices import ValueKind, ValueState
from indicators.disclosure.values import is_small
from indicators.intake.extracting import blocks
from indicators.intake.layouts.beside import beside_of
from indicators.intake.withholding import withholding
from indicators.intake.withholding.withholding import MOST_HIDDEN, TINY, Row, as_value
from indicators.models import Definition, DoubtfulCell, FileDoubt
from indicators.publishing.own_submitted import POPULATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.disclosure.values import Value
    from indicators.intake.extracting.blocks import Line
    from indicators.intake.withholding.withholding import Place
    from indicators.models import Dataset, StatisticsUpload

    # Definition, kind and code of the place, fiscal year.
    Key = tuple[int, str, str, int]

SHOWN = 30
# What protects a small number is looked for among all places of its column. So many pairs take some five seconds of the
# worker (measured: 90,000 pairs of 189 places and 5 columns take one); above that it is told afterwards.
MOST = 500_000
# As they are kept with the file, beside what is asked about its values.
OWN, FOR_OTHERS = "withheld", "withheld_for_others"
CODES = (OWN, FOR_OTHERS)
SMALL = "少ない人数か、人数の分からない割合"
FEW_LIVE = "市町村の人口が少ないため"
BESIDE_SMALL = "同じ地域の少ない人数が、この値から分かるため"
BESIDE_OTHERS = "ほかの地域の少ない人数が、合計からの差し引きで分かるため"


class Hidden(NamedTuple):
    """One value that would be hidden, and why in words."""

    code: str
    place_kind: str
    place_code: str
    definition: Definition
    fiscal_year: int
    text: str
    why: str


class Foreseen(NamedTuple):
    """How many values of the statistic would be hidden, how many of them only for other places, and the first ones."""

    hidden: int
    for_others: int
    first: tuple[Hidden, ...] = ()


def of(lines: Iterable[Line], dataset: Dataset | None) -> Foreseen | None:
    """Return what a file would hide; None where it takes too long to say, or tells nothing of people. ≤ 12 queries."""
    people = withholding.people_counted()
    lines = list(lines)
    rows = rows_after(lines, dataset, people)
    if not rows:
        return None
    populations = populations_after(lines, rows)
    pairs = pairs_of(rows, people, populations)
    if pairs > MOST:
        return None
    if not pairs:
        return Foreseen(0, 0)
    before = withholding.told_before(dataset, people)
    withholding.take_in_elsewhere(before, dataset, rows, people)
    own, hidden = withholding.hidden_keys(rows, people, before, populations)
    told = [row for row in rows if str(row.pk) in hidden][:SHOWN]
    first = (in_words(row, people, populations, own) for row in told)
    return Foreseen(len(hidden), len(hidden - own), tuple(first))


def keep(upload: StatisticsUpload, found: Foreseen) -> None:
    """Keep with a file what it would hide: both counts, zeros too, and the first values."""
    counts = {OWN: found.hidden - found.for_others, FOR_OTHERS: found.for_others}
    kept = {
        code: FileDoubt.objects.create(upload=upload, code=code, count=count)
        for code, count in counts.items()
    }
    DoubtfulCell.objects.bulk_create(
        DoubtfulCell(
            doubt=kept[one.code],
            definition=one.definition,
            place_kind=one.place_kind,
            place_code=one.place_code,
            fiscal_year=one.fiscal_year,
            row=0,
            column=0,
            text=one.text[:100],
            message=one.why,
        )
        for one in found.first
    )


def kept_with(upload: StatisticsUpload) -> dict[str, Any]:
    """Return what is kept with a file: how many values in all, and how many for others; nothing where it was not said."""
    counts = {one.code: one.count for one in upload.doubts.all()}
    if OWN not in counts:
        return {}
    cells = DoubtfulCell.objects.filter(doubt__upload=upload, doubt__code__in=CODES)
    return {
        "count": counts[OWN] + counts[FOR_OTHERS],
        "for_others": counts[FOR_OTHERS],
        "first": cells.select_related("definition").order_by("pk"),
    }


def rows_after(
    lines: Iterable[Line], dataset: Dataset | None, people: Mapping[int, Definition]
) -> list[Row]:
    """Return the numbers of people as they would stand, each with a number of its own."""
    found: dict[Key, Row] = {}
    if dataset is not None:
        stored = withholding.rows_of(dataset, people) + withholding.rows_behind(dataset, people)
        found = {row[1:5]: row for row in stored}
    for key, row in staged(lines, people):
        if row is None:
            found.pop(key, None)
        else:
            found[key] = row
    return [row._replace(pk=number) for number, row in enumerate(found.values())]


def staged(lines: Iterable[Line], wanted: Mapping[int, object]) -> Iterator[tuple[Key, Row | None]]:
    """Yield what a file writes of these definitions; None for what is no number."""
    for line in lines:
        if wanted.keys().isdisjoint(line.definitions):
            continue
        new = line.writes
        for definition, year, text in zip(new.definitions, new.years, new.values, strict=True):
            if definition in wanted:
                key = definition, line.kind, line.code, year
                said = blocks.said_of(text)
                told = beside_of(said)
                is_number = said[1] == ValueState.VALUE
                row = Row(0, *key, said[0], told.numerator, told.denominator)
                yield key, row if is_number else None


def populations_after(lines: Iterable[Line], rows: Iterable[Row]) -> dict[Place, int]:
    """Return how many live at the places: as it is published, and by the file where that is newer."""
    found = withholding.populations_told({row.place for row in rows})
    wanted = dict(Definition.objects.filter(code__in=POPULATIONS).values_list("pk", "code"))
    for (_, kind, code, year), row in staged(lines, wanted):
        if row is not None and year >= found.get((kind, code), (0, 0))[0]:
            found[kind, code] = year, int(row.value)
    return {place: number for place, (_, number) in found.items()}


def pairs_of(
    rows: Iterable[Row], people: Mapping[int, Definition], populations: Mapping[Place, int]
) -> int:
    """Return how often a place is held against another one: of each column what may be small times all of it."""
    every, small = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for row in rows:
        column = row.definition_id, row.fiscal_year
        every[column] += 1
        small[column] += may_be_small(row, people, populations)
    return sum(count * every[column] for column, count in small.items())


def may_be_small(
    row: Row, people: Mapping[int, Definition], populations: Mapping[Place, int]
) -> bool:
    """Say whether a number asks for the closer look: the same question as `withholding.may_hide_any`."""
    is_count = people[row.definition_id].value_kind == ValueKind.COUNT
    return not is_count or abs(row.value) < MOST_HIDDEN or populations.get(row.place, TINY) < TINY


def why_own(value: Value, population: int | None) -> str:
    """Return why a value is hidden for its own place: what it counts, how few live there, or what it would tell."""
    if not is_small(value, population):
        return BESIDE_SMALL
    # What a larger town would show is hidden for the small population alone.
    return SMALL if population is None or is_small(value, TINY) else FEW_LIVE


def in_words(
    row: Row, people: Mapping[int, Definition], populations: Mapping[Place, int], own: set[str]
) -> Hidden:
    definition = people[row.definition_id]
    why, code = BESIDE_OTHERS, FOR_OTHERS
    if str(row.pk) in own:
        why, code = why_own(as_value(definition, row), populations.get(row.place)), OWN
    text = in_full(
        row.value, state=ValueState.VALUE, unit=definition.unit, decimals=definition.decimals
    )
    return Hidden(code, row.place_kind, row.place_code, definition, row.fiscal_year, text, why)
