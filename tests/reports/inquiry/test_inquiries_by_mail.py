"""Whom the letters of a 照会 and of a 調査票 reach: counted, dated and named as they really go out."""

import io
import zipfile

import pytest
from django.core import mail as outbox
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.models import Membership, User
from municipalities.prefecture_tenancy import within_prefecture
from reports.inquiry import reminding
from reports.models import InquiryReply
from surveys.models import PrefectureForm
from tests import world
from tests.reports import asking
from tests.reports.asking import SENT
from tests.reports.deliveries import run_everything
from tests.reports.progress_rows import town
from tests.reports.surveying.test_prefecture_surveys import HEAD
from tests.reports.surveying.test_prefecture_surveys import LIST as FORMS

pytestmark = pytest.mark.django_db
BY_HAND = "メールが届く職員がいない1市町村（見本村）には、"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def pressed(client, url, fields=None):
    return client.post(url, fields or {}, follow=True).content.decode()


def dated():
    rows = InquiryReply.objects.exclude(reminded_on=None)
    return set(rows.values_list("municipality__code", flat=True))


def rows_of(page):
    return [one.municipality.code for one, _ in page.context["lines"]]


class TestEveryLetter:
    def test_sending_counts_mails_and_names_who_gets_none(self, officer):
        asking.write()
        mark = officer.get(f"{SENT}send/").context["mark"]

        page = pressed(officer, f"{SENT}send/", {"mark": mark})

        assert "3市町村に送信しました。2市町村の担当者に、メールで知らせます。" in page
        assert f"{BY_HAND}回答票（Excel）を別に送ってください。" in page

    @pytest.mark.parametrize("deed", ["change", "reopen", "withdraw"])
    def test_a_later_letter_does_so_too(self, officer, people, deed):
        asking.send(people)
        if deed == "reopen":
            officer.post(f"{SENT}close/")
        fields = {
            "due_on": str(asking.due(20)),
            "notice": "",
            "withdrawn_reason": "誤り",
            "base_version": asking.stored().version,
        }

        page = pressed(officer, f"{SENT}{deed}/", fields)

        assert "2市町村の担当者に、メールで知らせます。" in page
        assert f"{BY_HAND}電話などで知らせてください。" in page
        assert "照会した市町村に、メールで知らせます" not in page

    def test_an_account_without_an_address_gets_no_mail(self, officer, people):
        User.objects.filter(username="neighbour").update(email="")
        asking.write()
        mark = officer.get(f"{SENT}send/").context["mark"]

        page = pressed(officer, f"{SENT}send/", {"mark": mark})

        assert "1市町村の担当者に、メールで知らせます。" in page
        assert "メールが届く職員がいない2市町村（見本町、見本村）" in page

    def test_of_many_ten_are_named(self, officer, people):
        asking.send(people)
        for number in range(1, 44):
            InquiryReply.objects.create(
                municipality=town(number), inquiry="asked", fiscal_year=world.YEAR
            )

        page = pressed(officer, f"{SENT}remind/")

        assert "回答していない2市町村に、督促のメールを送ります。" in page
        assert "メールが届く職員がいない44市町村（" in page
        assert "、ほか34市町村）には、電話などで知らせてください。" in page

    def test_where_all_are_reached_nobody_is_named(self, officer, people):
        asking.write(towns=town_codes.write([world.OURS]))
        mark = officer.get(f"{SENT}send/").context["mark"]

        page = pressed(officer, f"{SENT}send/", {"mark": mark})

        assert "1市町村に送信しました。1市町村の担当者に、メールで知らせます。" in page
        assert "メールが届く職員がいない" not in page


class TestReminding:
    def test_a_day_is_noted_for_those_that_get_a_mail_alone(self, officer, people):
        asking.send(people)
        run_everything()
        outbox.outbox.clear()
        button = "回答していない3市町村のうち、メールが届く2市町村に督促する（1日1回まで）"
        assert button in officer.get(SENT).content.decode()

        page = pressed(officer, f"{SENT}remind/")
        run_everything()

        assert "回答していない2市町村に、督促のメールを送ります。" in page
        assert f"{BY_HAND}電話などで知らせてください。" in page
        assert dated() == {world.OURS, world.THEIRS}
        assert len(outbox.outbox) == 2

    def test_the_clock_dates_those_alone_too(self, people, monkeypatch):
        asking.send(people, due_on=asking.due(3))
        monkeypatch.setattr(reminding, "FIRST_HOUR", 0)

        assert reminding.remind_by_clock() == 2
        assert dated() == {world.OURS, world.THEIRS}

    def test_who_gets_an_account_later_is_reminded_the_same_day(self, officer, people):
        asking.send(people)
        officer.post(f"{SENT}remind/")
        Membership.objects.filter(user=people["neighbour"]).update(scope_code=world.PARTNER)

        assert "回答していない1市町村に、督促のメールを送ります。" in pressed(
            officer, f"{SENT}remind/"
        )
        assert world.PARTNER in dated()

    def test_where_no_mail_reaches_anybody_there_is_nothing_to_press(self, officer, people):
        asking.send(people, towns=town_codes.write([world.PARTNER]))

        assert "督促する（1日1回まで）" not in officer.get(SENT).content.decode()
        page = pressed(officer, f"{SENT}remind/")
        assert f"督促のメールは送っていません。{BY_HAND}" in page
        assert dated() == set()

    def test_when_everybody_has_answered_that_is_the_reason(self, officer, people):
        asking.send(people)
        InquiryReply.objects.update(state="answered")

        page = pressed(officer, f"{SENT}remind/")

        assert "照会したすべての市町村が回答しています。" in page
        assert "今日すでに" not in page

    def test_who_was_reminded_today_and_whom_no_mail_reaches_are_two_reasons(self, officer, people):
        asking.send(people)
        officer.post(f"{SENT}remind/")

        page = pressed(officer, f"{SENT}remind/")

        assert "メールが届く市町村には、今日すでに知らせています。" in page
        assert BY_HAND in page


class TestByHand:
    def test_who_gets_the_form_by_hand_stays_marked_until_it_answers(self, officer, people):
        asking.send(people)

        page = officer.get(SENT)
        assert page.content.decode().count("回答票を別に送る</span>") == 1
        assert rows_of(page) == [world.OURS, world.THEIRS, world.PARTNER]
        assert rows_of(officer.get(f"{SENT}?only=by_hand")) == [world.PARTNER]
        InquiryReply.objects.filter(municipality__code=world.PARTNER).update(state="answered")
        page = officer.get(f"{SENT}?only=by_hand")
        assert "回答票を別に送る" not in page.content.decode()
        assert len(rows_of(page)) == 3

    def test_their_forms_come_in_one_file_and_are_taken_in_again(self, officer, people):
        asking.send(people)
        other = town(1)
        InquiryReply.objects.create(municipality=other, inquiry="asked", fiscal_year=world.YEAR)

        response = officer.get(f"{SENT}forms/")

        archive = zipfile.ZipFile(io.BytesIO(response.content))
        assert archive.testzip() is None
        names = archive.namelist()
        assert [name[:6] for name in names] == sorted([other.code, world.PARTNER])
        assert f"{world.PARTNER}_見本村_回答票.xlsx" in names
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist())
        assert response["Content-Type"] == "application/zip"
        assert "filename*=utf-8''" in response["Content-Disposition"]
        content = archive.read(f"{world.PARTNER}_見本村_回答票.xlsx")
        assert load_workbook(io.BytesIO(content))["回答票"]["B3"].value == "見本村"

    def test_where_there_is_none_a_sentence_comes_instead(self, officer, people):
        asking.send(people, towns=town_codes.write([world.OURS]))

        page = officer.get(f"{SENT}forms/", follow=True).content.decode()

        assert "回答票を別に送る市町村はありません。" in page

    def test_its_questions_are_read_once_however_many_towns(
        self, officer, people, django_assert_max_num_queries
    ):
        asking.send(people)
        for number in range(1, 44):
            InquiryReply.objects.create(
                municipality=town(number), inquiry="asked", fiscal_year=world.YEAR
            )

        with django_assert_max_num_queries(20):
            response = officer.get(f"{SENT}forms/")

        assert len(zipfile.ZipFile(io.BytesIO(response.content)).namelist()) == 44


def test_a_questionnaire_for_the_towns_names_who_gets_no_mail(officer):
    officer.post(f"{FORMS}add/", HEAD)
    with within_prefecture(asking.prefecture()):
        form = PrefectureForm.objects.get()

    page = pressed(officer, f"{FORMS}{form.key}/send/", {"base_version": form.version})

    assert "3市町村に送付しました。" in page
    assert "2市町村の担当者に、メールで知らせます。" in page
    assert f"{BY_HAND}電話などで知らせ、調査票（PDF）を別に送ってください。" in page
