"""Offices with a code each: pasted, written to once, reminded only while they have not answered, never joined to answers."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from municipalities.kernel import jobs
from municipalities.kernel.changes import Change
from municipalities.kernel.tokens import Token
from municipalities.models import OutgoingMail
from surveys.invitees import inviting
from surveys.invitees.inviting import Asked
from surveys.models import Invitee, Response, SurveyRound
from surveys.rounds import door_address
from tests.surveys.asking import OUTSIDE, asking
from tests.surveys.door.test_answer_door import SMALLEST, opened, text

PASTED = "見本居宅介護支援事業所\tkyotaku@example.jp\n見本訪問看護ステーション、houmon@example.jp\n見本薬局"


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def listed(asked, people):
    offices = [
        Asked("見本居宅介護支援事業所", "kyotaku@example.jp"),
        Asked("見本病院", "byoin@example.jp"),
    ]
    inviting.add(asked, offices, by=people["editor"])
    return list(Invitee.objects.filter(round=asked).order_by("position"))


def code_of(invitee):
    return door_address.of_token(invitee.token).removeprefix(OUTSIDE)


def run_mails():
    for job in jobs.Job.objects.filter(kind="send_mail", state="queued"):
        jobs.run(job.pk)


def press(client, row, deed):
    row.refresh_from_db()
    address = f"{row.page}invitees/{deed}/"
    return text(client.post(address, {"base_version": row.version}, follow=True))


def test_a_list_is_pasted_from_excel_and_a_second_press_adds_nobody(as_editor, asked):
    for _ in range(2):
        as_editor.post(f"{asked.page}invitees/add/", {"offices_text": PASTED})

    found = Invitee.objects.filter(round=asked).order_by("position")
    assert list(found.values_list("name", "email")) == [
        ("見本居宅介護支援事業所", "kyotaku@example.jp"),
        ("見本訪問看護ステーション", "houmon@example.jp"),
        ("見本薬局", ""),
    ]
    assert len({one.token.digest for one in found}) == 3


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("見本薬局\tpharmacy@", "の形を確かめてください"),
        ("a@example.jp", "名称を1つ"),
        ("見本薬局\ta@example.jp\tb@example.jp", "メールアドレスを1つまで"),
        ("見本薬局\ta@example.jp;b@example.jp", "の形を確かめてください"),
        ("あ" * 101, "100字以内"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(as_editor, asked, line, sentence):
    page = as_editor.post(f"{asked.page}invitees/add/", {"offices_text": f"見本病院\n{line}"})

    assert page.status_code == 422
    assert "2行目：" in text(page)
    assert sentence in text(page)
    assert not Invitee.objects.filter(round=asked).exists()


def test_everybody_is_written_to_once_by_the_worker(as_editor, asked, listed):
    for _ in range(3):
        press(as_editor, asked, "invite")
    run_mails()

    sent = {mail.to[0]: mail for mail in django_mail.outbox}
    assert set(sent) == {"kyotaku@example.jp", "byoin@example.jp"}
    assert len(django_mail.outbox) == 2
    body = sent["byoin@example.jp"].body
    assert "見本病院　御中" in body
    assert code_of(listed[1]) in body
    assert code_of(listed[0]) not in body
    # The outbox holds ids alone: neither address nor link.
    kept = str(list(OutgoingMail.objects.values()))
    assert "example.jp/s/" not in kept
    assert "byoin" not in kept


def test_only_who_has_not_answered_is_reminded(as_editor, asked, listed):
    press(as_editor, asked, "invite")
    run_mails()
    django_mail.outbox.clear()
    visitor, carried = opened(code_of(listed[0]))
    visitor.post(code_of(listed[0]), carried | SMALLEST)

    press(as_editor, asked, "remind")
    run_mails()
    told = press(as_editor, asked, "remind")

    assert [mail.to[0] for mail in django_mail.outbox] == ["byoin@example.jp"]
    assert "再度のお願い" in django_mail.outbox[0].subject
    assert "送る相手がいません" in told
    page = text(as_editor.get(f"{asked.page}invitees/?show=unanswered"))
    assert "見本病院" in page
    assert "kyotaku@example.jp" not in page


def test_who_answers_between_asking_and_sending_gets_no_reminder(as_editor, asked, listed):
    press(as_editor, asked, "invite")
    run_mails()
    django_mail.outbox.clear()
    press(as_editor, asked, "remind")
    for invitee in listed:
        visitor, carried = opened(code_of(invitee))
        visitor.post(code_of(invitee), carried | SMALLEST)
    run_mails()

    assert django_mail.outbox == []
    states = OutgoingMail.objects.filter(kind="survey_reminder").values_list("state", flat=True)
    assert set(states) == {"withheld"}


def test_a_code_answers_once_however_it_is_opened(listed):
    address = code_of(listed[0])
    visitor, carried = opened(address)
    other, carried_elsewhere = opened(address)
    done = visitor.post(address, carried | SMALLEST)

    again = visitor.post(address, carried | SMALLEST)
    late = other.post(address, carried_elsewhere | SMALLEST)
    looked = Client().get(address)

    receipt = Response.objects.get().receipt
    assert receipt in text(done)
    assert receipt in text(again)
    assert late.status_code == looked.status_code == 410
    assert "すでに回答していただいています" in text(late)
    assert receipt not in text(looked)
    assert Response.objects.count() == 1


def test_an_answer_and_its_code_point_nowhere_at_each_other(listed):
    for invitee in listed:
        visitor, carried = opened(code_of(invitee))
        visitor.post(code_of(invitee), carried | SMALLEST)

    rows = str(list(Response.objects.values()))
    for invitee in listed:
        invitee.refresh_from_db()
        token = Token.objects.get(pk=invitee.token_id)
        assert invitee.key not in rows
        assert (token.revoked_at.minute, token.revoked_at.second) == (0, 0)
        assert token.revoked_at == token.last_used_at
    assert set(Response.objects.values_list("received_at", "remark", "way"))
    assert Response.objects.filter(received_at=None, way="invitation").count() == 2


def test_no_day_joins_an_answer_with_its_office(asked, listed):
    """Three days before, one office answers alone: its day stands beside its name, and nowhere else."""
    SurveyRound.objects.update(opens_on=timezone.localdate() - dt.timedelta(days=3))
    for invitee in listed:
        visitor, carried = opened(code_of(invitee))
        visitor.post(code_of(invitee), carried | SMALLEST)

    asked.refresh_from_db()
    days = {timezone.localtime(one.updated_at).date() for one in Response.objects.all()}
    assert days == {asked.opens_on}
    assert set(Invitee.objects.filter(round=asked).values_list("answered_on", flat=True)) == {
        timezone.localdate()
    }


def test_an_office_may_mend_its_own_answer_alone(listed):
    address = code_of(listed[0])
    visitor, carried = opened(address)
    visitor.post(address, carried | SMALLEST)

    asks = visitor.post(address, carried | SMALLEST | {"q1": "1"})
    visitor.post(address, carried | SMALLEST | {"q1": "1", "again": "replace"})

    assert "別の人の回答として送る" not in text(asks)
    assert Response.objects.get().answers.get().option.label == "はい"


def test_the_mail_calls_a_body_what_it_is(as_editor, asked, listed):
    press(as_editor, asked, "invite")
    run_mails()

    assert "貴事業所・貴団体" in django_mail.outbox[0].body


def test_an_office_that_is_taken_off_the_list_has_no_code(as_editor, asked, listed):
    address = code_of(listed[0])
    as_editor.post(f"{asked.page}invitees/{listed[0].key}/removal/")

    assert Client().get(address).status_code == 404
    assert not Token.objects.filter(pk=listed[0].token_id).exists()


def test_history_never_holds_an_address(as_editor, asked, listed):
    told = str(list(Change.objects.of(listed[0]).values()))

    assert "見本居宅介護支援事業所" in told
    assert "kyotaku@" not in told


def test_in_a_closed_network_nobody_is_written_to(as_editor, asked, listed, settings):
    settings.PUBLIC_BASE_URL = ""

    told = press(as_editor, asked, "invite")

    assert "メールで案内できません" in told
    assert not re.search(r"/s/[-\w]{40}", told)
    assert not OutgoingMail.objects.filter(kind__startswith="survey").exists()


def letters(client, row, query=""):
    answer = client.get(row.cycle.url("reports:survey_letters", row.key) + query)
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[:300]
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]


def bare(words):
    return re.sub(r"\s+", "", words)


def test_who_has_no_mail_address_gets_a_letter_with_a_code_of_its_own(
    as_editor, asked, listed, people
):
    inviting.add(asked, [Asked("見本薬局"), Asked("見本歯科医院")], by=people["editor"])
    SurveyRound.objects.filter(pk=asked.pk).update(return_to="見本市中央1-1")
    pharmacy, dentist = Invitee.objects.filter(round=asked, email="").order_by("position")

    page = text(as_editor.get(f"{asked.page}invitees/"))
    sheets = [bare(one) for one in letters(as_editor, asked)]

    assert "依頼状（A4・PDF）2件" in page
    assert len(sheets) == 2
    assert "見本薬局御中" in sheets[0]
    assert bare(code_of(pharmacy)) in sheets[0]
    assert bare(code_of(dentist)) not in sheets[0]
    assert "見本歯科医院御中" in sheets[1]
    assert "見本市中央1-1" in sheets[1]
    assert "見本病院" not in "".join(sheets)


def test_many_letters_are_drawn_part_by_part(as_editor, asked, people, monkeypatch):
    monkeypatch.setattr(inviting, "LETTERS", 2)
    inviting.add(asked, [Asked(f"事業所{number}") for number in range(3)], by=people["editor"])

    page = text(as_editor.get(f"{asked.page}invitees/"))

    assert "依頼状（A4・PDF）1～2件目" in page
    assert "?part=2" in page
    assert len(letters(as_editor, asked, "?part=2")) == 1
    for odd in ("?part=0", "?part=x", "?part=²"):
        assert len(letters(as_editor, asked, odd)) == 2


def test_no_letter_goes_to_who_has_answered_or_leads_to_a_closed_page(as_editor, asked, people):
    inviting.add(asked, [Asked("見本薬局")], by=people["editor"])
    address = asked.cycle.url("reports:survey_letters", asked.key)
    Invitee.objects.update(answered_on=timezone.localdate())

    nobody = text(as_editor.get(address, follow=True))
    Invitee.objects.update(answered_on=None)
    SurveyRound.objects.update(state="closed")
    closed = text(as_editor.get(address, follow=True))

    assert "まだ回答のない依頼先はありません" in nobody
    assert "いまは回答を受け付けていないため、依頼状を作れません" in closed
    assert "依頼状（A4・PDF）" not in closed


def test_letters_are_for_who_may_write(sign_in, asked):
    address = asked.cycle.url("reports:survey_letters", asked.key)
    assert sign_in("viewer").get(address).status_code == 403
