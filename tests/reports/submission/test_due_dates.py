"""提出期限: whose date holds, what a page says of it, and what is marked 期限後."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.models.people import NATION_CODE
from reports.models import DueDate, Progress
from reports.submission.drafts import due_dates
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.deliveries import submitted

pytestmark = pytest.mark.django_db
NATION, PREFECTURE = ("nation", NATION_CODE), ("prefecture", "99")


def announce(scope, days, *, people, kind="final", year=world.YEAR):
    """Set a date so many days from today, in Japanese calendar days."""
    return DueDate.objects.create(
        scope_kind=scope[0],
        scope_code=scope[1],
        fiscal_year=year,
        kind=kind,
        due_on=timezone.localdate() + dt.timedelta(days=days),
        set_by=people["operator"],
    )


def row(kind="final"):
    return Progress.objects.get(municipality=world.cycle_of().municipality, kind=kind)


class TestWhoseDateHolds:
    def due(self, kind="final", code=world.OURS):
        return due_dates.due_on(world.cycle_of(code).municipality, world.YEAR, kind)

    def test_without_a_date_there_is_none(self, here):
        assert self.due() is None

    def test_the_nationwide_date_holds_where_there_is_no_other(self, here, people):
        announced = announce(NATION, 10, people=people)

        assert self.due() == announced.due_on
        assert self.due("interim") is None

    @pytest.mark.parametrize("first", [NATION, PREFECTURE])
    def test_the_prefectures_own_date_goes_before(self, here, people, first):
        days = {NATION: 10, PREFECTURE: 3}
        second = PREFECTURE if first == NATION else NATION
        for scope in (first, second):
            announce(scope, days[scope], people=people)

        assert self.due() == timezone.localdate() + dt.timedelta(days=3)

    def test_other_prefectures_and_years_do_not_count(self, here, people):
        announce(("prefecture", "98"), 3, people=people)
        announce(NATION, 3, people=people, year=world.YEAR - 1)

        assert self.due() is None

    def test_all_kinds_come_in_one_query(self, here, people, django_assert_num_queries):
        announce(NATION, 10, people=people, kind="interim")
        announce(PREFECTURE, 30, people=people, kind="final")
        place = world.cycle_of().municipality

        with django_assert_num_queries(1):
            found = due_dates.due_dates_of(place, world.YEAR)

        assert set(found) == {"interim", "final"}


class TestBeingLate:
    @pytest.mark.parametrize(
        ("days", "late"),
        [(1, (False, None)), (0, (False, None)), (-1, (True, 1)), (-40, (True, 40))],
    )
    def test_the_day_itself_is_in_time(self, here, people, days, late):
        announce(NATION, days, people=people)

        submitted(people)

        assert (row().is_late, row().days_late) == late

    def test_the_date_that_held_then_counts(self, here, people):
        announced = announce(NATION, -1, people=people)
        submitted(people)

        announced.due_on += dt.timedelta(days=30)
        announced.save()

        assert (row().is_late, row().days_late) == (True, 1)

    @pytest.mark.parametrize("days", [1, -1])
    def test_a_later_version_changes_nothing(self, here, people, days):
        announced = announce(NATION, days, people=people)
        report = submitted(people)
        announced.due_on -= dt.timedelta(days=2 * days)
        announced.save()

        reopening.reopen(report, reason="助言を受けて直すため", by=people["editor"])
        submit(report, by=people["editor"])

        assert row().is_late is (days < 0)
        assert row().days_late == (1 if days < 0 else None)


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("days", "remark"),
        [(12, "あと12日"), (0, "今日まで"), (-3, "期限を3日過ぎています")],
    )
    def test_a_draft_counts_the_days(self, here, people, days, remark):
        announce(NATION, days, people=people)

        assert due_dates.due_of(world.report_of(kind="final")).remark == remark

    def test_a_submitted_report_has_only_its_date(self, here, people):
        announce(NATION, -3, people=people, kind="interim")

        assert due_dates.due_of(world.report_of()).remark == ""

    def test_nothing_is_said_without_a_date(self, here):
        assert due_dates.due_of(world.report_of(kind="final")) is None
