"""The published values of a file as a tutorial writes them: `executemany` into the same table, in one transaction."""

from collections.abc import Sequence

from django.db import connection, transaction

COLUMNS = ("definition_id", "place_kind", "place_code", "fiscal_year", "value", "state")
SQL = (
    f"INSERT INTO indicators_publishedvalue ({', '.join(COLUMNS)}, dataset_id)"
    f" VALUES ({', '.join(['%s'] * (len(COLUMNS) + 1))})"
)


def insert(rows: Sequence[tuple], dataset: int) -> None:
    """Write rows that are in memory already; nothing of them is checked."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(SQL, [(*row, dataset) for row in rows])
