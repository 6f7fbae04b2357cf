"""A town without adviser or prefecture: one Excel of values in, one scene written, the council's hand-out printed.

Every press and every letter is counted: a first-time user shall need no more than half an hour.
"""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from indicators.long_format import LABELS
from tests.e2e.hands import Mouse
from tests.e2e.installation import BEGINNER, PASSWORD, VILLAGE_NAME
from tests.e2e.paper import text_of

SCENE = "看取り"
AIM = "本人が望む場所で、家族と話し合いながら最期まで過ごせる。"
ISSUE = "望む最期の場所を、家族やケアマネジャーと話していない人が多い。"
STATE = "事前に話し合った記録があるのは、看取りのあった家のうち一部にとどまる。"
GAP = "話し合う機会が、具合が悪くなってからしかない。"
ACTIVITY = "人生会議の出前講座"
QUESTION = "話し合いのきっかけを、どの職種がどの時期につくるか。"
# Keystroke-level model for an office worker: a key, a press with pointing, thinking before each press.
KEY, PRESS, THINKING = 0.28, 1.1 + 0.2 + 0.4, 1.35
# Who does it for the first time reads every page: four times the practised time (ux.md, part 5).
FIRST_TIME = 4
HALF_AN_HOUR = 30 * 60


class Counted(Mouse):
    """A mouse and a keyboard that count what they do."""

    def __init__(self, page):
        super().__init__(page)
        self.presses = self.keys = 0

    def press(self, target):
        self.presses += 1
        super().press(target)

    def toggle(self, target):
        self.presses += 1
        super().toggle(target)

    def replace(self, target, text):
        self.presses += 1
        # Japanese goes in by its reading and the choice of the spelling: about two keys a sign.
        self.keys += 2 * len(text)
        super().replace(target, text)

    @property
    def seconds(self):
        """Return what a practised user needs, composing left out."""
        return self.keys * KEY + self.presses * (PRESS + THINKING)


def start_the_year(hand):
    hand.sees("まだ年度が始まっていません。")
    hand.press(hand.page.get_by_role("button", name=re.compile("を始める$")))
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(VILLAGE_NAME)


def choose_an_indicator(hand):
    """Choose what is to be followed, out of the catalogue."""
    hand.menu("指標")
    hand.link("カタログから指標を選ぶ")
    hand.page.get_by_label(re.compile("^場面")).select_option(label=SCENE)
    hand.presses += 2
    hand.button("探す")
    box = hand.page.get_by_role("checkbox").first
    hand.toggle(box)
    hand.button("選んだ指標を加える")


def bring_the_excel_in(hand, tmp_path):
    """Fill the template with the year's value, as one would from the office's own table, and take it in."""
    hand.menu("指標")
    hand.link("ファイルから取り込む")
    path = tmp_path / "values.xlsx"
    path.write_bytes(filled(hand.download("ひな形（Excel）をダウンロードする"), value=34))
    hand.page.locator("input[type=file]").set_input_files(path)
    hand.presses += 3
    hand.button("内容を確かめる")
    hand.sees("新しい値")
    hand.button("取り込む")


def filled(template, *, value):
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[head.index(LABELS["indicator"])].value:
            row[head.index(LABELS["value"])].value = value
            row[head.index(LABELS["source"])].value = "村の調査"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_the_scene(hand):
    hand.menu("目指す姿と課題")
    hand.press(hand.page.get_by_role("link", name=re.compile(f"（{SCENE}の目指す姿）$")))
    hand.write("目指す姿", AIM)
    hand.button("保存する")
    hand.sees(AIM)

    hand.press(hand.page.get_by_role("link", name="課題を追加する").first)
    hand.page.get_by_label(re.compile("^場面")).select_option(label=SCENE)
    hand.write("課題", ISSUE)
    hand.write("現状", STATE)
    hand.write("目指す姿との差", GAP)
    hand.button("追加する")
    hand.sees(ISSUE)

    hand.menu("取組")
    hand.press(hand.page.get_by_role("link", name="取組を追加する").first)
    hand.write("取組の名称", ACTIVITY)
    hand.page.get_by_label(re.compile("^場面")).select_option(label=SCENE)
    hand.button("追加する")
    hand.sees(ACTIVITY)


def print_the_handout(hand):
    hand.menu("報告書")
    hand.link("協議体で配るA4一枚の資料（場面ごと）")
    hand.link(SCENE, within=".chips")
    hand.link("諮りたいことを書く")
    hand.write("協議体に諮りたいこと", QUESTION)
    hand.button("保存する")
    hand.sees(QUESTION)
    return hand.download("A4一枚のPDFを保存する")


@pytest.mark.path
def test_a_village_alone_holds_a_hand_out_within_half_an_hour(open_page, tmp_path):
    hand = Counted(open_page())
    hand.sign_in(BEGINNER, PASSWORD)

    start_the_year(hand)
    choose_an_indicator(hand)
    bring_the_excel_in(hand, tmp_path)
    write_the_scene(hand)
    paper = print_the_handout(hand)

    told = text_of(paper)
    for text in (SCENE, AIM, ISSUE, STATE, GAP, ACTIVITY, QUESTION, "村の調査"):
        assert "".join(text.split()) in told, text
    assert "34" in told
    print(f"presses {hand.presses}, keys {hand.keys}, practised {hand.seconds:.0f} s")
    assert hand.seconds * FIRST_TIME < HALF_AN_HOUR
