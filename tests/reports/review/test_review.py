"""The adviser's desk: what has been submitted, to whom, and for how long."""

import datetime as dt
import re

import pytest
import time_machine

from municipalities.models import Membership
from municipalities.tenancy import within
from reports.models import ProgressReport
from tests import world

pytestmark = pytest.mark.django_db
REPORT = "/review/990019-2026-interim-1/"


def test_the_inbox_lists_submitted_reports_only(as_adviser):
    page = as_adviser.get("/review/").content.decode()

    assert "990019-2026-interim-1" in page
    assert "990019-2026-final-1" not in page
    assert "990027" not in page


def test_an_adviser_of_two_towns_sees_both(sign_in, people):
    membership = people["adviser"].memberships.get()
    membership.pk, membership.scope_code = None, world.THEIRS
    membership.save()

    page = sign_in("adviser").get("/review/").content.decode()

    assert "990019-2026-interim-1" in page
    assert "990027-2026-interim-1" in page


def test_the_inbox_takes_the_same_queries_for_one_and_for_many_reports(
    sign_in, people, django_assert_max_num_queries
):
    town = world.cycle_of().municipality
    with within(town):
        report = world.report_of()
        for serial in range(2, 60):
            ProgressReport.objects.create(
                cycle=report.cycle,
                kind="interim",
                serial=serial,
                key=f"interim-{serial}",
                status="submitted",
                submitted_at=report.submitted_at,
            )

    client = sign_in("adviser")
    with django_assert_max_num_queries(8):
        page = client.get("/review/").content.decode()
    assert len(re.findall(r'href="/review/990019-2026-interim-\d+/"', page)) == 59


def test_a_draft_is_absent_for_advisers(as_adviser):
    assert as_adviser.get("/review/990019-2026-final-1/").status_code == 404


def test_the_report_is_read_from_its_snapshot(as_adviser, people):
    town = world.cycle_of().municipality
    with within(town):
        report = world.report_of()
        report.cycle.desiredstate_set.update(text="提出後の文")
    page = as_adviser.get(REPORT).content.decode()

    assert "提出後の文" not in page
    assert "市民が、最期まで本人の望む場所で、安心して過ごせる。" in page
    assert "これから整えること" in page
    with within(town):
        assert report.snapshot.sha256[:12] in page


def test_the_snapshot_page_needs_few_queries(as_adviser, django_assert_max_num_queries):
    """Five to let the person in (session, user, memberships, place, cycle), one for the report, one for its errata.

    The comments take three: themselves, their threads, what is being typed. The first look of a recipient
    is noted and takes more.
    """
    as_adviser.get(REPORT)
    with django_assert_max_num_queries(10):
        as_adviser.get(REPORT)


def test_access_ends_with_the_last_second_of_the_term_in_japan(sign_in, people):
    Membership.objects.filter(user=people["adviser"]).update(valid_to=dt.date(2027, 3, 31))
    with time_machine.travel("2027-03-31T23:59:59+09:00", tick=False):
        assert sign_in("adviser").get(REPORT).status_code == 200
    with time_machine.travel("2027-04-01T00:00:00+09:00", tick=False):
        client = sign_in("adviser")
        assert client.get(REPORT).status_code == 404
        assert client.get(f"{REPORT}pdf/").status_code == 404
        assert client.get("/review/").status_code == 403


def test_a_membership_revoked_while_signed_in_ends_at_once(as_adviser, people):
    assert as_adviser.get(REPORT).status_code == 200
    people["adviser"].memberships.all().delete()
    assert as_adviser.get(REPORT).status_code == 404
