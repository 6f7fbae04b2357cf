"""`manage.py load_demo`: its accounts, its years, and what was really submitted of them."""

import datetime as dt
import json
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command

from indicators import statistics
from indicators.charts.plotly import figure
from indicators.charts.svg import drawing
from indicators.charts.table import table
from indicators.choices import Finality, PlaceKind, ValueState
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Origin
from indicators.comparison.town import own_line
from indicators.followed import following
from indicators.measurements import series
from indicators.models import DatasetUse, Definition, Measurement, PublishedValue
from logicmodels.models import Activity
from municipalities.choices import CARE_SCENES, Role, ScopeKind
from municipalities.entrance.scopes import NATION_CODE
from municipalities.kernel import jobs
from municipalities.kernel.queue import Job
from municipalities.models import Cycle, Municipality, Organization, User
from municipalities.operating import demo
from municipalities.tenancy import within
from reports.choices import AdviceResponse, ReportKind
from reports.document import assembly
from reports.management.commands.load_demo import (
    begun_before,
    load_year,
    place_of,
    since_interim,
)
from reports.models import Erratum, Progress
from reports.practice import improvement
from reports.submission.drafts import drafting
from reports.submission.reworking import later_finals
from reports.submission.submitting import check
from reports.surveying import mailing
from tests import world
from tests.indicators.comparison.planted import tell
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


def test_a_statistic_of_mihon_ken_tells_its_own_indicators_to_officer_and_towns(client):
    call_command("load_demo", "--without-reports", stdout=StringIO())
    title, code = "県の病院調査（見本）", "pref-99-joho-youshiki"
    rows = PublishedValue.objects.filter(dataset__title=title)
    told = {(row.place_code, row.fiscal_year): row.value for row in rows}
    assert set(rows.values_list("definition__code", flat=True)) == {code}
    assert {row.place_code for row in rows} == set(MIHON)
    # What a town has of it bears the name of the statistic, and is the same.
    for town in (world.OURS, world.THEIRS):
        own = [row for row in document(f"{town}-2026")["measurements"] if row["source"] == title]
        assert {(town, row["fiscal_year"]): Decimal(row["value"]) for row in own} == {
            key: value for key, value in told.items() if key[0] == town
        }
    assert DatasetUse.objects.get(dataset__title=title, municipality__code=world.OURS).count

    client.force_login(User.objects.get(username="mihon-officer"))
    compared = client.get(f"/p/99/2026/compare/?indicator={code}").content.decode()
    assert "58.3" in compared
    assert title in compared
    assert title in client.get("/p/99/2026/statistics/").content.decode()
    client.force_login(User.objects.get(username="mihon-editor"))
    town = client.get(f"/m/{world.OURS}/2026/compare/?scene=&indicator={code}").content.decode()
    assert title in town


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


@pytest.fixture
def shown(db):
    """見本市's year with its interim report and all that came after it, as that of the village; and the village."""
    demo.load()
    adviser = User.objects.get(username="adviser-1")
    adviser.memberships.create(
        role=Role.ADVISER, scope_kind=ScopeKind.MUNICIPALITY, scope_code=VILLAGE
    )
    statistics.load_exercise()
    name = "990019-2026"
    kinds, since = (ReportKind.INTERIM,), since_interim(name)
    assert load_year(of_the_village(name), submitted=kinds, since=since)
    return Municipality.objects.select_related("prefecture").get(code=VILLAGE)


def test_what_became_final_since_the_interim_report_is_corrected_or_offered(shown):
    with within(shown):
        (erratum,) = Erratum.objects.select_related("report")
        offered = [one.definition.code for one in later_finals.of(erratum.report, [erratum])]

    assert erratum.place == "指標「施設看取り数」の令和7年度（2025年度）の値"
    assert (erratum.wrong, erratum.right) == (
        "39件／年（令和8年3月末現在・速報）",
        "41件／年（確定）",
    )
    assert offered == ["home_endoflife_care_count"]


def test_an_improvement_leads_to_its_outcome_its_activities_and_a_case(shown):
    asked = Selection(origin=Origin.SUBMITTED)

    better = improvement.found(shown.prefecture, selection=asked, span=3, fiscal_year=2026).better
    (one,) = [
        each
        for each in better
        if (each.place.code, each.column.code) == (VILLAGE, "admission_info_provision_rate")
    ]

    (under,) = one.under
    assert under.outcome == "入院した人が、家での暮らしぶりを病院に分かってもらえる"
    assert "入院時情報連携シートの普及" in under.activities.values()
    assert [case.title for case in one.practices] == [
        "入院時に渡す情報を、市内の病院とケアマネジャーで一枚にそろえた"
    ]


def test_the_invented_figures_of_the_exercise_are_no_part_of_the_nation(shown):
    told = PublishedValue.objects.filter(dataset__code="exercise_99")

    assert set(told.values_list("place_code", flat=True)) == {"99", *MIHON}
    county = told.get(place_code="99", definition__code="population_total", fiscal_year=2020)
    assert county.value == 49610 + 8700 + 2300


@pytest.mark.parametrize(
    "code", ["emergency_transport_65plus_rate", "home_and_facility_death_rate"]
)
def test_a_chart_of_mihon_shows_its_prefecture_the_nation_and_the_target(shown, code):
    told = {"dataset": "of-the-nation", "kind": PlaceKind.NATION}
    tell(code, 2023, {NATION_CODE: 30}, **told)
    with within(shown):
        cycle = Cycle.objects.get(fiscal_year=2026)
        cycle.municipality = shown
        followed = next(one for one in following.followed(cycle) if one.code == code)
        values = following.values_of([followed], cycle)[code]
        targets = following.targets_of(cycle)[followed.pk]
        chart = series.trend(followed.defined_by, values, targets, cycle=cycle)
        line = own_line.lines_of(shown, [followed.defined_by], until=2026)[code]

    names = [one.name.partition("（")[0] for one in chart.series]
    assert names == ["実績", "目標", "見本県", "全国"]
    assert "見本県と全国の公表値を並べています" in chart.reading
    assert "例示の統計・実在しない値" in chart.sources
    # The same numbers in the three drawings.
    head, rows = table(chart).head, table(chart).rows
    assert [name.partition("（")[0] for name in head[1:]] == names
    assert [row[4] for row in rows if row[4]] == ["30.0"]
    assert len(drawing(chart).traces) == len(figure(chart)["data"]) == len(names)
    # And in the one line the nation stands under its own year, with its source.
    assert line.bars[-1].label == "全国　令和5年度（2023年度）"
    assert line.sources[-1].startswith("全国はof-the-nationの統計")
