"""`manage.py load_demo`: its accounts, its years, and what was really submitted of them."""

import datetime as dt
import json
import re
from collections import Counter
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command

from indicators.choices import Finality, ValueState
from indicators.models import Definition, Measurement
from logicmodels.models import Activity
from municipalities import demo
from municipalities.choices import CARE_SCENES, Role
from municipalities.kernel import jobs
from municipalities.kernel.queue import Job
from municipalities.models import Cycle, Municipality, Organization
from municipalities.tenancy import within
from reports.choices import AdviceResponse
from reports.document import assembly
from reports.management.commands.load_demo import begun_before, load_year, place_of
from reports.models import Progress
from reports.submission import check, drafting
from reports.surveying import mailing
from tests import world
from tests.reports.real_towns import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]
VILLAGE = world.PARTNER


def years_of(code):
    """Return the documents of a town, the earliest year first."""
    return [document(path.stem) for path in sorted(world.DEMO.glob(f"{code}-*.json"))]


def of_the_village(name):
    """Return a document as that of the town that has no year in the world of the tests."""
    data = document(name)
    return data | {"municipality": data["municipality"] | {"code": VILLAGE, "name": "見本村"}}


def days_in(data):
    """Return every day on which something was held or counted, wherever it stands in a document."""
    text = json.dumps(data, ensure_ascii=False)
    return re.findall(r'"(?:held_on|as_of|responded_on|confirmed_on)": "(\d{4}-\d{2}-\d{2})"', text)


def test_the_demo_can_be_loaded_without_reports():
    call_command("load_demo", "--without-reports", stdout=StringIO())

    assert not Progress.objects.exclude(municipality__prefecture__code="99").exists()


def test_what_a_prefecture_sends_in_the_demo_is_carried_out_by_its_own_right():
    call_command("load_demo", "--without-reports", stdout=StringIO())

    asked = list(Job.objects.filter(kind=mailing.JOB))
    for job in asked:
        jobs.run(job.pk)

    assert asked
    assert set(Job.objects.filter(kind=mailing.JOB).values_list("state", flat=True)) == {"done"}


def test_every_town_of_the_demo_has_an_editor():
    towns = {path.stem[:6] for path in world.DEMO.glob("*.json")}
    editors = {
        code
        for _, _, memberships in demo.ACCOUNTS
        for role, _, code in memberships
        if role == Role.EDITOR
    }

    assert editors == towns


@pytest.mark.parametrize(("name", "kind"), [("990019-2026", "interim"), ("990019-2025", "final")])
def test_mihons_year_can_be_submitted_as_it_is(name, kind, cycle, people):
    with within(cycle.municipality):
        year = Cycle.objects.get_or_create(fiscal_year=int(name[-4:]))[0]
        year.municipality = cycle.municipality
        assert assembly.load(year, document(name), by=people["editor"]) == []
        report = drafting.open_draft(year, kind, by=people["editor"])
        report.cycle = year

        assert check.blockers(report) == []


MIHON = (world.OURS, world.THEIRS, VILLAGE)
# What outlasts a year; its values are told by every later year, too.
ENDURING = ("organizations", "areas", "own_definitions", "measurements")


@pytest.mark.parametrize("code", MIHON)
@pytest.mark.parametrize("part", ENDURING)
def test_the_years_of_a_town_tell_what_outlasts_them_the_same(code, part):
    told = {}
    for data in years_of(code):
        for row in data.get(part, ()):
            assert told.setdefault(row["key"], row) == row

    places = [place_of(row) for row in told.values() if part == "measurements"]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("code", MIHON)
def test_no_year_of_mihon_tells_of_what_came_later(code):
    for data in years_of(code):
        last = dt.date(data["fiscal_year"] + 1, 3, 31).isoformat()

        assert [day for day in days_in(data) if day > last] == []


def test_mihon_has_three_years_and_its_neighbours_fewer():
    years = {code: [data["fiscal_year"] for data in years_of(code)] for code in MIHON}

    assert years == {"990019": [2024, 2025, 2026], "990027": [2025, 2026], "990035": [2026]}


@pytest.mark.parametrize("code", MIHON)
def test_a_share_of_mihon_is_that_of_its_counts(code):
    shares = [row for data in years_of(code) for row in data["measurements"] if "numerator" in row]
    units = {one.code: one for one in Definition.objects.all()}

    for row in shares:
        definition = units.get(row["indicator"])
        quotient = Fraction(row["numerator"]) / Fraction(row["denominator"])
        exact = quotient * (definition.multiplier if definition else 100)
        assert abs(exact - Fraction(row["value"])) <= Fraction(1, 20), row["key"]


def test_mihon_follows_its_numbers_over_years():
    data = document("990019-2026")
    told = Counter(row["indicator"] for row in data["measurements"])
    sources = Counter((row["indicator"], row["fiscal_year"]) for row in data["measurements"])

    assert all(told[row["indicator"]] >= 3 for row in data["indicators"])
    assert set(sources.values()) == {1, 2}
    assert {one["fiscal_year"] for row in data["indicators"] for one in row.get("targets", ())} == {
        2026,
        2028,
        2029,
    }


@pytest.mark.parametrize("is_begun", [True, False])
def test_what_somebody_has_written_stays_when_an_older_demo_gets_its_earlier_years(is_begun):
    """The older demo had the last year only; on a fresh one nobody has written yet."""
    demo.load()
    assert load_year(of_the_village("990019-2026"))
    with within(Municipality.objects.get(code=VILLAGE)):
        Measurement.objects.filter(key="value-12").update(note="病院に確かめた。")
        Organization.objects.filter(key="ishikai").update(name="見本村医師会")
        if is_begun:
            Measurement.objects.filter(key="desk-cases-2024").update(key="by-hand", value=233)

    assert load_year(of_the_village("990019-2024"), is_begun=is_begun)

    with within(Municipality.objects.get(code=VILLAGE)):
        assert bool(Measurement.objects.get(key="value-12").note) is is_begun
        assert (Organization.objects.get(key="ishikai").name == "見本村医師会") is is_begun
        [cases] = Measurement.objects.filter(code="consultation_desk_cases", fiscal_year=2024)
        assert (cases.key, cases.value) == (("by-hand", 233) if is_begun else (cases.key, 231))
        assert Activity.objects.filter(cycle__fiscal_year=2024).exists()


def test_it_is_seen_which_towns_have_begun_before():
    assert begun_before([*MIHON, "999999"]) == {world.OURS, world.THEIRS}


def test_mihon_shows_every_answer_to_advice():
    items = [one for step in document("990019-2026")["support_steps"] for one in step["advice"]]

    assert {one.get("response", AdviceResponse.NONE) for one in items} == set(AdviceResponse)
    assert {
        place for one in items for place in ("issue", "activity", "outcome") if one.get(place)
    } == {"issue", "activity", "outcome"}


def test_mihon_shows_every_state_a_value_can_be_in(cycle, people):
    with within(cycle.municipality):
        problems = assembly.load(cycle, document("990019-2026"), by=people["editor"])
        values = list(Measurement.objects.all())
        scenes = {row.scene for row in Activity.objects.all()}
    assert not problems

    assert {row.state for row in values} == set(ValueState)
    assert all(row.as_of for row in values if row.finality == Finality.PRELIMINARY)
    assert scenes == {*CARE_SCENES, "all"}
