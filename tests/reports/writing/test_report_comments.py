"""The municipality reads its advisers' comments by section, answers them, and sees what was decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.kernel import submission_keys
from reports.models import Comment, CommentReply
from reports.submission.reworking import reopening
from tests import world
from tests.reports.reviewing import advised, comment, new_adviser, wanted_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(here, people):
    return people["adviser"]


@pytest.fixture
def address(here):
    return f"/m/990019/2026/reports/{world.report_of().pk}/"


def page_of(client, address, **filters):
    return client.get(f"{address}comments/", filters).content.decode()


def answer(client, address, one, **posted):
    posted = {"text": "出典を書き足しました。", "deed": "answer"} | posted
    posted.setdefault("submission_key", submission_keys.new())
    return client.post(f"{address}comments/{one.pk}/reply/", posted)


class TestReading:
    def test_without_a_comment_the_page_says_what_it_is_for(self, as_editor, address):
        assert "コメントはありません。アドバイザーが報告書を読んで" in page_of(as_editor, address)

    def test_who_is_asked_to_mend_finds_the_way_to_it(self, as_editor, adviser, address):
        comment(adviser)
        assert "を直しはじめる</a>" not in page_of(as_editor, address)

        wanted_again(adviser)

        assert f'<a href="{address}">中間報告書を直しはじめる</a>' in page_of(as_editor, address)

    def test_comments_stand_by_section_and_what_waits_comes_first(
        self, as_editor, adviser, address
    ):
        comment(adviser, section="profile", text="済んだコメント", state="answered")
        comment(adviser, section="policy", text="待っているコメント")
        comment(adviser, section="whole", text="全体へのコメント")

        page = page_of(as_editor, address)

        order = [page.index(one) for one in ("全体へのコメント", "待っている", "済んだコメント")]
        assert order == sorted(order)
        assert "3件（未対応2件）" in page
        assert '<h2 id="group-1">報告書全体</h2>' in page

    def test_only_what_waits_may_be_shown(self, as_editor, adviser, address):
        comment(adviser, text="済んだコメント", state="settled")
        comment(adviser, text="待っているコメント")
        comment(adviser, text="良いところ", kind="good")

        page = page_of(as_editor, address, open="1")

        assert "待っているコメント" in page
        assert "済んだコメント" not in page
        assert "良いところ" not in page

    def test_what_is_good_is_listed_apart_and_asks_for_nothing(self, as_editor, adviser, address):
        comment(adviser, text="図が分かりやすいです。", kind="good")

        page = page_of(as_editor, address)

        assert "良い点として挙げられたこと" in page
        assert "1件（未対応0件）" in page
        assert "返事を書く" not in page

    def test_a_pending_comment_is_nobodys_business(self, as_editor, adviser, address):
        comment(adviser, text="まだ送っていない", sent_at=None)

        page = page_of(as_editor, address)

        assert "まだ送っていない" not in page
        assert "コメントはありません" in page

    def test_what_the_advisers_decided_stands_on_top(self, as_editor, adviser, people, address):
        second = new_adviser(people)
        wanted_again(adviser, text="出典を書き足してください。")

        page = page_of(as_editor, address)

        assert "出典を書き足してください。" in page
        assert "までに、もう一度見たい" in page
        assert f"{second}</dt>" in page
        assert "読んでいるところ" in page

    def test_a_viewer_reads_and_finds_no_form(self, sign_in, adviser, address):
        one = comment(adviser)
        client = sign_in("viewer")

        assert one.text in page_of(client, address)
        assert "返事を書く" not in page_of(client, address)
        assert answer(client, address, one).status_code == 403
        assert not CommentReply.objects.exists()

    def test_a_first_draft_has_no_such_page(self, as_editor, here):
        draft = world.report_of(kind="final")

        assert as_editor.get(f"/m/990019/2026/reports/{draft.pk}/comments/").status_code == 404

    def test_the_report_leads_there_with_its_counts(self, as_editor, adviser, address):
        comment(adviser)
        comment(adviser, state="answered")

        assert "アドバイザーのコメント（2件、未対応1件）" in as_editor.get(address).content.decode()

    def test_in_a_new_version_the_way_leads_to_the_section(
        self, as_editor, adviser, people, address
    ):
        comment(adviser, section="policy")
        assert f"{address}sections/policy/edit/" not in page_of(as_editor, address)

        reopening.reopen(world.report_of(), reason="直すため", by=people["editor"])

        assert f"{address}sections/policy/edit/" in page_of(as_editor, address)

    def test_many_replies_cost_no_more(self, as_editor, adviser, address):
        first = comment(adviser)
        page_of(as_editor, address)
        with CaptureQueriesContext(connection) as few:
            page_of(as_editor, address)
        for number in range(20):
            one = comment(adviser, section="profile", text=f"コメント{number}")
            for about in (first, one):
                CommentReply.objects.create(comment=about, text="返事", author=adviser)
        with CaptureQueriesContext(connection) as many:
            page_of(as_editor, address)

        assert len(many) <= len(few) + 1


class TestAnswering:
    def test_an_answer_settles_it_for_the_municipality(self, as_editor, adviser, people, address):
        one = comment(adviser)

        response = answer(as_editor, address, one)

        assert response.status_code == 302
        assert response.headers["Location"].endswith(f"/comments/#comment-{one.pk}")
        assert Comment.objects.get(pk=one.pk).state == "answered"
        reply = CommentReply.objects.get(comment=one)
        assert (reply.author, reply.is_advisers) == (people["editor"], False)

    def test_a_reply_leaves_it_open(self, as_editor, adviser, address):
        one = comment(adviser)

        answer(as_editor, address, one, deed="reply", text="どの表のことでしょうか。")

        assert Comment.objects.get(pk=one.pk).state == "open"
        assert "どの表のことでしょうか。" in page_of(as_editor, address)

    def test_of_two_presses_one_wins(self, as_editor, adviser, address):
        one, key = comment(adviser), submission_keys.new()

        for _ in range(2):
            assert answer(as_editor, address, one, submission_key=key).status_code == 302

        assert CommentReply.objects.count() == 1

    def test_of_two_people_one_wins_and_the_other_keeps_the_words(
        self, as_editor, adviser, address
    ):
        one = comment(adviser)
        answer(as_editor, address, one)

        late = answer(as_editor, address, one, text="後から書いた返事")

        assert late.status_code == 422
        assert "先に変わっています" in late.content.decode()
        assert "後から書いた返事" in late.content.decode()
        assert CommentReply.objects.count() == 1

    @pytest.mark.parametrize(
        ("posted", "sentence"),
        [
            ({"text": "　"}, "返事を書いてから押してください"),
            ({"deed": "delete"}, "返事だけ書く」を押してください"),
            ({"text": "あ" * 4001}, "4,000字"),
        ],
    )
    def test_what_is_missing_is_said(self, as_editor, adviser, address, posted, sentence):
        one = comment(adviser)

        refused = answer(as_editor, address, one, **posted)

        assert refused.status_code == 422
        assert sentence in refused.content.decode()
        assert Comment.objects.get(pk=one.pk).state == "open"

    def test_a_comment_that_was_not_sent_is_absent(self, as_editor, adviser, address):
        one = comment(adviser, sent_at=None)

        assert answer(as_editor, address, one).status_code == 404

    def test_a_comment_of_another_report_is_absent(self, as_editor, adviser, people):
        one = comment(adviser)
        other = world.report_of(kind="final")
        type(other).objects.filter(pk=other.pk).update(submitted_at="2026-10-01T00:00:00Z")

        posted = answer(as_editor, f"/m/990019/2026/reports/{other.pk}/", one)

        assert posted.status_code == 404


def test_the_report_tells_its_course(as_editor, adviser, address):
    wanted_again(adviser)
    advised(adviser)

    page = as_editor.get(address).content.decode()

    course = page[page.index("提出から受理まで") :]
    places = [course.index(word) for word in ("提出　", "もう一度見たい　", "助言済み　")]
    assert places == sorted(places)
