"""A mean of months (「人／月（平均）」) that is no whole number is read, asked about and compared with its fraction."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from indicators.arithmetic.accumulating import digits, most_digits
from municipalities.kernel import submission_keys
from tests.indicators.grid.test_entry import CHECK, typed
from tests.indicators.rows import BASE, aim, follow, measure, stored

pytestmark = pytest.mark.django_db
PATIENTS, CASES = "home_visit_patients", "home_endoflife_care_count"
ASKED = "小数が入力されています"
FORM = {"state": "value", "finality": "final", "source": "調査"}


@pytest.fixture
def mean(cycle):
    indicator = follow(cycle, PATIENTS)
    measure(cycle, PATIENTS, 2025, Decimal("147.5"))
    return indicator


def page_of(client, indicator):
    return client.get(f"{BASE}{indicator.key}/").content.decode()


def checked(client, indicator, value):
    """Return what the grid says of a number as soon as it is typed."""
    return str(client.post(CHECK, typed(indicator.key, value=value)).json()["lines"])


def add(client, indicator, value):
    sent = FORM | {"fiscal_year": "令和8年度", "value": value}
    address = f"{BASE}{indicator.key}/values/add/"
    return client.post(address, sent | {"submission_key": submission_keys.new()})


def test_it_is_read_with_its_fraction_beside_its_target(as_editor, cycle, mean):
    aim(cycle, mean, 2026, 150)

    page = page_of(as_editor, mean)

    assert "147.5人／月（平均）" in page
    assert "148人" not in page
    assert "目標より2.5人／月少ない" in as_editor.get(BASE).content.decode()


def test_ten_times_it_is_told_beside_what_was_typed(as_editor, cycle, mean):
    assert add(as_editor, mean, "1,475").status_code == 302

    page = page_of(as_editor, mean)

    assert "147.5人／月（平均）の10倍です" in page
    assert "1,475人／月（平均）" in page


def test_it_may_be_typed_with_one_decimal_and_is_not_asked_about_for_that(as_editor, cycle, mean):
    assert add(as_editor, mean, "151.25").status_code == 422
    assert add(as_editor, mean, "151.5").status_code == 302

    assert (2026, Decimal("151.5"), "value") in stored(cycle, PATIENTS)
    assert ASKED not in page_of(as_editor, mean)
    assert ASKED not in checked(as_editor, mean, "152.5")


def test_what_is_counted_and_no_mean_stays_whole(as_editor, cycle):
    """The negative control."""
    cases = follow(cycle, CASES)
    measure(cycle, CASES, 2025, Decimal("147.5"))

    page = page_of(as_editor, cases)

    assert "148件" in page
    assert ASKED in checked(as_editor, cases, "152.5")
    assert add(as_editor, cases, "151.5").status_code == 422


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "found"),
    [
        ("人／月（平均）", 0, Decimal("147.5"), 1),
        ("人／月（平均）", 0, Fraction(443, 3), 1),
        ("人／月（平均）", 0, Decimal("148.0000"), 0),
        ("人／月（平均）", 0, None, 0),
        ("人／月（平均）", 2, Decimal("147.5"), 2),
        ("人", 0, Decimal("147.5"), 0),
    ],
)
def test_a_mean_that_is_not_whole_has_one_decimal(unit, decimals, value, found):
    definition = SimpleNamespace(unit=unit, decimals=decimals, value_kind="count")

    assert digits(definition, value) == found
    assert most_digits(definition) >= found
