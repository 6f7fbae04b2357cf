"""What `manage.py load_demo` has submitted and published; the demo is loaded once for all of these tests."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from coordinators.models import PublishedStructure
from indicators.choices import PlaceKind
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Origin
from indicators.followed import following
from indicators.measurements import series
from indicators.models import Dataset, Definition, PublishedValue
from municipalities.kernel.jobs import Job
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.scopes import NATION_CODE
from municipalities.tenancy import within
from reports.choices import ReportKind, ReportStatus
from reports.document import snapshot
from reports.models import Delivery, Erratum, Progress, ProgressReport
from reports.practice import improvement
from reports.submission import later_finals
from reports.submission.submit import MAKE_PDF
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


def test_what_became_final_since_the_interim_report_is_corrected_or_offered():
    with within(Municipality.objects.get(code="990019")):
        report = ProgressReport.objects.get(cycle__fiscal_year=2026)
        (erratum,) = Erratum.objects.filter(report=report)
        offered = [one.definition.code for one in later_finals.of(report)]

    assert erratum.place == "指標「施設看取り数」の令和7年度（2025年度）の値"
    assert (erratum.wrong, erratum.right) == (
        "39件／年（令和8年3月末現在・速報）",
        "41件／年（確定）",
    )
    assert offered == ["home_endoflife_care_count"]


def test_an_improvement_leads_to_its_outcome_its_activities_and_a_case():
    prefecture = Prefecture.objects.get(code="99")
    asked = Selection(origin=Origin.SUBMITTED)

    better = improvement.found(prefecture, selection=asked, span=3, fiscal_year=2026).better
    (one,) = [each for each in better if each.column.code == "admission_info_provision_rate"]

    (under,) = one.under
    assert under.outcome == "入院した人が、家での暮らしぶりを病院に分かってもらえる"
    assert "入院時情報連携シートの普及" in under.activities.values()
    assert [case.title for case in one.practices] == [
        "入院時に渡す情報を、市内の病院とケアマネジャーで一枚にそろえた"
    ]


def test_the_invented_figures_of_the_exercise_are_no_part_of_the_nation():
    told = PublishedValue.objects.filter(dataset__code="exercise_99")

    assert set(told.values_list("place_code", flat=True)) == {"99", "990019", "990027", "990035"}
    county = told.get(place_code="99", definition__code="population_total", fiscal_year=2020)
    assert county.value == 49610 + 8700 + 2300


@pytest.mark.parametrize(
    "code", ["emergency_transport_65plus_rate", "home_and_facility_death_rate"]
)
def test_a_chart_of_mihon_shows_its_prefecture_the_nation_and_the_target(code):
    PublishedValue.objects.create(
        definition=Definition.objects.get(code=code),
        dataset=Dataset.objects.create(code=f"nation-{code}"[:60], title="全国の統計"),
        place_kind=PlaceKind.NATION,
        place_code=NATION_CODE,
        fiscal_year=2023,
        value=30,
    )
    town = Municipality.objects.select_related("prefecture").get(code="990019")
    with within(town):
        cycle = Cycle.objects.get(fiscal_year=2026)
        cycle.municipality = town
        followed = next(one for one in following.followed(cycle) if one.code == code)
        values = following.values_of([followed], cycle)[code]
        targets = following.targets_of(cycle)[followed.pk]
        chart = series.trend(followed.defined_by, values, targets, cycle=cycle)

    assert [one.name.partition("（")[0] for one in chart.series] == [
        "実績", "目標", "見本県", "全国",
    ]  # fmt: skip
    assert "見本県と全国の公表値を並べています" in chart.reading
    assert "例示の統計・実在しない値" in chart.sources
