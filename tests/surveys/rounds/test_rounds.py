"""Rounds of asking: opened and closed by the owner, counted half-up, emptied on their day."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from municipalities.kernel.changes import Change
from municipalities.kernel.tokens import Token
from municipalities.tenancy import within
from reports.document import assembly
from surveys.invitees import inviting
from surveys.models import (
    Answer,
    Invitee,
    PublishedSurvey,
    Questionnaire,
    Response,
    SurveyRound,
)
from surveys.rounds import door_address, emptying, returns
from tests import world
from tests.surveys.asking import asking, questionnaire

FIELDS = {
    "title": "退院支援の調査",
    "contact": "見本市高齢福祉課",
    "closes_on": "令和9年3月1日",
    "keep_until": "令和12年3月31日",
    "before_key": "",
    "audience": "adviser",
}

LATER = "令和11年12月20日"


@pytest.fixture
def asked(here):
    return asking(here)


def answered(row, number, **values):
    return [
        Response.objects.create(
            key=f"response-{row.pk}-{one}-{len(values)}",
            round=row,
            submission=f"s{one}{len(values)}",
            **values,
        )
        for one in range(number)
    ]


def press(client, row, deed, **fields):
    row.refresh_from_db()
    address = row.page + deed
    return client.post(address, {"base_version": row.version} | fields, follow=True)


def test_a_round_is_registered_from_a_questionnaire(as_editor, here):
    asks = questionnaire()
    page = as_editor.get(here.url("surveys:round_add"))
    key = re.search(r'name="submission_key" value="([^"]+)"', page.content.decode())[1]

    told = as_editor.post(
        here.url("surveys:round_add"),
        FIELDS | {"questionnaire": asks.pk, "submission_key": key},
        follow=True,
    )

    assert "令和12年3月31日" in page.content.decode()
    assert "退院支援の調査" in told.content.decode()
    row = SurveyRound.objects.get(title="退院支援の調査")
    assert told.redirect_chain[-1][0] == row.page
    assert (row.state, row.questionnaire.is_fixed) == ("draft", False)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"opens_on": "令和9年3月2日"}, "締切日は、開始日と同じ日か、後の日"),
        ({"keep_until": "令和9年3月1日"}, "回答データの保存期限は、締切日より後の日"),
        ({"keep_until": ""}, "回答データの保存期限を入力してください"),
        ({"distributed": "多数"}, "配布数は"),
    ],
)
def test_dates_that_do_not_fit_are_said_and_nothing_is_saved(as_editor, asked, fields, sentence):
    page = as_editor.post(asked.page + "edit/", {"base_version": asked.version} | FIELDS | fields)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert SurveyRound.objects.get(pk=asked.pk).title == asked.title


def test_opening_fixes_the_questionnaire_and_makes_an_address(as_editor, here, settings):
    row = asking(here, is_open=False)

    page = press(as_editor, row, "opening/")

    row = SurveyRound.objects.select_related("token", "questionnaire").get(pk=row.pk)
    assert (row.state, row.questionnaire.is_fixed) == ("asking", True)
    assert row.opens_on == timezone.localdate()
    assert door_address.of(row) in page.content.decode()
    assert "<path d=" in page.content.decode()


def test_what_is_missing_is_said_and_nothing_opens(as_editor, here):
    row = asking(here, is_open=False)
    SurveyRound.objects.update(closes_on=None, contact="")
    bare = Questionnaire.objects.create(key="bare", title="設問のない調査票")
    SurveyRound.objects.update(questionnaire=bare)

    page = press(as_editor, row, "opening/").content.decode()

    for sentence in (
        "締切日を登録して",
        "問い合わせ先（部署・電話）を登録して",
        "設問がありません",
    ):
        assert sentence in page
    row.refresh_from_db()
    assert (row.state, row.token_id) == ("draft", None)


def test_before_opening_the_page_lists_what_is_missing_with_the_way_there(as_editor, here):
    row = asking(here, is_open=False)
    SurveyRound.objects.update(closes_on=None, contact="")
    bad = row.questionnaire.questions.get(text="どこで知りましたか。")
    bad.options.all().delete()

    page = as_editor.get(row.page).content.decode()

    for link in (
        f"{row.page}edit/#id_contact",
        f"{row.page}edit/#id_closes_on",
        f"/surveys/forms/{row.questionnaire.key}/#asked-{bad.key}",
    ):
        assert link in page
    assert "受付を始める前に、済ませること" in page
    assert ">受付を始める</button>" not in page


def test_where_nothing_is_missing_the_round_is_opened_from_its_page(as_editor, here):
    """The control: the list above is of what is missing."""
    row = asking(here, is_open=False)

    page = as_editor.get(row.page).content.decode()

    assert "受付を始める前に、済ませること" not in page
    assert ">受付を始める</button>" in page


def test_a_field_that_opening_needs_says_so(as_editor, here):
    row = asking(here, is_open=False)

    page = as_editor.get(f"{row.page}edit/").content.decode()

    assert page.count("受付を始めるときに必要です。") == 2


def test_a_second_press_on_an_old_page_changes_nothing(as_editor, asked):
    old = {"base_version": asked.version - 1}

    page = as_editor.post(asked.page + "closing/", old, follow=True)

    assert "ほかの人が先に変更しています" in page.content.decode()
    asked.refresh_from_db()
    assert asked.state == "asking"


def test_reopening_keeps_the_address_of_the_posters(as_editor, asked):
    before = asked.token_id
    press(as_editor, asked, "closing/")
    press(as_editor, asked, "opening/", closes_on=LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.token_id) == ("asking", before)


def test_the_numbers_are_counted_and_rounded_half_up(asked):
    answered(asked, 3, way="link")
    answered(asked, 1, way="paper", is_excluded=True)
    asked.targeted, asked.distributed, asked.returned = 500, 48, None

    counted = returns.of(asked)

    assert (counted.returned, counted.valid, counted.excluded) == (4, 3, 1)
    assert (counted.return_rate, counted.valid_rate) == (Decimal("8.3"), Decimal("6.3"))
    assert counted.by_way == (("公開の回答画面", 3), ("紙の調査票", 1))


def test_a_viewer_may_look_and_not_press(sign_in, asked):
    viewer = sign_in("viewer")

    assert viewer.get(asked.page).status_code == 200
    assert viewer.post(asked.page + "closing/", {}).status_code == 403
    assert viewer.get(asked.page + "responses/").status_code == 403


def test_a_neighbours_round_is_not_there(as_editor, here):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        other = asking(theirs, "round-theirs", by="neighbour")
    own = here.url("surveys:round", other.key)

    assert as_editor.get(other.page).status_code == 404
    assert as_editor.get(own).status_code == 404
    assert as_editor.post(own + "closing/", {"base_version": other.version}).status_code == 404


def test_leaving_out_an_answer_says_why_and_can_be_taken_back(as_editor, asked):
    (one,) = answered(asked, 1, remark="同じ端末からの2回目以降の回答")
    address = asked.page + f"responses/{one.key}/"

    refused = as_editor.post(address + "exclusion/", {"why": "", "base_version": 1})
    as_editor.post(address + "exclusion/", {"why": "二重の回答", "base_version": 1})
    one.refresh_from_db()
    assert refused.status_code == 422
    assert (one.is_excluded, one.excluded_why) == (True, "二重の回答")
    told = Change.objects.of(one).first()
    assert (told.deed, told.actor.username) == ("exclude", "editor")

    as_editor.post(address + "readmission/", {"base_version": one.version})
    one.refresh_from_db()
    assert not one.is_excluded
    assert Change.objects.of(one).first().deed == "readmit"


def test_emptying_takes_answers_addresses_and_codes_and_keeps_tables(as_editor, asked):
    kept = PublishedSurvey.objects.count()
    (one,) = answered(asked, 1)
    Answer.objects.create(
        response=one, question=asked.questionnaire.questions.get(text="ご意見"), text="意見"
    )
    Invitee.objects.create(key="invitee-1", round=asked, name="事業所", email="office@example.jp")

    asks = as_editor.post(asked.page + "emptying/", {"base_version": asked.version})
    assert asks.status_code == 422
    assert Response.objects.count() == 1
    press(as_editor, asked, "emptying/", is_sure="on")

    asked.refresh_from_db()
    assert not Response.objects.exists()
    assert not Answer.objects.exists()
    assert not Invitee.objects.filter(round=asked).exists()
    assert (asked.state, asked.returned, asked.emptied_on) == ("closed", 1, timezone.localdate())
    assert PublishedSurvey.objects.count() == kept
    assert "受付の再開や" in press(as_editor, asked, "opening/").content.decode()


def test_the_clock_empties_what_is_due_in_every_town_and_nothing_else(asked):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        other = asking(theirs, "round-theirs", by="neighbour")
        answered(other, 1)
    answered(asked, 1)
    later = asking(asked.cycle, "round-later")
    answered(later, 1)
    SurveyRound.objects.filter(pk=later.pk).update(keep_until=dt.date(2031, 3, 31))

    assert emptying.empty_due(dt.date(2030, 3, 31)) == 0
    assert emptying.empty_due(dt.date(2030, 4, 1)) == 2
    assert emptying.empty_due(dt.date(2030, 4, 1)) == 0

    assert set(Response.objects.values_list("round__key", flat=True)) == {"round-later"}
    with within(theirs.municipality):
        assert not Response.objects.exists()


def test_the_page_warns_before_the_day(as_editor, asked):
    SurveyRound.objects.update(keep_until=timezone.localdate() + dt.timedelta(days=30))

    page = as_editor.get(asked.page).content.decode()

    assert "自動で消えます。集計の結果は、まだ登録されていません" in page


def test_a_closed_network_offers_no_address(as_editor, asked, settings):
    settings.PUBLIC_BASE_URL = ""

    page = as_editor.get(asked.page).content.decode()

    assert "インターネットからの回答は、このシステムでは受け付けていません" in page
    assert "poster" not in page


def test_the_poster_is_one_sheet_with_code_and_address(as_editor, asked):
    pdf = as_editor.get(asked.page + "poster/")

    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content.count(b"/Type /Page\n") + pdf.content.count(b"/Type /Page ") <= 1
    assert Token.objects.filter(pk=asked.token_id).exists()


def test_a_round_with_answers_is_not_deleted_before_they_are(as_editor, asked):
    answered(asked, 1)
    Invitee.objects.create(key="invitee-1", round=asked, name="事業所")
    press(as_editor, asked, "closing/")
    asked.refresh_from_db()
    address = asked.page + "delete/"

    asks = as_editor.get(address)
    stays = as_editor.post(address, {"base_version": asked.version})
    press(as_editor, asked, "emptying/", is_sure="on")
    asked.refresh_from_db()
    goes = as_editor.post(address, {"base_version": asked.version})

    assert asks.status_code == 200
    assert stays.status_code == 409
    assert goes.status_code == 302
    assert not SurveyRound.objects.filter(pk=asked.pk).exists()


def test_deleting_answers_is_offered_where_there_is_something_to_delete(as_editor, here):
    row = asking(here, is_open=False)
    address = row.page + "emptying/"
    assert address not in as_editor.get(row.page).content.decode()
    assert "<dt>期間</dt><dd>未定～" in as_editor.get(row.page).content.decode()
    SurveyRound.objects.filter(pk=row.pk).update(closes_on=None)
    assert "<dt>期間</dt><dd>未定</dd>" in as_editor.get(row.page).content.decode()

    Invitee.objects.create(key="invitee-1", round=row, name="事業所")

    assert address in as_editor.get(row.page).content.decode()


def test_one_round_that_cannot_be_emptied_stops_no_other(asked, monkeypatch, caplog):
    later = asking(asked.cycle, "round-later")
    emptied = emptying.empty

    def broken(row, *, by):
        if row.pk == asked.pk:
            raise DatabaseError("disk")
        return emptied(row, by=by)

    monkeypatch.setattr(emptying, "empty", broken)

    assert emptying.empty_due(dt.date(2030, 4, 1)) == 1

    later.refresh_from_db()
    assert later.is_emptied
    assert "could not be emptied" in caplog.text


def test_what_is_emptied_is_not_emptied_again(as_editor, asked):
    emptying.empty(asked, by=None)

    told = press(as_editor, asked, "emptying/", is_sure="on").content.decode()

    assert "この調査の回答は消したため" in told


@pytest.mark.parametrize(
    ("state", "may_open", "may_close"),
    [("draft", True, False), ("asking", False, True), ("closed", True, False)],
)
def test_which_state_follows_which(as_editor, asked, state, may_open, may_close):
    for deed, goes in (("opening/", may_open), ("closing/", may_close)):
        SurveyRound.objects.update(state=state)
        press(as_editor, asked, deed, closes_on=LATER)
        asked.refresh_from_db()
        assert (asked.state != state) is goes

    SurveyRound.objects.update(state=state, emptied_on=timezone.localdate())
    for deed in ("opening/", "closing/"):
        press(as_editor, asked, deed)
        asked.refresh_from_db()
        assert asked.state == state


def test_a_round_closed_before_its_time_ended_today(as_editor, asked):
    assert asked.closes_on > timezone.localdate()

    press(as_editor, asked, "closing/")

    asked.refresh_from_db()
    assert asked.closes_on == timezone.localdate()


def test_what_was_asked_and_came_back_is_told_after_the_answers_are_gone(as_editor, asked):
    SurveyRound.objects.update(distributed=40, returned=10)
    asked.refresh_from_db()
    emptying.empty(asked, by=None)

    page = as_editor.get(asked.page).content.decode()

    assert "<dt>配布数</dt><dd>40</dd>" in page
    assert "<dt>回収率</dt><dd>25.0%</dd>" in page
    told = as_editor.get(f"{asked.page}responses/").content.decode()
    assert "に消しました" in told
    assert "まだ届いていません" not in told


def test_a_round_that_asks_is_not_deleted_under_its_posters(as_editor, asked):
    refused = as_editor.post(asked.page + "delete/", {"base_version": asked.version}, follow=True)

    assert "先に「受付を終了する」を押してください" in refused.content.decode()
    assert SurveyRound.objects.filter(pk=asked.pk).exists()
    assert "/delete/" not in as_editor.get(asked.page).content.decode()

    press(as_editor, asked, "closing/")
    asked.refresh_from_db()
    as_editor.post(asked.page + "delete/", {"base_version": asked.version})
    assert not SurveyRound.objects.filter(pk=asked.pk).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"opens_on": dt.date(2099, 1, 1)}, "から回答できます"),
        ({"state": "closed"}, "掲示したポスターは外してください。受付を再開すると、同じアドレス"),
        (
            {"opens_on": dt.date(2020, 1, 1), "closes_on": dt.date(2020, 2, 1)},
            "先に締切日を直します",
        ),
        ({"state": "closed", "emptied_on": dt.date(2026, 4, 1)}, "回答の画面はもうありません"),
        ({"state": "draft"}, "受付を始めると、アドレスとQRコードができます"),
    ],
)
def test_the_page_says_how_the_door_stands(as_editor, asked, changed, sentence):
    SurveyRound.objects.update(**changed)

    assert sentence in as_editor.get(asked.page).content.decode()


def test_no_poster_leads_to_a_page_that_takes_no_answer(as_editor, asked):
    assert "poster/" in as_editor.get(asked.page).content.decode()
    press(as_editor, asked, "closing/")

    assert "poster/" not in as_editor.get(asked.page).content.decode()
    told = as_editor.get(asked.page + "poster/", follow=True).content.decode()
    assert "受付を終了した調査のポスターは作れません" in told


def test_an_address_whose_key_was_lost_is_made_anew_by_reopening(as_editor, asked):
    Token.objects.filter(pk=asked.token_id).update(label="another nonce")

    assert (
        "前のアドレスとQRコードは使えなくなりました" in as_editor.get(asked.page).content.decode()
    )
    press(as_editor, asked, "closing/")
    told = press(as_editor, asked, "opening/", closes_on=LATER).content.decode()

    row = SurveyRound.objects.select_related("token").get(pk=asked.pk)
    assert row.token_id != asked.token_id
    assert door_address.of(row) in told


def test_the_day_on_which_answers_go_is_named_before_anybody_answers(as_editor, here):
    row = asking(here, is_open=False)
    SurveyRound.objects.update(keep_until=None)
    assert (
        "回答データの保存期限を登録してから" in press(as_editor, row, "opening/").content.decode()
    )
    SurveyRound.objects.update(keep_until=row.closes_on)
    assert "締切日より後になっていません" in press(as_editor, row, "opening/").content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_nobody_is_put_on_the_list_of_a_round_without_answers_any_more(asked, people):
    emptying.empty(asked, by=None)

    with pytest.raises(ValidationError, match="依頼先の追加はできません"):
        inviting.add(asked, [inviting.Asked("見本診療所", "a@example.jp")], by=people["editor"])

    assert not Invitee.objects.filter(round=asked).exists()


def test_a_document_does_not_say_that_answers_are_gone_which_are_there(asked, people):
    document = assembly.assemble(asked.cycle)
    (told,) = [one for one in document["survey_rounds"] if one["key"] == asked.key]
    told |= {"emptied_on": "2026-04-01", "state": "draft"}

    problems = assembly.load(asked.cycle, document, by=people["editor"])

    assert {one.pointer.rsplit("/", 1)[-1] for one in problems} == {"emptied_on", "state"}
    assert all("画面の操作で変わります" in one.message for one in problems)
    asked.refresh_from_db()
    assert (asked.state, asked.emptied_on) == ("asking", None)


def test_a_document_does_not_take_away_a_round_that_asks(asked, people):
    document = assembly.assemble(asked.cycle)
    document["survey_rounds"] = []

    problems = assembly.load(asked.cycle, document, by=people["editor"])

    assert [one.message for one in problems] == [
        "受付中の調査「round-ask」は取り除けません。画面で受付を終了するか、文書に残してください。"
    ]
    assert SurveyRound.objects.filter(pk=asked.pk).exists()

    SurveyRound.objects.update(state="closed")
    assert assembly.load(asked.cycle, document, by=people["editor"]) == []
    assert not SurveyRound.objects.filter(pk=asked.pk).exists()
