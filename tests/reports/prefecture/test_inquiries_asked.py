"""照会 on the prefecture's side: written, sent once, watched, reminded of, closed."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities import town_codes
from municipalities.choices import Role, ScopeKind
from municipalities.japanese import dates
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import HealthCentre, Membership, Municipality, OutgoingMail
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from reports.inquiry import reminding
from reports.models import Inquiry, InquiryQuestion, InquiryReply, YearProgress
from reports.prefecture.inquiries import copying
from reports.prefecture.years import this_year
from tests import world
from tests.reports import asking
from tests.reports.asking import ANSWERS, DESK, SENT
from tests.reports.deliveries import run_everything
from tests.reports.progress_rows import town

pytestmark = pytest.mark.django_db
FIELDS = {
    "base_version": "0",
    "row_key": "inquiry-0123456789",
    "title": "相談窓口の状況",
    "purpose": "研修の内容を決めるため",
    "basis": "",
    "contact": "地域医療課（内線1234）",
    "towns": [],
}


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def colleague(sign_in, people):
    """Somebody of a health centre that is in charge of 見本町 alone."""
    with within_prefecture(asking.prefecture()):
        HealthCentre.objects.create(
            key="centre", code="99-000001", name="保健所", towns=town_codes.write([world.THEIRS])
        )
    Membership.objects.create(
        user=people["stranger"],
        role=Role.OFFICER,
        scope_kind=ScopeKind.HEALTH_CENTRE,
        scope_code="99-000001",
    )
    return sign_in("stranger")


def page_of(client, url):
    return client.get(url).content.decode()


class TestWriting:
    def test_a_draft_with_its_questions_is_sent_to_every_town(self, officer):
        day = asking.due()
        fields = FIELDS | {"due_on": f"{day.year}/{day.month}/{day.day}"}
        own = f"{DESK}{FIELDS['row_key']}/"
        # Sent twice, the form leads to the one 照会 both times: there its questions are added.
        for _ in range(2):
            assert officer.post(f"{DESK}add/", fields).headers["Location"] == own
        assert "質問を追加する" in page_of(officer, own)
        question = {
            "base_version": "0",
            "row_key": "inquiryquestion-0123456789",
            "text": "運営の形",
            "kind": "choice",
            "choices": " 直営 \n委託\n\n",
        }
        officer.post(f"{own}questions/add/", question)
        shown = officer.get(f"{own}send/")
        officer.post(f"{own}send/", {"mark": shown.context["mark"]})

        row = asking.stored(FIELDS["row_key"])
        assert row.is_open
        with reading_prefecture(asking.prefecture()):
            assert row.questions.get().options == ("直営", "委託")
            assert [one.deed for one in PrefectureChange.objects.of(row)] == ["send", "create"]
        assert InquiryReply.objects.filter(inquiry=row.key).count() == 3

    def test_the_letter_is_shown_sign_by_sign_as_it_will_be_mailed(self, officer):
        row = asking.write()
        with within_prefecture(asking.prefecture()):
            Inquiry.objects.filter(key=row.key).update(purpose="<b>急ぎ</b><img src=x>")

        letter = page_of(officer, f"{SENT}send/").split("メールの文面", 1)[1]

        assert "<img src=x>" not in letter
        assert "&lt;b&gt;急ぎ&lt;/b&gt;&lt;img src=x&gt;" in letter

    def test_what_was_changed_meanwhile_is_not_sent_unseen(self, officer):
        row = asking.write()
        mark = officer.get(f"{SENT}send/").context["mark"]
        with within_prefecture(asking.prefecture()):
            InquiryQuestion.objects.filter(key="staff").update(text="別の質問")

        response = officer.post(f"{SENT}send/", {"mark": mark}, follow=True)

        assert response.status_code == 409
        assert "まだ送信していません" in response.content.decode()
        assert asking.stored(row.key).is_draft

    @pytest.mark.parametrize(
        ("values", "word"),
        [
            ({"questions": {}}, "質問を追加してから"),
            ({"due_on": timezone.localdate() - dt.timedelta(days=1)}, "期限が過ぎています"),
        ],
    )
    def test_what_nobody_could_answer_is_not_sent(self, officer, values, word):
        asking.write(**values)

        mark = officer.get(f"{SENT}send/").context["mark"]
        response = officer.post(f"{SENT}send/", {"mark": mark}, follow=True)

        assert response.status_code == 422
        assert word in response.content.decode()
        assert not InquiryReply.objects.exists()

    def test_a_draft_reminds_nobody_and_says_that_it_was_not_sent(self, officer):
        asking.write()

        page = officer.post(f"{SENT}remind/", follow=True).content.decode()

        assert "まだ送信していません。送信してから" in page
        assert "知らせる相手がいません" not in page
        assert not OutgoingMail.objects.exists()

    def test_a_draft_without_questions_has_no_form_to_hand_out(self, officer):
        asking.write(questions={})

        response = officer.get(f"{SENT}m/{world.OURS}/form/", follow=True)

        assert response.redirect_chain[-1][0] == SENT
        assert "質問を追加してから、回答票を保存してください" in response.content.decode()

    def test_a_kind_that_is_not_offered_gets_a_sentence(self, officer):
        asking.write()
        question = {"text": "形", "kind": "text", "choices": "", "base_version": "0"}

        response = officer.post(f"{SENT}questions/add/", question)

        page = response.content.decode()
        assert response.status_code == 422
        assert "回答の種類を、一覧から選んでください" in page
        assert "候補にありません" not in page

    def test_a_choice_without_choices_is_asked_about(self, officer):
        asking.write()
        question = {"text": "形", "kind": "choice", "choices": "直営", "base_version": "0"}

        response = officer.post(f"{SENT}questions/add/", question)

        assert response.status_code == 422
        assert "2つ以上" in response.content.decode()

    @pytest.mark.parametrize("choices", ["直営\n委託\n直営", "直営A\n委託\n直営Ａ"])
    def test_a_choice_that_stands_there_twice_is_named(self, officer, choices):
        asking.write()
        question = {"text": "形", "kind": "choice", "choices": choices, "base_version": "0"}

        response = officer.post(f"{SENT}questions/add/", question)

        page = response.content.decode()
        assert response.status_code == 422
        assert "同じ選択肢が2つ以上あります（「直営" in page
        assert "2つ以上書いてください" not in page
        assert choices in page

    def test_recipients_mail_and_due_date_are_shown_before_it_goes(self, officer, settings, people):
        settings.BASE_URL = "https://pdca.example.jp"
        asking.write(towns=town_codes.write([world.OURS, world.PARTNER]))

        shown = officer.get(f"{SENT}send/")
        page = shown.content.decode()
        officer.post(f"{SENT}send/", {"mark": shown.context["mark"]})
        run_everything()

        assert [(town.code, number) for town, number in shown.context["towns"]] == [
            (world.OURS, 1),
            (world.PARTNER, 0),
        ]
        assert "1市町村には、このシステムに書き込める職員がいない" in page
        (letter,) = outbox.outbox
        assert (shown.context["mail"].subject, shown.context["mail"].text) == (
            letter.subject,
            letter.body,
        )

    def test_towns_that_have_not_begun_the_year_are_named_before_it_goes(self, officer, people):
        asking.write(towns=town_codes.write([world.OURS, world.THEIRS]))
        counted = {"fiscal_year": world.YEAR}
        for place in Municipality.objects.filter(code__in=[world.OURS, world.THEIRS]):
            YearProgress.objects.get_or_create(municipality=place, **counted)
        words = "1市町村（見本町）は、令和8年度（2026年度）をまだ始めていません"
        assert "まだ始めていません" not in page_of(officer, f"{SENT}send/")

        YearProgress.objects.filter(municipality__code=world.THEIRS).delete()
        assert words in page_of(officer, f"{SENT}send/")

    def test_a_town_without_the_year_is_told_to_begin_it_as_was_shown(
        self, officer, people, settings
    ):
        settings.BASE_URL = "https://pdca.example.jp"
        asking.write(towns=town_codes.write([world.OURS]))
        with within_prefecture(asking.prefecture()):
            Inquiry.objects.update(fiscal_year=world.YEAR + 1)
        address = f"/p/99/{world.YEAR + 1}/requests/asked/send/"

        shown = officer.get(address)
        officer.post(address, {"mark": shown.context["mark"]})
        run_everything()

        (letter,) = outbox.outbox
        assert "令和9年度（2027年度）の「県からの照会」の画面" in letter.body
        assert "https://" not in letter.body
        assert shown.context["mail"].text == letter.body

    def test_what_was_sent_is_not_sent_again(self, officer, people):
        asking.send(people)

        response = officer.post(f"{SENT}send/", {"mark": "x"}, follow=True)

        assert "すでに送信しています" in response.content.decode()

    def test_once_sent_its_questions_stand_still(self, officer, people):
        asking.send(people)

        for page in ("edit/", "questions/add/", "questions/staff/edit/", "questions/staff/up/"):
            response = officer.post(f"{SENT}{page}", {"text": "別"}, follow=True)
            assert "変えられません" in response.content.decode()
        assert next(one.row.text for one in asking.asked()) == "相談員の数"

    def test_questions_are_arranged(self, officer):
        asking.write()

        officer.post(f"{SENT}questions/since/up/")

        assert [one.key for one in asking.asked()][:2] == ["since", "staff"]


class TestMails:
    def test_each_asked_town_gets_its_own_workbook_and_link(self, people, settings):
        settings.BASE_URL = "https://pdca.example.jp"
        asking.send(people, towns=town_codes.write([world.OURS, world.THEIRS]))
        run_everything()

        letters = {letter.to[0]: letter for letter in outbox.outbox}
        assert set(letters) == {"editor@example.jp", "neighbour@example.jp"}
        letter = letters["editor@example.jp"]
        assert f"https://pdca.example.jp{asking.PAGE}" in letter.body
        assert "相談窓口の状況" in letter.subject
        assert f"期限　{dates.in_both(asking.due())}まで" in letter.body
        assert letter.attachments[0][0] == "回答票_見本市.xlsx"

    @pytest.mark.parametrize(("contact", "is_told"), [("高齢福祉課　内線1234", True), ("", False)])
    def test_a_mail_offers_no_way_back_without_an_address(self, people, contact, is_told):
        asking.send(people, contact=contact, towns=town_codes.write([world.OURS]))
        run_everything()

        (letter,) = outbox.outbox
        assert "その画面で取り込むこともできます。" in letter.body
        assert ("上の問い合わせ先にお送りください" in letter.body) is is_told
        assert (f"問い合わせ先　{contact}" in letter.body) is is_told
        assert "県の担当者に返す" not in letter.body

    def test_an_extended_due_date_is_told(self, officer, people):
        row = asking.send(people, towns=town_codes.write([world.OURS]))
        later = asking.due(20)
        version = asking.stored().version
        fields = {"base_version": version, "due_on": str(later), "notice": "兼務も含みます。"}
        officer.post(f"{SENT}change/", fields)
        run_everything()

        assert asking.stored(row.key).due_on == later
        assert "兼務も含みます。" in outbox.outbox[-1].body
        assert "期限または内容の補足が変わりました" in outbox.outbox[-1].body

    def test_a_due_date_is_never_brought_forward(self, officer, people):
        asking.send(people)
        fields = {"base_version": 2, "due_on": str(asking.due(1)), "notice": ""}

        response = officer.post(f"{SENT}change/", fields)

        assert response.status_code == 422
        assert asking.stored().due_on == asking.due()

    def test_a_slip_of_the_pen_in_a_due_date_is_corrected_by_whoever_says_so(self, officer, people):
        asking.send(people, due_on=asking.due(365), towns=town_codes.write([world.OURS]))
        fields = {
            "base_version": 2,
            "due_on": str(asking.due(20)),
            "notice": "",
            "is_earlier": "on",
        }

        past = officer.post(f"{SENT}change/", fields | {"due_on": str(asking.due(-1))})
        officer.post(f"{SENT}change/", fields)
        run_everything()

        assert past.status_code == 422
        assert asking.stored().due_on == asking.due(20)
        assert f"期限　{dates.in_both(asking.due(20))}まで" in outbox.outbox[-1].body

    def test_whoever_has_not_answered_is_reminded_once_a_day(self, officer, people):
        asking.send(people)
        run_everything()
        InquiryReply.objects.filter(municipality__code=world.THEIRS).update(state="answered")
        outbox.outbox.clear()

        for _ in range(2):
            last = officer.post(f"{SENT}remind/", follow=True)
        run_everything()

        assert [letter.to for letter in outbox.outbox] == [["editor@example.jp"]]
        assert "今日すでに知らせています" in last.content.decode()

    def test_the_clock_reminds_once_before_the_due_date(self, people, monkeypatch):
        asking.send(people, towns=town_codes.write([world.OURS]), due_on=asking.due(3))
        monkeypatch.setattr(reminding, "FIRST_HOUR", 0)

        assert (reminding.remind_by_clock(), reminding.remind_by_clock()) == (1, 0)
        monkeypatch.setattr(reminding, "FIRST_HOUR", 24)
        InquiryReply.objects.update(reminded_on=None)
        assert reminding.remind_by_clock() == 0

    def test_what_was_answered_before_the_mail_left_is_not_reminded_of(self, people, officer):
        asking.send(people, towns=town_codes.write([world.OURS]))
        run_everything()
        officer.post(f"{SENT}remind/")
        run_everything(times=1)
        InquiryReply.objects.update(state="answered")
        run_everything()

        assert OutgoingMail.objects.get(kind="inquiry_reminded").state == "withheld"


class TestWatching:
    def test_states_and_days_late_are_shown_and_no_draft(self, officer, as_editor, people):
        asking.send(people)
        as_editor.post(f"{asking.PAGE}edit/", asking.form(trouble="まだ書きかけ"))
        with within_prefecture(asking.prefecture()):
            Inquiry.objects.update(due_on=timezone.localdate() - dt.timedelta(days=2))

        page = page_of(officer, SENT)
        assert "下書き　1、未着手　2" in page
        assert page.count("2日過ぎています") == 3
        for url in (SENT, ANSWERS):
            assert "まだ書きかけ" not in page_of(officer, url)

    def test_a_closed_one_can_be_opened_again(self, officer, people):
        asking.send(people)

        officer.post(f"{SENT}close/")
        assert asking.stored().is_closed
        assert "受付中の照会ではない" in page_of_post(officer, f"{SENT}close/")
        run_everything()
        outbox.outbox.clear()
        past = {"due_on": str(asking.due(-1)), "notice": ""}
        assert officer.post(f"{SENT}reopen/", past).status_code == 422
        assert asking.stored().is_closed
        officer.post(f"{SENT}reopen/", {"due_on": str(asking.due(5)), "notice": ""})
        run_everything()
        assert asking.stored().is_open
        assert asking.stored().due_on == asking.due(5)
        assert "受付を再開しました" in outbox.outbox[0].body

    def test_before_closing_it_is_asked_how_many_are_open(self, officer, as_editor, people):
        asking.send(people)
        as_editor.post(f"{asking.PAGE}edit/", asking.form(trouble="まだ書きかけ"))
        InquiryReply.objects.filter(municipality__code=world.THEIRS).update(state="answered")

        page = page_of(officer, f"{SENT}close/")

        assert "回答済み　1、下書き　1、未着手　1" in page
        assert "2市町村の回答を待たずに締め切る" in page
        assert "見本市（下書き）" in page
        assert asking.stored().is_open

    def test_a_withdrawn_one_is_told_by_mail_and_on_the_page(
        self, officer, as_editor, people, here
    ):
        asking.send(people, towns=town_codes.write([world.OURS]))
        as_editor.post(f"{asking.PAGE}edit/", asking.form(staff="3"))
        run_everything()
        outbox.outbox.clear()
        reason = "質問に誤りがあったため"

        assert officer.post(f"{SENT}withdraw/", {"withdrawn_reason": ""}).status_code == 422
        assert asking.stored().is_open
        officer.post(f"{SENT}withdraw/", {"withdrawn_reason": reason})
        run_everything()

        (letter,) = outbox.outbox
        assert "回答は不要です" in letter.subject
        assert reason in letter.body
        assert letter.attachments == []
        page = page_of(as_editor, asking.PAGE)
        assert reason in page
        assert "県が取り消しました" in page
        assert "県に回答する</button>" not in page
        late = as_editor.post(f"{asking.PAGE}edit/", asking.form(base=1, staff="4"), follow=True)
        assert "取り消しました。回答は必要ありません" in late.content.decode()
        assert "照会「相談窓口の状況」に回答する" not in page_of(
            as_editor, f"/m/{world.OURS}/{world.YEAR}/"
        )

    def test_a_withdrawn_one_is_the_beginning_of_the_next(self, officer, people):
        asking.send(people, towns=town_codes.write([world.OURS]))
        officer.post(f"{SENT}withdraw/", {"withdrawn_reason": "誤り"})
        key = officer.get(SENT).context["row_key"]

        for _ in range(2):
            shown = officer.post(f"{SENT}copy/", {"row_key": key}, follow=True)

        made = asking.stored(key)
        assert (made.is_draft, made.withdrawn_reason, made.sent_at) == (True, "", None)
        assert made.town_codes == (world.OURS,)
        assert [(one.row.text, one.row.kind, one.row.unit) for one in asking.asked(key)] == [
            (one.row.text, one.row.kind, one.row.unit) for one in asking.asked()
        ]
        assert "すでに作っています" in shown.content.decode()
        assert asking.stored().is_withdrawn
        with reading_prefecture(asking.prefecture()):
            assert Inquiry.objects.count() == 2

    def test_last_years_one_begins_this_years_by_the_same_day(self, officer, people):
        asking.send(people)
        day = asking.due(10)
        with within_prefecture(asking.prefecture()):
            before = {"fiscal_year": this_year() - 1, "due_on": copying.years_later(day, -1)}
            Inquiry.objects.update(**before)
        last = f"/p/99/{this_year() - 1}/requests/asked/"
        key = officer.get(last).context["row_key"].replace("asked", "inquiry")
        officer.post(f"{last}copy/", {"row_key": key})

        with reading_prefecture(asking.prefecture()):
            made = Inquiry.objects.exclude(key="asked").get()
        assert (made.fiscal_year, made.due_on) == (this_year(), day)

    @pytest.mark.parametrize(
        ("day", "years", "wanted"),
        [
            (dt.date(2026, 11, 30), 1, dt.date(2027, 11, 30)),
            (dt.date(2028, 2, 29), 1, dt.date(2029, 2, 28)),
            (dt.date(2028, 2, 29), 4, dt.date(2032, 2, 29)),
            (dt.date(2026, 11, 30), 0, dt.date(2026, 11, 30)),
        ],
    )
    def test_a_day_of_another_year(self, day, years, wanted):
        assert copying.years_later(day, years) == wanted

    def test_mails_that_wait_when_it_is_withdrawn_are_held_back(self, officer, people):
        asking.send(people, towns=town_codes.write([world.OURS]))
        run_everything(times=1)
        officer.post(f"{SENT}withdraw/", {"withdrawn_reason": "誤り"})
        run_everything()

        assert OutgoingMail.objects.get(kind="inquiry_sent").state == "withheld"
        assert OutgoingMail.objects.get(kind="inquiry_withdrawn").state == "sent"

    def test_what_was_closed_or_withdrawn_is_not_withdrawn_again(self, officer, people):
        asking.send(people)
        officer.post(f"{SENT}close/")

        page = officer.post(f"{SENT}withdraw/", {"withdrawn_reason": "誤り"}, follow=True)
        assert "取り消せません" in page.content.decode()
        assert asking.stored().is_closed

    def test_another_prefecture_finds_nothing(self, sign_in, people):
        asking.send(people)

        assert sign_in("other-officer").get(SENT).status_code == 404
        assert (
            sign_in("other-officer").get(f"/p/98/{world.YEAR}/requests/asked/").status_code == 404
        )

    def test_44_towns_cost_no_more_queries_than_one(self, officer, people):
        asking.send(people, towns=town_codes.write([world.OURS]))
        few = queries(officer, SENT), queries(officer, ANSWERS), queries(officer, DESK)
        for number in range(1, 44):
            InquiryReply.objects.create(
                municipality=town(number), inquiry="asked", fiscal_year=world.YEAR, state="answered"
            )

        many = queries(officer, SENT), queries(officer, ANSWERS), queries(officer, DESK)
        assert many == few
        assert max(many) <= 20
        assert len(officer.get(ANSWERS).context["table"].rows) == 44


class TestHealthCentre:
    def test_it_sees_its_own_towns_alone(self, colleague, people):
        asking.send(people)

        assert [one.municipality.code for one, _ in colleague.get(SENT).context["lines"]] == [
            world.THEIRS
        ]
        assert [
            row.reply.municipality.code for row in colleague.get(ANSWERS).context["table"].rows
        ] == [world.THEIRS]
        assert colleague.get(f"{SENT}m/{world.OURS}/form/").status_code == 404
        assert colleague.get(f"{SENT}m/{world.THEIRS}/form/").status_code == 200

    def test_it_sees_neither_drafts_nor_what_none_of_its_towns_was_asked(self, colleague, people):
        asking.write(key="draft")
        asking.send(people, towns=town_codes.write([world.OURS]), questions={"one": QUESTION})

        assert colleague.get(DESK).context["lines"] == []
        assert colleague.get(f"{DESK}draft/").status_code == 404
        assert colleague.get(SENT).status_code == 404

    def test_it_asks_and_reminds_nobody(self, colleague, people):
        asking.send(people)

        for page in ("remind/", "close/", "files/", "change/", "withdraw/", "reopen/", "copy/"):
            assert colleague.post(f"{SENT}{page}").status_code == 403
        assert colleague.post(f"{DESK}add/").status_code == 403


QUESTION = {"text": "質問", "kind": "short"}


def page_of_post(client, url):
    return client.post(url, follow=True).content.decode()


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
