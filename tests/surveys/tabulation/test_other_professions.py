"""職種「その他」: what it is may be written on a phone, on paper and in a file, and is one text among others."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from surveys.models import Question, Response
from surveys.rounds import door_address
from surveys.tabulation.reading import tabulating
from surveys.tabulation.texts import texts
from surveys.tabulation.texts.texts import Sought
from tests.surveys.answer_files.test_answer_files import send
from tests.surveys.asking import OUTSIDE, asking
from tests.surveys.door.test_answer_door import opened, text

NAMED = "言語聴覚士"


@pytest.fixture
def asked(here, settings):
    settings.PUBLIC_BASE_URL = OUTSIDE
    return asking(here)


def on_phone(row, client=None, **fields):
    address = door_address.of(row).removeprefix(OUTSIDE)
    visitor, carried = opened(address, client)
    return visitor.post(address, carried | {"q1": "2", "page": "2", "action": "send"} | fields)


def keyed_in(client, row, **fields):
    return client.post(f"{row.page}sheets/add/", {"sheet_number": "1", "q1": "2"} | fields)


def from_file(client, row, cells):
    table = f"問1,問5,問5 「その他」の内容\n{cells}\n"
    return send(client, f"{row.page}answers/import/", table)


def texts_of(row):
    found = texts.of(row)
    return [found.told(one) for one in found.found(Sought())]


def test_whichever_way_it_comes_it_is_one_text_and_counted_as_other(as_editor, asked):
    assert "受付番号" in text(on_phone(asked, q5="other", q5t1=NAMED))
    assert keyed_in(as_editor, asked, q5="other", q5t1=NAMED).status_code == 302
    assert "回答を1件" in text(from_file(as_editor, asked, f"2,その他,{NAMED}"))

    assert list(Response.objects.values_list("profession", flat=True)) == ["other"] * 3
    assert [(one.text, one.option, one.profession) for one in texts_of(asked)] == [
        (NAMED, "その他", "")
    ] * 3
    table = next(
        one.table for one in tabulating.of(asked).counted if one.table.question.kind == "profession"
    )
    assert [(line.label, line.count) for line in table.lines] == [("その他", 3)]


def test_from_five_on_the_profession_stands_beside_the_text(as_editor, asked):
    for _ in range(5):
        on_phone(asked, q5="other", q5t1=NAMED)

    assert {one.profession for one in texts_of(asked)} == {"その他"}


@pytest.mark.parametrize("profession", ["", "nurse"])
def test_a_text_beside_another_profession_is_asked_about(as_editor, asked, profession):
    sentence = "「その他」の内容が書かれています。「その他」を選ぶか、内容を消してください。"

    for page, status in (
        (on_phone(asked, q5=profession, q5t1=NAMED), 200),
        (keyed_in(as_editor, asked, q5=profession, q5t1=NAMED), 422),
    ):
        assert page.status_code == status
        assert sentence in text(page)
        assert f'value="{NAMED}"' in text(page)
    assert not Response.objects.exists()


def test_where_it_must_be_answered_other_alone_is_not_enough(asked):
    Question.objects.filter(questionnaire=asked.questionnaire, kind="profession").update(
        is_required=True
    )

    assert "内容も書いてください" in text(on_phone(asked, q5="other"))
    assert "受付番号" in text(on_phone(asked, q5="other", q5t1=NAMED))


def test_a_second_entry_of_the_sheet_compares_it(as_editor, asked):
    keyed_in(as_editor, asked, q5="other", q5t1=NAMED)

    same = keyed_in(as_editor, asked, q5="other", q5t1=NAMED)
    other = keyed_in(as_editor, asked, q5="other", q5t1="作業療法士")

    assert same.status_code == 302
    assert other.status_code == 409
    assert "違う設問：問5" in text(other)


def test_the_single_answers_hold_it_in_the_column_that_is_taken_in_again(as_editor, asked):
    on_phone(asked, q5="other", q5t1=NAMED)

    file = as_editor.get(asked.cycle.url("surveys:round_answers_file", asked.key))
    head, line = load_workbook(io.BytesIO(file.content))["回答（番号）"].iter_rows(values_only=True)

    told = dict(zip(head, line, strict=True))
    assert (told["問5 職種"], told["問5 「その他」の内容"]) == ("その他", NAMED)


def test_the_phone_offers_a_line_that_says_what_it_is_for(asked):
    page = text(Client().get(f"{door_address.of(asked).removeprefix(OUTSIDE)}"))
    assert "職種を書いてください" not in page

    address = door_address.of(asked).removeprefix(OUTSIDE)
    visitor, carried = opened(address)
    second = text(visitor.post(address, carried | {"q1": "2"}))

    assert '<label class="ask-beside" for="q5t1">「その他」のときは、職種を書いてください' in second
