"""The page on which an adviser ends a reading: what goes out with it, the mail to be, one press, one decision."""

import re

import pytest
from django.core import mail as outbox

from municipalities.japanese import dates
from municipalities.kernel.drafts import Draft
from municipalities.templatetags.era import western
from reports.models import Comment, Decision, ProgressReport
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.reviewing import comment, new_adviser, send_mails, soon, status

pytestmark = pytest.mark.django_db
REPORT = "/review/990019-2026-interim-1/"
PAGE = "/review/990019-2026-interim-1/decision/"
DRAFT = "/review/990019-2026-interim-1/drafts/decision-990019-2026-interim-1/"
KEY = re.compile(r'name="submission_key" value="([^"]+)"')


@pytest.fixture
def adviser(here, people):
    return people["adviser"]


def form_of(client, **posted):
    page = client.get(PAGE).content.decode()
    return {"submission_key": KEY.search(page)[1], "seen": "1"} | posted


def again(**more):
    return {
        "kind": "revisit",
        "text": "出典を書き足してください。",
        "wanted_on": dates.in_wareki(soon()),
    } | more


def test_what_was_not_sent_yet_is_listed_and_goes_out(as_adviser, adviser):
    one = comment(adviser, text="送っていないコメント", sent_at=None)
    assert "送っていないコメント" in as_adviser.get(PAGE).content.decode()

    response = as_adviser.post(PAGE, form_of(as_adviser, kind="advised"))

    assert response.headers["Location"] == "/review/990019-2026-interim-1/"
    assert Comment.objects.get(pk=one.pk).sent_at
    assert status() == "advised"


def test_what_was_typed_and_never_added_is_told_before_it_is_left_behind(as_adviser, adviser):
    assert "書きかけ" not in as_adviser.get(PAGE).content.decode()
    keep = "/review/990019-2026-interim-1/drafts/review-990019-2026-interim-1-comment-policy/"
    typed = {"base_version": "1", "kind": "fix", "text": "途中の文"}
    assert as_adviser.post(keep, typed).status_code == 200

    assert "書きかけのコメント・返事が1件あります" in as_adviser.get(PAGE).content.decode()

    comment(adviser, text="途中の文", sent_at=None)
    assert "書きかけ" not in as_adviser.get(PAGE).content.decode()


def test_after_a_decision_the_screen_says_until_when_and_asks_for_no_second_one(as_adviser):
    assert "「助言済み」か「もう一度見たい」を送る" in as_adviser.get(REPORT).content.decode()
    as_adviser.post(PAGE, form_of(as_adviser, **again()))

    page = as_adviser.get(REPORT).content.decode()

    assert f"見たい日は{western(soon())}です" in page
    assert "判断を送り直す" in page
    assert "「助言済み」か「もう一度見たい」を送る" not in page


def test_a_date_is_read_as_it_is_typed(as_adviser, adviser):
    as_adviser.post(PAGE, form_of(as_adviser, **again()))

    assert Decision.objects.get().wanted_on == soon()


def test_a_double_press_is_one_decision(as_adviser, adviser):
    posted = form_of(as_adviser, **again())

    for _ in range(2):
        assert as_adviser.post(PAGE, posted).status_code == 302
    send_mails()

    assert Decision.objects.count() == 1
    assert len(outbox.outbox) == 1


def test_the_mail_is_shown_as_it_will_be_sent(as_adviser, adviser, people):
    new_adviser(people)
    comment(adviser, sent_at=None)
    posted = form_of(as_adviser, **again())

    page = as_adviser.post(PAGE, posted | {"deed": "preview"})
    assert page.status_code == 200
    assert not Decision.objects.exists()
    as_adviser.post(PAGE, posted)
    send_mails()

    [letter] = outbox.outbox
    shown = page.content.decode()
    assert letter.subject in shown
    for line in filter(None, letter.body.splitlines()):
        assert line.strip() in shown, line


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "「助言済み」か「もう一度見たい」を選んでください"),
        (again(wanted_on=""), "いつまでに見たいかを見たい日の欄に書いてください"),
        (again(wanted_on="令和元年5月1日"), "見たい日が過ぎています"),
        (again(wanted_on="そのうち"), "日付"),
        (again(text=""), "直してほしいことを総評かコメント"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(as_adviser, adviser, posted, sentence):
    response = as_adviser.post(PAGE, form_of(as_adviser, **posted))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert posted.get("text", "") in page
    assert not Decision.objects.exists()


def test_what_was_typed_survives_a_closed_browser(as_adviser, adviser):
    kept = DRAFT in as_adviser.get(PAGE).content.decode()
    as_adviser.post(DRAFT, again(text="書きかけの総評"))

    assert kept
    assert "書きかけの総評" not in as_adviser.get(PAGE).content.decode()
    assert "入力を戻す" in as_adviser.get(PAGE).content.decode()
    assert "書きかけの総評" in as_adviser.get(PAGE, {"draft": ""}).content.decode()

    as_adviser.post(PAGE, form_of(as_adviser, **again()))

    assert not Draft.objects.exists()


def test_a_decision_on_a_version_that_was_not_read_is_refused(as_adviser, adviser, people):
    posted = form_of(as_adviser, kind="advised", text="よく書けています。")
    report = world.report_of()
    reopening.reopen(report, reason="直すため", by=people["editor"])
    submit(report, by=people["editor"])

    refused = as_adviser.post(PAGE, posted)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "新しい版が提出されました" in page
    assert "よく書けています。" in page
    assert 'name="seen" value="2"' in page
    assert status() == "submitted"


def test_without_a_key_nothing_is_sent(as_adviser, adviser):
    response = as_adviser.post(PAGE, {"kind": "advised", "seen": "1"})

    assert response.status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": "accepted"}, "すでに受理されています"),
        ({"is_council_paper": True}, "協議体資料"),
        ({"status": "draft"}, "新しい版を書いているところ"),
    ],
)
def test_where_no_decision_is_taken_the_page_says_why(as_adviser, adviser, values, sentence):
    ProgressReport.objects.filter(pk=world.report_of().pk).update(**values)

    page = as_adviser.get(PAGE).content.decode()

    assert sentence in page
    assert "判断を送る</button>" not in page


@pytest.mark.parametrize("who", ["neighbour-adviser", "editor", "officer"])
def test_nobody_else_decides(sign_in, adviser, who):
    posted = {"kind": "advised", "seen": "1", "submission_key": "x" * 20}

    assert sign_in(who).post(PAGE, posted).status_code in {403, 404}
    assert not Decision.objects.exists()


def test_the_other_advisers_word_is_seen(as_adviser, adviser, people):
    new_adviser(people)

    page = as_adviser.get(PAGE).content.decode()

    assert "adviser-2の担当" in page
    assert "読んでいるところ" in page
