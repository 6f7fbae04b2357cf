"""列の読み方: a column that nobody could guess is named on the screen, tried, and remembered for the questionnaire."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from municipalities.models import Municipality
from municipalities.tenancy import within
from surveys.answer_files import answer_columns
from surveys.models import AnswerColumn, AnswerUpload, Response
from surveys.questionnaires.shape import form_shape
from surveys.rounds import emptying, kept_file
from tests import world
from tests.surveys.asking import asking

TABLE = "Ｑ１,知ったきっかけ（広報）,年数（年）,備考\nはい,1,12,メモ\nいいえ,0,3,\n"


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def address(asked):
    return f"{asked.page}answers/"


def send(client, address, action="check"):
    file = SimpleUploadedFile("回答.csv", TABLE.encode())
    return client.post(f"{address}import/", {"file": file, "action": action}, follow=True)


def say(client, address, **said):
    return client.post(
        f"{address}columns/", {"heading": list(said), "target": list(said.values())}, follow=True
    )


SAID = {"Ｑ１": "q1", "知ったきっかけ（広報）": "q2:1", "年数（年）": "q4", "備考": "none"}


def test_a_file_that_names_no_question_offers_to_say_which(as_editor, address):
    page = send(as_editor, address)

    assert page.status_code == 422
    text = page.content.decode()
    assert "設問の列が見つかりません" in text
    assert "「Ｑ１」の列" in text
    assert '<option value="q2:1">問2-1 広報（1か0）</option>' in text


def test_what_was_said_is_tried_and_then_taken_in(as_editor, address, asked):
    told = say(as_editor, address, **SAID).content.decode()
    assert "列の読み方を覚えました" in told

    tried = send(as_editor, address).content.decode()
    assert "2件の回答を読み取りました" in tried
    assert "読み取らない列" not in tried
    assert not Response.objects.exists()

    send(as_editor, address, action="take")
    first = Response.objects.get(answers__option__label="はい")
    assert set(first.answers.values_list("option__label", "number")) == {
        ("はい", None),
        ("広報", None),
        (None, 12),
    }


def test_it_is_remembered_for_the_questionnaire_and_for_no_other(as_editor, address, asked, here):
    say(as_editor, address, **SAID)

    other = asking(here, key="another")
    assert not answer_columns.remembered(other.questionnaire)
    other.questionnaire = asked.questionnaire
    other.save()
    assert "2件の回答を読み取りました" in send(as_editor, f"{other.page}answers/").content.decode()


def test_it_is_told_changed_and_forgotten(as_editor, address, asked):
    say(as_editor, address, **SAID)
    shown = as_editor.get(f"{address}columns/").content.decode()
    assert '<option value="q2:1" selected>' in shown

    say(as_editor, address, Ｑ１="", 備考="q7")

    known = {one.heading: one.name for one in AnswerColumn.objects.all()}
    assert known["備考"] == "q7"
    assert "Ｑ１" not in known
    assert "まだありません" not in as_editor.get(f"{address}columns/").content.decode()


def test_what_is_said_goes_before_what_a_heading_says(as_editor, address, asked):
    form = form_shape.read(asked.questionnaire)
    answer_columns.remember(asked.questionnaire, form, [("問1", "none"), ("番号", "sheet")])
    known = answer_columns.remembered(asked.questionnaire)

    found = answer_columns.targets(form, ["問1", "番号", "問2"], known)

    assert found == {"問1": None, "番号": ("sheet", None, "")}


@pytest.mark.parametrize("odd", ["q99", "q1:9", "../x", "q2t1", "x" * 4000])
def test_what_is_not_offered_is_not_remembered(as_editor, address, odd):
    say(as_editor, address, 見出し=odd)

    assert not AnswerColumn.objects.exists()


def test_no_more_than_a_file_may_have_is_written(as_editor, address, asked):
    many = {f"列{number}": "none" for number in range(answer_columns.MOST_COLUMNS + 50)}
    say(as_editor, address, **many)

    assert AnswerColumn.objects.count() == answer_columns.MOST_COLUMNS


def test_who_only_reads_and_who_is_elsewhere_says_nothing(sign_in, address, asked):
    assert sign_in("viewer").post(f"{address}columns/", {}).status_code == 403
    assert sign_in("neighbour").post(f"{address}columns/", {}).status_code == 404
    with within(Municipality.objects.get(code=world.THEIRS)):
        assert not AnswerColumn.objects.exists()


def test_an_empty_file_is_told_as_before(as_editor, address):
    file = SimpleUploadedFile("回答.csv", b"\n\n")

    assert as_editor.post(f"{address}import/", {"file": file}).status_code == 422


def test_the_file_is_chosen_once_for_checking_naming_and_taking_in(as_editor, address, asked):
    send(as_editor, address)

    named = say(as_editor, address, **SAID).content.decode()
    assert "2件の回答を読み取りました" in named
    assert "選んであるファイル：回答.csv" in named
    assert not Response.objects.exists()
    taken = as_editor.post(f"{address}import/", {"action": "take"}, follow=True).content.decode()

    assert "回答を2件取り込みました" in taken
    assert Response.objects.filter(round=asked).count() == 2
    assert not AnswerUpload.objects.exists()


def test_a_file_without_faults_is_at_hand_to_be_taken_in(as_editor, address):
    say(as_editor, address, **SAID)
    bare = as_editor.get(f"{address}import/").content.decode()
    checked = send(as_editor, address).content.decode()

    assert re.search(r'button-primary"[^>]*>内容を確かめる', bare)
    assert re.search(r'button-primary"[^>]*>取り込む', checked)
    assert "直すところをExcelで受け取る" in bare
    assert "直すところをExcelで受け取る" not in checked
    assert re.search(r"回答の表\s*<[^>]*>※必須", bare)
    assert re.search(r"回答の表\s*<[^>]*>※任意", checked)


def test_rows_that_came_before_are_decided_about_without_choosing_again(as_editor, address, asked):
    send(as_editor, address)
    say(as_editor, address, **SAID)
    as_editor.post(f"{address}import/", {"action": "take"})
    asks = send(as_editor, address, action="take")
    assert asks.status_code == 422

    as_editor.post(f"{address}import/", {"action": "take", "same": "add"})

    assert Response.objects.filter(round=asked).count() == 4


def test_without_the_kept_file_it_would_have_to_be_chosen_again(as_editor, address):
    """The negative control: given up, the same press asks for a file."""
    send(as_editor, address)
    say(as_editor, address, **SAID)
    as_editor.post(f"{address}import/", {"action": "drop"})

    asks = as_editor.post(f"{address}import/", {"action": "take"})

    assert asks.status_code == 422
    assert "ファイルを選んでください" in asks.content.decode()
    assert not Response.objects.exists()


def test_the_file_is_nobody_elses(as_editor, sign_in, address, people):
    send(as_editor, address)

    other = sign_in("contributor")
    assert other.get(f"{address}import/").status_code in {403, 404}
    assert "選んであるファイル" not in sign_in("viewer").get(f"{address}import/").content.decode()
    row = AnswerUpload.objects.get().round
    assert kept_file.of(row, by=people["approver"]) is None


def test_it_goes_after_a_day_and_with_the_answers(as_editor, address, asked):
    send(as_editor, address)
    rows = AnswerUpload.objects.filter(round=asked)
    stored = rows.get()
    AnswerUpload.objects.update(created_at=stored.created_at - dt.timedelta(hours=25))
    assert "選んであるファイル" not in as_editor.get(f"{address}import/").content.decode()
    emptying.empty_due(dt.date(2026, 4, 1))
    assert not rows.exists()

    send(as_editor, address)
    assert rows.exists()
    asked.refresh_from_db()
    emptying.empty(asked, by=None)
    assert not rows.exists()


def test_a_file_with_a_my_number_is_not_kept(as_editor, address, asked):
    table = "Ｑ１,備考\nはい,123456789018\n"
    file = SimpleUploadedFile("回答.csv", table.encode())

    as_editor.post(f"{address}import/", {"file": file, "action": "check"})

    assert not AnswerUpload.objects.exists()


def test_a_file_with_cells_to_put_right_is_not_kept(as_editor, address):
    file = SimpleUploadedFile("回答.csv", "問1,問2\nはい,9\n".encode())

    as_editor.post(f"{address}import/", {"file": file, "action": "check"})

    assert not AnswerUpload.objects.exists()
