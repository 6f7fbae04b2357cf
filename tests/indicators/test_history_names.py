"""変更の記録 says of each value, target and indicator which one it is; many rows at no more statements."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Definition, Measurement, Target
from municipalities.kernel import changes
from municipalities.tenancy import within
from tests import world
from tests.indicators.rows import HOME_DEATH, aim, follow, measure

pytestmark = pytest.mark.django_db
HISTORY = f"/m/{world.OURS}/{world.YEAR}/history/"
SUBJECT = re.compile(r'data-label="対象">([^<]*)<')


def subjects(client, **query):
    page = html.unescape(client.get(HISTORY, query).content.decode())
    return SUBJECT.findall(page), page


def edit(row, by, **values):
    for name, value in values.items():
        setattr(row, name, value)
    changes.save_versioned(row, by=by, expected_version=row.version, fields=values)


@pytest.fixture
def name(cycle):
    follow(cycle, HOME_DEATH)
    return Definition.objects.get(code=HOME_DEATH).name


def test_a_value_a_target_and_an_indicator_are_named(as_editor, cycle, people, name):
    indicator = follow(cycle, HOME_DEATH)
    value, target = measure(cycle, HOME_DEATH, 2025, 62), aim(cycle, indicator, 2029, 70)
    with within(cycle.municipality):
        value.cycle = indicator.cycle = target.cycle = cycle
        edit(value, people["editor"], value=63)
        edit(target, people["editor"], value=71)
        edit(indicator, people["editor"], note="補足")

    found, _ = subjects(as_editor)

    assert found[:3] == [
        f"指標：{name}",
        f"目標値：{name}　令和11年度（2029年度）",
        f"実績値：{name}　令和7年度（2025年度）",
    ]


def test_what_is_new_shows_no_code_and_no_year_twice(as_editor, cycle, people, name):
    row = measure(cycle, HOME_DEATH, 2026, 62)
    with within(cycle.municipality):
        new = Measurement(key="new", fiscal_year=2026, state="value", value=40, source="別の調査")
        new.follow(row.defined_by)
        new.cycle = cycle
        changes.create_versioned(new, by=people["editor"])

    found, page = subjects(as_editor, model="indicators.measurement")

    assert found[0] == f"実績値：{name}　令和8年度（2026年度）"
    assert HOME_DEATH not in page
    assert "<dt>年度</dt>" not in page
    assert "<dt>出典</dt>" in page


def test_another_year_of_a_target_is_told(as_editor, cycle, people, name):
    """The negative control: what has changed is shown, also where it is a part of the name."""
    target = aim(cycle, follow(cycle, HOME_DEATH), 2029, 70)
    with within(cycle.municipality):
        target.cycle = cycle
        edit(target, people["editor"], fiscal_year=2030)

    found, page = subjects(as_editor, model="indicators.target")

    assert found[0] == f"目標値：{name}　令和12年度（2030年度）"
    assert "<dt>目標の年度</dt>" in page


def test_what_is_deleted_keeps_its_name(as_editor, cycle, people, name):
    indicator = follow(cycle, HOME_DEATH)
    value = measure(cycle, HOME_DEATH, 2026, 62)
    target = aim(cycle, indicator, 2029, 70)
    with within(cycle.municipality):
        for row in (value, target):
            row.cycle = cycle
            told = changes.values_of(row, changes.content_fields(row))
            changes.record(row, by=people["editor"], deed="delete", before=told, after={})
            row.delete()

    found, _ = subjects(as_editor)

    assert found[:2] == [
        f"目標値：{name}　令和11年度（2029年度）",
        f"実績値：{name}　令和8年度（2026年度）",
    ]


def test_a_hundred_rows_take_as_few_statements_as_one(as_editor, cycle, people, name):
    indicator = follow(cycle, HOME_DEATH)
    counted = []
    for years in ((2026,), range(2010, 2026)):
        for year in years:
            rows = measure(cycle, HOME_DEATH, year, 62), aim(cycle, indicator, year, 70)
            with within(cycle.municipality):
                for row in rows:
                    row.cycle = cycle
                    edit(row, people["editor"], value=63)
        as_editor.get(HISTORY)
        with CaptureQueriesContext(connection) as found:
            assert len(subjects(as_editor)[0]) >= len(years)
        counted.append(len(found))
    with within(cycle.municipality):
        assert Target.objects.count() >= 17

    assert counted[0] == counted[1] <= 20
