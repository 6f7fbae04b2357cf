"""Whether anything published has changed: marks that the database writes by triggers, whoever changes a row and how.

A mark is random and never comes back: neither after a rollback nor out of a backup. It is written in
the transaction that changes the rows. Where a table has no mark, nothing may be remembered
(docs/adr/0047).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate

from indicators.models import TableMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper

# What a comparison is made of, by labels of models: a test holds this against the statements of the page.
MARKED = (
    "indicators.Dataset",
    "indicators.Definition",
    "indicators.PrefectureDefinition",
    "indicators.PublishedValue",
    "indicators.SubmittedValue",
    "municipalities.MedicalArea",
    "municipalities.MedicalAreaMember",
    "municipalities.Municipality",
    "municipalities.Prefecture",
)
Marks = tuple[tuple[str, str], ...]
CHANGES = ("insert", "update", "delete")
FUNCTION = "published_table_changed"


def tables() -> tuple[str, ...]:
    return tuple(apps.get_model(label)._meta.db_table for label in MARKED)


def among(marks: Marks, labels: Iterable[str]) -> Marks:
    """Return those of the marks that belong to these models."""
    wanted = {apps.get_model(label)._meta.db_table for label in labels}
    return tuple(one for one in marks if one[0] in wanted)


def marks() -> Marks:
    """Return the mark of every table, in one query; nothing unless all of them have one."""
    found = dict(TableMark.objects.order_by().values_list("table", "mark"))
    wanted = tables()
    return tuple((name, found[name]) for name in wanted) if found.keys() >= {*wanted} else ()


def connect(config: AppConfig) -> None:
    """Put the triggers on after every migrate. Django tells of it by signals only."""
    pre_migrate.connect(before_migrate, sender=config)
    post_migrate.connect(after_migrate, sender=config)


def before_migrate(*, using: str, **_: Any) -> None:
    if _has_marks(using):
        take_off(using)


def after_migrate(*, using: str, **_: Any) -> None:
    if _has_marks(using):
        put_on(using)


def _has_marks(using: str) -> bool:
    """Say whether the tables are there: an app may have been migrated back."""
    return {TableMark._meta.db_table, *tables()} <= {
        *connections[using].introspection.table_names()
    }


def take_off(using: str = "default") -> None:
    """Forget all marks; on SQLite drop the triggers too, which would stand in the way of altering a table."""
    TableMark.objects.using(using).all().delete()
    if connections[using].vendor == "sqlite":
        _run(using, (_dropped(table, change) for table in tables() for change in CHANGES))


def put_on(using: str = "default") -> None:
    """Let the database mark every change from now on, and begin with fresh marks. Safe to repeat."""
    connection = connections[using]
    told = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    _run(using, told(connection))
    rows = TableMark.objects.using(using)
    with transaction.atomic(using=using):
        rows.all().delete()
        rows.bulk_create(TableMark(table=name, mark=str(uuid.uuid4())) for name in tables())


def _on_postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """One trigger for a statement however many rows it changes; TRUNCATE too."""
    marks_table = connection.ops.quote_name(TableMark._meta.db_table)
    column = connection.ops.quote_name("table")
    yield (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608 -- names of tables
        f"UPDATE {marks_table} SET mark = gen_random_uuid()::text WHERE {column} = TG_TABLE_NAME; "
        "RETURN NULL; END $$"
    )
    for table in tables():
        yield (
            f"CREATE OR REPLACE TRIGGER {_trigger(table)} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON {connection.ops.quote_name(table)} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        )


def _on_sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """One trigger for each kind of change, for each row: SQLite knows no other."""
    marks_table = connection.ops.quote_name(TableMark._meta.db_table)
    for table in tables():
        for change in CHANGES:
            yield _dropped(table, change)
            yield (
                f"CREATE TRIGGER {_trigger(table)}_{change} AFTER {change} "  # noqa: S608 -- names of tables
                f"ON {connection.ops.quote_name(table)} BEGIN UPDATE {marks_table} "
                f"SET mark = lower(hex(randomblob(16))) WHERE \"table\" = '{table}'; END"
            )


def _dropped(table: str, change: str) -> str:
    return f"DROP TRIGGER IF EXISTS {_trigger(table)}_{change}"


def _trigger(table: str) -> str:
    return f"marked_{table}"


def _run(using: str, statements: Iterator[str]) -> None:
    with connections[using].cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
