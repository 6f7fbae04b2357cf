"""A prefecture's definitions by file: the empty workbook, the check, all or nothing, what is to be put right."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from indicators.models import PrefectureDefinition
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import within_prefecture

pytestmark = pytest.mark.django_db
LIST = "/p/99/2026/definitions/"
PAGE = f"{LIST}file/"
HEAD = "名称,単位,小数の桁数,望ましい方向,値の種類,分子（数えるもの）,分母,倍率\n"
GOOD = "退院支援の割合,％,1,高いほど良い,割合,支援した人,退院した人,100\n研修の回数,回,,,,,,\n"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def stored():
    with within_prefecture(Prefecture.objects.get(code="99")):
        rows = PrefectureDefinition.objects.order_by("pk")
        return {one.name: (one.unit, one.value_kind, one.multiplier) for one in rows}


def send(client, text):
    return client.post(PAGE, {"file": SimpleUploadedFile("指標.csv", text.encode("cp932"))})


def carried(response):
    return re.search(r'name="rows" value="([^"]+)"', response.content.decode())[1]


def test_a_file_is_checked_and_then_taken_in_as_a_whole(officer):
    response = send(officer, HEAD + GOOD)

    assert response.status_code == 200, response.content.decode()
    assert "2件を追加する" in response.content.decode()
    before = stored()
    assert officer.post(PAGE, {"rows": carried(response)}).status_code == 302
    added = {name: told for name, told in stored().items() if name not in before}
    assert added == {"退院支援の割合": ("％", "ratio", 100), "研修の回数": ("回", "count", 1)}
    again = send(officer, HEAD + GOOD)
    assert "すべて、すでに登録した指標と同じです" in again.content.decode()


def test_one_line_that_cannot_be_taken_keeps_all_out_and_comes_back_as_a_workbook(officer):
    before = stored()
    response = send(officer, HEAD + GOOD + "割合だけ,％,1,高いほど良い,割合,支援した人,,100\n")

    assert response.status_code == 422
    assert "4行目　割合だけ　分母：割合・率のときは" in response.content.decode()
    rows = carried(response)
    assert officer.post(PAGE, {"rows": rows}).status_code == 422
    assert stored() == before
    answer = officer.post(PAGE, {"rows": rows, "errors": "1"})
    _, line = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert line[:2] == (4, "割合だけ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("名称,値\nあ,1\n", "見出しの行に「名称」「単位」がありません"),
        (HEAD, "指標が1件も書かれていません"),
        (HEAD + "回数,回,,,,,,\n回数,回,,,,,,\n", "2行目にもあります"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(officer, text, told):
    response = send(officer, text)

    assert response.status_code == 422
    assert told in response.content.decode()


def test_a_definition_that_stands_is_not_written_over(officer):
    officer.post(PAGE, {"rows": carried(send(officer, HEAD + GOOD))})

    response = send(officer, HEAD + GOOD.replace("研修の回数,回", "研修の回数,件"))

    assert response.status_code == 422
    assert "「県の指標」の画面で直してください" in response.content.decode()
    assert stored()["研修の回数"] == ("回", "count", 1)


def test_what_another_has_checked_is_not_taken(officer, sign_in):
    rows = carried(send(officer, HEAD + GOOD))
    before = stored()

    stranger = sign_in("other-officer")

    assert stranger.post("/p/98/2026/definitions/file/", {"rows": rows}).status_code == 302
    assert officer.post(PAGE, {"rows": rows + "x"}).status_code == 302
    assert stored() == before


def test_the_empty_workbook_has_the_columns_of_the_form_and_can_be_sent_back(officer):
    content = officer.get(f"{PAGE}template.xlsx").content
    sheet = load_workbook(io.BytesIO(content))["県の指標"]
    (heading,) = sheet.iter_rows(values_only=True)

    assert heading[:2] == ("名称", "単位")
    response = officer.post(PAGE, {"file": SimpleUploadedFile("ひな形.xlsx", content)})
    assert "指標が1件も書かれていません" in response.content.decode()
    assert "ファイルで追加する" in officer.get(LIST).content.decode()
