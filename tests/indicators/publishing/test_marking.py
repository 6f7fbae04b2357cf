"""Every change of a published table, whoever makes it and how, leaves a fresh mark."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from indicators.models import Definition, TableMark
from indicators.publishing import marking
from municipalities.models import MedicalArea, MedicalAreaMember, Municipality, Prefecture
from tests.indicators.comparison.planted import SHARE, plant, tell

pytestmark = pytest.mark.django_db
CHANGES = {
    "UPDATE": "UPDATE {table} SET id = id WHERE id = {row}",
    "DELETE": "DELETE FROM {table} WHERE id = {row}",
    "INSERT": "INSERT INTO {table} SELECT * FROM kept_row",
}


@pytest.fixture
def rows(db):
    """At least one row lies in each table."""
    plant(1)
    tell(SHARE, 2020, {1: 10})
    area, _ = MedicalArea.objects.get_or_create(
        code="9901",
        defaults={"name": "見本", "scheme": "medical-2024", "prefecture_id": _home().pk},
    )
    MedicalAreaMember.objects.get_or_create(area=area, municipality=Municipality.objects.first())


def _home():
    return Prefecture.objects.get(code="99")


def mark(label):
    return TableMark.objects.get(table=apps.get_model(label)._meta.db_table).mark


@contextmanager
def undone():
    """Whatever the block does is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def change(label, kind):
    """Change a row of a table by SQL alone: no model and no manager has a say."""
    table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id) FROM {table}")
        (row,) = cursor.fetchone()
        if kind == "INSERT":
            cursor.execute(
                f"CREATE TEMPORARY TABLE kept_row AS SELECT * FROM {table} WHERE id = {row}"
            )
            cursor.execute(CHANGES["DELETE"].format(table=table, row=row))
        before = mark(label)
        cursor.execute(CHANGES[kind].format(table=table, row=row))
        after = mark(label)
        if kind == "INSERT":
            cursor.execute("DROP TABLE kept_row")
    return before, after


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("label", marking.MARKED)
def test_a_row_changed_by_sql_alone_leaves_a_fresh_mark(label, kind):
    others = dict(marking.marks())
    with undone():
        before, after = change(label, kind)
        now = dict(marking.marks())

    assert before != after
    assert {name for name in now if now[name] != others[name]} == {
        apps.get_model(label)._meta.db_table
    }


@pytest.mark.usefixtures("rows")
def test_without_triggers_no_change_leaves_a_mark():
    """The control: the test above sees the triggers, not something else."""
    with undone():
        told = "ON {0}" if connection.vendor == "postgresql" else ""
        table = Definition._meta.db_table
        ends = [""] if told else [f"_{one}" for one in marking.CHANGES]
        with connection.cursor() as cursor:
            for end in ends:
                cursor.execute(f"DROP TRIGGER marked_{table}{end} {told.format(table)}")
        before, after = change("indicators.Definition", "UPDATE")

    assert before == after


def test_what_is_rolled_back_takes_its_mark_along_and_it_never_comes_again():
    first = marking.marks()
    with undone():
        Definition.objects.update(caution="一度目")
        second = marking.marks()
    assert marking.marks() == first

    Definition.objects.update(caution="二度目")

    assert marking.marks() not in (first, second)


def test_a_table_without_a_mark_means_that_nothing_is_remembered():
    assert marking.marks()
    TableMark.objects.filter(table=Definition._meta.db_table).delete()

    assert marking.marks() == ()


def test_migrating_again_begins_with_fresh_marks_and_keeps_the_triggers(transactional_db):
    before = marking.marks()

    call_command("migrate", verbosity=0)

    fresh = marking.marks()
    assert {*before}.isdisjoint(fresh)
    Prefecture.objects.create(code="47", name="沖縄県", kana="おきなわけん")
    assert marking.marks() != fresh


def test_marks_that_are_off_are_off_until_they_are_put_on(transactional_db):
    marking.take_off()
    assert marking.marks() == ()

    marking.put_on()

    fresh = marking.marks()
    Prefecture.objects.create(code="47", name="沖縄県", kana="おきなわけん")
    assert fresh
    assert marking.marks() != fresh
