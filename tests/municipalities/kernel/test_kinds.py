"""The operator reads what kind of work and mail it is, not a programmer's name."""

import pytest

from municipalities.kernel import jobs, mail
from municipalities.models import Municipality, OutgoingMail, User
from tests import world


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("send_mail", "メールの送信"),
        ("make_report_pdf", "PDFの作成"),
        ("unheard_of", "その他の処理"),
    ],
)
def test_kinds_of_work_are_named_in_words(name, words):
    assert jobs.kind_in_words(name) == words


def test_the_operators_pages_show_words(sign_in, db):
    operator = sign_in("operator")
    OutgoingMail.objects.create(
        kind="unheard_of",
        municipality=Municipality.objects.get(code=world.OURS),
        recipient=User.objects.get(username="adviser"),
        reference=1,
        message_id="<1@example.jp>",
    )

    work = operator.get("/manage/jobs/").content.decode()
    mails = operator.get("/manage/mails/").content.decode()

    assert "PDFの作成" in work
    assert "make_report_pdf" not in work
    assert "その他のメール" in mails
    assert "unheard_of" not in mails


def test_the_report_is_a_mail_of_a_known_kind():
    assert mail.kind_in_words("report") == "報告書の送付"
