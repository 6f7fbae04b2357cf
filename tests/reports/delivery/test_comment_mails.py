"""Comments sent ahead of a decision are told to the municipality, once per sending and never twice."""

import pytest
from django.core import mail as outbox

from municipalities.models import Membership, OutgoingMail
from reports.models import Comment
from reports.submission.advising import commenting
from tests import world
from tests.reports.reviewing import advised, comment, new_adviser, send_mails

pytestmark = pytest.mark.django_db
SEND = "/review/990019-2026-interim-1/comments/send/"


@pytest.fixture
def adviser(here, people):
    return people["adviser"]


def posted():
    return OutgoingMail.objects.filter(kind=commenting.MAIL).count()


def test_the_editors_read_who_wrote_how_many_of_which_kind(as_adviser, adviser, people):
    comment(adviser, sent_at=None)
    comment(adviser, sent_at=None, text="まだだれも読んでいない文")
    comment(adviser, kind="good", sent_at=None)
    comment(new_adviser(people), kind="question", sent_at=None)

    shown = as_adviser.post(SEND, follow=True).content.decode()
    send_mails()

    assert "コメント3件を市区町村へ送りました。担当者にメールでお知らせします。" in shown
    [letter] = outbox.outbox
    assert letter.to == ["editor@example.jp"]
    assert "アドバイザーからコメントが届きました" in letter.subject
    assert str(adviser) in letter.body
    assert "直してほしい　2件、良い点　1件" in letter.body
    assert "質問" not in letter.body
    assert "まだだれも読んでいない文" not in letter.body
    address = f"/m/990019/2026/reports/{world.report_of().pk}/comments/"
    assert f"https://pdca.example.jp{address}" in letter.body


def test_a_second_press_posts_nothing(as_adviser, adviser):
    comment(adviser, sent_at=None)

    for _ in range(2):
        as_adviser.post(SEND)

    assert posted() == 1


def test_each_sending_tells_of_its_own(as_adviser, adviser):
    for kind in ("fix", "good"):
        comment(adviser, kind=kind, sent_at=None)
        as_adviser.post(SEND)
    send_mails()

    lines = [line for one in outbox.outbox for line in one.body.splitlines()]
    told = [line for line in lines if line.startswith("コメント　")]
    assert sorted(told) == ["コメント　　　直してほしい　1件", "コメント　　　良い点　1件"]


def test_with_a_decision_there_is_one_mail_only(adviser):
    comment(adviser, sent_at=None)

    advised(adviser)
    send_mails()

    assert posted() == 0
    [letter] = outbox.outbox
    assert "「助言済み」としました" in letter.subject


def test_who_left_before_the_mail_is_composed_is_not_told(as_adviser, adviser, people):
    comment(adviser, sent_at=None)
    as_adviser.post(SEND)
    Membership.objects.filter(user=people["editor"]).update(valid_to="2020-12-31")
    send_mails()

    assert not outbox.outbox
    assert Comment.objects.sent().count() == 1


def test_the_api_tells_them_as_well(as_adviser, adviser):
    comment(adviser, sent_at=None)

    address = "/api/v1/review/990019-2026-interim-1/comments/sending"
    assert as_adviser.post(address, {}, content_type="application/json").status_code == 200

    assert posted() == 1
