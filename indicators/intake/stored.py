"""What is stored of a statistic that a file may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.intake.beside import Beside, with_beside
from indicators.models import Dataset, PublishedValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.intake.comparing import Said
    from indicators.intake.layout import Layout
    from indicators.models import StatisticsUpload

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
    title = layout.title or upload.file_name
    owned = Dataset.objects.filter(prefecture=upload.prefecture, fingerprint="")
    return owned.filter(title=title).first()


def values(
    dataset: Dataset | None, years: Iterable[int]
) -> dict[tuple[str, str], dict[tuple[int, int], Said]]:
    """Return the values of a statistic in some years, by place, then by definition and year."""
    found: dict[tuple[str, str], dict[tuple[int, int], Said]] = {}
    if dataset is None:
        return found
    rows = PublishedValue.objects.filter(dataset=dataset, fiscal_year__in=set(years)).order_by()
    for kind, code, definition, year, value, state, *told in rows.values_list(*COLUMNS):
        said = with_beside((value, state), Beside(*told))
        found.setdefault((kind, code), {})[definition, year] = said
    return found
