"""Values that a report told: what became of them is offered for the 正誤, and told in the next year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.definitions import adopting
from indicators.models import Measurement
from municipalities.kernel import submission_keys
from municipalities.models import Cycle
from municipalities.tenancy import within
from reports.models import Erratum
from reports.submission.reworking import later_finals, reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.indicators.rows import follow, measure

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"
DESK = "consultation_desk_cases"
NAME = "在宅医療・介護連携相談窓口の相談件数"
THEN, NOW = "31件（令和8年12月末現在・速報）", "42件（令和9年3月末現在・確定）"


@pytest.fixture
def desk(cycle, people):
    """A count of nine months that stands in the newest version of the year's report."""
    follow(cycle, DESK)
    row = measure(cycle, DESK, 2026, 31, finality="preliminary", as_of="2026-12-31")
    with within(cycle.municipality):
        report = world.report_of()
        reopening.reopen(report, reason="出し直す", by=people["editor"])
        submit(world.report_of(), by=people["editor"])
    return row


def page(client, more=""):
    return client.get(f"{REPORTS}{world.report_of().pk}/{more}").content.decode()


def becomes(row, value, **more):
    told = {"finality": "final", "as_of": "2027-03-31"} | more
    with within(row.municipality):
        Measurement.objects.filter(pk=row.pk).update(value=value, **told)


def test_nothing_is_offered_while_nothing_has_changed(as_editor, desk):
    assert "提出の後で確定した値" not in page(as_editor)


def test_a_final_value_is_offered_and_written_down_only_by_a_person(as_editor, desk):
    becomes(desk, 42)
    shown = page(as_editor)
    assert all(words in shown for words in (NAME, THEN, NOW, "自動では送りません"))
    with within(desk.municipality):
        assert not Erratum.objects.exists()

    form = page(as_editor, f"errata/add/?value={DESK}:2026")
    assert THEN in form
    assert NOW in form
    assert f"指標「{NAME}」の令和8年度（2026年度）の値" in form
    assert "提出の後で、値が確定したため" in form

    words = {
        "place": f"指標「{NAME}」の令和8年度（2026年度）の値",
        "wrong": THEN,
        "right": NOW,
        "reason": "確定",
        "submission_key": submission_keys.new(),
    }
    assert as_editor.post(f"{REPORTS}{world.report_of().pk}/errata/add/", words).status_code == 302
    assert "提出の後で確定した値" not in page(as_editor)


def test_the_same_number_is_told_when_it_has_become_final(as_editor, desk):
    becomes(desk, 31)
    assert "31件（令和9年3月末現在・確定）" in page(as_editor)


def test_another_preliminary_number_is_no_final_one(as_editor, desk):
    becomes(desk, 35, finality="preliminary", as_of="2027-01-31")
    assert "35件（令和9年1月末現在・速報）" in page(as_editor)
    form = page(as_editor, f"errata/add/?value={DESK}:2026")
    assert "提出の後で、値が変わったため" in form


def submitted(cycle, people, *rows):
    """Let rows stand in a new version of the year's report."""
    for code, year, value in rows:
        measure(cycle, code, year, value, finality="final")
    with within(cycle.municipality):
        reopening.reopen(world.report_of(), reason="出し直す", by=people["editor"])
        submit(world.report_of(), by=people["editor"])


def test_a_final_value_that_is_another_now_is_offered_as_changed(as_editor, cycle, people):
    follow(cycle, DESK)
    submitted(cycle, people, (DESK, 2026, 31), (DESK, 2025, 20), (DESK, 2017, 10))
    with within(cycle.municipality):
        values = Measurement.objects.filter(code=DESK)
        values.filter(fiscal_year=2026).update(value=42)
        values.filter(fiscal_year=2025).update(value=None, state="unknown")
        values.filter(fiscal_year=2017).update(value=11)

    shown = page(as_editor)
    assert shown.count(f">{NAME}</th>") == 3
    told = ("31件（確定）", "42件（確定）", "20件（確定）", "不明")
    assert [f"{one}</td>" in shown for one in told] == [True] * 4
    form = page(as_editor, f"errata/add/?value={DESK}:2026")
    assert "31件（確定）" in form
    assert "提出の後で、値が変わったため" in form


@pytest.mark.parametrize(("value", "year"), [("31.0004", 2026), ("11", 2015)])
def test_what_the_paper_tells_no_other_is_not_offered(as_editor, cycle, people, value, year):
    """The negative controls: another number behind the printed digits, and of a year before the paper's."""
    follow(cycle, DESK)
    submitted(cycle, people, (DESK, 2026, 31), (DESK, 2015, 10))
    with within(cycle.municipality):
        Measurement.objects.filter(code=DESK, fiscal_year=year).update(value=value)

    assert "提出の後で確定した値" not in page(as_editor)


def test_a_final_value_that_was_corrected_is_told_in_the_next_year(as_editor, cycle, people):
    follow(cycle, DESK)
    submitted(cycle, people, (DESK, 2026, 31))
    with within(cycle.municipality):
        row = Measurement.objects.get(code=DESK)
        later = Cycle.objects.create(fiscal_year=2027)
        adopting.adopt(later, [row.defined_by], by=people["editor"])
        Measurement.objects.update(value=42)

    shown = as_editor.get(f"/m/990019/2027/indicators/{DESK}/").content.decode()

    assert "昨年度の報告では31件（確定）、いまの値は42件（確定）です。" in shown


def test_the_list_takes_as_few_statements_for_many_as_for_one(as_editor, cycle, people):
    follow(cycle, DESK)
    submitted(cycle, people, *((DESK, year, 31) for year in range(2017, 2027)))
    counted = []
    address = f"{REPORTS}{world.report_of().pk}/"
    as_editor.get(address)
    for changed in (Measurement.objects.filter(fiscal_year=2026), Measurement.objects.all()):
        with within(cycle.municipality):
            changed.filter(code=DESK).update(value=42)
        with CaptureQueriesContext(connection) as found:
            as_editor.get(address)
        counted.append(len(found))
    assert counted[0] == counted[1] <= 20


@pytest.mark.parametrize("name", ["", "nowhere:2026", f"{DESK}:1999", "x" * 200])
def test_an_offer_that_is_none_opens_an_empty_form(as_editor, desk, name):
    becomes(desk, 42)
    form = page(as_editor, f"errata/add/?value={name}")
    assert THEN not in form


def test_the_next_year_tells_both_numbers_at_the_indicator(as_editor, desk, cycle, people):
    with within(cycle.municipality):
        later = Cycle.objects.create(fiscal_year=2027)
        definition = desk.defined_by
        adopting.adopt(later, [definition], by=people["editor"])
    address = f"/m/990019/2027/indicators/{DESK}/"
    assert "昨年度の報告では" not in as_editor.get(address).content.decode()

    becomes(desk, 42)
    assert f"昨年度の報告では{THEN}、確定値は42件です。" in as_editor.get(address).content.decode()
    becomes(desk, 35, finality="preliminary", as_of="2027-01-31")
    shown = as_editor.get(address).content.decode()
    assert f"昨年度の報告では{THEN}、いまの値は35件（令和9年1月末現在・速報）です。" in shown


def test_a_long_name_fits_into_the_place_of_a_correction(desk, cycle):
    becomes(desk, 42)
    with within(cycle.municipality):
        found = later_finals.since(world.report_of().snapshot)[0]
    long = later_finals.Later(
        later_finals.numbers.FrozenDefinition("x", "長" * 120, "件", 0, "", "", ""),
        found.then,
        found.now,
    )
    assert len(long.place) == 100
    assert "…」の令和8年度（2026年度）の値" in long.place
