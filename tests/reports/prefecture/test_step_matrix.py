"""段階の一覧: municipalities by steps and phases, from published dates, counts and states."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities.kernel import changes
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.models import PhaseProgress, Progress, StepProgress, SupportStep, YearProgress
from reports.prefecture.standing.matrix import StepCell
from reports.submission.counting import progress, step_progress
from tests import world
from tests.reports.progress_rows import counted, due, entered, ours, phased, submitted, town

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/steps/"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def empty(db):
    for table in (Progress, YearProgress, PhaseProgress, StepProgress):
        table.objects.all().delete()


def held(place, kind="interim_1", **values):
    row = {"fiscal_year": world.YEAR, "meetings": 1} | values
    return StepProgress.objects.create(municipality=place, kind=kind, **row)


def rows(client, **asked):
    return {row.place.code: row for row in client.get(PAGE, asked).context["matrix"].rows}


def names(client, **asked):
    return [row.place.name for row in client.get(PAGE, asked).context["matrix"].rows]


class TestWhatCrosses:
    def test_a_submission_publishes_the_days_of_its_steps(self):
        cycle = world.cycle_of()
        with within(cycle.municipality):
            steps = list(SupportStep.objects.filter(cycle=cycle))
        stored = {
            row.kind: row
            for row in StepProgress.objects.filter(municipality=ours(), fiscal_year=world.YEAR)
        }

        assert set(stored) == {step.kind for step in steps}
        for kind, row in stored.items():
            assert row.meetings == sum(step.kind == kind for step in steps)

    def test_what_is_counted_again_is_changed_and_what_is_gone_is_taken_away(self, people):
        cycle = world.cycle_of()
        with within(cycle.municipality):
            step = SupportStep.objects.filter(cycle=cycle, kind="interim_1").get()
            step.held_on = dt.date(2020, 5, 6)
            changes.save_versioned(
                step, by=people["editor"], expected_version=step.version, fields=("held_on",)
            )
            held(ours(), kind="other")
            progress.publish(cycle)
        found = StepProgress.objects.filter(municipality=ours(), fiscal_year=world.YEAR)

        assert found.get(kind="interim_1").held_on == dt.date(2020, 5, 6)
        assert not found.filter(kind="other").exists()

    def test_no_text_column_crosses(self):
        texts = {field.name for field in StepProgress._meta.fields if not field.choices} - {
            "id",
            "municipality",
        }
        assert texts == {"fiscal_year", "meetings", "held", "held_on", "next_on"}


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@given(st.lists(st.none() | DAYS, min_size=1), DAYS)
def test_counting_agrees_with_a_walk_over_the_days(days, today):
    found = step_progress.counted(days, today=today)
    over, ahead = [], []
    for day in days:
        if day is not None:
            (over if day <= today else ahead).append(day)

    assert found["meetings"] == len(days)
    assert found["held"] == len(over)
    assert found["held_on"] == max(over, default=None)
    assert found["next_on"] == min(ahead, default=None)


@pytest.mark.parametrize(
    ("cell", "word", "day"),
    [
        ((1, 1, dt.date(2026, 5, 1), None), "実施済み", dt.date(2026, 5, 1)),
        ((1, 0, None, dt.date(2026, 7, 1)), "予定あり", dt.date(2026, 7, 1)),
        # It lay ahead when it was counted; it is over on the day of the page.
        ((1, 0, None, dt.date(2026, 6, 1)), "実施済み", dt.date(2026, 6, 1)),
        ((1, 0, None, None), "日付未定", None),
    ],
)
def test_a_step_is_read_on_the_day_of_the_page(cell, word, day):
    found = StepCell(*cell, dt.date(2026, 6, 1))

    assert (found.word, found.day) == (word, day)


class TestThePage:
    def test_days_late_are_counted_from_the_date(self, officer, people, empty):
        due(-12, people["officer"])
        submitted(town(1))

        assert rows(officer)[world.OURS].days_over == 12
        shown = officer.get(PAGE).content.decode()
        # Of three towns without the report each is late; the one that has submitted is not.
        assert shown.count("12日超過") == 3

    def test_filters_and_orders_stand_in_the_address(self, officer, people, empty):
        due(-3, people["officer"], kind="interim")
        submitted(ours())
        held(ours(), held=1, held_on=dt.date(2026, 5, 1))
        for place in Municipality.objects.filter(name__in=["見本町", "見本村"]):
            held(place)

        assert names(officer, only="no_interim_1") == ["見本町", "見本村"]
        assert names(officer, only="overdue") == ["見本町", "見本村"]
        assert names(officer, sort="late") == ["見本町", "見本村", "見本市"]
        assert names(officer, sort="held")[-1] == "見本市"
        page = officer.get(PAGE, {"only": "no_interim_1", "sort": "late"}).content.decode()
        assert "中間報告会①をまだ実施していない市町村（2／3）" in page
        assert 'href="/p/99/2026/steps/export/?only=no_interim_1&amp;sort=late"' in page

    def test_a_step_that_is_not_prepared_is_counted_apart_from_one_not_held(self, officer, empty):
        held(ours())
        counts = {one.code: number for one, number in officer.get(PAGE).context["matrix"].counts}

        assert (counts["no_interim_1"], counts["none_interim_1"]) == (1, 2)
        assert (counts["no_final"], counts["none_final"]) == (0, 3)
        assert names(officer, only="no_interim_1") == ["見本市"]
        assert names(officer, only="none_interim_1") == ["見本町", "見本村"]
        page = officer.get(PAGE, {"only": "none_interim_1"}).content.decode()
        assert "中間報告会①がまだ用意されていない市町村（2／3）" in page

    @pytest.mark.parametrize("show", ["steps", "phases"])
    def test_each_filter_keeps_as_many_rows_as_it_says(self, officer, people, empty, show):
        due(-3, people["officer"])
        held(ours(), held=1, held_on=dt.date(2026, 5, 1))
        held(town(1))
        phased(ours(), {"daily_care": "not_started"})
        strips = officer.get(PAGE, {"show": show}).context["matrix"].strips
        told = [one for strip in strips.values() for one in strip]

        assert len(told) == {"steps": 12, "phases": 5}[show]
        assert any(number for _, number, _, _ in told)
        for word, number, query, _ in told:
            kept = officer.get(f"{PAGE}{query}")
            assert len(kept.context["matrix"].rows) == number, word
            assert f"（{number}／4）" in kept.content.decode()

    @pytest.mark.parametrize(
        "query", ["?show=x&only=y&sort=z", "?only=no_plan", "?show=phases&only=overdue"]
    )
    def test_what_nobody_knows_counts_as_not_asked(self, officer, query):
        assert officer.get(PAGE + query).context["matrix"].only is None

    def test_phases_by_scene(self, officer, empty):
        phased(ours(), {"daily_care": "done", "emergency": "not_started"})
        phased(ours(), {"daily_care": "doing"}, phase="check")
        cells = {c.name: c.word for c in rows(officer, show="phases")[world.OURS].phase_cells}

        assert cells["計画：日常"] == "入力済み"
        assert cells["評価：日常"] == "入力中"
        assert cells["見直し：看取り"] == "不明"
        assert names(officer, show="phases", only="no_plan") == ["見本市"]
        assert names(officer, show="phases", sort="advance")[0] == "見本市"

    def test_no_live_text_is_shown(self, officer):
        assert world.CANARY not in officer.get(PAGE).content.decode()

    def test_the_file_has_the_rows_of_the_screen(self, officer, people, empty):
        due(-12, people["officer"])
        counted(ours())
        held(ours(), held=1, held_on=dt.date(2026, 5, 1))
        asked = {"only": "overdue", "sort": "late"}
        book = load_workbook(io.BytesIO(officer.get(f"{PAGE}export/", asked).content))
        header, *lines = book["段階の一覧"].iter_rows(values_only=True)
        shown = officer.get(PAGE, asked).context["matrix"].rows
        first = dict(zip(header, lines[0], strict=True))

        assert [line[0] for line in lines] == [row.place.code for row in shown]
        assert first["中間報告の超過日数"] == 12
        assert first["中間報告会①の状態"] == "実施済み"
        assert first["中間報告会①の日付"].date() == dt.date(2026, 5, 1)
        about = dict(book["説明"].iter_rows(values_only=True))
        assert about["絞り込み"] == "報告の期限を過ぎて未提出の市町村"

    def test_what_an_officer_entered_is_marked_when_it_came_late(self, officer, people, empty):
        due(dt.date(2026, 10, 31), people["officer"])
        late = {"status": "submitted", "submitted_on": dt.date(2026, 11, 10)}
        entered(ours(), people["officer"], **late)
        in_time = {"status": "accepted", "submitted_on": dt.date(2026, 10, 31)}
        others = town(1), town(2)
        entered(others[0], people["officer"], **in_time)
        submitted(others[1], is_late=True, days_late=4)

        shown = officer.get(PAGE).content.decode()
        assert [shown.count(f"{days}日遅れて提出</span>") for days in (10, 4)] == [1, 1]
        assert shown.count("遅れて提出") == 2
        assert [one for one in names(officer, sort="late") if one in ("見本市", "村1", "村2")] == [
            *("見本市", "村2", "村1")
        ]
        content = officer.get(f"{PAGE}export/").content
        header, *lines = load_workbook(io.BytesIO(content))["段階の一覧"].iter_rows(
            values_only=True
        )
        marks = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
        assert marks[world.OURS]["中間報告の期限後"] == "期限後"
        assert marks[world.OURS]["中間報告の入力元"] == "県入力"
        assert marks[world.THEIRS]["中間報告の入力元"] is None
        assert marks[others[1].code]["中間報告の入力元"] == "システム"
        assert marks[others[0].code]["中間報告の期限後"] is None
        assert marks[others[1].code]["中間報告の期限後"] == "期限後"
        days = {code: mark["中間報告の超過日数"] for code, mark in marks.items()}
        assert [days[one] for one in (world.OURS, others[1].code)] == [10, 4]
        assert days[others[0].code] is None

    def test_the_same_few_queries_for_many_towns(self, officer, empty):
        def queries():
            with CaptureQueriesContext(connection) as found:
                officer.get(PAGE)
            return len(found)

        officer.get(PAGE)
        few = queries()
        for number in range(60):
            held(town(number), held=1, held_on=timezone.localdate())
        assert queries() == few <= 20
        assert len(rows(officer)) == 60 + Municipality.objects.filter(code__startswith="99").count()

    def test_towns_and_foreign_officers_have_no_way_in(self, sign_in):
        for username in ("editor", "adviser", "contributor", "other-officer"):
            assert sign_in(username).get(PAGE).status_code == 404
            assert sign_in(username).get(f"{PAGE}export/").status_code == 404
