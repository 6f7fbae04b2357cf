"""Answers of a file: recognised by heading, read by number or word, all of it or nothing, the same file once."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from surveys.answer_files import answer_file, taking_in
from surveys.models import Response
from surveys.questionnaires.shape import form_shape
from tests.surveys.asking import asking

GOOGLE = "タイムスタンプ,在宅医療を知っていますか。,どこで知りましたか。,次のことをしていますか。 [看取り],経験年数,職種"


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def address(asked):
    return f"{asked.page}answers/import/"


def send(client, address, content, *, name="回答.csv", action="take", same=""):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    fields = {"file": file, "action": action, "same": same}
    return client.post(address, fields, follow=True)


def lines_of(response):
    found = response.answers.values_list("option__label", "row__label", "number", "text")
    return sorted(tuple(map(str, line)) for line in found)


def checked(row, *lines):
    return answer_file.check(
        form_shape.read(row.questionnaire), [line.split("\t") for line in lines]
    )


def test_the_table_of_another_form_is_read_as_it_is(as_editor, address):
    body = '2026/7/1,はい,"広報, 家族",していない,１２年,看護師（病院・診療所）\n,いいえ,,,,\n'

    page = send(as_editor, address, f"{GOOGLE}\n{body}".encode("cp932"))

    assert "回答を2件取り込みました" in page.content.decode()
    first = Response.objects.get(profession="nurse")
    assert first.way == "file"
    assert [line[0] for line in lines_of(first)] == ["None", "していない", "はい", "家族", "広報"]


def test_checking_writes_nothing_and_names_what_is_not_read(as_editor, address):
    page = send(as_editor, address, f"{GOOGLE}\n,はい,,,,\n", action="check").content.decode()

    assert "1件の回答を読み取りました" in page
    assert "読み取らない列：タイムスタンプ" in page
    assert not Response.objects.exists()


def test_one_wrong_cell_keeps_everything_out_and_is_named(as_editor, address):
    table = "問1,問2,問4\n1,1,5\n2,9,61\nたぶん,,\n"

    page = send(as_editor, address, table)
    book = send(as_editor, address, table, action="errors")

    assert page.status_code == 422
    for cell in ("B3", "C3", "A4"):
        assert f'<th scope="row">{cell}</th>' in page.content.decode()
    assert not Response.objects.exists()
    sheet = load_workbook(
        io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content)
    ).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["B3", "C3", "A4"]


def test_ones_and_zeros_in_columns_are_several_answers(asked):
    found = checked(
        asked, "問2-1 広報\t問2-2\t問2-3 家族\t問2-4 特にない", "1\t0\t○\t", "0\t×\t\t1", "2\t\t\t"
    )

    ticked = [
        sorted(one.filled.given[key].ticked)
        for one in found.taken
        for key in one.filled.given
        if one.filled.given[key].ticked
    ]
    assert [len(one) for one in ticked] == [2, 1]
    assert [(one.row, one.column) for one in found.refused] == [(4, 1)]
    assert "1（選んだ）か0" in found.refused[0].message


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("1", [1]),
        ("１、３", [1, 3]),
        ("1;3", [1, 3]),
        ("広報", [1]),
        ("家族、広報", [1, 3]),
        ("広報;家族", [1, 3]),
        ("1.0", [1]),
    ],
)
def test_numbers_and_words_of_options(asked, cell, numbers):
    question = form_shape.read(asked.questionnaire).questions[1]
    column = answer_file.Column(0, "問2", "q2", question)

    assert answer_file.values_of(question, column, cell) == [str(one) for one in numbers]


def test_a_label_that_holds_the_sign_between_is_found_whole():
    labels = {answer_file.plain("病院、診療所"): 1, answer_file.plain("病院"): 2}

    assert answer_file._by_words(labels, "病院、診療所、病院") == [1, 2]


SAVED_AGAIN = {
    "the same bytes": "問1,問4\n1,5\n2,\n",
    "other line ends and quotes": '"問1","問4"\r\n"1","5"\r\n"2",""\r\n',
    "words and a blank row": "問1,問4\nはい,5\n,\nいいえ,\n",
    "columns and rows in another order": "問4,問1\n,2\n5.0,1\n",
}


@pytest.mark.parametrize("name", SAVED_AGAIN)
def test_the_same_rows_again_are_asked_about(as_editor, address, name):
    send(as_editor, address, "問1,問4\n1,5\n2,\n")

    page = send(as_editor, address, SAVED_AGAIN[name])

    assert page.status_code == 422
    told = page.content.decode()
    assert "2件のうち2件は、前に取り込んだ回答と同じ内容です" in told
    assert "別の人の回答として、すべて取り込む" in told
    assert Response.objects.count() == 2


def test_the_same_rows_in_a_workbook_are_the_same_rows(as_editor, address):
    send(as_editor, address, "問1,問4\n1,5\n")
    book = Workbook()
    book.active.append(["問1", "問4"])
    book.active.append([1, 5])
    book.save(content := io.BytesIO())

    page = send(as_editor, address, content.getvalue(), name="回答.xlsx")

    assert "前に取り込んだ回答と同じ内容です" in page.content.decode()
    assert Response.objects.count() == 1


def test_checking_tells_of_rows_that_came_before(as_editor, address):
    send(as_editor, address, "問1,問4\n1,5\n2,\n")

    same = send(as_editor, address, "問1,問4\n1,5\n1,6\n", action="check").content.decode()
    other = send(as_editor, address, "問1,問4\n1,6\n", action="check").content.decode()

    assert "同じ内容の行：1件" in same
    assert 'type="radio"' in same
    assert "同じ内容の行" not in other
    assert 'type="radio"' not in other


def test_the_old_rows_of_a_longer_file_are_left_out_where_one_says_so(as_editor, address):
    send(as_editor, address, "問1,問4\n1,5\n2,\n")

    asks = send(as_editor, address, "問1,問4\n1,5\n2,\n1,6\n").content.decode()
    told = send(as_editor, address, "問1,問4\n1,5\n2,\n1,6\n", same="skip").content.decode()

    assert "3件のうち2件は" in asks
    assert "回答を1件取り込みました" in told
    assert (
        "新しい行がないため"
        in send(as_editor, address, "問1,問4\n1,6\n", same="skip").content.decode()
    )
    assert Response.objects.count() == 3


def test_other_people_who_answer_alike_are_counted_where_one_says_so(as_editor, address):
    for same in ("", "add", "add"):
        send(as_editor, address, "問1\n1\n1\n", same=same)
    assert Response.objects.count() == 6

    assert "2件のうち2件は" in send(as_editor, address, "問1\n1\n1\n").content.decode()


def test_a_file_of_other_answers_is_asked_nothing(as_editor, address):
    """The control: what was asked about above is that the rows are the same."""
    send(as_editor, address, "問1,問4\n1,5\n")

    assert "回答を1件取り込みました" in send(as_editor, address, "問1,問4\n1,6\n").content.decode()


def test_what_a_row_is_known_by_tells_nothing_without_the_key(asked, settings):
    """A respondent's own code is short: whoever has the tables alone could try them all."""
    (one,) = checked(asked, "問1\t問6", "1\t0415ab").taken
    before = taking_in.mark_of(one)
    assert taking_in.mark_of(one) == before

    settings.SECRET_KEY = "another installation"

    assert taking_in.mark_of(one) != before


def test_a_sheet_of_paper_with_too_many_marks_is_told_and_taken(as_editor, address):
    page = send(as_editor, address, "問1,問2\n1、3,1\n", action="check").content.decode()

    assert "選び方が設問の指定と合わない回答が1か所あります" in page
    assert (
        "回答を1件取り込みました" in send(as_editor, address, "問1,問2\n1、3,1\n").content.decode()
    )


def test_twelve_digits_of_a_my_number_keep_a_file_out(as_editor, address):
    page = send(as_editor, address, "問1,問7\n1,番号は123456789018です\n")

    assert "マイナンバー（個人番号）と思われる12桁" in page.content.decode()
    assert "B2" in page.content.decode()
    assert not Response.objects.exists()


def test_a_sheet_that_was_keyed_in_does_not_come_in_again(as_editor, asked, address):
    as_editor.post(f"{asked.page}sheets/add/", {"sheet_number": "7", "q1": "1"})

    page = send(as_editor, address, "紙の番号,問1\n8,1\n7,2\n")

    assert "紙の番号「7」は、すでに登録されています" in page.content.decode()
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "ファイルが空です"),
        ("名前,年齢\nA,3\n", "設問の列が見つかりません"),
        ("問1,問1\n1,2\n", "列が2つあります"),
        ("問1\n" + "1\n" * 2001, "2,000行までに分けて"),
        ("紙の番号,問1\n1,1\n1,2\n", "紙の番号「1」が、2行目にもあります"),
        ("問5\n王様\n", "職種の一覧にありません"),
        ("問1;問2\n1;2\n", "セミコロン"),
        ("問1,問2\n", "見出しの下に、回答の行がありません"),
        (b"MZ\x90\x00\x03\x00\x00\x00program", "ExcelでもCSVでもないファイルです"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ExcelでもCSVでもないファイルです"),
        (b"\x83\x01\x91\x07q1,q2\n1,2\n", "ExcelでもCSVでもないファイルです"),
    ],
)
def test_what_cannot_be_read_is_said(as_editor, address, table, sentence):
    page = send(as_editor, address, table)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Response.objects.exists()


def test_the_sheet_to_fill_in_comes_back_as_it_was_filled(as_editor, asked, address):
    got = as_editor.get(f"{asked.page}answers/sheet.xlsx")
    book = load_workbook(io.BytesIO(got.content))
    header = [cell.value for cell in book["回答"][1]]
    filled = Workbook()
    filled.active.append(header)
    filled.active.append(
        ["1", "3", "新聞", "1、2", 1, None, "2", 1, 12.5, "医師", None, "0415ab", "よい"]
    )
    filled.save(content := io.BytesIO())

    page = send(as_editor, address, content.getvalue(), name="回答.xlsx", action="check")

    assert header[0] == "紙の番号"
    assert len(header) == 13
    assert book.sheetnames == ["回答", "書き方"]
    assert "1件の回答を読み取りました" in page.content.decode()


def test_a_viewer_takes_nothing_in(sign_in, address):
    assert sign_in("viewer").post(address, {}).status_code == 403


SKIPPED = "問1,問2,問4\n2,1,5\n1,1,6\n"


def box_of(page, name):
    """Return the value of a box that asks for a yes."""
    return re.search(rf'name="{name}" value="([0-9a-f]+)"', page.content.decode())[1]


def test_what_a_skip_leaves_out_is_asked_about_before_anything_is_taken_in(as_editor, address):
    asks = send(as_editor, address, SKIPPED)

    assert asks.status_code == 422
    assert "飛ばす設問に、記入のある行が1行あります" in asks.content.decode()
    assert "2行目：問2" in asks.content.decode()
    assert not Response.objects.exists()

    agreed = {"action": "take", "left_out": box_of(asks, "left_out")}
    told = as_editor.post(address, agreed, follow=True).content.decode()

    assert "回答を2件取り込みました" in told
    assert "飛ばす設問の記入は、取り込んでいません（2行目：問2）" in told
    assert Response.objects.count() == 2


def test_a_yes_to_one_file_is_none_to_another(as_editor, address):
    agreed = box_of(send(as_editor, address, SKIPPED), "left_out")
    file = SimpleUploadedFile("別.csv", "問1,問2,問4\n2,1,5\n2,1,7\n".encode())

    page = as_editor.post(address, {"file": file, "action": "take", "left_out": agreed})

    assert page.status_code == 422
    assert not Response.objects.exists()


def test_a_file_in_which_nothing_is_left_out_is_asked_nothing(as_editor, address):
    """The control: what was asked about above is the entry behind the skip."""
    told = send(as_editor, address, SKIPPED.replace("2,1,5", "2,,5")).content.decode()

    assert "回答を2件取り込みました" in told
    assert "取り込んでいません" not in told


def test_one_unknown_word_hides_no_other_mistake_of_its_row(as_editor, address):
    page = send(as_editor, address, "問1,問4,問5,問5 「その他」の内容,問6\n1,500,王様,城,ab\n")

    told = page.content.decode()
    assert [cell for cell in ("B2", "C2", "D2", "E2") if f">{cell}</th>" in told] == [
        "B2",
        "C2",
        "E2",
    ]
    assert "60年以下の数字" in told
    assert "4文字から20文字" in told
    assert "全部で3か所あります" in told


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("ケアマネ", "「介護支援専門員」のことであれば"),
        ("看護師", "「看護師（病院・診療所）」か「訪問看護師」のことであれば"),
        ("理学療法士", "「リハビリテーション専門職」のことであれば"),
        ("主任ケアマネジャー", "「介護支援専門員」のことであれば"),
    ],
)
def test_a_profession_by_another_name_is_told_what_may_be_written(
    as_editor, address, written, near
):
    told = send(as_editor, address, f"問5\n{written}\n").content.decode()

    assert f"「{written}」は職種の一覧にありません。{near}" in told
    assert "次のどれかを書いてください：医師、歯科医師、薬剤師" in told
    assert not Response.objects.exists()


def test_a_word_that_is_like_no_profession_is_told_the_list_alone(as_editor, address):
    told = send(as_editor, address, "問5\n王様\n").content.decode()

    assert "職種の一覧にありません。次のどれかを書いてください" in told


NAMED = "問1,問6,問7\n1,0312345678,よい\n1,,山田さんの電話は03-1234-5678\n1,,看護師さんがよい\n"


def test_personal_data_in_a_text_is_asked_about_by_its_cell(as_editor, address):
    asks = send(as_editor, address, NAMED)

    told = asks.content.decode()
    assert asks.status_code == 422
    assert "セルが1か所あります" in told
    assert "C3：電話番号、「山田さん」という人の名前が書かれているようです。" in told
    assert not Response.objects.exists()

    agreed = {"action": "take", "personal": box_of(asks, "personal")}
    assert (
        "回答を3件取り込みました" in as_editor.post(address, agreed, follow=True).content.decode()
    )


def test_both_are_asked_at_once_and_each_needs_its_yes(as_editor, address):
    asks = send(as_editor, address, "問1,問2,問7\n2,1,山田さんへ\n")
    left_out, personal = (box_of(asks, name) for name in ("left_out", "personal"))

    half = as_editor.post(address, {"action": "take", "left_out": left_out})

    assert half.status_code == 422
    assert f'value="{left_out}" checked' in half.content.decode()
    assert not Response.objects.exists()
    both = {"action": "take", "left_out": left_out, "personal": personal}
    assert "回答を1件取り込みました" in as_editor.post(address, both, follow=True).content.decode()
