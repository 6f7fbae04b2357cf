"""What is stored of a statistic that a file may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import Finality, ValueState
from indicators.intake.comparing.doubting import YEARS_BACK, Published
from indicators.intake.layouts.beside import Beside, with_beside
from indicators.models import Dataset, PublishedValue, WithheldValue
from indicators.publishing import taking_over

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from indicators.intake.comparing.comparing import Said
    from indicators.intake.extracting.extracted import Extracted
    from indicators.intake.layouts.layout import Layout
    from indicators.models import Definition, StagedValue, StatisticsUpload

COLUMNS = (
    "place_kind",
    "place_code",
    "definition_id",
    "fiscal_year",
    "value",
    "state",
    *Beside._fields,
)


def dataset_of(upload: StatisticsUpload, layout: Layout) -> Dataset | None:
    """Return the statistic that this owner has brought in under this title before, or None."""
    return of_title(upload, layout.title)


def dataset_named(upload: StatisticsUpload) -> Dataset | None:
    """Return the same by the layout that is kept with the file."""
    return of_title(upload, upload.layout.title if upload.layout else "")


def of_title(upload: StatisticsUpload, title: str) -> Dataset | None:
    owned = Dataset.objects.filter(prefecture=upload.prefecture, fingerprint="")
    return owned.filter(title=title or upload.file_name).first()


def values(
    dataset: Dataset | None, years: Iterable[int]
) -> dict[tuple[str, str], dict[tuple[int, int], Said]]:
    """Return the values of a statistic in some years, by place, then by definition and year; withheld ones as they are."""
    found: dict[tuple[str, str], dict[tuple[int, int], Said]] = {}
    if dataset is None:
        return found
    rows = PublishedValue.objects.filter(dataset=dataset, fiscal_year__in=set(years)).order_by()
    for kind, code, definition, year, value, state, *told in rows.values_list(*COLUMNS):
        said = with_beside((value, state), Beside(*told))
        found.setdefault((kind, code), {})[definition, year] = said
    behind = WithheldValue.objects.filter(dataset=dataset, fiscal_year__in=set(years)).order_by()
    names = [name for name in COLUMNS if name != "state"]
    for kind, code, definition, year, value, *told in behind.values_list(*names):
        said = with_beside((value, ValueState.VALUE.value), Beside(*told))
        found.setdefault((kind, code), {})[definition, year] = said
    return found


def told_now(dataset: Dataset | None, rows: Collection[StagedValue]) -> dict[int, Beside]:
    """Return, by key, what is stored beside the numbers that staged values have found. One query; withheld ones too."""
    changed = {
        (*key_of(row), row.found_value): row.pk for row in rows if row.found_value is not None
    }
    if dataset is None or not changed:
        return {}
    names = ("definition_id", "place_kind", "place_code", "fiscal_year", "value", *Beside._fields)
    definitions, _, codes, years, _ = map(set, zip(*changed, strict=True))
    told, behind = (
        model.objects.filter(
            dataset=dataset,
            definition__in=definitions,
            place_code__in=codes,
            fiscal_year__in=years,
            value__isnull=False,
        )
        .order_by()
        .values_list(*names)
        for model in (PublishedValue, WithheldValue)
    )
    size = len(names) - len(Beside._fields)
    return {
        changed[row[:size]]: Beside(*row[size:])
        for row in told.union(behind)
        if row[:size] in changed
    }


def key_of(row: PublishedValue | WithheldValue | StagedValue) -> tuple[int, str, str, int]:
    """Return what tells the values of one statistic apart."""
    return row.definition_id, row.place_kind, row.place_code, row.fiscal_year


def published_beside(
    taken: Extracted, dataset: Dataset | None, definitions: Mapping[str, Definition], title: str
) -> Published:
    """Return what is published beside a file: of the years before it, and of its own years by other statistics.

    `title`: the name of its own statistic, known or new. One query, and one for the names of the statistics.
    """
    found = Published(finality=taking_over.finality(title))
    columns = set().union(*taken.table.values())
    if not columns:
        return found
    years = {year for _, year in columns}
    codes = {definitions[indicator].pk: indicator for indicator, _ in columns}
    rows = PublishedValue.objects.filter(
        definition__in=codes,
        place_code__in={code for _, code in taken.table},
        fiscal_year__range=(min(years) - YEARS_BACK, max(years)),
        state=ValueState.VALUE,
    ).order_by()
    own = dataset.pk if dataset else 0
    names = ("dataset", "place_kind", "place_code", "definition", "fiscal_year", "value")
    told = [*rows.exclude(dataset=own, fiscal_year__gte=min(years)).values_list(*names, "finality")]
    pks = {one for one, *_, year, _, _ in told if year >= min(years)}
    if pks:
        found.titles = dict(Dataset.objects.filter(pk__in=pks).values_list("pk", "title"))
    by_name = {pk: taking_over.finality(one) for pk, one in found.titles.items()}

    def speaks(row: tuple[Any, ...]) -> tuple[bool, bool, int]:
        """Of the years before, its own statistic speaks before others; of its own years, one that is 確定."""
        return row[0] == own, (row[-1] or by_name.get(row[0])) == Finality.FINAL, row[0]

    for row in sorted(told, key=speaks):
        one, kind, code, definition, year, value, _ = row
        place, column = (kind, code), (codes[definition], year)
        if year < min(years):
            found.earlier.setdefault(place, {})[column] = value
        else:
            found.others.setdefault(place, {})[column] = value, one
            _, is_final, _ = speaks(row)
            (found.early.discard if is_final else found.early.add)((place, column))
    return found
