"""An answer file on its way back: bound to report, version, adviser and time; all of it once, or nothing."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from municipalities.models import Change, Membership
from municipalities.tenancy import within
from reports.choices import WordOrigin
from reports.delivery.exchange import answers, packing, taking_in, tickets
from reports.models import Comment, Decision
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.exchange_files import (
    address,
    answer_to,
    comment,
    decision,
    file_of,
    packed,
)
from tests.reports.reviewing import new_adviser, soon

pytestmark = pytest.mark.django_db
REVIEW = "/review/990019-2026-interim-1/answer/"
SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 }}'


@pytest.fixture
def file(here, people):
    return packed(people)


@pytest.fixture
def answer(file):
    """The reader's answer to the file of 見本市's report: two comments."""
    return answer_to(file)


def hand_in(client, answer, *, where=None):
    return client.post(where or address("answers"), {"file": file_of(answer)})


def take_in(client, answer, *, where=None):
    """Hand in, look, and press 「取り込む」; return the last answer."""
    where = where or address("answers")
    checked = hand_in(client, answer, where=where)
    assert checked.status_code == 302, checked.content.decode()
    page = client.get(checked.headers["Location"]).content.decode()
    assert "取り込む前の確認" in page
    digest = answers.read(json.dumps(answer).encode()).digest
    return client.post(f"{where}take-in/", {"digest": digest}, follow=True)


def nothing_was_written():
    return not (
        Comment.objects.exists()
        or Decision.objects.exists()
        or Change.objects.filter(deed="exchange_in").exists()
    )


def test_what_was_shown_is_what_is_taken_in(as_editor, answer, people, here):
    told = answer | {"decision": decision(text="全体によく整理されています。")}
    handed = hand_in(as_editor, told)
    page = as_editor.get(handed.headers["Location"]).content.decode()

    assert nothing_was_written()
    for words in ("方針の根拠を書いてください。", "良い姿です。", "全体によく整理されています。"):
        assert words in page
    assert "取組の方針" in page
    assert str(people["adviser"]) in page

    done = take_in(as_editor, told)
    assert "回答を取り込みました（コメント2件、判断（助言済み））。" in done.content.decode()
    first, second = Comment.objects.order_by("pk")
    assert (first.section, first.text, first.author) == (
        "policy",
        "方針の根拠を書いてください。",
        people["adviser"],
    )
    assert first.origin == second.origin == WordOrigin.FILE
    assert first.sent_at is not None
    decided = Decision.objects.get()
    assert (decided.adviser, decided.origin) == (people["adviser"], WordOrigin.FILE)
    assert world.report_of().status in {"advised", "accepted"}


def test_the_record_names_who_took_it_in_and_whose_it_is(as_editor, answer, people, here):
    take_in(as_editor, answer)
    change = Change.objects.get(deed="exchange_in")
    page = as_editor.get(address("answers")).content.decode()

    assert change.actor == people["editor"]
    assert change.after["adviser"] == people["adviser"].pk
    assert "これまでに取り込んだ回答" in page


def test_a_wish_to_see_it_again_comes_in_with_its_day(as_editor, answer, here):
    wish = decision("revisit", "数字を直してください。", soon().isoformat(), opens_all=True)
    take_in(as_editor, answer | {"decision": wish})
    decided = Decision.objects.get()

    assert (decided.kind, decided.wanted_on, decided.opens_all) == ("revisit", soon(), True)


def test_the_same_file_twice_is_one_answer(as_editor, sign_in, answer, here):
    take_in(as_editor, answer)
    again = take_in(as_editor, answer).content.decode()
    page = hand_in(as_editor, json.dumps(answer, indent=4, sort_keys=True).encode())
    shown = as_editor.get(page.headers["Location"]).content.decode()

    assert "取り込み済み" in again
    assert "取り込み済み" in shown
    assert Comment.objects.count() == 2
    assert Change.objects.filter(deed="exchange_in").count() == 1


def test_of_two_who_take_the_same_file_in_the_second_writes_nothing(answer, people, here):
    read = answers.read(json.dumps(answer).encode())
    one, two = world.report_of(), world.report_of()
    taking_in.take_in(one, read, by=people["editor"])
    with pytest.raises(taking_in.AlreadyTaken):
        taking_in.take_in(two, read, by=people["editor"])
    # One that had looked before the other wrote meets another version of the report.
    with pytest.raises(Overtaken):
        taking_in.move(two, {}, by=people["editor"], deed="exchange_in")

    assert Comment.objects.count() == 2


def test_another_file_chosen_after_the_check_is_shown_first(as_editor, answer, here):
    hand_in(as_editor, answer)
    digest = answers.read(json.dumps(answer).encode()).digest
    hand_in(as_editor, answer | {"comments": [comment("goals", "別の言葉")]})
    pressed = as_editor.post(address("answers") + "take-in/", {"digest": digest}, follow=True)

    assert "確認のあとで別のファイルが選ばれています" in pressed.content.decode()
    assert nothing_was_written()


def test_without_a_file_that_waits_nothing_is_taken_in(as_editor, here):
    for send in (as_editor.get, as_editor.post):
        piece = "check/" if send == as_editor.get else "take-in/"
        page = send(address("answers") + piece, follow=True)
        assert "取り込みを待っている回答がありません" in page.content.decode()


def test_what_fails_on_the_way_in_leaves_nothing_behind(as_editor, answer, here, monkeypatch):
    def fail(*args, **kwargs):
        raise ValidationError("いまは判断を送れません。")

    told = answer | {"decision": decision()}
    hand_in(as_editor, told)
    monkeypatch.setattr(taking_in.deciding, "decide", fail)
    page = take_in(as_editor, told).content.decode()

    assert "いまは判断を送れません。" in page
    assert nothing_was_written()
    assert "取り込み済み" not in page


# --- bound ------------------------------------------------------------------------------------------


def refused(client, answer):
    """Hand an answer in that is refused; return its page."""
    response = hand_in(client, answer)
    page = response.content.decode()
    assert response.status_code == 422
    assert "field-error" in page
    assert nothing_was_written()
    return page


def test_an_answer_to_another_report_is_refused(as_editor, answer, here):
    page = refused(as_editor, answer | {"number": "990019-2026-interim-2"})

    assert "別の報告書（990019-2026-interim-2）への回答です" in page


def test_an_answer_to_a_neighbours_report_is_refused(as_editor, people, here):
    theirs = world.report_of(world.THEIRS)
    with within(theirs.cycle.municipality):
        made = packing.pack(theirs, adviser=people["neighbour-adviser"], by=people["neighbour"])
    told = answer_to(made.content)

    assert "別の報告書" in refused(as_editor, told)
    # The neighbour's ticket under our own number is none for this report.
    ours = answer_to(packed(people))
    assert "この環境で作ったファイル" in refused(as_editor, ours | {"ticket": told["ticket"]})


def test_an_answer_to_words_that_were_never_submitted_is_refused(as_editor, answer, here):
    assert "提出した内容への回答ではありません" in refused(as_editor, answer | {"sha256": "0" * 64})
    assert "提出した内容への回答ではありません" in refused(as_editor, answer | {"version": 7})


def test_an_answer_to_an_older_version_says_which_one_is_new(as_editor, answer, people, here):
    report = world.report_of()
    reopening.reopen(report, reason="試し", by=people["editor"])
    submit(report, by=people["editor"])

    assert "第1版への回答ですが、第2版を出し直しているため" in refused(as_editor, answer)


def test_a_ticket_of_an_earlier_version_is_none_for_the_newest(as_editor, answer, people, here):
    report = world.report_of()
    reopening.reopen(report, reason="試し", by=people["editor"])
    submit(report, by=people["editor"])
    newest = answer_to(packed(people))

    assert "この環境で作ったファイル" in refused(as_editor, newest | {"ticket": answer["ticket"]})


def test_an_answer_after_its_last_day_is_refused(as_editor, answer, sign_in, here):
    last = tickets.last_day()
    with time_machine.travel(dt.datetime.combine(last, dt.time(23, 59)).astimezone(), tick=False):
        assert hand_in(sign_in("editor"), answer).status_code == 302
    later = dt.datetime.combine(last + dt.timedelta(days=2), dt.time(0, 1)).astimezone()
    with time_machine.travel(later, tick=False):
        assert "回答の期限" in refused(sign_in("editor"), answer)


def test_an_answer_of_an_adviser_whose_term_has_ended_is_refused(as_editor, answer, people, here):
    Membership.objects.filter(user=people["adviser"]).update(valid_to=dt.date(2021, 3, 31))

    assert "任期が終わっている" in refused(as_editor, answer)


def test_the_term_is_asked_again_when_the_button_is_pressed(as_editor, answer, people, here):
    handed = hand_in(as_editor, answer)
    Membership.objects.filter(user=people["adviser"]).update(valid_to=dt.date(2021, 3, 31))
    digest = answers.read(json.dumps(answer).encode()).digest
    pressed = as_editor.post(address("answers") + "take-in/", {"digest": digest}, follow=True)

    assert handed.status_code == 302
    assert "任期が終わっている" in pressed.content.decode()
    assert nothing_was_written()


def test_a_ticket_of_another_installation_is_none(as_editor, answer, settings, tmp_path, here):
    settings.SIGNING_KEY = tmp_path / "keys" / "signing.pem"

    assert "この環境で作ったファイル" in refused(as_editor, answer)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 10**4), letter=st.sampled_from("ABab01-_=あ\ud800"))
def test_a_ticket_with_one_letter_changed_is_none(answer, here, at, letter):
    ticket = answer["ticket"]
    at %= len(ticket)
    changed = ticket[:at] + letter + ticket[at + 1 :]
    if changed == ticket:
        return
    told = answers._answer(answer | {"ticket": changed})
    with pytest.raises(ValidationError):
        taking_in.check(world.report_of(), told)


def test_a_swapped_ticket_answers_for_whom_it_was_made_and_for_nobody_else(people, answer, here):
    """What it says is said by the adviser of the ticket: nobody can write another's name into a file."""
    other = new_adviser(people)
    theirs = answer_to(packed(people, adviser="adviser-2"))
    swapped = answers._answer(answer | {"ticket": theirs["ticket"]})
    named = answer | {"adviser": other.pk}

    assert taking_in.check(world.report_of(), swapped).adviser == other
    with pytest.raises(ValidationError):
        answers._answer(named)


def test_what_an_adviser_keeps_to_themselves_on_the_screen_is_not_sent_by_others(
    as_editor, answer, people, here
):
    report = world.report_of()
    Comment.objects.create(
        report=report,
        snapshot=report.snapshot,
        section="goals",
        text="まだ送らない下書き",
        author=people["adviser"],
    )
    page = hand_in(as_editor, answer)

    assert page.status_code == 422
    assert "まだ送っていないコメントを残しています" in page.content.decode()
    assert "まだ送らない下書き" not in page.content.decode()
    assert Comment.objects.get().sent_at is None


# --- edited by hand ---------------------------------------------------------------------------------

EDITED = {
    "another section": ({"comments": [comment("no-such", "文")]}, "この版にない節「no-such」"),
    "a section of final reports": ({"comments": [comment("outlooks", "文")]}, "この版にない節"),
    "another kind": ({"comments": [comment("goals", "文", "praise")]}, "選べる種類ではありません"),
    "no text": ({"comments": [comment("goals", " 　\n")]}, "1件目のコメントが空です"),
    "a long text": ({"comments": [comment("goals", "長" * 4001)]}, "4,000字以内"),
    "a long quote": ({"comments": [comment("goals", "文", quote="長" * 501)]}, "500字以内"),
    "another decision": ({"decision": decision("accepted")}, "選べる判断ではありません"),
    "a day that is none": ({"decision": decision("revisit", "文", "来週")}, "日付として読めません"),
    "a day of a number": ({"decision": decision("revisit", "文", 5)}, "日付として読めません"),
    "a day that has passed": (
        {"decision": decision("revisit", "文", "2020-01-01")},
        "過ぎています",
    ),
    "a day that is far": (
        {"decision": decision("revisit", "文", "2206-12-10")},
        "1年より先になっています",
    ),
    "a draft": ({"is_draft": True}, "途中まで保存したファイル"),
    "nothing": ({"comments": []}, "コメントも判断も書かれていない"),
    "too many": ({"comments": [comment("goals", "文")] * 201}, "200件を超えています"),
    "more": ({"more": 1}, "回答ファイルとして読めません"),
    "another format": ({"format": "hccp-answer-9"}, "回答ファイルとして読めません"),
    "a version as text": ({"version": "1"}, "回答ファイルとして読めません"),
    "a version as truth": ({"version": True}, "回答ファイルとして読めません"),
    "comments as object": ({"comments": {}}, "回答ファイルとして読めません"),
    "a comment as text": ({"comments": ["文"]}, "回答ファイルとして読めません"),
    "a text as list": ({"comments": [comment("goals", ["文"])]}, "回答ファイルとして読めません"),
    "a number of no report": ({"number": "<b>"}, "回答ファイルとして読めません"),
    "a turning sign": ({"comments": [comment("goals", "文\u202e")]}, "U+202E"),
    "NUL": ({"comments": [comment("goals", "文\x00")]}, "保存できない文字"),
    "half a sign": ({"comments": [comment("goals", "文\ud800")]}, "保存できない文字"),
    "NUL in a section": ({"comments": [comment("goals\x00", "文")]}, "保存できない文字"),
}


@pytest.mark.parametrize("kind", EDITED)
def test_an_answer_edited_by_hand_is_refused_with_a_sentence(as_editor, answer, kind):
    edited, sentence = EDITED[kind]

    assert sentence in refused(as_editor, answer | edited)


BYTES = {
    "empty": (b"", "ファイルが空です"),
    "blank": (b" \n", "ファイルが空です"),
    "binary": (b"\x89PNG\r\n\x1a\n", "回答ファイルとして読めません"),
    "list": (b"[]", "回答ファイルとして読めません"),
    "NaN": (b'{"format": NaN}', "回答ファイルとして読めません"),
    "infinite": (b'{"format": 1e999}', "回答ファイルとして読めません"),
    "deep": (b"[" * 100_000, "回答ファイルとして読めません"),
    "long number": (b"1" * 10_000, "回答ファイルとして読めません"),
    "twice": (b'{"format": 1, "format": 2}', "回答ファイルとして読めません"),
    "large": (b" " * (1024 * 1024) + b"1", "1MBまでです"),
}


@pytest.mark.parametrize("kind", BYTES)
def test_bytes_that_are_no_answer_are_refused_with_a_sentence(as_editor, here, kind):
    content, sentence = BYTES[kind]

    assert sentence in refused(as_editor, content)


def test_no_file_at_all_is_refused_with_a_sentence(as_editor, here):
    page = as_editor.post(address("answers"))

    assert page.status_code == 422
    assert "回答ファイルのファイルを選んでください" in page.content.decode()


def test_scripts_in_an_answer_stay_text(as_editor, answer, here):
    told = answer | {
        "comments": [comment("goals", SCRIPT, quote=SCRIPT)],
        "decision": decision(text=SCRIPT),
    }
    handed = hand_in(as_editor, told)
    page = as_editor.get(handed.headers["Location"]).content.decode()
    done = take_in(as_editor, told).content.decode()

    assert "<script>alert" not in page + done
    assert "<img src=x" not in page + done
    assert "&lt;script&gt;alert(1)" in page
    assert Comment.objects.get().text == SCRIPT


def test_a_very_long_answer_is_refused_in_words_instead_of_being_lost(as_editor, answer, here):
    signs = [chr(0x4E00 + (number * 7919) % 20_000) for number in range(4000)]
    told = [
        comment("goals", "".join(signs[shift:] + signs[:shift])[::step])
        for shift, step in zip(range(0, 3900, 70), [1, -1] * 28, strict=True)
    ]
    answered = hand_in(as_editor, answer | {"comments": told})

    assert answered.status_code in {302, 422}
    assert nothing_was_written()


# --- the adviser's own desk -------------------------------------------------------------------------


def test_an_adviser_hands_in_their_own_answer(as_adviser, answer, people, here):
    done = take_in(as_adviser, answer, where=REVIEW)

    assert "回答を取り込みました（コメント2件）。" in done.content.decode()
    assert Comment.objects.filter(author=people["adviser"], sent_at__isnull=False).count() == 2
    assert Change.objects.get(deed="exchange_in").actor == people["adviser"]


def test_an_adviser_cannot_hand_in_anothers_answer(as_adviser, people, here):
    new_adviser(people)
    theirs = answer_to(packed(people, adviser="adviser-2"))
    page = hand_in(as_adviser, theirs, where=REVIEW)

    assert page.status_code == 422
    assert "ほかのアドバイザーに渡されたファイル" in page.content.decode()
    assert nothing_was_written()
