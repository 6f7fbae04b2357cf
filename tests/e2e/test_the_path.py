"""The path: from the login page by visible links and buttons to the adviser's copy of the report."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.installation import PASSWORD
from tests.e2e.paper import attached_pdf, foreign_fonts, text_of

pytestmark = pytest.mark.path

MAKING_SECONDS = 60


def write_the_year(hand, mark):
    """Edit a text and a figure of 見本市's profile and the desired state of a scene. All of it is invented."""
    hand.menu("自治体概要")
    hand.link("概要を編集する")
    hand.write("利点", f"相談窓口が四つの圏域にあり、顔の見える関係がある{mark}。")
    hand.button("保存する")
    hand.sees("保存しました。")
    hand.sees(f"顔の見える関係がある{mark}。")

    hand.link("編集する（人口）")
    hand.write("値（人）", f"４７，{mark}")
    hand.button("保存する")
    expect(hand.page.get_by_role("row", name=re.compile("^人口 "))).to_contain_text(f"47,{mark}")

    hand.menu("目指す姿と課題")
    hand.press(hand.page.get_by_role("link", name=re.compile("（急変時の対応の目指す姿）$")))
    hand.write("目指す姿", f"夜間に具合が変わっても、本人と家族があわてずに連絡できる{mark}。")
    hand.button("保存する")
    hand.sees(f"本人と家族があわてずに連絡できる{mark}。")


def look_at_the_year(hand):
    hand.menu("自治体概要")
    hand.sees("270,685")
    hand.sees("令和2年国勢調査")
    hand.menu("目指す姿と課題")
    hand.sees("協議体がなく")
    hand.menu("連携支援の経過")
    hand.sees("中間報告会①")


def open_an_interim_report(hand):
    hand.menu("報告書")
    hand.button("中間報告書を作る")
    hand.sees("まだ提出されていません。")


def choose_only_the_first_adviser(hand):
    hand.link("提出先を選ぶ", within="main")
    expect(hand.page.get_by_label("アドバイザー2")).to_be_checked()
    hand.toggle(hand.page.get_by_label("アドバイザー2"))
    hand.button("保存する")
    hand.sees("提出先を保存しました。")


def check_and_submit(hand):
    """Submit the open draft; return its number, which the page shows."""
    hand.link("提出前の確認へ進む")
    expect(hand.page.get_by_role("heading", name="提出前の確認")).to_be_visible()
    hand.button("提出する")
    hand.sees("報告書を提出しました。")
    return hand.page.get_by_text(re.compile(r"^\d{6}-\d{4}-interim-\d+$")).inner_text()


def wait_for_the_delivery(hand):
    """The page tells by itself how making and sending end."""
    status = hand.page.locator("#report-status")
    expect(status).to_contain_text("作成済み", timeout=MAKING_SECONDS * 1000)
    expect(status).to_contain_text("送信済み", timeout=MAKING_SECONDS * 1000)
    assert not status.get_attribute("hx-trigger")


def read_as_adviser(hand, number, mark):
    """Sign in as the adviser, open the report from the inbox; return the downloaded paper."""
    hand.sign_in("adviser-1", PASSWORD)
    expect(hand.page.get_by_role("heading", name="受信箱")).to_be_visible()
    hand.press(hand.page.locator(f"main a[href$='{number}/']"))
    hand.sees(number)
    hand.sees(mark)
    return hand.download("PDFを保存する")


def deliver(hand, installation, *, mark):
    """Submit the open draft and follow it to the adviser; return the paper that both mail and page gave."""
    number = check_and_submit(hand)
    wait_for_the_delivery(hand)
    (mail,) = installation.mails(number)
    sent = attached_pdf(mail)
    assert hand.download("PDFを保存する") == sent
    hand.sign_out()
    assert read_as_adviser(hand, number, mark) == sent
    assert mail["To"] == "adviser-1@example.jp"
    return sent


@pytest.mark.parametrize(
    ("kind", "mark"), [(Mouse, "901"), (Keyboard, "902")], ids=["mouse", "keyboard"]
)
def test_a_year_is_written_submitted_and_read(kind, mark, open_page, installation):
    hand = kind(open_page())
    hand.sign_in("mihon-editor", PASSWORD)
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text("見本市")

    write_the_year(hand, mark)
    open_an_interim_report(hand)
    choose_only_the_first_adviser(hand)
    sent = deliver(hand, installation, mark=mark)

    assert foreign_fonts(sent) == set()
    assert f"本人と家族があわてずに連絡できる{mark}。" in text_of(sent)
    assert f"47,{mark}" in text_of(sent)


def test_mitos_real_year_travels_from_a_phone_to_the_adviser(open_page, installation):
    hand = Mouse(open_page(size=PHONE, has_touch=True, is_mobile=True))
    hand.sign_in("mito-editor", PASSWORD)
    hand.sees("令和5年度（2023年度）")

    look_at_the_year(hand)
    open_an_interim_report(hand)
    sent = deliver(hand, installation, mark="水戸市福祉部高齢福祉課地域支援センター")

    assert foreign_fonts(sent) == set()
    assert "270,685" in text_of(sent)
    assert "4つの場面ごとの目指す姿を定めていない" in text_of(sent)
