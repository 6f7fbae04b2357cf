"""Reading and saving need no JavaScript: an office PC may have it switched off by policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.hands import Mouse
from tests.e2e.installation import COLLEAGUE, PASSWORD

YEAR = "/m/990019/2026/"


@pytest.fixture
def plain(sign_in):
    """Return a function that opens an address as somebody in a browser that runs no script of ours."""
    return lambda username, address: sign_in(username, address, java_script_enabled=False)


def field(page, label):
    return page.get_by_label(re.compile(rf"^{label}\s*※"))


def save(page):
    page.get_by_role("button", name="保存する", exact=True).click()


def test_signing_in_going_round_and_signing_out_on_a_phone(open_page):
    hand = Mouse(open_page(size=PHONE, java_script_enabled=False))
    hand.sign_in("mihon-approver", PASSWORD)

    for name, heading in (
        ("自治体概要", "自治体概要"),
        ("目指す姿と課題", "目指す姿と課題"),
        ("連携支援の経過", "連携支援の経過"),
        ("報告書", "報告書"),
    ):
        hand.menu(name)
        expect(hand.page.get_by_role("heading", level=1)).to_have_text(heading)
    hand.sign_out()

    expect(hand.page.get_by_role("heading", level=1)).to_have_text("ログイン")


def test_a_refused_form_keeps_the_input_and_the_mended_one_is_saved(plain, watch):
    watch.expected = {422}
    page = plain("mihon-editor", f"{YEAR}figures/aging_rate_75/edit/")
    field(page, "値（％）").fill("十八くらい")
    field(page, "注記").fill("書き直しても消えない注記")
    save(page)

    expect(page.get_by_role("group", name="入力内容を確かめてください")).to_be_visible()
    expect(field(page, "値（％）")).to_have_value("十八くらい")
    expect(field(page, "注記")).to_have_value("書き直しても消えない注記")
    field(page, "値（％）").fill("１８．４％")
    save(page)

    expect(page.get_by_role("status").first).to_contain_text("保存しました。")
    expect(page.get_by_role("row", name=re.compile("^高齢化率（75歳以上）"))).to_contain_text(
        "18.4"
    )


def test_a_conflict_is_asked_about_and_resolved(plain, watch):
    watch.expected = {409}
    address = f"{YEAR}issues/issue-2/edit/"
    one, two = plain("mihon-editor", address), plain(COLLEAGUE, address)
    field(one, "課題").fill("夜間の連絡先が家族に伝わっていない。")
    save(one)
    field(two, "課題").fill("夜間の連絡先を知らない家族が多い。")
    save(two)

    expect(two.get_by_role("heading", level=1)).to_have_text("ほかの人が先に保存しました")
    expect(two.locator("main")).to_contain_text("夜間の連絡先が家族に伝わっていない。")
    two.get_by_role("textbox", name="自分の文").fill("夜間の連絡先が、家族に十分に伝わっていない。")
    two.get_by_role("button", name="決めた内容で保存する").click()

    expect(two.get_by_role("status").first).to_contain_text("保存しました。")
    expect(two.locator("main")).to_contain_text("夜間の連絡先が、家族に十分に伝わっていない。")


def test_a_report_is_submitted_and_its_state_read_by_opening_the_page_again(plain):
    page = plain("mihon-editor", f"{YEAR}reports/")
    page.get_by_role("button", name="中間報告書を作る").click()
    page.get_by_role("link", name="提出前の確認へ進む").click()
    page.get_by_role("button", name="提出する").click()
    expect(page.get_by_role("status").first).to_contain_text("報告書を提出しました。")

    for _ in range(60):
        if page.get_by_text("送信済み").count() == 2:
            break
        page.wait_for_timeout(1000)
        page.reload()

    expect(page.locator("#report-status")).to_contain_text("作成済み")
    expect(page.get_by_text("送信済み")).to_have_count(2)
