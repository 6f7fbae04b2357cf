"""The entry grid in a browser: columns and blocks from Excel and one step back, keys, an input method, signs asked
about once, reasons, the detail beside a line, a network that fails, two people.
"""

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.conftest import PHONE
from tests.e2e.installation import COLLEAGUE

ADDRESS = "/m/990019/2026/indicators/entry/"
LINES = 40
# Beside whatever the demo follows: forty counts with a value of last year each.
MORE_INDICATORS = f"""
from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
place = Municipality.objects.get(code="990019")
with within(place):
    cycle = Cycle.objects.get(fiscal_year=2026)
    for number in range({LINES}):
        key = f"own-pasted-{{number}}"
        if OwnDefinition.objects.filter(key=key).exists():
            continue
        own = OwnDefinition.objects.create(key=key, name=f"貼り付け {{number}}", unit="人")
        indicator = Indicator(cycle=cycle, key=f"pasted-{{number}}", position=1000 + number)
        indicator.follow(own)
        indicator.save()
        last = Measurement(
            key=f"last-{{number}}", fiscal_year=2025, state="value", value=100, source="調査"
        )
        last.follow(own)
        last.save()
"""
PASTE = """(element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", {
        clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def followed(installation):
    installation.run(MORE_INDICATORS)


@pytest.fixture
def page(followed, sign_in):
    return without_draft(sign_in(COLLEAGUE, ADDRESS))


def without_draft(page):
    """What the test before has typed comes back by itself: begin with what is stored."""
    discard = page.get_by_role("button", name="下書きを破棄する")
    if discard.count():
        discard.click()
        expect(page.get_by_role("status").first).to_contain_text("下書きを破棄しました。")
        page.goto(ADDRESS)
    return page


def cell(page, number, name="value"):
    return page.locator(f"[id='{name}-pasted-{number}']")


def values(page):
    return [cell(page, number).input_value() for number in range(LINES)]


def paste(page, number, text):
    cell(page, number).focus()
    cell(page, number).evaluate(PASTE, text)


def said(page):
    return page.locator("[data-grid-status]")


def undo(page):
    return page.get_by_role("button", name="元に戻す")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_column_of_forty_goes_down_from_the_cell_and_back(page, ending):
    page.evaluate("() => window.scrollTo(0, 0)")
    before = values(page)
    column = ["104", "八十", "500", *["100"] * 37]
    expect(undo(page)).to_be_hidden()

    paste(page, 0, ending.join(column) + ending)

    expect(said(page)).to_have_text("40行を貼り付けました。入力38、確認1、エラー1。")
    assert values(page) == column
    expect(page.locator("#said-pasted-1")).to_contain_text("算用数字で入力してください")
    expect(page.locator("#said-pasted-2")).to_contain_text("30％を超えて増えています")
    expect(cell(page, 1)).to_have_attribute("aria-invalid", "true")
    undo(page).click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before
    expect(undo(page)).to_be_hidden()
    expect(page.locator("#said-pasted-1")).to_be_empty()


def test_two_columns_are_matched_by_name_and_the_strange_ones_listed(page):
    rows = [f"貼り付け　{number}\t{200 - number}" for number in reversed(range(LINES))]

    paste(page, 5, "\r\n".join([*rows, "知らない指標\t5", ""]))

    expect(said(page)).to_contain_text("41行を貼り付けました。")
    expect(said(page)).to_contain_text("入力していないもの：知らない指標（表にない指標）。")
    assert values(page) == [str(200 - number) for number in range(LINES)]


def test_blank_rows_leave_their_cells_alone_and_rows_beyond_the_end_are_told(page):
    before = values(page)

    paste(page, LINES - 3, "101\r\n\r\n103\r\n104\r\n105\r\n")

    expect(said(page)).to_have_text(
        "5行を貼り付けました。入力2、確認0、エラー0。"
        "入力していないもの：表の終わりを超えた2行、値が空の1行。"
    )
    assert values(page) == [*before[:-3], "101", before[-2], "103"]
    undo(page).click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before


def test_ctrl_z_takes_a_paste_back_until_something_is_typed(page):
    before = values(page)

    paste(page, 0, "101\r\n102\r\n")
    expect(said(page)).to_contain_text("2行を貼り付けました。")
    cell(page, 0).press("Control+z")
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before

    paste(page, 0, "101\r\n102\r\n")
    expect(said(page)).to_contain_text("2行を貼り付けました。")
    cell(page, 5).fill("7")
    cell(page, 5).press("Control+z")
    # What was typed is the browser's to take back; the paste stays, and its button.
    assert values(page)[:2] == ["101", "102"]
    expect(undo(page)).to_be_visible()


def test_more_than_two_columns_are_not_guessed_at(page):
    before = values(page)

    paste(page, 0, "a\t1\t2\r\n")

    expect(said(page)).to_contain_text("見出しに年度のある表を、コピーし直してください。")
    assert values(page) == before


def test_enter_and_arrows_move_and_a_composition_does_neither(page):
    cell(page, 3).focus()
    page.keyboard.press("Enter")
    expect(cell(page, 4)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(page, 5)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, 3)).to_be_focused()

    composing = """(element) => ["Enter", "ArrowDown"].map((key) => element.dispatchEvent(
        new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true })))"""
    # Nothing has kept the browser from its own doing, which is to end the composition.
    assert cell(page, 3).evaluate(composing) == [True, True]
    expect(cell(page, 3)).to_be_focused()
    assert page.url.endswith(ADDRESS)


def test_a_sign_is_asked_about_once_on_a_page(page):
    cell(page, 0).fill("－")
    cell(page, 1).focus()
    expect(page.locator("#said-pasted-0")).to_contain_text("「－」が何を表すか")
    cell(page, 0, "state").select_option("unknown")
    expect(page.locator("#said-pasted-0")).to_be_empty()

    cell(page, 1).fill("－")
    cell(page, 2).fill("該当なし")
    cell(page, 3).focus()

    expect(cell(page, 1, "state")).to_have_value("unknown")
    expect(cell(page, 2, "state")).to_have_value("not_applicable")


def test_what_a_sign_of_a_paste_means_is_told_changed_at_once_and_remembered(page, sign_in):
    means = page.get_by_label("「－」の意味")
    reasons = [cell(page, number, "state") for number in range(3)]
    expect(means).to_be_hidden()
    paste(page, 0, "－\r\n－\r\n104\r\n－\r\n")
    expect(said(page)).to_have_text("4行を貼り付けました。入力4、確認0、エラー0。")
    expect(means).to_have_value("not_applicable")
    reasons[1].select_option("suppressed")

    means.select_option("unknown")

    expect(reasons[0]).to_have_value("unknown")
    expect(cell(page, 3, "state")).to_have_value("unknown")
    # What was chosen for one line by hand stays with it, and a number has no reason.
    expect(reasons[1]).to_have_value("suppressed")
    expect(reasons[2]).to_have_value("")
    page.get_by_role("button", name="元に戻す").click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    # Nothing has its reason from the sign by now.
    expect(means).to_be_hidden()
    page.goto(ADDRESS)
    paste(page, 0, "－\r\n105\r\n")
    expect(reasons[0]).to_have_value("unknown")
    expect(means).to_have_value("unknown")


def test_a_sign_without_a_usual_meaning_is_asked_about_in_a_paste_too(page):
    """The negative control: nothing is guessed."""
    paste(page, 0, "・\r\n105\r\n")

    expect(said(page)).to_contain_text("エラー1")
    expect(cell(page, 0, "state")).to_have_value("")
    expect(page.locator("#said-pasted-0")).to_contain_text("「・」が何を表すか")


def test_heads_and_names_stay_while_forty_lines_are_scrolled(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    heads, name = page.locator("#head-value"), page.locator("#name-pasted-20")
    cell(page, LINES - 1).focus()
    page.locator(".grid-scroll").evaluate("box => box.scrollTo(200, 900)")

    whole = page.locator(".grid-scroll").bounding_box()
    assert heads.bounding_box()["y"] == pytest.approx(whole["y"], abs=2)
    assert name.bounding_box()["x"] >= whole["x"]
    assert whole["height"] < 768
    needed = "element => element.scrollWidth - element.clientWidth"
    cell(page, 20, "as_of").fill("令和8年12月31日")
    assert cell(page, 20, "as_of").evaluate(needed) <= 0


def bottom(part):
    box = part.bounding_box()
    return box["y"] + box["height"]


def test_the_first_lines_are_seen_on_opening(followed, sign_in):
    """Three of them on an office screen, above the bar of buttons; the first within two screens of a phone."""
    page = sign_in(COLLEAGUE, ADDRESS, size={"width": 1366, "height": 768})
    # A draft that is told takes its own place.
    page = without_draft(page)
    fields = page.locator(".grid [data-column=value]")
    assert bottom(fields.nth(2)) < page.locator(".action-bar").bounding_box()["y"]
    help_ = page.get_by_text("空欄のままの行には何もしません。")
    expect(help_).to_be_hidden()
    page.get_by_text("打ち込み方・貼り付け方").click()
    expect(help_).to_be_visible()

    page = sign_in(COLLEAGUE, ADDRESS, size=PHONE)
    assert bottom(page.locator(".grid [data-column=value]").first) < 2 * PHONE["height"]


def test_what_is_typed_is_saved_and_what_cannot_be_read_comes_back(page, watch):
    cell(page, 10).fill("１，２３４人")
    cell(page, 11).fill("10~20")

    page.get_by_role("button", name="保存する", exact=True).click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("1件を保存しました。")
    expect(cell(page, 10)).to_have_value("1,234")
    expect(cell(page, 11)).to_have_value("10~20")
    cell(page, 11).fill("15")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1件を保存しました。")
    expect(cell(page, 11)).to_have_value("15")
    assert any("422" in one for one in watch.complaints)
    watch.complaints = [one for one in watch.complaints if "422" not in one]


def save(page):
    page.get_by_role("button", name="保存する", exact=True).click()


def saved(page):
    return page.get_by_role("status").first


def test_a_block_headed_by_years_goes_to_its_years_and_back(page):
    before = values(page)
    rows = [f"貼り付け {number}\t人\t{90 + number}\t{100 + number}" for number in range(3)]
    rows += ['"貼り付け\n3"\t人\t\t103', "貼り付け 0\t人\t1\t1", "知らない指標\t人\t1\t2"]

    paste(page, 9, "\r\n".join(["指標名\t単位\tR7\t令和8年度", *rows, ""]))

    expect(said(page)).to_have_text(
        "6行を貼り付けました。入力したセル7（うち確認0）、エラー0。令和7年度（2025年度）の確定値が3件変わります。"
        "入力していないもの：貼り付け 0（同じ指標の2つめの行）、知らない指標（表にない指標）、単位（表にない列）。"
    )
    assert values(page)[:4] == ["100", "101", "102", "103"]
    assert [cell(page, f"{number}.2025").input_value() for number in range(3)] == ["90", "91", "92"]
    expect(cell(page, "3.2025")).to_have_count(0)
    undo(page).click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before
    expect(page.locator(".grid-before")).to_have_count(0)
    expect(cell(page, 9)).to_be_focused()


def test_a_block_is_saved_into_both_years(page):
    paste(page, 0, "指標名\t2025\t2026\r\n貼り付け 30\t99\t98\r\n貼り付け 31\t97\t96\r\n")
    expect(said(page)).to_contain_text("2行を貼り付けました。入力したセル4")

    save(page)

    expect(saved(page)).to_contain_text("4件を保存しました。")
    expect(page.locator("#line-pasted-30")).to_contain_text("99人")
    expect(cell(page, 30)).to_have_value("98")


def test_a_column_of_numbers_that_look_like_years_is_no_heading(page):
    paste(page, 0, "2025\r\n2026\r\n")

    expect(said(page)).to_contain_text("2行を貼り付けました。")
    assert values(page)[:2] == ["2025", "2026"]


def test_what_was_found_is_chosen_by_a_chip_and_another_number_asks_again(page):
    cell(page, 20).fill("1000")
    cell(page, 20).press("Tab")
    question = page.locator("#said-pasted-20")
    expect(question).to_contain_text("10倍です。単位は合っていますか。")
    note = page.locator("#checked_note-pasted-20")
    expect(note).to_be_hidden()
    question.get_by_label("実際の増減").check()
    note.fill("新しい病院が加わった")
    cell(page, 20).fill("2000")
    expect(question.get_by_label("未確認")).to_be_checked()
    cell(page, 20).fill("1000")
    question.get_by_label("実際の増減").check()

    save(page)

    expect(question.locator("summary")).to_have_text("確かめた：実際の増減：新しい病院が加わった")


def test_the_detail_opens_beside_the_line_and_gives_the_focus_back(page):
    cell(page, 4).focus()
    page.keyboard.press("Control+Enter")

    detail = page.locator(".grid-detail")
    expect(detail.get_by_role("heading", level=2)).to_be_focused()
    expect(detail).to_contain_text("令和7年度（2025年度）")
    expect(detail).to_contain_text("100人")
    detail.get_by_role("button", name="「あとで確かめる」の印を付ける").click()
    expect(detail.get_by_role("button", name="印を外す")).to_be_focused()
    expect(page.locator("#later-pasted-4")).to_have_text("あとで確かめる")
    page.keyboard.press("Escape")
    expect(detail).to_be_hidden()
    expect(cell(page, 4)).to_be_focused()
    page.get_by_role("link", name="あとで確かめる（").click()
    expect(cell(page, 4)).to_be_visible()
    expect(cell(page, 5)).to_have_count(0)


def test_a_phone_shows_cards_and_the_detail_over_them(followed, sign_in):
    page = sign_in(COLLEAGUE, ADDRESS, size=PHONE)

    page.locator("#line-pasted-6 .grid-more").click()

    detail = page.locator(".grid-detail")
    expect(detail.get_by_role("heading", level=2)).to_be_focused()
    assert page.evaluate("document.querySelector('.grid-detail').matches(':modal')")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    detail.get_by_role("button", name="閉じる").click()
    expect(page.locator("#line-pasted-6 .grid-more")).to_be_focused()


def test_a_note_of_several_lines_is_seen_whole_on_a_phone(followed, sign_in):
    page = sign_in(COLLEAGUE, ADDRESS, size=PHONE)
    note = page.locator("#note-pasted-6")
    before = note.bounding_box()["height"]

    note.fill("市内の病院に聞いた値です。\n二行目です。\n三行目です。")

    assert note.evaluate("(one) => one.scrollHeight <= one.clientHeight")
    assert note.bounding_box()["height"] > before


def test_enter_in_the_field_for_all_lines_saves_nothing(page):
    cell(page, 7).fill("7")
    source = page.get_by_label("まとめて使う出典")
    source.fill("調査")

    source.press("Enter")

    expect(source).to_have_value("調査")
    assert page.url.endswith(ADDRESS)
    expect(cell(page, 7)).to_have_value("7")


def kept_by_the_browser(page):
    kept = "Object.entries(sessionStorage).filter(([name]) => name.startsWith('grid:'))"
    return page.evaluate(kept)


def test_what_is_typed_without_a_network_is_there_again_and_saved_once(page, watch):
    typed = {12: "１，２３４人", 13: "八十 ", 14: "－"}
    page.context.set_offline(offline=True)
    for number, text in typed.items():
        cell(page, number).fill(text)
    page.locator("#note-pasted-12").fill("一行目\n二行目 ")
    expect(page.get_by_role("alert")).to_contain_text("入力は画面に残っています")
    with pytest.raises(Error):
        page.reload()
    page.context.set_offline(offline=False)
    page.goto(ADDRESS)

    expect(said(page)).to_contain_text("前に入力して保存していなかった内容を、画面に戻しました。")
    expect(page.get_by_text("保存していない入力があります")).to_have_count(0)
    assert {number: cell(page, number).input_value() for number in typed} == typed
    assert page.locator("#note-pasted-12").input_value() == "一行目\n二行目 "
    cell(page, 13).fill("80")
    cell(page, 14).fill("70")
    save(page)
    expect(saved(page)).to_contain_text("3件を保存しました。")
    # Nothing comes back a second time, and the address is clean.
    page.wait_for_url(f"**{ADDRESS}")
    page.reload()
    expect(said(page)).to_be_empty()
    assert kept_by_the_browser(page) == []
    save(page)
    expect(saved(page)).to_contain_text("変更はありませんでした。")
    watch.complaints = []


def test_what_the_server_has_as_a_draft_meanwhile_comes_back_again_and_again(page, watch):
    page.context.set_offline(offline=True)
    cell(page, 19).fill("14 ")
    expect(page.get_by_role("alert")).to_contain_text("入力した内容が表に戻ります")
    page.context.set_offline(offline=False)
    expect(page.locator("form[data-grid] [data-status]")).to_contain_text("下書きを保存しました")

    for _ in range(2):
        page.goto(ADDRESS)
        expect(said(page)).to_contain_text("画面に戻しました。まだ保存していません。")
        assert cell(page, 19).input_value() == "14 "

    save(page)
    expect(saved(page)).to_contain_text("1件を保存しました。")
    page.goto(ADDRESS)
    expect(cell(page, 19)).to_have_value("14")
    expect(said(page)).to_be_empty()
    assert kept_by_the_browser(page) == []
    watch.complaints = []


def test_without_a_network_one_notice_stands_where_it_is_seen(page, watch):
    page.context.set_offline(offline=True)
    with page.expect_event("requestfailed", lambda request: "entry/check" in request.url):
        cell(page, LINES - 1).fill("八十")
        cell(page, LINES - 1).press("Tab")

    notice = page.get_by_role("alert").locator("p")
    expect(notice).to_contain_text("通信できないため、保存できていません。")
    expect(notice).to_contain_text("再読み込みせずにお待ちください")
    expect(notice).to_be_in_viewport()
    expect(said(page)).to_be_empty()
    # What was typed is looked at when the network is back, and the notice goes.
    page.context.set_offline(offline=False)
    told = page.locator(f"#said-pasted-{LINES - 1}")
    expect(told).to_contain_text("算用数字で入力してください")
    expect(notice).to_have_count(0)
    watch.complaints = []


def test_what_is_left_in_the_browser_is_nobody_elses(page, sign_in, watch):
    """The negative control: another person's page in the same tab neither shows nor keeps it."""
    page.context.set_offline(offline=True)
    cell(page, 15).fill("777")
    expect(page.get_by_role("alert")).to_contain_text("入力は画面に残っています")
    (kept,) = kept_by_the_browser(page)
    assert "777" in kept[1]
    other = sign_in("mihon-editor", ADDRESS)
    other.evaluate("([name, text]) => sessionStorage.setItem(name, text)", kept)

    other.reload()

    expect(cell(other, 15)).not_to_have_value("777")
    assert kept_by_the_browser(other) == []
    watch.complaints = []


def test_two_people_at_one_cell_see_each_other(page, sign_in, watch):
    other = sign_in("mihon-editor", ADDRESS)
    cell(other, 16).fill("111")
    save(other)
    expect(saved(other)).to_contain_text("1件を保存しました。")

    cell(page, 16).fill("112")
    cell(page, 16).press("Tab")

    told = page.locator("#said-pasted-16")
    expect(told).to_contain_text(
        "ほかの人が先に保存しました：111人（確定、出典：調査）。保存した人：見本市 担当者"
    )
    told.get_by_role("link", name="最新を見る").click()
    expect(page.locator(".grid-detail")).to_contain_text("111人")
    page.keyboard.press("Escape")
    save(page)
    expect(page.locator(".error-summary")).to_contain_text("どちらの値を残すか")
    expect(cell(page, 16)).to_have_value("112")
    told.get_by_label("先に保存された値を残す").check()
    save(page)
    expect(cell(page, 16)).to_have_value("111")
    watch.complaints = [one for one in watch.complaints if "409" not in one]


def test_a_second_window_of_ones_own_is_told_as_such(page):
    other = page.context.new_page()
    other.goto(ADDRESS)
    cell(other, 17).fill("121")
    save(other)
    expect(saved(other)).to_contain_text("1件を保存しました。")

    cell(page, 17).fill("122")
    cell(page, 17).press("Tab")

    told = page.locator("#said-pasted-17")
    expect(told).to_contain_text("あなたが別の画面で先に保存しました：121人")
    # The box that keeps it stays ticked while the page asks again.
    told.get_by_label("先に保存された値を残す").check()
    cell(page, 18).fill("104")
    cell(page, 18).press("Tab")
    expect(page.locator("form[data-grid] [data-status]")).to_contain_text("下書きを保存しました")
    expect(told.get_by_label("先に保存された値を残す")).to_be_checked()
