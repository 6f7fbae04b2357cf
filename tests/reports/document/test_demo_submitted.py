"""What `manage.py load_demo` has submitted and published; the demo is loaded once for all of these tests."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from coordinators.models import PublishedStructure
from municipalities.kernel.jobs import Job
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.choices import ReportKind, ReportStatus
from reports.document import snapshot
from reports.models import Delivery, Progress, ProgressReport
from reports.submission.submitting.submit import MAKE_PDF
from tests.reports.real_towns import REAL

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo_of_the_country(country, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0, stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_the_demo_has_really_submitted_its_reports():
    states = Progress.objects.exclude(municipality__prefecture__code="99")

    assert set(states.values_list("municipality__code", "kind", "status")) == {
        (name[:6], kind, ReportStatus.SUBMITTED) for name in REAL for kind in ReportKind
    }
    made = Job.objects.filter(kind=MAKE_PDF).exclude(municipality__prefecture__code="99")
    assert made.count() == states.count()


@pytest.mark.parametrize("name", REAL)
def test_each_submitted_report_of_a_real_town_goes_to_its_adviser(name):
    with within(Municipality.objects.get(code=name[:6])):
        deliveries = list(Delivery.objects.select_related("recipient"))

    assert len(deliveries) == len(ReportKind)
    assert all(row.recipient.username.startswith("adviser-") for row in deliveries)


@pytest.mark.parametrize("name", REAL)
def test_an_interim_report_tells_nothing_of_the_end_of_its_year(name):
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


def test_loading_the_demo_again_submits_nothing_more():
    before = Progress.objects.count(), Job.objects.count()

    call_command("load_demo", stdout=StringIO())

    assert (Progress.objects.count(), Job.objects.count()) == before


def test_the_cases_of_the_report_can_be_found_by_their_axes():
    real = PublishedStructure.objects.exclude(municipality__prefecture__code="99")
    copies = real.values_list("municipality__code", "affiliation", "coverage")

    assert set(copies) == {
        ("032115", "municipality", "one"),
        ("112399", "bodies", "several"),
        ("131164", "bodies", "one"),
        ("141003", "bodies", "one"),
        ("151009", "bodies", "one"),
    }
