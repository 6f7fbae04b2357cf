"""`manage.py load_demo`: its accounts, its years, and what was really submitted of them."""

from io import StringIO

import pytest
from django.core.management import call_command

from coordinators.models import PublishedStructure
from indicators.choices import Finality, ValueState
from indicators.models import Measurement
from logicmodels.models import Activity
from municipalities import demo
from municipalities.choices import CARE_SCENES, Role
from municipalities.kernel.jobs import Job
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.choices import AdviceResponse, ReportKind, ReportStatus
from reports.document import assembly, snapshot
from reports.models import Delivery, Progress, ProgressReport
from reports.submission import check, drafting
from reports.submission.submit import MAKE_PDF
from tests import world
from tests.reports.real_towns import REAL, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_of_the_country(country, db):
    call_command("load_demo", verbosity=0, stdout=StringIO())


def test_the_demo_has_really_submitted_its_reports(demo_of_the_country):
    states = Progress.objects.exclude(municipality__prefecture__code="99")

    assert set(states.values_list("municipality__code", "kind", "status")) == {
        (name[:6], kind, ReportStatus.SUBMITTED) for name in REAL for kind in ReportKind
    }
    made = Job.objects.filter(kind=MAKE_PDF).exclude(municipality__prefecture__code="99")
    assert made.count() == states.count()


@pytest.mark.parametrize("name", REAL)
def test_each_submitted_report_of_a_real_town_goes_to_its_adviser(name, demo_of_the_country):
    with within(Municipality.objects.get(code=name[:6])):
        deliveries = list(Delivery.objects.select_related("recipient"))

    assert len(deliveries) == len(ReportKind)
    assert all(row.recipient.username.startswith("adviser-") for row in deliveries)


@pytest.mark.parametrize("name", REAL)
def test_an_interim_report_tells_nothing_of_the_end_of_its_year(name, demo_of_the_country):
    with within(Municipality.objects.get(code=name[:6])):
        reports = {
            one.kind: snapshot.review_of(one.snapshot) for one in ProgressReport.objects.all()
        }
    interim, final = (
        {box.code: box.text for box in reports[kind].sheet if box.text} for kind in ReportKind
    )

    assert set(final) - set(interim) == {"method", "support_needs", "achievements", "final"}
    assert (reports["interim"].effects, reports["interim"].outlooks) == ((), ())
    assert (len(reports["interim"].steps), len(reports["final"].steps)) == (3, 5)
    assert all(
        (reports["final"].effects, reports["final"].outlooks, reports["final"].issues_before)
    )


def test_loading_the_demo_again_submits_nothing_more(demo_of_the_country):
    before = Progress.objects.count(), Job.objects.count()

    call_command("load_demo", stdout=StringIO())

    assert (Progress.objects.count(), Job.objects.count()) == before


def test_the_demo_can_be_loaded_without_reports(country):
    call_command("load_demo", "--without-reports", stdout=StringIO())

    assert not Progress.objects.exclude(municipality__prefecture__code="99").exists()


# It has no year yet.
VILLAGE_THAT_BEGINS = "990035"


def test_every_town_of_the_demo_has_an_editor():
    towns = {path.stem[:6] for path in world.DEMO.glob("*.json")}
    editors = {
        code
        for _, _, memberships in demo.ACCOUNTS
        for role, _, code in memberships
        if role == Role.EDITOR
    }

    assert editors == towns | {VILLAGE_THAT_BEGINS}


@pytest.mark.parametrize(("name", "kind"), [("990019-2026", "interim"), ("990019-2025", "final")])
def test_mihons_year_can_be_submitted_as_it_is(name, kind, cycle, people):
    with within(cycle.municipality):
        year = Cycle.objects.get_or_create(fiscal_year=int(name[-4:]))[0]
        year.municipality = cycle.municipality
        assert assembly.load(year, document(name), by=people["editor"]) == []
        report = drafting.open_draft(year, kind, by=people["editor"])
        report.cycle = year

        assert check.blockers(report) == []


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


def test_the_cases_of_the_report_can_be_found_by_their_axes(demo_of_the_country):
    real = PublishedStructure.objects.exclude(municipality__prefecture__code="99")
    copies = real.values_list("municipality__code", "affiliation", "coverage")

    assert set(copies) == {
        ("032115", "municipality", "one"),
        ("112399", "bodies", "several"),
        ("131164", "bodies", "one"),
        ("141003", "bodies", "one"),
        ("151009", "bodies", "one"),
    }
