"""The inbox: over all municipalities, what waits for this adviser first, with what is to be looked at."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.models import Membership
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    Decision,
    Delivery,
    ProgressReport,
    ReportText,
    ReviewLook,
)
from reports.review.inbox import inbox_of
from reports.submission.advising import commenting
from reports.submission.advising.deciding import decide
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.reviewing import comment as sent_comment
from tests.reports.reviewing import new_adviser, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(people):
    return people["adviser"]


def numbers(heads):
    return [str(one.report.number) for one in heads]


def only(user):
    """Return the one report that waits for the adviser."""
    [head] = inbox_of(user).waiting
    return head


def advise_both_towns(user):
    membership = user.memberships.get()
    membership.pk, membership.scope_code = None, world.THEIRS
    membership.save()


def resubmit(people, *, text=""):
    report = world.report_of()
    reopening.reopen(report, reason="直します", by=people["editor"])
    if text:
        section = {"cycle": report.cycle, "section": "policy"}
        ReportText.objects.update_or_create(
            **section, defaults={"text": text, "key": "policy", "audience": "adviser"}
        )
    return submit(report, by=people["editor"])


def again(report, adviser):
    return decide(report, kind="revisit", by=adviser, text="直してください", wanted_on=soon())


class TestOrder:
    def test_the_longest_waiting_comes_first_over_all_municipalities(self, adviser, here):
        advise_both_towns(adviser)
        earlier = timezone.now() - dt.timedelta(days=9)
        with within(world.cycle_of(world.THEIRS).municipality):
            ProgressReport.objects.submitted().update(submitted_at=earlier)

        heads = inbox_of(adviser).waiting
        assert numbers(heads) == ["990027-2026-interim-1", "990019-2026-interim-1"]
        assert [one.days for one in heads] == [9, 0]

    def test_what_was_decided_leaves_the_first_place(self, adviser, here):
        again(world.report_of(), adviser)
        inbox = inbox_of(adviser)
        assert not inbox.waiting
        [head] = inbox.municipality
        assert (head.days, head.report.wanted_on) == (0, soon())

        decide(world.report_of(), kind="advised", by=adviser)
        inbox = inbox_of(adviser)
        assert not inbox.municipality
        assert numbers(inbox.ended) == ["990019-2026-interim-1"]

    def test_what_another_adviser_decided_still_waits_for_this_one(self, adviser, here, people):
        again(world.report_of(), new_adviser(people))

        assert only(adviser).report.status == "revisit"

    def test_a_new_version_waits_again(self, adviser, here, people):
        again(world.report_of(), adviser)
        resubmit(people)

        assert only(adviser).report.newest_version == 2

    def test_while_a_new_version_is_written_the_municipality_is_waited_for(
        self, adviser, here, people
    ):
        reopening.reopen(world.report_of(), reason="直します", by=people["editor"])
        inbox = inbox_of(adviser)

        assert not inbox.waiting
        assert [one.days for one in inbox.municipality] == [None]

    def test_what_was_accepted_has_ended(self, adviser, here):
        ProgressReport.objects.submitted().update(status="accepted")

        assert len(inbox_of(adviser).ended) == 1

    @pytest.mark.parametrize(("days", "is_shown"), [(364, True), (366, False)])
    def test_what_has_ended_is_shown_for_a_year(self, adviser, here, days, is_shown):
        decide(world.report_of(), kind="advised", by=adviser)
        Decision.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))

        assert bool(inbox_of(adviser).ended) is is_shown

    def test_a_paper_for_the_council_is_not_listed(self, adviser, here):
        ProgressReport.objects.submitted().update(is_council_paper=True)

        assert inbox_of(adviser).is_empty


class TestCounts:
    def test_answers_own_drafts_and_unconfirmed_advice_are_counted(self, adviser, here, people):
        second = new_adviser(people)
        commenting.answer(sent_comment(adviser), text="直しました。", by=people["editor"])
        commenting.answer(sent_comment(second), text="直しました。", by=people["editor"])
        sent_comment(adviser)
        sent_comment(adviser, sent_at=None)
        sent_comment(second, sent_at=None)
        AdviceItem.objects.update(audience="adviser", confirmed_on=None, origin="meeting")
        waiting = AdviceItem.objects.count()
        AdviceItem.objects.filter(pk=AdviceItem.objects.first().pk).update(audience="internal")

        report = only(adviser).report
        assert (report.answered, report.pending, report.unconfirmed) == (1, 1, waiting - 1)

    def test_unconfirmed_advice_leads_to_where_it_is_confirmed(self, as_adviser, here):
        advice = 'href="/review/990019-2026-interim-1/advice/"'
        AdviceItem.objects.update(confirmed_on=timezone.localdate())
        assert advice not in as_adviser.get("/review/").content.decode()

        AdviceItem.objects.update(audience="adviser", confirmed_on=None, origin="meeting")

        assert advice in as_adviser.get("/review/").content.decode()

    def test_a_neighbours_rows_are_not_counted(self, adviser, here, people):
        theirs = world.report_of(world.THEIRS)
        with within(theirs.cycle.municipality):
            commenting.write(
                theirs,
                theirs.snapshot,
                section="policy",
                kind="fix",
                text="よその文",
                by=people["neighbour-adviser"],
            )

        assert only(adviser).report.pending == 0

    def test_the_first_version_has_nothing_before_it(self, adviser, here):
        assert only(adviser).changed is None

    def test_to_whom_no_earlier_version_came_it_is_the_first(self, adviser, here, people):
        resubmit(people)

        assert only(adviser).changed is None

    def test_changed_sections_are_counted(self, adviser, here, people):
        resubmit(people)
        Delivery.objects.update(state="sent")
        resubmit(people)
        Delivery.objects.update(state="sent")
        assert only(adviser).changed == 0
        resubmit(people, text="書き直した方針")

        assert only(adviser).changed == 1

    def test_they_are_counted_since_this_adviser_looked(self, adviser, here, people):
        """One version brings a change, the next none; who has seen the one before both is told of it."""
        resubmit(people)
        seen = world.report_of().snapshot
        resubmit(people, text="書き直した方針")
        resubmit(people)
        Delivery.objects.update(state="sent")
        assert only(adviser).changed == 0
        ReviewLook.objects.create(snapshot=seen, adviser=adviser)

        assert only(adviser).changed == 1


class TestThePage:
    def test_each_row_says_what_is_to_be_looked_at(self, as_adviser, adviser, here, people):
        commenting.answer(sent_comment(adviser), text="直しました。", by=people["editor"])
        sent_comment(adviser, sent_at=None)
        page = as_adviser.get("/review/").content.decode()

        assert "コメントへの返事 1件" in page
        assert "送っていないコメント 1件" in page
        assert "はじめての提出" in page

    def test_the_three_groups_have_their_headings(self, as_adviser, adviser, here):
        assert "市区町村が直している報告書" not in as_adviser.get("/review/").content.decode()
        again(world.report_of(), adviser)
        page = as_adviser.get("/review/").content.decode()

        assert "いま、あなたを待っている報告書はありません" in page
        assert "市区町村が直している報告書" in page
        assert "までに見たい" in page

    def test_empty_it_says_what_it_is_for(self, as_adviser, adviser, here):
        ProgressReport.objects.submitted().update(is_council_paper=True)
        page = as_adviser.get("/review/").content.decode()

        assert "届いている報告書はありません" in page
        assert "「助言済み」か「もう一度見たい」" in page

    def test_without_any_municipality_it_says_why(self, adviser):
        Membership.objects.filter(user=adviser).update(valid_to="2020-12-31")

        assert not inbox_of(adviser).has_places

    def test_it_takes_the_same_queries_for_one_and_for_many(
        self, as_adviser, adviser, here, people, django_assert_max_num_queries
    ):
        resubmit(people)
        report, document = world.report_of(), world.report_of().snapshot.document
        for serial in range(2, 40):
            more = ProgressReport.objects.create(
                cycle=report.cycle,
                kind="interim",
                serial=serial,
                key=f"interim-{serial}",
                status="submitted",
                submitted_at=report.submitted_at,
            )
            for version in (1, 2):
                more.snapshots.create(
                    version=version,
                    document=document,
                    sha256="0" * 64,
                    schema_version=1,
                    made_at=report.submitted_at,
                )
        with django_assert_max_num_queries(8):
            page = as_adviser.get("/review/").content.decode()
        assert page.count('data-label="前回からの変更"') == 39
