"""A report out of a closed network and the answer back: the reader is opened from the disk, without any server."""

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.audit import audit
from tests.e2e.conftest import DESK, PHONE, TIMEOUT
from tests.e2e.hands import Mouse

POLICY, GOALS = "方針の根拠となる数字を書いてください。", "<b>目指す姿</b>がよく分かります。"


@pytest.fixture
def report(sign_in):
    """The page of 見本市's submitted report, by a pointer."""
    hand = Mouse(sign_in("mihon-editor", "/m/990019/2026/reports/"))
    hand.link("中間報告書")
    return hand


@pytest.fixture
def reader(report, new_context, tmp_path):
    """The reader in a browser that is not connected to anything, with the requests and complaints it made."""
    hand = report
    address = hand.page.url
    hand.link("アドバイザー用ファイルを作る")
    hand.page.get_by_label("アドバイザー1").check()
    with hand.page.expect_download() as download:
        hand.button("ファイルをダウンロードする")
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        archive.extractall(tmp_path)
    hand.page.goto(address)
    context = new_context(viewport=DESK, offline=True)
    context.set_default_timeout(TIMEOUT)
    page, seen = context.new_page(), []
    context.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto((tmp_path / "読んでください.html").as_uri())
    yield page
    # Opening the page again is the one thing that a browser may ask for; what is saved is a blob.
    assert {url for url in seen if not url.startswith("blob:")} == {page.url.partition("#")[0]}


def section(page, code):
    return page.locator(f"[data-section={code}]")


def write(page, code, text):
    section(page, code).get_by_role("button", name=re.compile("^コメントを書く")).click()
    section(page, code).get_by_label(re.compile("^コメント※必須")).last.fill(text)


def saved(page, button):
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value


def test_an_answer_is_written_offline_and_taken_in(reader, report, tmp_path):
    write(reader, "policy", POLICY)
    write(reader, "goals", GOALS)
    section(reader, "goals").get_by_label("種類").select_option(label="良い点")
    expect(reader.locator("nav")).to_contain_text("取組の方針（コメント1件）")
    answer = saved(reader, "回答ファイルを保存する")
    assert answer.suggested_filename == "990019-2026-interim-1-v1-answer.json"
    path = tmp_path / answer.suggested_filename
    answer.save_as(path)

    report.link("回答ファイルを取り込む")
    report.page.get_by_label(re.compile("^回答ファイル")).set_input_files(path)
    report.button("内容を確かめる")
    for words in ("取組の方針", POLICY, GOALS, "良い点", "アドバイザー1"):
        report.sees(words)
    assert audit(report.page) == []
    report.button("取り込む")
    report.sees("回答を取り込みました（コメント2件）。")

    report.link("回答ファイルを取り込む")
    report.sees("これまでに取り込んだ回答")
    assert audit(report.page) == []


def test_what_was_begun_is_saved_and_taken_up_again(reader, tmp_path):
    write(reader, "policy", POLICY)
    begun = saved(reader, "途中まで保存する")
    path = tmp_path / begun.suggested_filename
    begun.save_as(path)
    assert json.loads(path.read_text(encoding="utf-8"))["is_draft"] is True

    reader.reload()
    assert section(reader, "policy").locator("[data-comment]").count() == 0
    reader.get_by_label(re.compile("^続きを読み込む")).set_input_files(path)
    expect(reader.get_by_role("status")).to_contain_text("続きを読み込みました（コメント1件）")
    expect(section(reader, "policy").get_by_label(re.compile("^コメント※必須"))).to_have_value(
        POLICY
    )

    path.write_text('{"format": "something else"}', encoding="utf-8")
    reader.get_by_label(re.compile("^続きを読み込む")).set_input_files(path)
    expect(reader.get_by_role("status")).to_contain_text("読み込めません")
    expect(section(reader, "policy").get_by_label(re.compile("^コメント※必須"))).to_have_value(
        POLICY
    )


def test_what_lacks_is_named_and_nothing_is_saved(reader):
    reader.get_by_role("button", name="回答ファイルを保存する", exact=True).click()
    expect(reader.locator("#errors")).to_contain_text("コメントを書くか、判断を選んでください")
    write(reader, "policy", "  ")
    reader.get_by_label(re.compile("^もう一度見たい")).check()
    reader.get_by_role("button", name="回答ファイルを保存する", exact=True).click()

    expect(reader.locator("#errors")).to_be_focused()
    expect(reader.locator("#errors a")).to_have_count(3)
    assert audit(reader) == []
    reader.get_by_role("button", name="このコメントを消す").click()
    reader.get_by_role("button", name="元に戻す").click()
    expect(section(reader, "policy").get_by_label(re.compile("^コメント※必須"))).to_be_focused()


def test_a_day_is_typed_as_people_write_it_and_leaves_as_one(reader, tmp_path):
    reader.get_by_label(re.compile("^もう一度見たい")).check()
    reader.get_by_label(re.compile("^いつまでに見たいか")).fill("令和９年１月３１日")
    reader.get_by_label(re.compile("^総評")).fill("出典を書き足してください。")
    saved(reader, "回答ファイルを保存する").save_as(tmp_path / "answer.json")

    decision = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))["decision"]
    assert (decision["kind"], decision["wanted_on"]) == ("revisit", "2027-01-31")


def test_leaving_with_unsaved_words_is_asked_about(reader):
    write(reader, "policy", POLICY)
    asked = []
    reader.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reader.reload()

    assert asked == ["beforeunload"]


def test_the_words_that_were_selected_are_what_the_comment_is_about(reader):
    first = section(reader, "policy").locator(".section-body li").first
    first.evaluate(
        "element => getSelection().selectAllChildren(element)",
    )
    section(reader, "policy").get_by_role("button", name=re.compile("^コメントを書く")).click()

    quote = section(reader, "policy").get_by_label(re.compile("^対象の文"))
    assert quote.input_value() == first.inner_text().strip()


def test_the_reader_is_whole_on_a_phone_and_without_scripts(reader, new_context):
    assert audit(reader) == []
    context = new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(reader.url)

    # What stands in <noscript> is text to the eye, but not to a search by text.
    expect(plain.locator("noscript .banner")).to_be_visible()
    expect(plain.get_by_role("heading", name="取組の方針")).to_be_visible()
    assert plain.get_by_role("button").count() == 0
