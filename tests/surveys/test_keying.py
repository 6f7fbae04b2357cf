"""Paper sheets are keyed in by number, compared where they are keyed in again, and counted with the rest."""

import pytest

from municipalities.kernel.changes import Change
from surveys.models import Response
from surveys.sheets import sheet_form
from surveys.tabulation.reading import tabulating
from tests.surveys.asking import asking

SHEET = {
    "sheet_number": "0040",
    "q1": "１",
    "q2": "1、3",
    "q3r1": "2",
    "q3x1": "1",
    "q4": "12",
    "q5": "nurse",
    "q6": "0415ab",
    "q7": "もっと知りたい",
}


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def address(asked):
    return f"{asked.page}sheets/add/"


def lines_of(response):
    found = response.answers.values_list("option__label", "row__label", "text")
    return sorted(map(str, found))


def test_a_sheet_is_entered_with_digits_and_the_next_one_follows(as_editor, address, asked):
    page = as_editor.post(address, SHEET, follow=True)

    assert "紙の番号 0040：登録しました" in page.content.decode()
    assert 'value="0041"' in page.content.decode()
    response = Response.objects.get(round=asked)
    assert (response.way, response.sheet_number, response.profession) == ("paper", "0040", "nurse")
    assert len(lines_of(response)) == 7
    told = Change.objects.of(response).get()
    assert (told.deed, told.actor.username) == ("key_in", "editor")
    assert "もっと知りたい" not in str(told.after)


def test_the_same_sheet_again_is_compared_and_never_counted_twice(as_editor, address):
    as_editor.post(address, SHEET)

    same = as_editor.post(address, SHEET, follow=True).content.decode()
    other = as_editor.post(address, SHEET | {"q1": "3", "q1t3": "新聞", "q5": "dentist"})

    assert "2回目の入力は、登録してある内容と一致しました" in same
    assert other.status_code == 409
    assert "違う設問：問1、問5（職種）" in other.content.decode()
    assert 'value="新聞"' in other.content.decode()
    assert Response.objects.get().profession == "nurse"


def test_the_second_entry_names_what_differs_in_the_order_of_the_questions(as_editor, address):
    as_editor.post(address, SHEET)
    typed = {"q7": "別の意見", "q6": "9999zz", "q5": "dentist", "q1": "1", "q4": "13"}

    told = as_editor.post(address, SHEET | typed).content.decode()

    assert "違う設問：問4、問5（職種）、問6（本人が決める番号）、問7<" in told


def test_the_second_entry_replaces_the_first_where_one_says_so(as_editor, address):
    as_editor.post(address, SHEET)
    as_editor.post(address, SHEET | {"q1": "3", "q1t3": "新聞", "replace": "0040"})

    response = Response.objects.get()
    assert "('その他', None, '新聞')" in lines_of(response)


def test_nobody_could_be_made_to_answer_on_paper(as_editor, address):
    as_editor.post(address, {"sheet_number": "1", "q4": "3"})

    assert Response.objects.get().answers.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"sheet_number": ""}, "紙の番号を入力してください"),
        ({"sheet_number": "1" * 21}, "20字以内"),
        ({"q1": "7"}, "選択肢の中から選んでください"),
        ({"q1": "はい"}, "選択肢の中から選んでください"),
        ({"q7": "もっと知りたい。1234 5678 9018"}, "マイナンバー（個人番号）と思われる12桁"),
        ({"q3r2": "3"}, "選択肢の中から選んでください"),
        ({"q4": "61"}, "60年以下"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(as_editor, address, fields, sentence):
    page = as_editor.post(address, SHEET | fields)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "もっと知りたい" in page.content.decode()
    summary = page.content.decode().partition("入力内容を確かめてください")[2].partition("</ul>")[0]
    assert sentence in summary
    assert not Response.objects.exists()


def test_nothing_is_keyed_in_before_the_questionnaire_is_fixed(as_editor, here):
    row = asking(here, "round-draft", is_open=False)

    page = as_editor.get(f"{row.page}sheets/add/", follow=True)

    assert "受付を始めてから入力してください" in page.content.decode()


def test_paper_that_came_in_time_is_keyed_in_after_the_end(as_editor, address, asked):
    asked.refresh_from_db()
    as_editor.post(asked.page + "closing/", {"base_version": asked.version})

    as_editor.post(address, SHEET)

    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "following"), [("0040", "0041"), ("A-9", "A-10"), ("99", "100"), ("あ", "")]
)
def test_the_number_that_follows(number, following):
    assert sheet_form.next_number(number) == following


def test_a_sheet_that_was_left_out_stays_left_out_when_it_is_entered_anew(as_editor, address):
    as_editor.post(address, SHEET)
    Response.objects.update(is_excluded=True, excluded_why="対象の外の方の回答")

    as_editor.post(address, SHEET | {"q1": "2", "left_out": "問2 問3", "replace": "0040"})

    response = Response.objects.get()
    assert "('いいえ', None, '')" in lines_of(response)
    assert (response.is_excluded, response.excluded_why) == (True, "対象の外の方の回答")


@pytest.mark.parametrize("again", ["１", " 1 ", "１　"])
def test_a_number_in_wide_digits_is_the_same_sheet(as_editor, address, again):
    as_editor.post(address, SHEET | {"sheet_number": "1"})

    told = as_editor.post(address, SHEET | {"sheet_number": again}, follow=True)

    assert "2回目の入力は、登録してある内容と一致しました" in told.content.decode()
    assert Response.objects.get().sheet_number == "1"


@pytest.mark.parametrize(
    ("fields", "label", "table"),
    [
        ({"q1": "1 2"}, "問1", "問1"),
        ({"q2": "1 2 3"}, "問2", "問2"),
        ({"q2": "1 4"}, "問2", "問2"),
        ({"q3r1": "1 2"}, "問3", "問3-1"),
    ],
)
def test_more_marks_than_asked_for_are_kept_and_counted_as_no_answer(
    as_editor, address, asked, fields, label, table
):
    page = as_editor.post(address, {"sheet_number": "1"} | fields, follow=True)

    told = page.content.decode()
    assert f"{label}は、選び方が設問の指定と合わないため、集計では「無回答」に数えます。" in told
    (typed,) = fields.values()
    assert Response.objects.get().answers.count() == len(typed.split())
    (counted,) = [one.table for one in tabulating.of(asked).counted if one.table.number == table]
    assert counted.missing == 1
    assert sum(line.count for line in counted.lines if line.label != "無回答") == 0


def test_as_many_marks_as_asked_for_are_answers(as_editor, address, asked):
    """The control: what made an answer none above is that there were too many."""
    told = as_editor.post(address, {"sheet_number": "1", "q2": "1 2"}, follow=True)

    assert "無回答」に数えます。</" not in told.content.decode()
    (table,) = [one.table for one in tabulating.of(asked).counted if one.table.number == "問2"]
    assert (table.missing, [line.count for line in table.lines]) == (0, [1, 1, 0, 0])


def test_what_a_skip_leaves_out_is_asked_about_and_nothing_is_lost(as_editor, address, asked):
    """いいえ at 問1 leads past 問2 and 問3: either the answer or what follows is a slip of the finger."""
    typed = SHEET | {"q1": "2", "q3r1": "9"}

    asks = as_editor.post(address, typed)

    page = asks.content.decode()
    assert asks.status_code == 422
    assert "飛ばす設問：問2、問3" in page
    assert 'value="1、3"' in page
    assert 'name="q3r1" value="9"' in page
    assert not Response.objects.filter(round=asked).exists()

    told = as_editor.post(address, typed | {"left_out": "問2 問3"}, follow=True).content.decode()

    assert "問2、問3の記入は、前の設問の答えで飛ばす設問のため、保存していません" in told
    response = Response.objects.get(round=asked)
    assert set(response.answers.values_list("question__kind", flat=True)) == {
        "single",
        "number",
        "long_text",
    }


def test_another_slip_after_the_question_is_asked_about_again(as_editor, address, asked):
    typed = SHEET | {"q1": "2", "q2": "", "left_out": "問2 問3"}

    assert as_editor.post(address, typed).status_code == 422
    assert not Response.objects.filter(round=asked).exists()


def test_a_sheet_that_leaves_out_what_it_should_is_not_asked_about(as_editor, address, asked):
    typed = SHEET | {"q1": "2", "q2": "", "q3r1": "", "q3x1": ""}

    assert as_editor.post(address, typed).status_code == 302
    assert Response.objects.filter(round=asked).count() == 1


def test_the_second_entry_is_compared_after_the_skip_was_asked_about(as_editor, address, asked):
    typed = SHEET | {"q1": "2", "left_out": "問2 問3"}
    as_editor.post(address, typed)

    differs = as_editor.post(address, typed | {"q4": "13"})

    page = differs.content.decode()
    assert differs.status_code == 409
    assert "違う設問：問4" in page
    assert 'name="left_out" value="問2 問3" checked' in page


def test_only_a_page_that_answers_a_form_brings_the_way_back(as_editor, address):
    """The browser keeps it as a page that can be asked for again; where nothing was sent there is nothing to keep."""
    wrong = as_editor.post(address, SHEET | {"q1": "7"}).content.decode()

    assert "js/back.js" in wrong
    assert "js/back.js" not in as_editor.get(address).content.decode()
