"""Row-level security on PostgreSQL: the second wall, behind the fence and fed by its context variable.

Every statement carries the municipality it runs within, so there is no request-wide transaction and
nothing stays on the connection (docs/adr/0010). On SQLite nothing of this is installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import NotSupportedError, connection, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from municipalities.fence.sharing import SharedTenantModel, SharePartner, names_in_sql
from municipalities.prefecture_tenancy import PrefectureModel, current_prefecture_or_none
from municipalities.tenancy import TenantModel, current_or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db import models
    from django.db.backends.base.base import BaseDatabaseWrapper

SETTING = "app.municipality"
PREFECTURE_SETTING = "app.prefecture"
POLICY = "municipality_wall"
SHARED_POLICY = "shared_wall"
# Without a municipality the setting is empty or absent, the array is NULL and no row passes.
HERE = f"ANY (string_to_array(nullif(current_setting('{SETTING}', true), ''), ',')::bigint[])"
CONDITION = f"municipality_id = {HERE}"
PREFECTURE_CONDITION = (
    f"prefecture_id = nullif(current_setting('{PREFECTURE_SETTING}', true), '')::bigint"
)
# Statements that touch no row behind a policy; some may not share an execute. One that is not named here is
# taken for one that does: inside a transaction a missing announcement would leave the one before in force.
ROWLESS = re.compile(
    r"""(?: \s | --[^\n]*\n | /\*.*?\*/ )*
    (?: abort | alter | analyze | begin | checkpoint | cluster | comment | commit | create | deallocate
      | discard | drop | end | grant | listen | lock | notify | reassign | reindex | release | reset
      | revoke | rollback | savepoint | set | show | start | truncate | unlisten | vacuum )\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def announce(
    execute: Callable,
    sql: Any,
    params: Any,
    many: bool,  # noqa: FBT001 -- Django's signature
    context: dict[str, Any],
) -> Any:
    """Send the municipality we are within and the statement in one execute.

    In autocommit both are one implicit transaction; inside atomic() the setting ends with it at the latest,
    and every later statement brings its own. Raises NotSupportedError for a server-side cursor.
    """
    if context["cursor"].name is not None:
        raise NotSupportedError(
            "A server-side cursor outlives the statement that it was opened for"
        )
    text = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
    if not ROWLESS.match(text):
        text = announcement() + text
    return execute(text, params, many, context)


def announcement() -> str:
    """Return the SQL that says where we are now; it holds digits and commas only, never a `%`."""
    keys = ",".join(f"{key:d}" for key in current_or_none())
    prefecture = current_prefecture_or_none()
    return (
        f"SELECT set_config('{SETTING}', '{keys}', true), "
        f"set_config('{PREFECTURE_SETTING}', '{prefecture or ''}', true); "
    )


@receiver(connection_created, dispatch_uid="municipalities.wall")
def put_before_every_statement(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Install announce() on a new PostgreSQL connection; a reconnected one has it already."""
    if connection.vendor == "postgresql" and announce not in connection.execute_wrappers:
        # In front: execute_wrapper() takes the last one off again.
        connection.execute_wrappers.insert(0, announce)


def fenced_tables() -> list[str]:
    """Return the names of the tables whose rows belong to a municipality or a prefecture."""
    return sorted(
        {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if issubclass(model, TenantModel | PrefectureModel) or _links_fenced_rows(model)
        }
    )


def _conditions(table: str) -> tuple[str, str]:
    """Return who may touch a row of this table, and who else may read it; the second may be empty.

    A table of partners is asked by its columns alone: its policy would ask itself again otherwise.
    """
    model: Any = next((one for one in apps.get_models() if one._meta.db_table == table), None)
    if model is not None and issubclass(model, PrefectureModel):
        return PREFECTURE_CONDITION, ""
    if model is None or not issubclass(model, SharedTenantModel):
        return CONDITION, ""
    if issubclass(model, SharePartner):
        return CONDITION, f"partner_id = {HERE}"
    partners, points, head = model.SHARED_BY
    beside, column = names_in_sql(partners, points, connection)
    own = _quoted(model._meta.pk.column if head == "pk" else head)
    shared = (
        f"EXISTS (SELECT FROM {beside} WHERE {beside}.{column} = {_quoted(table)}.{own}"
        f" AND {beside}.municipality_id = {_quoted(table)}.municipality_id"
        f" AND {beside}.partner_id = {HERE})"
    )
    return CONDITION, shared


def _links_fenced_rows(model: type[models.Model]) -> bool:
    """Tell whether this is the hidden table of a many-to-many field with a fenced end.

    It has no column that a policy could test, so it fails the check until it becomes a model of its own.
    """
    return bool(model._meta.auto_created) and any(
        field.is_relation and issubclass(field.related_model or object, TenantModel)
        for field in model._meta.concrete_fields
    )


def build(role: str | None = None) -> None:
    """Put every fenced table behind its policy and let `role` read and write rows. Safe to repeat.

    Runs as the owner of the tables. Tables that stand already are not locked.
    """
    for table in open_tables():
        with transaction.atomic():
            _run(_policy_on(table))
    if role is not None:
        _run(_grants(role))


def lift() -> None:
    """Let the owner, and nobody else, see all rows again: a data migration works on every town."""
    for table in fenced_tables():
        _run(f"ALTER TABLE IF EXISTS {_quoted(table)} NO FORCE ROW LEVEL SECURITY")


def open_tables() -> list[str]:
    """Return the fenced tables that do not stand behind exactly the policy of this release."""
    tables = fenced_tables()
    built = _as_built(tables)
    # Most tables want the same words: those are asked for once.
    wanted: dict[tuple[str, str], str] = {}
    for table in tables:
        conditions = _conditions(table)
        if conditions not in wanted:
            wanted[conditions] = _as_wanted(table, conditions)
    return [table for table in tables if built[table] != wanted[_conditions(table)]]


def faults_of(role: str) -> list[str]:
    """Return in words why the wall would not hold this role; empty when it would."""
    found = _ask(
        """
        SELECT rolsuper OR rolbypassrls OR EXISTS (
            SELECT FROM unnest(%s) AS fenced (name)
            JOIN pg_class ON pg_class.oid = to_regclass(quote_ident(fenced.name))
            WHERE pg_has_role(rolname, relowner, 'USAGE'))
        FROM pg_roles WHERE rolname = %s
        """,
        [fenced_tables(), role],
    )
    if not found:
        return [f"There is no role {role}."]
    if found[0][0]:
        return [f"Role {role} walks through: it is superuser, has BYPASSRLS or owns the tables."]
    return []


def _policy_on(table: str, conditions: tuple[str, str] | None = None) -> str:
    name = _quoted(table)
    own, shared = conditions or _conditions(table)
    sql = (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
        f"DROP POLICY IF EXISTS {POLICY} ON {name}; "
        f"DROP POLICY IF EXISTS {SHARED_POLICY} ON {name}; "
        f"CREATE POLICY {POLICY} ON {name} USING ({own}) WITH CHECK ({own})"
    )
    if shared:
        # Partners read; what they would write, the policy of the owner refuses.
        sql += f"; CREATE POLICY {SHARED_POLICY} ON {name} FOR SELECT USING ({shared})"
    return sql


def _grants(role: str) -> str:
    """Return the right to rows of every table there is; identity columns need none on their sequences."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = ", ".join(_quoted(name) for name in sorted(names))
    return f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {_quoted(role)}"


def _as_built(tables: Iterable[str]) -> dict[str, str]:
    """Return for each table how it is walled, in PostgreSQL's words; an absent table has none."""
    rows = _ask(
        """
        SELECT fenced.name, concat_ws(' ', relrowsecurity, relforcerowsecurity, ARRAY(
            SELECT concat_ws(' ', polname, polcmd, polpermissive, polroles,
                pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            FROM pg_policy WHERE polrelid = pg_class.oid ORDER BY polname))
        FROM unnest(%s) AS fenced (name)
        LEFT JOIN pg_class ON pg_class.oid = to_regclass(quote_ident(fenced.name))
        """,
        [list(tables)],
    )
    return dict(rows)


def _as_wanted(table: str, conditions: tuple[str, str]) -> str:
    """Return how PostgreSQL itself words the policies of a table, read from a sample that is gone again at once."""
    own, shared = conditions
    sample = "wall_sample"
    shared = shared.replace(f"{_quoted(table)}.", f"{_quoted(sample)}.")
    with transaction.atomic():
        _run(f"CREATE TEMPORARY TABLE {sample} (LIKE {_quoted(table)})")
        _run(_policy_on(sample, (own, shared)))
        wanted = _as_built([sample])[sample]
        _run(f"DROP TABLE {sample}")
    return wanted.replace(f"{sample}.", f"{table}.")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _ask(sql: str, params: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
