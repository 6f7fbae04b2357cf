"""Comments: a private working paper until they are sent, then fixed, with a thread and a state."""

import pytest
from django.core.exceptions import ValidationError

from municipalities.models import Change, Membership, User
from municipalities.templatetags import change_words
from municipalities.tenancy import within
from reports.models import Comment, CommentReply, ProgressReport, Snapshot
from reports.submission.advising import commenting
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.deliveries import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(here):
    return world.report_of()


@pytest.fixture
def adviser(people):
    return people["adviser"]


@pytest.fixture
def second(db):
    user = User.objects.create(username="second", display_name="二人目のアドバイザー")
    grant(user, "adviser", "municipality", world.OURS)
    return user


def write(report, by, **values):
    words = {"section": "policy", "kind": "fix", "text": "数字の出典を書いてください。"} | values
    return commenting.write(report, report.snapshot, by=by, **words)


def sent(report, by, **values):
    comment = write(report, by, **values)
    commenting.send(report, by=by)
    return Comment.objects.get(pk=comment.pk)


def end_term(user):
    Membership.objects.filter(user=user).update(valid_to="2020-12-31")


def deeds_on(report):
    return [change.deed for change in Change.objects.of(report)]


class TestWriting:
    def test_a_pending_comment_is_seen_by_its_author_only(self, report, adviser, second):
        comment = write(report, adviser)

        assert list(Comment.objects.visible_to(adviser)) == [comment]
        assert not Comment.objects.visible_to(second)
        assert not Comment.objects.sent()

    def test_writing_changing_and_dropping_leave_no_trace(self, report, adviser):
        before = Change.objects.count()
        comment = write(report, adviser)
        commenting.rewrite(comment, seen=1, kind="good", text="よい", quote="", by=adviser)
        commenting.drop(comment, by=adviser)

        assert Change.objects.count() == before
        assert not Comment.objects.exists()

    def test_the_report_as_a_whole_has_a_place(self, report, adviser):
        assert write(report, adviser, section=commenting.WHOLE).section == "whole"
        assert commenting.label_of("whole") == "報告書全体"
        assert commenting.label_of("policy") == "取組の方針"

    @pytest.mark.parametrize("section", ["", "nowhere", "policy "])
    def test_a_section_that_the_report_has_not_is_refused(self, report, adviser, section):
        with pytest.raises(ValidationError, match="この報告書にない節です"):
            write(report, adviser, section=section)

    @pytest.mark.parametrize(
        "words",
        [
            {"text": ""},
            {"text": "  \n"},
            {"text": "あ" * 4001},
            {"text": "a\0b"},
            {"quote": "あ" * 501},
            {"kind": "order"},
        ],
    )
    def test_words_that_cannot_be_kept_are_refused(self, report, adviser, words):
        with pytest.raises(ValidationError):
            write(report, adviser, **words)
        assert not Comment.objects.exists()

    def test_only_the_newest_version_takes_comments(self, report, adviser, people):
        first = report.snapshot
        reopening.reopen(report, reason="直します", by=people["editor"])
        submit(report, by=people["editor"])

        with pytest.raises(ValidationError, match="新しい版が提出されています"):
            commenting.write(report, first, section="policy", kind="fix", text="古い", by=adviser)
        assert write(report, adviser).snapshot.version == 2

    def test_a_paper_of_the_council_takes_none(self, report, adviser):
        ProgressReport.objects.filter(pk=report.pk).update(is_council_paper=True)

        with pytest.raises(ValidationError, match="協議体資料"):
            write(world.report_of(), adviser)

    @pytest.mark.parametrize("username", ["editor", "officer", "neighbour-adviser", "stranger"])
    def test_who_is_no_adviser_here_writes_none(self, report, people, username):
        stranger = User.objects.get(username=username)

        with pytest.raises(ValidationError, match="期間が終わっている"):
            write(report, stranger)


class TestRewriting:
    def test_two_windows_of_one_author_meet(self, report, adviser):
        comment = write(report, adviser)
        words = {"kind": "fix", "quote": "", "by": adviser}
        commenting.rewrite(comment, seen=1, text="先の文", **words)

        with pytest.raises(Overtaken, match="別の画面"):
            commenting.rewrite(comment, seen=1, text="後の文", **words)
        assert Comment.objects.get().text == "先の文"

    def test_what_was_sent_is_fixed(self, report, adviser):
        comment = sent(report, adviser)

        with pytest.raises(Overtaken):
            commenting.rewrite(comment, seen=1, kind="fix", text="別の文", quote="", by=adviser)
        with pytest.raises(Overtaken):
            commenting.drop(comment, by=adviser)
        assert Comment.objects.get().text == "数字の出典を書いてください。"

    def test_another_adviser_changes_nothing(self, report, adviser, second):
        comment = write(report, adviser)

        with pytest.raises(ValidationError):
            commenting.rewrite(comment, seen=1, kind="fix", text="別の文", quote="", by=second)
        with pytest.raises(ValidationError):
            commenting.drop(comment, by=second)
        assert Comment.objects.get().text == "数字の出典を書いてください。"


class TestSending:
    def test_all_pending_ones_go_out_with_one_change(self, report, adviser, second):
        write(report, adviser)
        write(report, adviser, section="whole")
        write(report, second)

        assert commenting.send(report, by=adviser) == 2
        assert Comment.objects.sent().count() == 2
        assert deeds_on(report)[0] == "comments_send"
        assert deeds_on(report).count("comments_send") == 1

    def test_a_second_press_sends_nothing(self, report, adviser):
        first = sent(report, adviser)

        assert commenting.send(report, by=adviser) == 0
        assert Comment.objects.get().sent_at == first.sent_at
        assert deeds_on(report).count("comments_send") == 1

    def test_after_the_term_nothing_is_sent(self, report, adviser):
        comment = write(report, adviser)
        end_term(adviser)

        with pytest.raises(ValidationError, match="期間が終わっている"):
            commenting.send(report, by=adviser)
        with pytest.raises(ValidationError, match="期間が終わっている"):
            commenting.rewrite(comment, seen=1, kind="fix", text="別の文", quote="", by=adviser)
        assert not Comment.objects.sent()

    def test_the_neighbours_pending_comments_stay_where_they_are(self, report, adviser, people):
        theirs = world.report_of(world.THEIRS)
        with within(theirs.cycle.municipality):
            write(theirs, people["neighbour-adviser"])
        commenting.send(report, by=adviser)

        with within(theirs.cycle.municipality):
            assert not Comment.objects.sent()


class TestTheThread:
    def test_an_answer_says_done_and_the_author_settles_it(self, report, adviser, people):
        comment = sent(report, adviser)
        assert list(Comment.objects.unanswered()) == [comment]
        commenting.answer(comment, text="書き足しました。", by=people["editor"])
        assert Comment.objects.get().state == "answered"
        commenting.settle(comment, by=adviser)

        assert Comment.objects.get().state == "settled"
        assert not CommentReply.objects.get().is_advisers
        assert deeds_on(report)[:2] == ["comment_settle", "comment_answer"]

    def test_it_is_asked_again_with_a_reason(self, report, adviser, people):
        comment = sent(report, adviser)
        commenting.answer(comment, text="書き足しました。", by=people["editor"])
        commenting.ask_again(comment, text="出典の年もお願いします。", by=adviser)

        assert Comment.objects.get().asks
        assert CommentReply.objects.filter(is_advisers=True).count() == 1

    def test_of_two_answers_the_second_writes_nothing(self, report, adviser, people):
        comment = sent(report, adviser)
        again = Comment.objects.get()
        commenting.answer(comment, text="一つ目", by=people["editor"])

        with pytest.raises(Overtaken, match="先に変わっています"):
            commenting.answer(again, text="二つ目", by=people["editor"])
        assert [one.text for one in CommentReply.objects.all()] == ["一つ目"]

    def test_of_two_settlings_the_second_writes_nothing(self, report, adviser):
        comment = sent(report, adviser)
        commenting.settle(comment, by=adviser)

        with pytest.raises(Overtaken):
            commenting.settle(comment, by=adviser)
        assert deeds_on(report).count("comment_settle") == 1

    def test_any_adviser_replies_but_only_the_author_settles(self, report, adviser, second):
        comment = sent(report, adviser)
        commenting.reply(comment, text="同じ意見です。", by=second, is_advisers=True)

        with pytest.raises(ValidationError, match="返事だけ"):
            commenting.settle(comment, by=second)
        with pytest.raises(ValidationError, match="返事だけ"):
            commenting.ask_again(comment, text="まだです。", by=second)
        assert Comment.objects.get().state == "open"

    def test_a_pending_comment_has_no_thread(self, report, adviser, people):
        comment = write(report, adviser)

        with pytest.raises(ValidationError):
            commenting.reply(comment, text="返事", by=adviser, is_advisers=True)
        with pytest.raises(ValidationError):
            commenting.answer(comment, text="返事", by=people["editor"])
        with pytest.raises(Overtaken):
            commenting.settle(comment, by=adviser)
        assert not CommentReply.objects.exists()

    @pytest.mark.parametrize("text", ["", "  ", "あ" * 4001])
    def test_a_reply_needs_words(self, report, adviser, people, text):
        comment = sent(report, adviser)

        with pytest.raises(ValidationError):
            commenting.answer(comment, text=text, by=people["editor"])
        assert Comment.objects.get().state == "open"

    def test_after_the_term_an_adviser_neither_replies_nor_settles(self, report, adviser):
        comment = sent(report, adviser)
        end_term(adviser)

        for deed in (
            lambda: commenting.reply(comment, text="返事", by=adviser, is_advisers=True),
            lambda: commenting.settle(comment, by=adviser),
            lambda: commenting.ask_again(comment, text="返事", by=adviser),
        ):
            with pytest.raises(ValidationError, match="期間が終わっている"):
                deed()

    def test_the_history_names_the_deeds_in_words(self, report, adviser):
        sent(report, adviser)

        assert change_words.deed(Change.objects.of(report).first()) == "コメントの送信"


def test_the_frozen_version_is_not_touched(report, adviser, people):
    before = bytes(report.snapshot.document)
    commenting.answer(sent(report, adviser), text="直しました。", by=people["editor"])

    assert bytes(Snapshot.objects.get(report=report).document) == before
