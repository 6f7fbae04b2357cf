"""How a statement carries the town it runs within: one execute, and the answer is the statement's own."""

import pytest
from django.core.management import CommandError, call_command
from django.db import NotSupportedError, connection
from psycopg2 import sql as composed

from municipalities.fence import wall
from municipalities.models import Cycle
from municipalities.tenancy import across

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="only PostgreSQL has row-level security: set DATABASE_URL=postgres://…",
)


@on_postgresql
def test_the_answer_is_that_of_the_statement_not_of_the_announcement(here):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'a%%c' LIKE %s AS same, 2 AS two", ["a%"])
        assert [column.name for column in cursor.description] == ["same", "two"]
        assert (cursor.rowcount, cursor.fetchall()) == (1, [(True, 2)])
        cursor.execute("SELECT '100%'")
        assert cursor.fetchone() == ("100%",)
        cursor.execute(composed.SQL("SELECT {}").format(composed.Literal("%s")))
        assert cursor.fetchone() == ("%s",)
        cursor.execute("SELECT current_setting(%s)", [wall.SETTING])
        assert cursor.fetchone() == (str(here.municipality.pk),)


@on_postgresql
def test_a_batch_announces_each_of_its_statements(here):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE batch (seen text, given text)")
        cursor.executemany(
            f"INSERT INTO batch VALUES (current_setting('{wall.SETTING}'), %s)",
            [["a"], ["b%"], ["c"]],
        )
        assert cursor.rowcount == 3
        cursor.execute("SELECT seen, given FROM batch ORDER BY given")
        assert cursor.fetchall() == [
            (str(here.municipality.pk), given) for given in ("a", "b%", "c")
        ]


@on_postgresql
def test_the_queries_of_the_house_work_announced(here, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Cycle.objects.count() == 1
    assert len(list(Cycle.objects.iterator(chunk_size=1))) == 1
    assert len(Cycle.objects.order_by().union(Cycle.objects.order_by(), all=True)) == 2
    assert "Scan" in Cycle.objects.explain()
    made = Cycle.objects.bulk_create([Cycle(fiscal_year=2030), Cycle(fiscal_year=2031)])
    assert all(row.pk for row in made)
    assert Cycle.objects.filter(fiscal_year__gte=2030).update(state="draft") == 2


@on_postgresql
def test_a_server_side_cursor_is_refused(db):
    handle = connection.copy()
    handle.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False
    try:
        with pytest.raises(NotSupportedError, match="outlives"), handle.chunked_cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        handle.close()


@on_postgresql
def test_a_connection_that_is_opened_again_announces_once(db):
    handle = connection.copy()
    try:
        handle.ensure_connection()
        handle.close()
        handle.ensure_connection()
        assert handle.execute_wrappers.count(wall.announce) == 1
    finally:
        handle.close()


@pytest.mark.parametrize(
    ("statement", "is_announced"),
    [
        ("SELECT 1", True),
        ("  (SELECT 1) UNION (SELECT 2)", True),
        ("-- a comment\nwith x as (select 1) select * from x", True),
        ("/* set */ DELETE FROM x", True),
        ("EXPLAIN ANALYZE SELECT 1", True),
        ("VALUES (1)", True),
        ("SETTLE", True),
        ("SAVEPOINT x", False),
        ("/* why */ ROLLBACK TO SAVEPOINT x", False),
        ("set constraints all immediate", False),
        ("CREATE INDEX CONCURRENTLY x ON y (z)", False),
        ("ALTER TABLE x ADD y int", False),
    ],
)
def test_only_statements_that_can_touch_rows_are_announced(statement, is_announced):
    assert (wall.ROWLESS.match(statement) is None) == is_announced


def test_the_announcement_holds_the_keys_of_now_and_nothing_to_interpolate():
    with across([7, 12]):
        assert wall.announcement() == (
            "SELECT set_config('app.municipality', '7,12', true), "
            "set_config('app.prefecture', '', true); "
        )
    assert "''" in wall.announcement()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="says what other databases do")
def test_another_database_has_no_wall_and_pays_nothing(db):
    assert wall.announce not in connection.execute_wrappers
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("wall", "--check")
