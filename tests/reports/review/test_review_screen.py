"""The adviser's screen: each section beside its comments, drafts that last, and what each of its forms does."""

import re

import pytest
from django.contrib.sessions.models import Session

from municipalities.kernel import submission_keys
from municipalities.kernel.drafts import Draft
from municipalities.models import Change, Membership
from reports.models import Comment, CommentReply, ProgressReport, SupportEffect
from reports.submission.advising import commenting
from reports.submission.advising.deciding import decide
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.reviewing import comment as sent_comment
from tests.reports.reviewing import new_adviser

pytestmark = pytest.mark.django_db
REVIEW = f"/review/{world.OURS}-{world.YEAR}-interim-1/"
COMMENTS = f"{REVIEW}comments/"
HTMX = {"HX-Request": "true"}
OURS = {"Origin": "http://testserver"}
DRAFT_MARK = "下書き（まだ送っていません）"


def write(client, section="policy", **fields):
    words = {"kind": "fix", "text": "数字の出典を書いてください。", "quote": ""}
    words |= {"submission_key": submission_keys.new()} | fields
    headers = words.pop("headers", {})
    return client.post(f"{COMMENTS}{section}/", words, headers=headers)


def pane(response, section="policy"):
    """Return the part of the page that holds the comments of a section."""
    page = response.content.decode()
    return page[page.index(f'id="comments-{section}"') :].split('<div class="review-row">')[0]


def resubmit(people):
    report = world.report_of()
    reopening.reopen(report, reason="直します", by=people["editor"])
    submit(report, by=people["editor"])


@pytest.fixture
def as_second(here, people, sign_in):
    new_adviser(people)
    return sign_in("adviser-2")


class TestReading:
    def test_every_section_stands_beside_its_comments_and_the_whole_comes_last(self, as_adviser):
        page = as_adviser.get(REVIEW).content.decode()
        sections = re.findall(r'<h2 id="section-([\w-]+)">', page)
        panes = re.findall(r'id="comments-([\w-]+)"', page)

        assert sections == panes
        assert sections[0] == "profile"
        assert sections[-1] == commenting.WHOLE

    def test_sent_ones_are_seen_by_every_adviser_and_pending_ones_by_their_author(
        self, as_adviser, as_second, people
    ):
        sent_comment(people["adviser"], text="届いた文", quote="写した文")
        sent_comment(people["adviser"], text="書いている文", sent_at=None)

        mine, theirs = pane(as_adviser.get(REVIEW)), pane(as_second.get(REVIEW))
        assert "届いた文" in theirs
        assert "写した文" in theirs
        assert "書いている文" not in theirs
        assert "書いている文" in mine
        assert mine.count(DRAFT_MARK) == 1

    def test_the_municipality_sees_no_pending_one_anywhere(self, as_editor, here, people):
        """The negative control of the working paper: sent, it is on the same pages."""
        comment = sent_comment(people["adviser"], text="見せていない文", sent_at=None)
        report = world.report_of()
        year = f"/m/{world.OURS}/{world.YEAR}/"
        pages = [f"{year}reports/{report.pk}/", f"{year}reports/{report.pk}/comments/"]
        pages.append(f"{year}history/")
        for address in pages:
            assert "見せていない文" not in as_editor.get(address).content.decode()
        assert not Change.objects.filter(after__icontains="見せていない文").exists()

        commenting.send(report, by=people["adviser"])
        assert comment.text in as_editor.get(pages[1]).content.decode()

    def test_comments_of_an_earlier_version_stay_with_their_section(self, as_adviser, here, people):
        sent_comment(people["adviser"], text="前の版の文")
        assert "第1版へのコメント" not in pane(as_adviser.get(REVIEW))
        resubmit(people)

        shown = pane(as_adviser.get(REVIEW))
        assert "前の版の文" in shown
        assert "第1版へのコメント" in shown

    def test_a_comment_on_a_section_that_is_not_shown_stands_with_the_whole(
        self, as_adviser, here, people
    ):
        sent_comment(people["adviser"], section="effects", text="効果への文")
        assert "効果への文" in pane(as_adviser.get(REVIEW), "effects")
        SupportEffect.objects.all().delete()
        resubmit(people)
        shown = pane(as_adviser.get(REVIEW), "whole")

        assert "効果への文" in shown
        assert "「支援前後の変化（支援の効果）」へのコメント" in shown

    def test_the_contents_count_the_comments_of_each_section(self, as_adviser, here, people):
        sent_comment(people["adviser"])
        sent_comment(people["adviser"], sent_at=None)

        assert '<span id="count-policy">（2）</span>' in as_adviser.get(REVIEW).content.decode()

    def test_what_people_write_is_never_markup(self, as_adviser, here, people):
        sent_comment(people["adviser"], text="<script>1</script>", quote="<b>2</b>")

        page = as_adviser.get(REVIEW).content.decode()
        assert "<script>1" not in page
        assert "<b>2</b>" not in page

    def test_the_comments_take_three_queries_however_many(
        self, as_adviser, as_second, people, django_assert_max_num_queries
    ):
        for number in range(40):
            comment = sent_comment(people["adviser-2"], text=f"文{number}")
            commenting.reply(comment, text="返事", by=people["adviser"], is_advisers=True)
        as_adviser.get(REVIEW)
        # One of them reads last year's paper, for what is word for word the same.
        with django_assert_max_num_queries(11):
            as_adviser.get(REVIEW)


class TestWriting:
    def test_a_plain_post_leads_back_to_its_section(self, as_adviser, here):
        response = write(as_adviser, quote="写した文")

        assert response.headers["Location"] == f"{REVIEW}#comments-policy"
        comment = Comment.objects.get()
        assert (comment.kind, comment.quote, comment.is_pending) == ("fix", "写した文", True)
        assert DRAFT_MARK in pane(as_adviser.get(REVIEW))

    def test_htmx_gets_the_section_its_count_and_the_bars(self, as_adviser, here):
        response = write(as_adviser, headers=HTMX)
        part = response.content.decode()

        assert response.status_code == 200
        assert "<html" not in part
        assert DRAFT_MARK in part
        assert '<span id="count-policy" hx-swap-oob="true">（1）</span>' in part
        assert part.count("コメントだけ先に送る（1件）") == 2

    def test_pressed_twice_it_is_written_once(self, as_adviser, here):
        key = submission_keys.new()
        write(as_adviser, submission_key=key)
        write(as_adviser, submission_key=key)

        assert Comment.objects.count() == 1

    @pytest.mark.parametrize("headers", [{}, HTMX])
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"text": ""}, "コメントを入力してください"),
            ({"text": "あ" * 4001}, "4,000字以内で入力してください"),
            ({"kind": "order"}, "選"),
            ({"submission_key": "x"}, "画面を開き直して"),
        ],
    )
    def test_what_is_refused_keeps_what_was_typed(
        self, as_adviser, here, headers, fields, sentence
    ):
        response = write(as_adviser, **({"quote": "写した文"} | fields), headers=headers)

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "写した文" in pane(response)
        assert not Comment.objects.exists()

    def test_a_section_that_is_none_is_absent(self, as_adviser, here):
        assert write(as_adviser, section="nowhere").status_code == 404

    def test_a_version_that_was_overtaken_is_said(self, as_adviser, here, people, monkeypatch):
        """A new version is submitted between the reading of the newest one and the writing."""
        written = commenting.write

        def late(report, snapshot, **values):
            resubmit(people)
            return written(report, snapshot, **values)

        monkeypatch.setattr(commenting, "write", late)
        response = write(as_adviser)

        assert response.status_code == 422
        assert "新しい版が提出されています" in response.content.decode()
        assert not Comment.objects.exists()

    def test_a_paper_of_the_council_has_no_forms(self, as_adviser, here):
        ProgressReport.objects.filter(pk=world.report_of().pk).update(is_council_paper=True)
        page = as_adviser.get(REVIEW).content.decode()

        assert "コメントを書く" not in page
        assert "協議体資料として締めた報告書のため" in page
        assert write(as_adviser).status_code == 422

    def test_staff_write_none(self, as_editor, here):
        assert write(as_editor).status_code == 403
        assert not Comment.objects.exists()

    def test_the_fields_drawn_by_hand_are_those_of_the_form(self, as_adviser, here):
        """Twenty forms on a page are drawn without widgets: names, labels and limits must not part."""
        fields = re.compile(r'name="(kind|text|quote)"|data-counter="(\d+)"|※(必須|任意)')
        empty, refused = pane(as_adviser.get(REVIEW)), pane(write(as_adviser, text=""))

        assert fields.findall(empty) == fields.findall(refused)
        for word in ("種類", "コメント", "対象の文", "直してほしい", "提案", "質問", "良い点"):
            assert word in empty
            assert word in refused


class TestPending:
    def test_it_is_edited_by_its_author(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"], sent_at=None)
        address = f"{COMMENTS}{comment.pk}/edit/"
        assert comment.text in as_adviser.get(address).content.decode()
        fields = {"kind": "question", "text": "言い直した文", "base_version": 1}
        response = as_adviser.post(address, fields)

        assert response.headers["Location"] == f"{REVIEW}#comments-policy"
        stored = Comment.objects.get()
        assert (stored.kind, stored.text, stored.version) == ("question", "言い直した文", 2)

    def test_two_windows_are_asked_which_text_stays(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"], sent_at=None)
        address = f"{COMMENTS}{comment.pk}/edit/"
        as_adviser.post(address, {"kind": "fix", "text": "先の文", "base_version": 1})
        second = as_adviser.post(address, {"kind": "fix", "text": "後の文", "base_version": 1})

        page = second.content.decode()
        assert second.status_code == 409
        assert "いまの文は「先の文」です" in page
        assert "後の文" in page
        assert 'name="base_version" value="2"' in page
        assert Comment.objects.get().text == "先の文"

    def test_it_is_taken_away(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"], sent_at=None)
        as_adviser.post(f"{COMMENTS}{comment.pk}/delete/")

        assert not Comment.objects.exists()

    @pytest.mark.parametrize("deed", ["edit", "delete"])
    def test_what_was_sent_and_what_is_anothers_is_not_there(
        self, as_adviser, as_second, people, deed
    ):
        sent = sent_comment(people["adviser"])
        pending = sent_comment(people["adviser"], sent_at=None)
        fields = {"kind": "fix", "text": "書き換えた文", "base_version": 1}

        assert as_adviser.post(f"{COMMENTS}{sent.pk}/{deed}/", fields).status_code == 404
        assert as_second.post(f"{COMMENTS}{pending.pk}/{deed}/", fields).status_code == 404
        assert Comment.objects.exclude(text="書き換えた文").count() == 2


class TestSending:
    def test_comments_go_ahead_of_the_decision(self, as_adviser, here, people):
        write(as_adviser)
        write(as_adviser, section="whole")
        page = as_adviser.get(REVIEW).content.decode()
        assert page.count("コメントだけ先に送る（2件）") == 2

        response = as_adviser.post(f"{COMMENTS}send/", follow=True)
        assert "コメント2件を市区町村へ送りました。" in response.content.decode()
        assert Comment.objects.sent().count() == 2
        assert "コメントだけ先に送る" not in response.content.decode()

    def test_a_second_press_says_that_there_was_nothing(self, as_adviser, here):
        response = as_adviser.post(f"{COMMENTS}send/", follow=True)

        assert "送っていないコメントはありませんでした。" in response.content.decode()

    def test_the_bar_leads_to_the_decision_and_says_what_was_decided(
        self, as_adviser, here, people
    ):
        assert f'href="{REVIEW}decision/"' in as_adviser.get(REVIEW).content.decode()
        decide(world.report_of(), kind="advised", by=people["adviser"])

        page = as_adviser.get(REVIEW).content.decode()
        assert page.count("この版を「助言済み」としました。") == 2

    def test_the_facts_of_the_report_stand_in_one_line(self, as_adviser, here):
        page = as_adviser.get(REVIEW).content.decode()

        head = page.partition("</h1>")[2].partition('class="review-bar"')[0]
        assert "受付番号 990019-2026-interim-1　提出日 " in head
        assert "<dl" not in head

    def test_the_paper_is_saved_from_the_row_of_the_other_pages(self, as_adviser, here):
        page = as_adviser.get(REVIEW).content.decode()

        row = page.partition("アドバイスを確認・記入する")[2].partition("</p>")[0]
        assert f'href="{REVIEW}pdf/"' in row

    def test_while_a_new_version_is_written_nothing_is_decided(self, as_adviser, here, people):
        reopening.reopen(world.report_of(), reason="直します", by=people["editor"])

        page = as_adviser.get(REVIEW).content.decode()
        assert f'href="{REVIEW}decision/"' not in page
        assert "市区町村が新しい版を書いているところです" in page


class TestTheThread:
    def reply(self, client, comment, **fields):
        words = {"text": "返事の文", "deed": "reply", "submission_key": submission_keys.new()}
        return client.post(f"{COMMENTS}{comment.pk}/reply/", words | fields)

    def test_any_adviser_replies_once(self, as_second, here, people):
        comment = sent_comment(people["adviser"])
        key = submission_keys.new()
        for _ in range(2):
            response = self.reply(as_second, comment, submission_key=key)

        assert response.headers["Location"] == f"{REVIEW}#comments-policy"
        turn = CommentReply.objects.get()
        assert (turn.text, turn.is_advisers) == ("返事の文", True)

    def test_the_author_confirms_or_asks_again(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"])
        commenting.answer(comment, text="直しました。", by=people["editor"])
        shown = pane(as_adviser.get(REVIEW))
        assert "対応済み：確認待ち" in shown
        assert "市区町村の返事" in shown

        self.reply(as_adviser, comment, deed="again")
        assert Comment.objects.get().state == "open"
        as_adviser.post(f"{COMMENTS}{comment.pk}/settle/")
        assert Comment.objects.get().state == "settled"

    def test_another_adviser_is_offered_neither_and_may_neither(
        self, as_adviser, as_second, people
    ):
        comment = sent_comment(people["adviser"])
        commenting.answer(comment, text="直しました。", by=people["editor"])
        shown = pane(as_second.get(REVIEW))
        assert "確認済みにする" not in shown
        assert "もう一度お願いする" not in shown

        settled = as_second.post(f"{COMMENTS}{comment.pk}/settle/", follow=True)
        assert "返事だけを書けます" in settled.content.decode()
        assert self.reply(as_second, comment, deed="again").status_code == 422
        assert Comment.objects.get().state == "answered"

    def test_a_second_press_changes_nothing_and_says_so(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"])
        as_adviser.post(f"{COMMENTS}{comment.pk}/settle/")
        again = as_adviser.post(f"{COMMENTS}{comment.pk}/settle/", headers=HTMX)

        assert "先に変わっています" in again.content.decode()
        assert Change.objects.filter(deed="comment_settle").count() == 1

    def test_a_reply_without_words_is_refused_in_its_place(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"])
        response = self.reply(as_adviser, comment, text=" ")

        assert response.status_code == 422
        assert "返事を入力してください" in pane(response)

    def test_a_pending_comment_is_no_place_for_replies(self, as_adviser, here, people):
        comment = sent_comment(people["adviser"], sent_at=None)

        assert self.reply(as_adviser, comment).status_code == 404
        assert as_adviser.post(f"{COMMENTS}{comment.pk}/settle/").status_code == 404


class TestDrafts:
    KEY = f"review-{world.OURS}-{world.YEAR}-interim-1-comment-policy"

    def keep(self, client, **fields):
        return client.post(f"{REVIEW}drafts/{self.KEY}/", {"base_version": "0"} | fields)

    def test_what_was_typed_stands_in_the_form_when_the_page_is_opened_again(
        self, as_adviser, here
    ):
        assert f'data-draft-url="{REVIEW}drafts/{self.KEY}/"' in pane(as_adviser.get(REVIEW))
        self.keep(as_adviser, text="書きかけの文", kind="question", quote="写した文")

        shown = pane(as_adviser.get(REVIEW))
        assert "書きかけの文" in shown
        assert "写した文" in shown
        assert re.search(r'value="question"[^>]*checked', shown)
        assert "書きかけを破棄する" in shown
        assert "<details open>" in shown

    def test_nobody_else_gets_it(self, as_adviser, as_second):
        self.keep(as_adviser, text="書きかけの文")

        assert "書きかけの文" not in as_second.get(REVIEW).content.decode()

    def test_discarded_it_is_gone_and_leads_back_to_the_section(self, as_adviser, here):
        self.keep(as_adviser, text="書きかけの文")
        response = as_adviser.post(f"{REVIEW}drafts/{self.KEY}/discard/")

        assert response.headers["Location"] == f"{REVIEW}#comments-policy"
        assert "書きかけの文" not in as_adviser.get(REVIEW).content.decode()

    def test_writing_the_comment_drops_it_and_a_straggler_is_not_shown(self, as_adviser, here):
        self.keep(as_adviser, text="同じ文")
        write(as_adviser, text="同じ文")
        assert not Draft.objects.exists()
        self.keep(as_adviser, text="同じ文")

        assert "書きかけを破棄する" not in pane(as_adviser.get(REVIEW))

    def test_after_an_expired_session_the_text_stands_in_its_form(self, as_adviser, here):
        Session.objects.all().delete()
        write(as_adviser, text="切れる前の文", headers=OURS)
        as_adviser.post("/account/login/", {"login": "adviser", "password": world.PASSWORD})
        page = as_adviser.get(f"{COMMENTS}policy/")

        assert "切れる前の文" in pane(page)
        assert "まだ保存していません" in page.content.decode()
        assert not Comment.objects.exists()

    def test_after_the_term_the_text_is_offered_for_copying(self, as_adviser, here, people):
        """M03: the term ends at midnight with the page open."""
        Membership.objects.filter(user=people["adviser"]).update(valid_to="2020-12-31")
        response = write(as_adviser, text="期限が切れた文です。", headers=OURS)

        assert response.status_code == 404
        assert "期限が切れた文です。" in response.content.decode()
        assert not Comment.objects.exists()


def test_an_adviser_of_another_town_finds_nothing(sign_in, here, people):
    comment = sent_comment(people["adviser"], text="よそに見せない文")
    neighbour = sign_in("neighbour-adviser")

    assert write(neighbour).status_code == 404
    assert neighbour.post(f"{COMMENTS}{comment.pk}/settle/").status_code == 404
    theirs = neighbour.get(f"/review/{world.THEIRS}-{world.YEAR}-interim-1/")
    assert "よそに見せない文" not in theirs.content.decode()
    own = f"/review/{world.THEIRS}-{world.YEAR}-interim-1/comments/{comment.pk}/settle/"
    assert neighbour.post(own).status_code == 404
