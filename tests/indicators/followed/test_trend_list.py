"""推移の一覧: every indicator once under its scene, with the numbers of its own page; the same few queries."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.kernel.changes import create_versioned
from municipalities.models import User
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/m/990019/{world.YEAR}/indicators/trends/"


def add(cycle, key, values):
    """Follow one more number of the house, with its values by year."""
    editor = User.objects.get(username="editor")
    own = OwnDefinition(key=f"own-{key}", name=f"数{key}", unit="件")
    create_versioned(own, by=editor)
    row = Indicator(cycle=cycle, key=key, position=90)
    row.follow(own)
    create_versioned(row, by=editor)
    for year, number in values.items():
        value = Measurement(
            key=f"{key}-{year}", fiscal_year=year, value=Decimal(number), source="調査"
        )
        value.state = "value"
        value.follow(own)
        create_versioned(value, by=editor)
    return row


def test_each_indicator_stands_there_once_with_picture_and_table(here, sign_in):
    add(here, "trend", {2023: 12, 2024: 18, 2026: 31})

    shown = sign_in("viewer").get(PAGE).content.decode()

    (figure,) = [one for one in shown.split("<figure") if "数trend" in one]
    assert "<svg" in figure
    assert re.findall(r'<td class="number">([\d,]*)</td>', figure) == ["12", "18", "", "31"]
    assert "出典：調査" in figure


def test_an_indicator_without_a_number_is_named_and_not_drawn(here, as_editor):
    add(here, "bare", {})

    shown = as_editor.get(PAGE).content.decode()

    assert "まだ数値のない指標" in shown
    assert not [one for one in shown.split("<figure")[1:] if "数bare" in one.split("</figure")[0]]


def test_one_scene_keeps_what_serves_all(here, as_editor):
    add(here, "common", {2025: 1, 2026: 2})
    everything = as_editor.get(PAGE).content.decode().count("<figure")

    shown = as_editor.get(f"{PAGE}?scene=emergency").content.decode()

    assert "数common" in shown
    assert shown.count("<figure") <= everything
    assert as_editor.get(f"{PAGE}?scene=nowhere").content.decode().count("<figure") == everything


def test_an_empty_year_says_what_comes_here(here, as_editor):
    with_none = Indicator.objects.filter(cycle=here)
    for row in with_none:
        for name in ("issue_figures", "uses", "targets"):
            getattr(row, name).all().delete()
        row.delete()

    assert "まだ指標がありません" in as_editor.get(PAGE).content.decode()


def test_the_same_few_queries_for_many(here, as_editor):
    def queries():
        with CaptureQueriesContext(connection) as found:
            as_editor.get(PAGE)
        return len(found)

    add(here, "first", {2025: 1, 2026: 2})
    as_editor.get(PAGE)
    few = queries()
    for number in range(12):
        add(here, f"many-{number}", {2025: number, 2026: 2})
    assert queries() == few <= 20
