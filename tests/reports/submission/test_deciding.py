"""Advisers end their reading: who counts, what opens, who is told, and what is refused in a sentence."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.japanese.dates import in_wareki
from municipalities.models import Change, Membership, OutgoingMail
from reports.models import (
    AcceptanceRule,
    Comment,
    Decision,
    Delivery,
    OpenedSection,
    ProgressReport,
)
from reports.submission.advising import deciding
from reports.submission.advising.deciding import decide
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.deliveries import grant, submitted
from tests.reports.reviewing import (
    advised,
    comment,
    new_adviser,
    progress,
    send_mails,
    soon,
    status,
    wanted_again,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(here, people):
    return people["adviser"]


@pytest.fixture
def second(adviser, people):
    return new_adviser(people)


def opened():
    rows = OpenedSection.objects.filter(report=world.report_of())
    return set(rows.values_list("section", flat=True))


def refused(by, **values):
    """Return in what words a decision is refused; nothing may be left behind."""
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        decide(world.report_of(), by=by, **values)
    assert not Decision.objects.exists()
    return " ".join(refusal.value.messages)


def make_term_end(user):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=user).update(valid_to=yesterday)


class TestWhoCounts:
    def test_the_only_adviser_ends_it(self, adviser):
        advised(adviser)

        assert status() == progress().status == "advised"

    def test_the_report_waits_for_every_adviser(self, adviser, second):
        advised(adviser)
        assert status() == progress().status == "submitted"

        advised(second)
        assert status() == progress().status == "advised"

    def test_one_adviser_who_wants_it_again_is_enough(self, adviser, second):
        wanted_again(adviser)
        advised(second)

        assert status() == progress().status == "revisit"

    def test_the_newest_word_of_an_adviser_counts(self, adviser, second):
        wanted_again(adviser)
        advised(adviser)
        assert status() == "submitted"

        advised(second)
        assert status() == "advised"
        assert Decision.objects.filter(adviser=adviser).count() == 2

    def test_nobody_waits_for_an_adviser_whose_term_is_over(self, adviser, second):
        make_term_end(second)

        advised(adviser)

        assert status() == "advised"

    def test_a_wish_ends_with_the_term(self, adviser, second):
        wanted_again(second)
        make_term_end(second)

        advised(adviser)

        assert status() == "advised"
        assert [one.is_in_term for one in deciding.standings(world.report_of())] == [True, False]

    def test_an_adviser_who_was_not_written_to_counts_once_they_decide(self, adviser, people):
        grant(people["viewer"], "adviser", "municipality", world.OURS)

        wanted_again(people["viewer"])
        advised(adviser)

        assert status() == "revisit"

    def test_a_superior_who_received_it_is_not_waited_for(self, adviser, people):
        report = world.report_of()
        Delivery.objects.create(
            report=report, snapshot=report.snapshot, recipient=people["approver"], part="superior"
        )

        advised(adviser)

        assert status() == "advised"

    def test_a_new_version_needs_a_new_decision(self, adviser, people):
        advised(adviser)
        report = world.report_of()
        reopening.reopen(report, reason="指標の値を直すため", by=people["editor"])
        submit(report, by=people["editor"])

        assert status() == progress().status == "submitted"
        assert [one.decision for one in deciding.standings(report)] == [None]

    def test_standings_cost_the_same_for_many_advisers(self, adviser, people):
        with CaptureQueriesContext(connection) as one:
            deciding.standings(world.report_of())
        for number in range(5):
            new_adviser(people, f"more-{number}")
        with CaptureQueriesContext(connection) as many:
            deciding.standings(world.report_of())

        assert len(one) == len(many)


class TestWhatOpens:
    def test_the_commented_sections_open(self, adviser):
        comment(adviser, section="policy", kind="fix")
        comment(adviser, section="indicators", kind="suggestion", sent_at=None)
        comment(adviser, section="profile", kind="good")
        comment(adviser, section="goals", kind="question", state="answered")

        wanted_again(adviser)

        assert opened() == {"policy", "indicators"}

    def test_all_open_on_request(self, adviser):
        comment(adviser)

        wanted_again(adviser, opens_all=True)

        assert {"policy", "profile", "indicators"} < opened()
        assert "method" not in opened()

    def test_a_word_on_the_whole_opens_all(self, adviser):
        wanted_again(adviser)

        assert {"policy", "profile", "indicators"} < opened()

    def test_each_adviser_opens_their_own(self, adviser, second):
        comment(adviser, section="policy")
        comment(second, section="indicators")
        wanted_again(adviser)
        wanted_again(second)
        assert opened() == {"policy", "indicators"}

        advised(adviser)
        assert opened() == {"indicators"}

    def test_a_section_that_two_ask_for_stays_open_for_the_other(self, adviser, second):
        comment(adviser, section="policy")
        comment(second, section="policy")
        wanted_again(adviser)
        wanted_again(second)

        advised(adviser)

        assert opened() == {"policy"}

    def test_a_submission_closes_the_book(self, adviser, people):
        wanted_again(adviser)
        report = world.report_of()
        reopening.reopen(report, reason="助言を受けて直すため", by=people["editor"])
        assert opened()

        submit(report, by=people["editor"])

        assert not opened()


class TestWhatIsRefused:
    def test_a_wish_without_a_word(self, adviser):
        comment(adviser, kind="suggestion")

        assert "直してほしいことを" in refused(adviser, kind="revisit", wanted_on=soon())

    @pytest.mark.parametrize("kind", ["fix", "question"])
    def test_a_comment_that_asks_is_word_enough(self, adviser, kind):
        comment(adviser, kind=kind, sent_at=None)

        wanted_again(adviser, text="")

        assert status() == "revisit"

    def test_a_wish_without_a_date(self, adviser):
        assert "いつまでに見たいか" in refused(adviser, kind="revisit", text="直してください。")

    def test_a_day_that_is_over(self, adviser):
        yesterday = timezone.localdate() - dt.timedelta(days=1)

        said = refused(adviser, kind="revisit", text="直してください。", wanted_on=yesterday)

        assert "見たい日が過ぎています" in said

    def test_a_day_that_is_more_than_a_year_ahead(self, adviser):
        far = timezone.localdate() + dt.timedelta(days=367)

        said = refused(adviser, kind="revisit", text="直してください。", wanted_on=far)

        assert "1年以内の日を書いてください" in said

    def test_a_day_in_a_year_is_taken(self, adviser):
        wanted_again(adviser, wanted_on=timezone.localdate() + dt.timedelta(days=366))

        assert status() == "revisit"

    def test_a_draft(self, adviser, people):
        reopening.reopen(world.report_of(), reason="直すため", by=people["editor"])

        assert "新しい版を書いているところ" in refused(adviser, kind="advised")

    def test_an_accepted_report(self, adviser, here):
        ProgressReport.objects.filter(pk=world.report_of().pk).update(status="accepted")

        assert "すでに受理されています" in refused(adviser, kind="advised")

    def test_a_paper_of_the_council(self, adviser, here):
        ProgressReport.objects.filter(pk=world.report_of().pk).update(is_council_paper=True)

        assert "協議体資料" in refused(adviser, kind="advised")

    @pytest.mark.parametrize("who", ["neighbour-adviser", "editor", "officer"])
    def test_a_foreigner(self, adviser, people, who):
        assert "アドバイザーとして登録されていない" in refused(people[who], kind="advised")

    def test_an_adviser_whose_term_is_over(self, adviser):
        make_term_end(adviser)

        assert "アドバイザーとして登録されていない" in refused(adviser, kind="advised")


class TestTheSameWordTwice:
    def again(self, decide_once, by):
        with pytest.raises(Overtaken) as refusal, transaction.atomic():
            decide_once(by)
        assert refusal.value.messages == ["同じ内容の判断を、すでに送っています。"]
        assert Decision.objects.count() == 1
        assert OutgoingMail.objects.filter(kind=deciding.MAIL).count() == 1

    @pytest.mark.parametrize("decide_once", [advised, wanted_again])
    def test_is_refused(self, adviser, decide_once):
        decide_once(adviser)

        self.again(decide_once, adviser)

    def test_is_refused_with_the_same_sections_open(self, adviser, second):
        comment(adviser, section="policy")
        comment(second, section="policy")
        wanted_again(adviser)
        wanted_again(second, text="ほかの節も読みました。")

        with pytest.raises(Overtaken), transaction.atomic():
            wanted_again(adviser)
        with pytest.raises(Overtaken), transaction.atomic():
            wanted_again(second, text="ほかの節も読みました。")

    @pytest.mark.parametrize(
        "other", [{"text": "ほかの総評"}, {"opens_all": True}, {"wanted_on": timezone.localdate}]
    )
    def test_another_content_is_no_repetition(self, adviser, other):
        comment(adviser, section="policy")
        wanted_again(adviser)

        wanted_again(adviser, **{k: v() if callable(v) else v for k, v in other.items()})

        assert Decision.objects.count() == 2

    def test_a_comment_that_goes_out_with_it_is_news(self, adviser):
        advised(adviser)
        comment(adviser, kind="good", sent_at=None)

        advised(adviser)

        assert Decision.objects.count() == 2

    def test_a_section_commented_meanwhile_opens(self, adviser):
        comment(adviser, section="policy")
        wanted_again(adviser)
        comment(adviser, section="indicators")

        wanted_again(adviser)

        assert opened() == {"policy", "indicators"}

    def test_after_another_word_it_may_be_said_again(self, adviser):
        for decide_once in (advised, wanted_again, advised):
            decide_once(adviser)

        assert Decision.objects.count() == 3

    def test_of_a_new_version_it_is_a_new_word(self, adviser, people):
        advised(adviser)
        reopening.reopen(world.report_of(), reason="直すため", by=people["editor"])
        submit(world.report_of(), by=people["editor"])

        advised(adviser)

        assert Decision.objects.count() == 2


class TestOneTransaction:
    def test_of_two_presses_one_wins(self, adviser):
        first, late = world.report_of(), world.report_of()
        decide(first, kind="advised", by=adviser)

        with pytest.raises(Overtaken), transaction.atomic():
            decide(late, kind="revisit", by=adviser, text="もう一度", wanted_on=soon())

        assert status() == "advised"
        assert Decision.objects.count() == 1
        assert OutgoingMail.objects.filter(kind=deciding.MAIL).count() == 1

    def test_of_two_advisers_who_meet_one_is_told(self, adviser, second):
        first, late = world.report_of(), world.report_of()
        decide(first, kind="advised", by=adviser)

        with pytest.raises(Overtaken), transaction.atomic():
            decide(late, kind="advised", by=second)

        assert status() == "submitted"

    def test_pending_comments_go_out_with_it(self, adviser, second):
        mine, theirs = comment(adviser, sent_at=None), comment(second, sent_at=None)

        wanted_again(adviser)

        assert Comment.objects.get(pk=mine.pk).sent_at
        assert Comment.objects.get(pk=theirs.pk).sent_at is None

    def test_the_history_tells_it(self, adviser):
        wanted_again(adviser)

        change = Change.objects.of(world.report_of()).filter(deed="decide").get()
        assert (change.actor, change.after["status"]) == (adviser, "revisit")
        assert change.after["wanted_on"] == soon().isoformat()


class TestRules:
    def set_rule(self, way):
        prefecture = world.cycle_of().municipality.prefecture
        AcceptanceRule.objects.create(prefecture=prefecture, way=way)

    def test_a_report_that_is_advised_may_be_accepted_by_itself(self, adviser, second):
        self.set_rule("when_advised")
        advised(adviser)
        assert status() == "submitted"

        advised(second)

        assert status() == progress().status == "accepted"
        assert progress().accepted_on == timezone.localdate()

    def resubmitted(self, people):
        """The report comes in once more, under the rule that accepts it as it comes."""
        self.set_rule("when_submitted")
        reopening.reopen(world.report_of(), reason="直すため", by=people["editor"])
        submit(world.report_of(), by=people["editor"])
        assert status() == "accepted"

    def test_what_was_accepted_as_it_came_in_is_still_read(self, adviser, people):
        self.resubmitted(people)

        advised(adviser)

        assert status() == progress().status == "accepted"
        assert progress().accepted_on == timezone.localdate()
        assert Decision.objects.get().kind == "advised"

    def test_and_may_be_wanted_again(self, adviser, people):
        self.resubmitted(people)

        wanted_again(adviser)

        assert status() == progress().status == "revisit"
        assert progress().accepted_on is None

    def test_without_the_rule_it_waits_for_the_officer(self, adviser):
        self.set_rule("by_hand")

        advised(adviser)

        assert status() == "advised"
        assert progress().accepted_on is None


class TestMails:
    def test_whoever_submitted_is_told_what_is_wanted(self, adviser):
        comment(adviser, kind="fix")
        comment(adviser, kind="fix", sent_at=None)
        comment(adviser, kind="good")
        wanted_again(adviser, text="出典を書き足してください。")
        send_mails()

        [letter] = outbox.outbox
        assert letter.to == ["editor@example.jp"]
        assert "もう一度見たい" in letter.subject
        assert "直してほしい　2件、良い点　1件" in letter.body
        assert "出典を書き足してください。" in letter.body
        assert f"{in_wareki(soon())}まで" in letter.body
        assert (
            f"https://pdca.example.jp/m/990019/2026/reports/{world.report_of().pk}/" in letter.body
        )

    def test_a_word_of_one_of_two_names_who_is_waited_for(self, adviser, second):
        advised(adviser)
        send_mails()

        [letter] = outbox.outbox
        assert "adviser-2の担当）の判断を待っています" in letter.body

    def test_the_last_word_says_that_it_was_the_last(self, adviser, second):
        for one in (adviser, second):
            advised(one)
            send_mails()

        first, last = (one.body for one in outbox.outbox)
        assert "助言がすべて済みました" in last
        assert "助言がすべて済みました" not in first

    def test_a_word_beside_a_wish_of_another_names_the_wish(self, adviser, second):
        wanted_again(adviser)
        advised(second)
        send_mails()

        [said] = [one.body for one in outbox.outbox if "「助言済み」としました" in one.subject]
        assert "adviserの担当）は「もう一度見たい」としています" in said

    def test_after_the_writer_left_the_other_editors_are_told(self, adviser, people):
        make_term_end(people["editor"])
        grant(people["viewer"], "editor", "municipality", world.OURS)

        advised(adviser)
        send_mails()

        assert [letter.to for letter in outbox.outbox] == [["viewer@example.jp"]]

    def test_a_word_that_was_replaced_is_not_sent(self, adviser):
        wanted_again(adviser)
        advised(adviser)
        send_mails()

        [letter] = outbox.outbox
        assert "「助言済み」としました" in letter.subject
        assert OutgoingMail.objects.filter(kind=deciding.MAIL, state="withheld").count() == 1

    def test_who_left_before_the_mail_is_composed_is_not_told(self, adviser, people):
        advised(adviser)
        make_term_end(people["editor"])
        send_mails()

        assert not outbox.outbox


def test_a_report_of_another_kind_stays_as_it_is(adviser, people):
    submitted(people)

    advised(adviser)

    assert world.report_of(kind="final").status == "submitted"
