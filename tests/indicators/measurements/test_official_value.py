"""採用した値: of several sources of a year one is chosen, and everything that shows the year shows it."""

import re
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from indicators.measurements.values import standing
from indicators.models import Indicator, Measurement, MeasurementPart
from municipalities.kernel.changes import Change, create_versioned
from municipalities.models import User
from reports.document import assembly
from tests import world

pytestmark = pytest.mark.django_db
YEAR = world.YEAR


@pytest.fixture
def indicator(here):
    row = Indicator.objects.filter(cycle=here).order_by("pk").first()
    MeasurementPart.objects.all().delete()
    Measurement.objects.filter(code=row.code).delete()
    return row


@pytest.fixture
def three(indicator):
    """Three sources that differ for one year."""
    editor = User.objects.get(username="editor")
    found = {}
    for key, value, source in (("a", 30, "市の調査"), ("b", 40, "県の集計"), ("c", 50, "国の統計")):
        row = Measurement(
            key=f"source-{key}", fiscal_year=YEAR, value=Decimal(value), source=source
        )
        row.state = "value"
        row.follow(indicator.defined_by)
        create_versioned(row, by=editor)
        found[key] = row
    return found


def page(indicator, *more):
    return "/".join((f"/m/990019/{YEAR}/indicators/{indicator.key}", *more, ""))


def press(client, indicator, row, **data):
    return client.post(page(indicator, "values", row.key, "official"), data)


def stands(indicator):
    return standing(Measurement.objects.filter(code=indicator.code))[YEAR].value


def test_the_chosen_source_stands_for_its_year(as_editor, indicator, three):
    assert stands(indicator) == 40

    assert press(as_editor, indicator, three["a"], official="1").status_code == 302

    assert stands(indicator) == 30
    shown = as_editor.get(page(indicator)).content.decode()
    assert "採用している値" in shown
    assert "採用をやめる" in shown
    assert Change.objects.filter(row=three["a"].pk).latest("pk").after == {"is_official": True}


UNDECIDED = "どの値を採用するか決まっていません"


def test_an_undecided_year_says_so_and_names_what_is_drawn_and_why(as_editor, indicator, three):
    shown = as_editor.get(page(indicator)).content.decode()

    assert shown.count(UNDECIDED) >= 4
    assert (
        "違う値が3つあり、どの値を採用するか決まっていません。「県の集計」の値を示しています"
        in shown
    )
    assert "確定の別も時点も同じため、仮に、出典の名称の順で最後の値にしています" in shown
    Measurement.objects.exclude(pk=three["a"].pk).filter(code=indicator.code).update(
        finality="preliminary"
    )
    firmest = as_editor.get(page(indicator)).content.decode()
    assert "「市の調査」の値を示しています（確定の別が最も確かな値です）" in firmest


def test_of_equally_firm_values_the_latest_day_stands_and_the_page_says_so(
    as_editor, indicator, three
):
    rows = Measurement.objects.filter(code=indicator.code)
    rows.filter(pk=three["a"].pk).update(as_of=date(YEAR, 9, 30))
    assert stands(indicator) == 30
    assert (
        "確定の別が同じため、時点の最も新しい値" in as_editor.get(page(indicator)).content.decode()
    )
    rows.filter(pk=three["b"].pk).update(as_of=date(YEAR, 12, 31))
    assert stands(indicator) == 40


def test_which_of_equal_sources_stands_is_no_matter_of_chance(indicator, three):
    """Keys are drawn by lot: neither they nor the order of the rows decide."""
    rows = list(Measurement.objects.filter(code=indicator.code))
    for one, key in zip(rows, ("z", "y", "x"), strict=True):
        one.key = key
    assert {standing(order)[YEAR].source for order in permutations(rows)} == {"県の集計"}


def test_a_decided_year_and_equal_values_say_nothing(as_editor, indicator, three):
    """The negative control."""
    press(as_editor, indicator, three["a"], official="1")
    assert UNDECIDED not in as_editor.get(page(indicator)).content.decode()

    Measurement.objects.filter(code=indicator.code).update(value=30, is_official=False)
    assert UNDECIDED not in as_editor.get(page(indicator)).content.decode()


def test_one_year_has_one_official_value(as_editor, indicator, three):
    for key in ("a", "b"):
        press(as_editor, indicator, three[key], official="1")

    assert Measurement.objects.filter(is_official=True).get() == three["b"]
    press(as_editor, indicator, three["b"])
    assert not Measurement.objects.filter(is_official=True).exists()
    assert stands(indicator) == 40


def test_a_reason_for_having_no_number_is_no_official_number(as_editor, indicator, three):
    press(as_editor, indicator, three["a"], official="1")
    Measurement.objects.filter(pk=three["a"].pk).update(state="unknown", value=None)

    assert stands(indicator) == 40


def test_a_year_of_one_source_asks_nothing(as_editor, indicator, three):
    for key in ("a", "b"):
        three[key].delete()

    assert "この値を採用する" not in as_editor.get(page(indicator)).content.decode()


def test_the_choice_travels_in_the_document(as_editor, indicator, three, here):
    press(as_editor, indicator, three["b"], official="1")

    rows = assembly.assemble(here)["measurements"]
    assert {row["key"] for row in rows if row["is_official"]} == {"source-b"}


def test_who_may_not_write_chooses_nothing(sign_in, indicator, three):
    assert press(sign_in("viewer"), indicator, three["a"], official="1").status_code == 403
    assert press(sign_in("neighbour"), indicator, three["a"], official="1").status_code == 404
    assert not Measurement.objects.filter(is_official=True).exists()


GRID = f"/m/990019/{YEAR}/indicators/entry/"


@pytest.fixture
def last(indicator):
    """Two sources that differ for the year before, the one that stands written before the other."""
    found = {}
    for key, value, source in (("a", 20, "市の調査"), ("c", 25, "国の統計")):
        row = Measurement(
            key=f"last-{key}", fiscal_year=YEAR - 1, value=Decimal(value), source=source
        )
        row.state = "value"
        row.follow(indicator.defined_by)
        create_versioned(row, by=User.objects.get(username="editor"))
        found[key] = row
    return found


def in_grid(client, indicator):
    """Return what the line of an indicator holds: the number, its source, and the cell of the year before."""
    (line,) = re.findall(
        rf'<tr[^>]*>(?:(?!</tr>).)*name="value-{indicator.key}"(?:(?!</tr>).)*</tr>',
        client.get(GRID).content.decode(),
        re.DOTALL,
    )
    this, source = (
        re.search(rf'name="{name}-{indicator.key}" value="([^"]*)"', line)[1]
        for name in ("value", "source")
    )
    (before,) = re.findall(rf'<td[^>]*data-year="{YEAR - 1}".*?</td>', line, re.DOTALL)
    return this, source, before


def test_the_entry_grid_holds_what_stands_for_each_year_and_names_its_source(
    as_editor, indicator, three, last
):
    this, source, before = in_grid(as_editor, indicator)
    assert (this, source) == ("40", "県の集計")
    assert "20.0％" in before
    assert "出典：市の調査" in before
    assert "採用した値" not in before

    press(as_editor, indicator, three["a"], official="1")
    press(as_editor, indicator, last["c"], official="1")

    this, source, before = in_grid(as_editor, indicator)
    assert (this, source) == ("30", "市の調査")
    assert "25.0％" in before
    assert "採用した値（国の統計）" in before


def test_the_entry_grid_and_the_list_show_the_same_value_of_each_year(
    as_editor, indicator, three, last
):
    Measurement.objects.filter(pk=last["c"].pk).update(as_of=date(YEAR, 3, 31))
    Measurement.objects.filter(pk=three["c"].pk).update(as_of=date(YEAR + 1, 3, 31))

    this, _, before = in_grid(as_editor, indicator)

    assert (this, stands(indicator)) == ("50", 50)
    assert "25.0％" in before
    listed = as_editor.get(f"/m/990019/{YEAR}/indicators/").content.decode()
    assert "50.0％" in listed
    assert "25.0" in as_editor.get(page(indicator)).content.decode()


def test_the_entry_grid_writes_to_the_value_that_it_shows(as_editor, indicator, three, last):
    _, _, before = in_grid(as_editor, indicator)
    year = YEAR - 1
    sent = {
        f"value-{indicator.key}": "41",
        f"source-{indicator.key}": "県の集計",
        f"finality-{indicator.key}": "final",
        f"base-{indicator.key}": f"{three['b'].key}:{three['b'].version}",
        f"value-{indicator.key}.{year}": "21",
        f"base-{indicator.key}.{year}": re.search(r'data-base="([^"]*)"', before)[1],
    }

    response = as_editor.post(GRID, sent, follow=True)

    assert "2件を保存しました。" in response.content.decode()
    rows = Measurement.objects.filter(code=indicator.code, fiscal_year__gte=year)
    assert dict(rows.values_list("key", "value")) == {
        "source-a": 30,
        "source-b": 41,
        "source-c": 50,
        "last-a": 21,
        "last-c": 25,
    }


def test_the_entry_grid_says_no_source_of_a_year_whose_sources_agree(as_editor, indicator, last):
    """The negative control."""
    Measurement.objects.filter(pk=last["c"].pk).update(value=20)

    assert "出典：" not in in_grid(as_editor, indicator)[2]
