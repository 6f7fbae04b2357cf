"""Many values of a statistic at once, past the models: one INSERT takes thousands of them out of JSON or arrays.

For published values alone. They belong to no municipality: the fence is not about them. What is
written was checked cell by cell before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from indicators.intake.extracting import blocks
from indicators.intake.layouts.beside import Beside, beside_of
from indicators.models import PublishedValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.intake.extracting.blocks import Line
    from indicators.models import Dataset

# As a row of `blocks.Line` gives them, with what PostgreSQL takes an array of them for.
COLUMNS = {
    "definition_id": "bigint",
    "place_kind": "varchar",
    "place_code": "varchar",
    "fiscal_year": "integer",
    "value": "numeric",
    "state": "varchar",
}
BATCH = 500
EMPTY = {"finality": "''"}
TOLD = ("value", "state", *Beside._fields)
ONCE = ("place_code", "definition_id", "fiscal_year", "place_kind", "dataset_id")
PARTS = ", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())
OF_ARRAYS = f"SELECT *, %s FROM unnest({PARTS})"  # noqa: S608 -- names of types
# SQLite has no arrays. An INSERT for each row would cost it twice as much.
OF_JSON = f"""
    WITH shape AS MATERIALIZED (
        SELECT one.key AS number, definition.key AS place,
            definition.value AS definition, year.value AS year
        FROM json_each(%s) one, json_each(one.value, '$[0]') definition,
            json_each(one.value, '$[1]') year
        WHERE year.key = definition.key
    ), line AS MATERIALIZED (
        SELECT json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS code,
            json_extract(value, '$[2]') AS shape, json_extract(value, '$[3]') AS told
        FROM json_each(%s)
    )
    SELECT shape.definition, line.kind, line.code, shape.year,
        CASE WHEN one.value IN ({blocks.STATES_LISTED}) THEN NULL ELSE one.value END,
        CASE WHEN one.value IN ({blocks.STATES_LISTED}) THEN one.value ELSE '{blocks.VALUE}' END,
        %s
    FROM line CROSS JOIN json_each(line.told) one
    CROSS JOIN shape ON shape.number = line.shape AND shape.place = one.key
    WHERE TRUE"""  # noqa: S608 -- words of our own


def publish(lines: Iterable[Line], dataset: Dataset) -> None:
    """Write what is new or changed into PublishedValue, within the caller's transaction."""
    is_postgresql = connection.vendor == "postgresql"
    sql = insert(OF_ARRAYS if is_postgresql else OF_JSON)
    with connection.cursor() as cursor:
        for whole in blocks.parts(line.writes for line in lines):
            publish_beside(whole, dataset)
            part = [line.alone for line in whole]
            if is_postgresql:
                cursor.execute(sql, [dataset.pk, *arrays(part)])
            else:
                cursor.execute(sql, [*blocks.as_json(part), dataset.pk])


def publish_beside(lines: Iterable[Line], dataset: Dataset) -> None:
    """Write the values that come with something beside them."""
    rows = [
        PublishedValue(
            dataset=dataset,
            definition_id=definition,
            place_kind=line.kind,
            place_code=line.code,
            fiscal_year=year,
            value=said[0],
            state=said[1],
            **beside_of(said)._asdict(),
        )
        for line in lines
        for definition, year, said in line.with_beside()
    ]
    PublishedValue.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=ONCE,
        update_fields=TOLD,
    )


def arrays(lines: Iterable[Line]) -> list[list[object]]:
    """Return one list for each column; empty ones where every value has something beside it."""
    rows = [row for line in lines for row in line.rows()]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in COLUMNS]


def insert(source: str) -> str:
    columns, once = (", ".join(map(quoted, names)) for names in (COLUMNS, ONCE))
    # What was told beside a value that changes was about the value before.
    gone = ", ".join(f"{quoted(name)} = {EMPTY.get(name, 'NULL')}" for name in Beside._fields)
    return (
        f"INSERT INTO {quoted(PublishedValue._meta.db_table)} ({columns}, dataset_id) {source}"
        f" ON CONFLICT ({once}) DO UPDATE SET value = EXCLUDED.value, state = EXCLUDED.state, {gone}"
    )


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
