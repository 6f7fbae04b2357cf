"""照会 from the officer's first question to the answers side by side, and to the draft of the next, by visible links only.

One town answers on the page, one by the workbook; the workbook of another town is refused.
"""

import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from municipalities.japanese import fiscal
from tests.e2e.hands import Mouse
from tests.e2e.installation import PASSWORD

TITLE = "相談窓口の体制について"
NUMBER, CHOICE = "相談窓口の相談員は何人ですか。", "在宅医療の当番の仕組みはありますか。"
FORM = "回答票を保存（Excel）"
READ = "回答を並べて見る"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOWNS = ("見本市", "見本町")


@pytest.fixture
def enter(open_page):
    """Return a function that signs somebody in in a browser of their own; nobody opens an address."""

    def sign_in(username):
        hand = Mouse(open_page())
        hand.sign_in(username, PASSWORD)
        expect(hand.page.get_by_role("heading", level=1)).to_be_visible()
        return hand

    return sign_in


def last_day():
    """Return the last day of the running fiscal year, as it is typed."""
    return fiscal.last_day(fiscal.fiscal_year_of(timezone.localdate())).isoformat()


def make_the_draft(officer):
    officer.menu("照会と調査")
    officer.link("照会を作る")
    officer.write("件名", TITLE)
    officer.write("照会の趣旨", "来年度の研修の内容を決めるため、次のことを教えてください。")
    officer.write("回答の期限", last_day())
    for town in TOWNS:
        officer.toggle(officer.page.get_by_label(town, exact=True))
    officer.button("追加する")
    officer.sees("質問は、まだありません")


def ask(officer, text, kind, **values):
    officer.link("質問を追加する")
    officer.write("質問", text)
    officer.page.get_by_label(re.compile(r"^回答の種類")).select_option(label=kind)
    officer.toggle(officer.page.get_by_label("必ず回答してもらう"))
    for label, value in values.items():
        officer.write(label, value)
    officer.button("追加する")
    officer.sees(text)


def send(officer):
    """Look at what goes out, and send it."""
    officer.link("送信の内容を確かめる")
    officer.sees("まだ送信していません")
    officer.sees(f"【{TOWNS[0]}】県からの照会：{TITLE}")
    officer.button("2市町村に送信する")
    officer.sees("2市町村に送信しました")
    officer.sees("2市町村のうち、回答済み　0")


def find(town):
    """Go to what was asked, from the menu."""
    town.menu("県からの照会")
    town.page.get_by_role("link", name=re.compile(TITLE)).first.click()
    town.sees("「県に回答する」を押すまで県に伝わりません")


def answer_on_the_page(town):
    find(town)
    town.link("回答を書く")
    town.replace(town.page.get_by_label(re.compile(NUMBER)), "３人")
    town.button("下書きを保存する")
    town.sees("必ず回答する質問が1問残っています")
    town.link("回答を直す")
    town.toggle(town.page.get_by_label("ある", exact=True))
    town.button("下書きを保存する")
    town.button("県に回答する")
    town.sees("県に回答しました")


def filled(content, answers):
    """Return a workbook with these answers, by the words of the question."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["回答票"]
    for row in sheet.iter_rows():
        if (text := row[1].value) in answers:
            row[3].value = answers[text]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def choose(town, content):
    """Choose a workbook on the page that takes one in."""
    file = {"name": "回答票.xlsx", "mimeType": XLSX, "buffer": content}
    town.page.get_by_label(re.compile("^回答票")).set_input_files(file)
    town.button("内容を確かめる")


def answer_by_workbook(town, *, strange):
    find(town)
    own = town.download(FORM)
    town.link("回答票を取り込む")
    choose(town, strange)
    town.sees("見本市の回答票です。見本町の回答票を選んでください。")
    town.link("別の回答票を選ぶ")
    choose(town, filled(own, {NUMBER: 2, CHOICE: "ない"}))
    town.sees("変わる回答（2問）")
    town.button("下書きに取り込む")
    town.sees("県にはまだ伝わっていません")
    town.button("県に回答する")
    town.sees("県に回答しました")


def rows_of(page):
    """Return town → what it has answered."""
    found = [row.inner_text().split("\t") for row in page.locator(".answers tbody tr").all()]
    return {cells[0].strip(): [cell.strip() for cell in cells[2:]] for cells in found}


def the_answers_stand_side_by_side(officer):
    officer.link(READ)
    expect(officer.page.locator(".answers tbody tr")).to_have_count(2)
    assert rows_of(officer.page) == {"見本市": ["3人", "ある"], "見本町": ["2人", "ない"]}
    table = load_workbook(io.BytesIO(officer.download("この表と集計を保存（Excel）")))
    told = {cell for row in table.worksheets[0].values for cell in row}
    assert {"見本市", "見本町", 3, 2, "ある", "ない"} <= told
    officer.link("照会に戻る")


def close_and_open_again(officer, town):
    """What is closed takes no answers; what is opened again does."""
    mend = town.page.get_by_role("link", name="回答を直す")
    officer.link("締め切る")
    officer.button("締め切る")
    town.page.reload()
    town.sees("この照会は締め切られています")
    expect(mend).to_have_count(0)
    officer.link("受付を再開する")
    officer.button("受付を再開する")
    town.page.reload()
    expect(mend).to_be_visible()


def begin_the_next(officer):
    officer.button("同じ内容で新しく作る")
    officer.sees("同じ内容の照会を作りました")
    for text in (NUMBER, CHOICE):
        officer.sees(text)


def test_a_question_is_asked_answered_read_and_asked_again(enter, watch):
    watch.expected = {422}
    officer = enter("mihon-officer")
    make_the_draft(officer)
    ask(officer, NUMBER, "数", 単位="人")
    ask(officer, CHOICE, "一つ選ぶ", 選択肢="ある\nない")
    send(officer)

    city = enter("mihon-editor")
    answer_on_the_page(city)
    officer.page.reload()
    officer.button("回答していない1市町村に督促する（1日1回まで）")
    officer.sees("回答していない1市町村に、督促のメールを送ります")
    answer_by_workbook(enter("mihonmachi-editor"), strange=city.download(FORM))

    the_answers_stand_side_by_side(officer)
    close_and_open_again(officer, city)
    begin_the_next(officer)
