"""Many rows of statistics at once, past the models: COPY into PostgreSQL, `executemany` into SQLite.

For the tables named here alone. They belong to no municipality: neither the fence nor row-level
security, which COPY would pass by, is about them. What is written was checked cell by cell before.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from indicators.choices import StagedDeed
from indicators.models import PublishedValue, StagedValue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from indicators.models import Dataset, StatisticsUpload

VALUES = ("definition_id", "place_kind", "place_code", "fiscal_year", "value", "state")
ONCE = ("place_code", "definition_id", "fiscal_year", "place_kind", "dataset_id")


class Staged(NamedTuple):
    """A row of StagedValue, in the order of its columns."""

    upload_id: int
    definition_id: int
    place_kind: str
    place_code: str
    fiscal_year: int
    value: Decimal | None
    state: str
    deed: str
    found_value: Decimal | None
    found_state: str
    row: int
    column: int


def stage(rows: Sequence[Staged]) -> None:
    """Insert rows into StagedValue within the caller's transaction."""
    table = quoted(StagedValue._meta.db_table)
    columns = ", ".join(map(quoted, Staged._fields))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(written(rows)))
        else:
            places = ", ".join(["%s"] * len(Staged._fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 -- names of columns
                rows,
            )


def written(rows: Sequence[Staged]) -> str:
    r"""Return rows in COPY's text form; codes, words and numbers hold neither tabs nor backslashes."""
    return "".join(
        "\t".join("\\N" if one is None else str(one) for one in row) + "\n" for row in rows
    )


def publish(upload: StatisticsUpload, dataset: Dataset) -> None:
    """Write what is new or changed of a file's staged values into PublishedValue, in one statement."""
    columns, once = (", ".join(map(quoted, names)) for names in (VALUES, ONCE))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quoted(PublishedValue._meta.db_table)} ({columns}, dataset_id)"  # noqa: S608 -- names of columns
            f" SELECT {columns}, %s FROM {quoted(StagedValue._meta.db_table)}"
            " WHERE upload_id = %s AND deed <> %s"
            f" ON CONFLICT ({once}) DO UPDATE SET value = EXCLUDED.value, state = EXCLUDED.state",
            [dataset.pk, upload.pk, StagedDeed.SAME.value],
        )


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
