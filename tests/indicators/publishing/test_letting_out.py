"""What reports let out: the newest copy counts, and only the copy; hidden values stay hidden."""

import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from indicators.models import SubmittedValue
from indicators.publishing import letting_out
from indicators.publishing.letting_out import Copy
from municipalities.models import Municipality, Publication
from municipalities.tenancy import within
from reports.submission.showing import publishing
from reports.submission.showing.letting_out import copies_of
from tests import world

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
CODE = "home_death_rate"


def row(value="26.2", *, code=CODE, year=2025, state="value", key="m-1", **other):
    told = {"numerator": None, "denominator": None, "finality": "final", "as_of": None}
    return {
        "key": key,
        "indicator": code,
        "fiscal_year": year,
        "value": value,
        "state": state,
        "source": "調査",
        "is_official": False,
        **told,
        **other,
    }


def copy(*rows, number="990019-2026-final-1", days=0, year=2026):
    return Copy(number, AT + dt.timedelta(days=days), year, list(rows))


@pytest.fixture
def town():
    place = Municipality.objects.get(code=world.OURS)
    with within(place):
        yield place


def stored(town, code=CODE):
    rows = SubmittedValue.objects.filter(municipality=town, code=code).order_by("fiscal_year")
    return [(one.fiscal_year, one.value, one.state) for one in rows]


def is_left_open(town):
    return SubmittedValue.objects.get(municipality=town, code=CODE).is_undecided


def let_out(town, *copies):
    letting_out.let_out(town, copies)


def test_the_submission_has_let_out_what_its_copy_tells(town):
    (copied,) = Publication.objects.filter(municipality=town)
    told = {
        (one["indicator"], one["fiscal_year"])
        for one in json.loads(bytes(copied.document))["measurements"]
        if not one["indicator"].startswith("own-")
    }
    rows = SubmittedValue.objects.filter(municipality=town)

    assert told
    assert {(one.code, one.fiscal_year) for one in rows} == told
    assert {one.number for one in rows} == {copied.number}


def test_of_two_sources_the_official_one_is_let_out(town):
    let_out(town, copy(row("1"), row("2", key="m-0", is_official=True)))

    assert stored(town) == [(2025, Decimal(2), "value")]


@pytest.mark.parametrize(
    ("first", "second", "is_undecided"),
    [
        ({}, {}, True),
        ({"finality": "preliminary"}, {}, True),
        ({}, {"is_official": True}, False),
        # The same number, and one that the copy hides.
        ({"value": "31.50"}, {}, False),
        ({"value": None, "state": "suppressed"}, {}, False),
    ],
)
def test_a_value_that_nobody_has_adopted_among_others_is_let_out_as_such(
    town, first, second, is_undecided
):
    rows = [
        row(**{"value": "26.2", "key": "m-1", "source": "一"} | first),
        row(**{"value": "31.5", "key": "m-2", "source": "二"} | second),
    ]

    let_out(town, copy(*rows))
    assert stored(town) == [(2025, Decimal("31.5"), "value")]
    assert is_left_open(town) == is_undecided

    let_out(town, copy(rows[1]))
    assert not is_left_open(town)


def test_a_copy_from_before_there_were_adopted_values_leaves_nothing_open(town):
    rows = [row("26.2", source="一"), row("31.5", key="m-2", source="二")]
    for one in rows:
        del one["is_official"]
    let_out(town, copy(*rows))
    assert not is_left_open(town)


def test_what_the_copy_hides_is_a_row_without_numbers(town):
    hidden = row(None, state="suppressed", numerator="7", denominator="40")
    let_out(town, copy(hidden))
    (kept,) = SubmittedValue.objects.filter(municipality=town, code=CODE)

    assert (kept.value, kept.numerator, kept.denominator) == (None, None, None)
    assert kept.state == "suppressed"


def test_a_towns_own_indicators_and_later_years_never_leave(town):
    let_out(town, copy(row(code="own-visits"), row(year=2027), row(code="nobody-knows")))

    assert not SubmittedValue.objects.filter(municipality=town).exists()


def test_what_a_prefecture_defined_leaves_under_its_name(town):
    let_out(town, copy(row(code="pref-99-visits")))

    assert stored(town, "pref-99-visits") == [(2025, Decimal("26.2"), "value")]


@pytest.mark.parametrize("order", [1, -1])
def test_the_newest_copy_counts_in_whatever_order_they_come(town, order):
    older = copy(row("1"), row("3", year=2024), number="990019-2026-interim-1")
    copies = [older, copy(row("2"), days=30)]
    let_out(town, *copies[::order])

    assert stored(town) == [(2024, Decimal(3), "value"), (2025, Decimal(2), "value")]


def test_what_a_new_version_leaves_out_is_taken_back(town):
    let_out(town, copy(row("1")))
    let_out(town, copy(row("5", code="home_visit_patients"), days=1))

    assert stored(town) == []
    assert stored(town, "home_visit_patients")


def test_a_new_version_of_a_report_replaces_the_earlier_one(town):
    first = Publication.objects.get(municipality=town)
    Publication.objects.create(
        municipality=town,
        fiscal_year=2026,
        number=first.number,
        version=2,
        title=first.title,
        document=json.dumps({"schema_version": 2, "measurements": [row("31")]}).encode(),
        sha256="0" * 64,
        published_at=timezone.now(),
    )

    assert [one.measurements for one in copies_of(town)] == [[row("31")]]


def share(code, count, *, key):
    """Return a measured share of 400 deaths."""
    return row(str(count * 100 / 400), code=code, key=key, numerator=str(count), denominator="400")


def test_a_copy_minds_what_the_town_has_told_before(town):
    """The earlier copy told of the nursing homes; then the total may not follow."""
    parts = ("home_death_rate", "nursing_home_death_rate", "home_and_facility_death_rate")
    rows = [share(code, count, key=code) for code, count in zip(parts, (5, 40, 45), strict=True)]
    report = world.report_of()
    document = json.loads(bytes(report.snapshot.document))
    followed = {
        "note": "",
        "baseline_year": 2025,
        "audience": "prefecture",
        "key": "i",
        "targets": [],
    }
    document["indicators"] = [followed | {"key": code, "indicator": code} for code in parts]
    document["definitions"] += [
        {"code": code, "unit": "％", "value_kind": "ratio"} for code in parts
    ]
    document["measurements"] = rows
    document["figures"] = [{"code": "population_total", "value": "50000", "fiscal_year": 2025}]

    def states():
        copied = publishing.copied(report.cycle, document).document["measurements"]
        return {one["indicator"]: one["state"] for one in copied}

    assert states() == dict(zip(parts, ("suppressed", "suppressed", "value"), strict=True))
    Publication.objects.filter(municipality=town).update(
        document=json.dumps({"schema_version": 2, "measurements": [rows[1]]}).encode()
    )
    assert states() == dict(zip(parts, ("suppressed", "value", "suppressed"), strict=True))


def test_values_of_the_neighbour_are_left_alone(town):
    theirs = SubmittedValue.objects.filter(municipality__code=world.THEIRS)
    before = list(theirs.values())
    let_out(town)

    assert before
    assert list(theirs.values()) == before
    assert not SubmittedValue.objects.filter(municipality=town).exists()


def test_the_command_fills_from_the_copies_and_twice_changes_nothing(db):
    before = list(SubmittedValue.objects.order_by("pk").values())
    SubmittedValue.objects.all().delete()
    call_command("let_out_values", stdout=io.StringIO())
    first = list(SubmittedValue.objects.order_by("pk").values())
    call_command("let_out_values", stdout=io.StringIO())

    def told(rows):
        return sorted([str({**one, "id": 0}) for one in rows])

    assert before
    assert told(first) == told(before)
    assert list(SubmittedValue.objects.order_by("pk").values()) == first


def test_what_is_hidden_keeps_its_finality(town):
    let_out(town, copy(row(None, state="suppressed", finality="preliminary")))

    assert SubmittedValue.objects.get(municipality=town, code=CODE).finality == "preliminary"
