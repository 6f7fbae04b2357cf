"""受理: by the prefecture's officer or the operator, by rule, taken back, and undone by a new version."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.models import Change, Job, Membership
from municipalities.tenancy import outside, within
from reports.models import AcceptanceRule, Progress, ProgressReport
from reports.submission.advising import accepting
from reports.submission.drafts import drafting, recipients
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.deliveries import grant, submitted
from tests.reports.reviewing import advised, progress, send_mails, status, wanted_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(here, people):
    return people["officer"]


def accept(by):
    accepting.accept(world.report_of(), by=by)


def set_rule(way, code="99"):
    prefecture = world.cycle_of().municipality.prefecture
    assert prefecture.code == code
    AcceptanceRule.objects.create(prefecture=prefecture, way=way)


def refused(by, deed=accepting.accept):
    before = status()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        deed(world.report_of(), by=by)
    assert status() == before
    return " ".join(refusal.value.messages)


class TestByHand:
    @pytest.mark.parametrize("who", ["officer", "operator"])
    def test_it_is_kept_with_its_day(self, officer, people, who):
        accept(people[who])

        assert status() == progress().status == "accepted"
        assert progress().accepted_on == timezone.localdate()
        change = Change.objects.of(world.report_of()).filter(deed="accept").get()
        assert change.actor == people[who]

    @pytest.mark.parametrize(
        "who", ["other-officer", "editor", "approver", "adviser", "manager", "stranger"]
    )
    def test_nobody_else_may(self, officer, people, who):
        assert "都道府県の担当者か運営管理者" in refused(people[who])

    def test_an_officer_of_a_health_centre_reads_and_does_not_accept(self, officer, people):
        grant(people["stranger"], "officer", "health_centre", "99")

        assert "都道府県の担当者か運営管理者" in refused(people["stranger"])

    def test_an_officer_whose_term_is_over_may_not(self, officer):
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=officer).update(valid_to=yesterday)

        assert refused(officer)

    def test_the_officer_comes_from_outside_the_fence(self, officer, people):
        place = world.cycle_of().municipality
        with outside(), within(place):
            found = ProgressReport.objects.select_related("cycle__municipality__prefecture")
            accepting.accept(found.get(pk=world.report_of().pk), by=officer)

        assert status() == "accepted"

    def test_of_two_presses_one_wins(self, officer):
        first, late = world.report_of(), world.report_of()
        accepting.accept(first, by=officer)

        with pytest.raises(Overtaken), transaction.atomic():
            accepting.accept(late, by=officer)

        assert Change.objects.of(first).filter(deed="accept").count() == 1

    def test_it_is_not_accepted_twice(self, officer):
        accept(officer)

        assert "すでに受理されています" in refused(officer)

    def test_a_draft_is_not_accepted(self, officer, people):
        reopening.reopen(world.report_of(), reason="直すため", by=people["editor"])

        assert "書いているところ" in refused(officer)

    def test_a_paper_of_the_council_is_not_accepted(self, officer):
        ProgressReport.objects.filter(pk=world.report_of().pk).update(is_council_paper=True)

        assert "協議体資料" in refused(officer)

    def test_the_writer_is_told(self, officer):
        accept(officer)
        send_mails()

        [letter] = outbox.outbox
        assert letter.to == ["editor@example.jp"]
        assert "受理されました" in letter.subject

    def test_what_was_taken_back_is_not_told(self, officer):
        accept(officer)
        accepting.take_back(world.report_of(), by=officer)
        send_mails()

        assert not outbox.outbox


class TestTakingBack:
    @pytest.mark.parametrize("was", ["submitted", "revisit", "advised"])
    def test_the_report_stands_as_before(self, officer, people, was):
        if was != "submitted":
            {"revisit": wanted_again, "advised": advised}[was](people["adviser"])
        accept(officer)

        accepting.take_back(world.report_of(), by=officer)

        assert status() == progress().status == was
        assert progress().accepted_on is None

    def test_only_what_is_accepted_is_taken_back(self, officer):
        assert "いま受理されていません" in refused(officer, accepting.take_back)

    def test_only_who_may_accept_takes_back(self, officer, people):
        accept(officer)

        assert "都道府県の担当者" in refused(people["editor"], accepting.take_back)


class TestByRule:
    def test_a_submission_may_be_enough(self, officer, people):
        set_rule("when_submitted")

        report = submitted(people)

        assert report.status == "accepted"
        row = Progress.objects.get(municipality=report.cycle.municipality, kind="final")
        assert (row.status, row.accepted_on) == ("accepted", timezone.localdate())
        change = Change.objects.of(report).filter(deed="accept").get()
        assert change.after["way"] == "when_submitted"
        assert Job.objects.filter(kind="make_report_pdf", arguments__snapshot=report.snapshot.pk)

    @pytest.mark.parametrize("way", ["by_hand", "when_advised"])
    def test_any_other_rule_leaves_a_submission_alone(self, officer, people, way):
        set_rule(way)

        assert submitted(people).status == "submitted"

    def test_a_paper_of_the_council_is_left_alone(self, officer, people):
        set_rule("when_submitted")
        report = world.report_of(kind="final")
        recipients.choose(report, {}, by=people["editor"], is_council_paper=True)

        assert submit(report, by=people["editor"]).status == "submitted"

    def test_an_automatic_acceptance_may_be_taken_back(self, officer, people):
        set_rule("when_advised")
        advised(people["adviser"])

        accepting.take_back(world.report_of(), by=officer)

        assert status() == "advised"


class TestReopening:
    @pytest.fixture
    def reopened(self, officer, people):
        accept(officer)
        report = world.report_of()
        reopening.reopen(report, reason="値の誤りを直すため", by=people["editor"])
        return report

    def test_a_reopened_report_is_no_longer_accepted(self, reopened):
        assert (progress().status, progress().accepted_on) == ("submitted", None)

    def test_giving_up_brings_the_acceptance_back(self, reopened, people):
        reopening.give_up(reopened, by=people["editor"])

        assert status() == progress().status == "accepted"
        assert progress().accepted_on == timezone.localdate()

    def test_a_new_version_is_accepted_anew(self, reopened, officer, people):
        submit(reopened, by=people["editor"])
        assert (status(), progress().accepted_on) == ("submitted", None)

        accept(officer)

        assert status() == "accepted"

    def test_it_is_not_taken_back_while_it_is_being_mended(self, reopened, officer):
        assert "いま受理されていません" in refused(officer, accepting.take_back)


def test_a_draft_that_was_never_submitted_is_left_alone(officer, people):
    report = drafting.open_draft(world.cycle_of(), "final", by=people["editor"])

    with pytest.raises(ValidationError, match="書いているところ"):
        accepting.accept(report, by=officer)
