"""回答票: out as one workbook, filled in by hand, and back by the town or the officer; whole or not at all."""

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities.japanese import dates
from municipalities.models import Municipality
from reports.inquiry import questions
from reports.models import InquiryAnswer, InquiryQuestion, InquiryReply
from tests import world
from tests.reports import asking
from tests.reports.asking import ANSWERS, PAGE, SENT

db = pytest.mark.django_db
CODES = (world.OURS, world.THEIRS, world.PARTNER)


@pytest.fixture
def sent(people):
    return asking.send(people)


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def put(name, value, column="D"):
    """Return what writes a value into a cell of a question."""

    def change(book):
        cell = book["回答票"][f"{column}{asking.row_of(book, name)}"]
        cell.value = value
        if isinstance(value, str) and value.startswith("="):
            cell.data_type = "f"

    return change


def put_key(label, value):
    def change(book):
        cell = next(cell for cell in book["照会の情報"]["A"] if cell.value == label)
        cell.offset(column=1).value = value

    return change


def remove_line(book):
    book["回答票"].delete_rows(asking.row_of(book, "問3"))


def hide_keys(book):
    book["照会の情報"].sheet_state = "hidden"


def check(client, file):
    return client.post(f"{PAGE}file/", {"file": file})


@db
class TestTheWorkbook:
    def test_it_says_what_is_asked_and_is_a_form_to_print(self, as_editor, sent):
        book = load_workbook(io.BytesIO(as_editor.get(f"{PAGE}form/").content))
        form = book["回答票"]

        lines = {row[0].value: [one.value for one in row] for row in form.iter_rows()}
        assert lines["問1"][1] == "相談員の数"
        assert "＊数字だけ（単位：人）" in lines["問1"][2]
        assert form.page_setup.fitToWidth == 1
        rules = {one.formula1 for one in form.data_validations.dataValidation}
        assert '"直営,委託,直営と委託"' in rules
        assert form[f"D{asking.row_of(book, '問1')}"].number_format == "@"

    def test_what_begins_like_a_formula_is_text(self, people, as_editor):
        asking.send(people, title="=1+1", questions={"one": {"text": "=2+2", "kind": "short"}})

        book = load_workbook(io.BytesIO(as_editor.get(f"{PAGE}form/").content))
        formulas = [
            cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert formulas == []

    def test_out_and_in_again_is_the_same(self, as_editor, sent, here):
        response = check(as_editor, asking.workbook())
        as_editor.post(f"{PAGE}file/confirm/", {"payload": response.context["payload"]})

        texts = dict(InquiryAnswer.objects.filter(inquiry="asked").values_list("key", "text"))
        assert texts == asking.TEXTS
        assert (asking.reply().state, asking.sent_lines()) == ("draft", {})
        again = check(as_editor, asking.workbook())
        assert (again.status_code, again.context["payload"]) == (200, "")


@db
class TestTheTownsFile:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (put("問1", "三人"), ("回答票 D", "数字で")),
            (put("問1", "-3"), ("回答票 D", "0人以上の数字で入力してください")),
            (put("問1", "▲3"), ("回答票 D", "0人以上の数字で入力してください")),
            (put("問1", "=1+2"), ("回答票 D", "数式が入っています")),
            (put("問2", "2026/2/30"), ("回答票 D",)),
            (put("問4", "民間"), ("「民間」は選べません", "直営／委託／直営と委託")),
            (put("問4", "別の質問", column="B"), ("書き換えられています", "運営の形")),
            (put("問5", "問6", column="A"), ("「問6」という番号", "問5の行がありません")),
            (put("問5", "問4", column="A"), ("問4の行が二つ",)),
            (remove_line, ("問3の行がありません",)),
            (hide_keys, ("シートがありません",)),
            (put_key("照会の番号", "inquiry-9"), ("別の照会",)),
            (put_key("質問の印", "0000"), ("質問が、送信した照会と違います",)),
            (put_key("市区町村コード", "990027"), ("照会の情報 B3",)),
        ],
    )
    def test_what_is_wrong_is_said_by_cell_and_nothing_is_written(
        self, as_editor, sent, here, change, words
    ):
        response = check(as_editor, asking.workbook(change=change))

        page = response.content.decode()
        assert response.status_code == 422
        assert all(word in page for word in words), page[page.find("error-summary") :][:900]
        assert response.context["payload"] == ""
        assert not InquiryAnswer.objects.filter(inquiry="asked").exists()

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            ("番号,質問\n問1,3".encode("cp932"), "CSVのファイルからは"),
            ("壊れたファイル".encode(), "「.xlsx」ですが、中身はExcelブックではありません"),
            (b"%PDF-1.7", "PDFは読み取れません"),
            (b"", "空です"),
            (b"PK\x03\x04broken", "Excel"),
            (b"0" * (2 * 1024 * 1024 + 1), "2MB"),
        ],
    )
    def test_what_is_no_workbook_is_refused_in_words(self, as_editor, sent, content, word):
        response = check(as_editor, asking.named(content, "回答.xlsx"))

        assert response.status_code == 422
        assert word in response.content.decode()

    def test_what_others_wrote_since_the_check_stays(self, as_editor, sent, here):
        payload = check(as_editor, asking.workbook()).context["payload"]
        as_editor.post(f"{PAGE}edit/", asking.form(staff="8"))

        response = as_editor.post(f"{PAGE}file/confirm/", {"payload": payload}, follow=True)

        assert "まだ取り込んでいません" in response.content.decode()
        texts = dict(InquiryAnswer.objects.filter(inquiry="asked").values_list("key", "text"))
        assert texts == {"staff": "8"}

    def test_a_made_up_payload_writes_nothing(self, as_editor, sent, here):
        response = as_editor.post(f"{PAGE}file/confirm/", {"payload": "x:y:z"}, follow=True)

        assert "取り込んでいません" in response.content.decode()
        assert not InquiryAnswer.objects.filter(inquiry="asked").exists()


@db
class TestTheOfficersFiles:
    def check(self, officer, *files):
        return officer.post(f"{SENT}files/", {"files": list(files)})

    def test_good_ones_come_in_and_bad_ones_stay_out_whole(self, officer, sent):
        bad = asking.workbook(world.PARTNER, change=put("問1", ""))
        found = self.check(officer, asking.workbook(world.THEIRS), bad)

        assert [one.is_good for one in found.context["files"]] == [True, False]
        assert "必ず回答する質問です" in found.content.decode()
        assert not asking.reply(world.THEIRS).is_answered
        officer.post(f"{SENT}files/confirm/", {"payload": found.context["payload"]})
        assert asking.sent_lines(world.THEIRS) == asking.TEXTS
        assert asking.reply(world.THEIRS).is_by_prefecture
        assert asking.sent_lines(world.PARTNER) == {}
        assert "県入力" in officer.get(ANSWERS).content.decode()

    def test_a_lost_zero_is_asked_and_never_repaired(self, officer, sent, people):
        place = Municipality.objects.get(code=world.PARTNER)
        place.code = "082015"
        place.save()

        found = self.check(
            officer, asking.workbook("082015", change=put_key("市区町村コード", 82015))
        )

        assert "先頭の0がなくなっています" in found.content.decode()
        assert found.context["payload"] == ""

    def test_two_of_one_town_are_both_refused(self, officer, sent):
        found = self.check(officer, asking.workbook(), asking.workbook(texts={"staff": "9"}))

        assert found.context["payload"] == ""
        assert found.content.decode().count("2つ以上あります") == 2

    def test_what_a_town_answered_itself_is_never_overwritten(self, officer, as_editor, sent):
        payload = self.check(officer, asking.workbook(texts={"staff": "9"})).context["payload"]
        as_editor.post(f"{PAGE}edit/", asking.form(staff="3"))
        mark = as_editor.get(PAGE).context["mark"]
        as_editor.post(f"{PAGE}answer/", {"mark": mark})

        late = officer.post(f"{SENT}files/confirm/", {"payload": payload}, follow=True)
        assert "書き換えられません" in late.content.decode()
        assert asking.sent_lines() == {"staff": "3"}
        assert self.check(officer, asking.workbook()).context["payload"] == ""

    def test_what_another_officer_entered_meanwhile_is_not_overwritten(self, officer, sent):
        payload = self.check(officer, asking.workbook(texts={"staff": "9"})).context["payload"]
        other = self.check(officer, asking.workbook(texts={"staff": "3"})).context["payload"]
        officer.post(f"{SENT}files/confirm/", {"payload": other})

        late = officer.post(f"{SENT}files/confirm/", {"payload": payload}, follow=True)
        again = self.check(officer, asking.workbook(texts={"staff": "9"}))

        assert "ほかの人が回答を入力しています" in late.content.decode()
        assert asking.sent_lines() == {"staff": "3"}
        assert "いまの県入力の回答を置き換えます" in again.content.decode()
        officer.post(f"{SENT}files/confirm/", {"payload": again.context["payload"]})
        assert asking.sent_lines() == {"staff": "9"}

    def test_a_town_corrects_what_the_officer_entered(self, officer, as_editor, sent, here):
        found = self.check(officer, asking.workbook())
        officer.post(f"{SENT}files/confirm/", {"payload": found.context["payload"]})

        assert "県の担当者が、提出された回答票から" in as_editor.get(PAGE).content.decode()
        form = as_editor.get(f"{PAGE}edit/").context["form"]
        assert form.initial["q5"] == "人手"
        fields = asking.form(staff="5", since="2020-04-01", night="yes", way="委託", trouble="人手")
        as_editor.post(f"{PAGE}edit/", fields)
        mark = as_editor.get(PAGE).context["mark"]
        as_editor.post(f"{PAGE}answer/", {"mark": mark})
        assert asking.sent_lines()["staff"] == "5"
        assert not asking.reply().is_by_prefecture


@db
class TestTheTableOut:
    def test_rows_columns_counts_and_facts(self, officer, sent):
        for code, texts in (
            (world.OURS, asking.TEXTS),
            (world.THEIRS, {"staff": "12", "night": "no"}),
        ):
            found = officer.post(f"{SENT}files/", {"files": [asking.workbook(code, texts=texts)]})
            officer.post(f"{SENT}files/confirm/", {"payload": found.context["payload"]})

        content = officer.get(f"{ANSWERS}export/?only=answered").content
        book = load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["回答一覧", "集計", "説明", "機械可読"]
        rows = list(book["回答一覧"].values)
        assert [row[0] for row in rows[1:]] == [world.OURS, world.THEIRS]
        assert rows[0][6] == "問1　相談員の数"
        assert rows[1][6] == 3
        assert rows[1][7].date().isoformat() == "2020-04-01"
        counts = {row[:2]: row[2] for row in book["集計"].values}
        assert counts["問3　夜間の対応", "はい"] == counts["問3　夜間の対応", "いいえ"] == 1
        assert counts["問4　運営の形", "委託"] == counts["問4　運営の形", "未回答"] == 1
        facts = list(book["機械可読"].values)
        assert (world.THEIRS, "night", "no") in {(row[0], "night", row[6]) for row in facts}
        assert len(facts) == 1 + 5 + 2
        # Numbers are numbers, so that another program can add them up; what is no number stays as it is kept.
        told = {(row[0], row[5]): row[6] for row in facts}
        assert (told[world.OURS, "number"], told[world.THEIRS, "number"]) == (3, 12)
        assert told[world.OURS, "date"] == "2020-04-01"

    def test_numbers_are_summed_up_on_screen_and_in_the_workbook(self, officer, people):
        share = {"text": "割合", "kind": "number", "unit": "％"}
        two = {"staff": asking.QUESTIONS["staff"], "rate": share}
        asking.send(people, questions=two)
        told = (("12", "1234.5", "50"), ("0", "2.5", ""))
        given = {"staff": dict(zip(CODES, told[0], strict=True))}
        given["rate"] = dict(zip(CODES, told[1], strict=True))
        for code in CODES:
            reply = asking.reply(code)
            reply.lines.create(question="staff", text=given["staff"][code])
            if text := given["rate"][code]:
                reply.lines.create(question="rate", text=text)
        InquiryReply.objects.update(state="answered")

        page = officer.get(ANSWERS).content.decode()
        book = load_workbook(io.BytesIO(officer.get(f"{ANSWERS}export/").content))

        first, second = page.split("数の回答の集計", 1)[1].split("<h3>")[1:]
        lines = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", first)
        assert lines == [
            ("回答した市町村", "3市町村"),
            ("未回答", "0市町村"),
            ("合計", "1,296.5人"),
            ("最小", "12人"),
            ("中央値", "50人"),
            ("最大", "1,234.5人"),
        ]
        lines = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", second)
        # Shares are not added up, and who has not answered counts as no zero.
        assert lines == [
            ("回答した市町村", "2市町村"),
            ("未回答", "1市町村"),
            ("最小", "0％"),
            ("中央値", "1.25％"),
            ("最大", "2.5％"),
        ]
        rows = list(book["集計"].values)
        assert rows[0] == ("質問", "選択肢・集計", "数", "単位")
        assert ("問1　相談員の数", "合計", 1296.5, "人") in rows
        assert ("問2　割合", "中央値", 1.25, "％") in rows
        assert ("問2　割合", "未回答", 1, "市町村") in rows

    def test_without_an_answer_there_is_nothing_to_sum_up(self, officer, sent):
        page = officer.get(ANSWERS).content.decode().split("数の回答の集計", 1)[1]

        assert re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", page) == [
            ("回答した市町村", "0市町村"),
            ("未回答", "0市町村"),
        ]


def question(kind, **values):
    return InquiryQuestion(kind=kind, text="質問", **values)


class TestReading:
    """Without a database."""

    @given(st.decimals(-(10**9), 10**9, places=3))
    def test_a_number_is_read_back_as_it_was_kept(self, number):
        row = question("number", unit="ポイント")
        kept = questions.kept(number)

        assert questions.read(row, kept) == kept
        assert questions.value_of(row, kept) == number

    @given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2090, 1, 1)))
    def test_a_day_is_read_back_from_how_the_sheet_writes_it(self, day):
        row = question("date")
        assert questions.read(row, dates.in_wareki(day)) == questions.kept(day)

    @pytest.mark.parametrize("unit", ["人", "か所", "件／年", "名", "施設", "人（実人数）"])
    def test_of_what_is_counted_there_is_not_less_than_nothing(self, unit):
        row = question("number", unit=unit)

        assert questions.read(row, "0") == "0"
        with pytest.raises(ValidationError, match=f"0{unit}以上の数字で入力してください"):
            questions.read(row, "−3")

    @pytest.mark.parametrize(
        ("unit", "text"),
        [("％", "増加率"), ("ポイント", "質問"), ("", "質問"), ("人", "前年度からの増減")],
    )
    def test_what_may_fall_below_nothing_is_taken(self, unit, text):
        row = InquiryQuestion(kind="number", text=text, unit=unit)

        assert questions.read(row, "−3") == "-3"

    def test_a_choice_is_found_whatever_its_width(self):
        row = question("choice", choices="Ａ 型\nB型")

        assert questions.read(row, "A型") == "Ａ 型"
        assert questions.read(row, " ") == ""
        with pytest.raises(ValidationError):
            questions.read(row, "C型")
