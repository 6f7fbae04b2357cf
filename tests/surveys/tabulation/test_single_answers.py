"""1件ごとの回答 as a workbook: what was answered, nothing of who or when, and the same when it is taken in again."""

import io

import pytest
from openpyxl import load_workbook

from surveys.answer_files import answer_file
from surveys.models import Response
from surveys.questionnaires.shape import form_shape
from tests.surveys.answer_files.test_answer_files import send
from tests.surveys.asking import asking

HEAD = "紙の番号,問1,問1 「その他」の内容,問2,問3-1,問3-1 ✓,問3-2,問4,問5,問7"
BODY = (
    '12,1,,"1、3",1,1,2,12,看護師（病院・診療所）,=1+1',
    "13,2,,,,,,3.5,,相談先が分からない。",
    "14,3,隣の人,4,,1,1,,医師,",
    "15,1,,,,,,,,",
)


@pytest.fixture
def answered(as_editor, here):
    row = asking(here)
    page = send(as_editor, f"{row.page}answers/import/", "\n".join((HEAD, *BODY)))
    assert "回答を4件取り込みました" in page.content.decode()
    return row


def book_of(client, row):
    response = client.get(row.cycle.url("surveys:round_answers_file", row.key))
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def given_in(row, lines):
    """What a table gives, each response as one comparable thing, in no order."""
    found = answer_file.check(form_shape.read(row.questionnaire), lines)
    assert not found.refused
    return sorted(repr(sorted(one.filled.given.items())) for one in found.taken)


def test_the_numbers_are_taken_in_again_as_they_were(as_editor, answered):
    sheet = book_of(as_editor, answered)["回答（番号）"]
    lines = [
        ["" if cell is None else str(cell) for cell in line]
        for line in sheet.iter_rows(values_only=True)
    ]
    sent = [line.replace('"', "").split(",") for line in (HEAD, *BODY)]

    assert given_in(answered, lines) == given_in(answered, sent)


def test_words_tell_what_was_not_answered_from_what_was_not_asked(as_editor, answered):
    sheet = book_of(as_editor, answered)["回答（文）"]
    head, *lines = sheet.iter_rows(values_only=True)
    rows = {line[head.index("問7 ご意見")]: dict(zip(head, line, strict=True)) for line in lines}

    skipped = rows["相談先が分からない。"]
    assert skipped["問2 どこで知りましたか。"] == "（対象外）"
    assert skipped["問5 職種"] == "（無回答）"
    assert rows["=1+1"]["問2 どこで知りましたか。"] == "広報、家族"
    assert rows["=1+1"]["問3-1 退院時の連携 ✓"] == "研修を受けたい"
    assert sum(line["問1 「その他」の内容"] == "隣の人" for line in rows.values()) <= 1


def test_no_cell_is_a_formula_and_nobody_is_named(as_editor, answered):
    """Neither sheet number nor receipt nor time, and the excluded are left out."""
    out = Response.objects.get(sheet_number="15")
    Response.objects.filter(pk=out.pk).update(is_excluded=True)
    book = book_of(as_editor, answered)

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    head = [cell.value for cell in book["回答（番号）"][1]]
    assert not [name for name in head if "紙の番号" in name or "自分の番号" in name]
    assert book["回答（文）"].max_row == len(BODY)
    told = {str(cell.value) for cell in cells}
    assert not told & {one.receipt for one in Response.objects.all()}


def test_an_emptied_round_offers_no_answers(as_editor, here):
    row = asking(here)

    shown = as_editor.get(here.url("surveys:round_tables", row.key)).content.decode()

    assert "1件ごとの回答" not in shown
