"""The public door: one press one answer, nothing kept of who, and nothing told to whoever guesses."""

import datetime as dt
import itertools
import logging
import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from municipalities.kernel import tokens
from municipalities.kernel.changes import Change
from municipalities.people.secrecy import HideInvitations
from municipalities.tenancy import within
from surveys.answers import receiving
from surveys.door import sending, visiting
from surveys.models import Answer, MatrixRow, Question, Response, SurveyRound
from surveys.rounds import door_address
from tests import world
from tests.surveys.asking import OUTSIDE, asking

SMALLEST = {"q1": "2", "page": "2", "action": "send"}


@pytest.fixture(autouse=True)
def reachable(settings):
    settings.PUBLIC_BASE_URL = OUTSIDE
    cache.clear()


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def address(asked):
    return door_address.of(asked).removeprefix(OUTSIDE)


def ticket_of(page):
    return re.search(r'name="ticket" value="([^"]+)"', page.content.decode())[1]


def opened(address, client=None):
    """Open the form; return the client and what its first page carries."""
    client = client or Client()
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    return client, {"ticket": ticket_of(page)}


def text(page):
    return page.content.decode()


def test_a_phone_goes_through_all_pages_and_is_thanked_with_a_number(address, asked):
    visitor, carried = opened(address)

    second = visitor.post(
        address, carried | {"q1": "1", "q2": ["1", "3"], "q3r1": "1", "q3x1": "1", "page": "1"}
    )
    carried |= {"q1": "1", "q2": ["1", "3"], "q3r1": "1", "q3x1": "1", "page": "2"}
    done = visitor.post(
        address,
        carried
        | {"q4": "１２年", "q5": "care_manager", "q6": "0415ab", "q7": "良い", "action": "send"},
    )

    assert "3／3ページ" in text(second)
    assert 'type="hidden" name="q2" value="3"' in text(second)
    # 「2,000」 would be two signs to a browser.
    assert 'maxlength="2000"' in text(second)
    assert "受付番号" in text(done)
    response = Response.objects.get(round=asked)
    assert response.receipt in text(done)
    assert (response.way, response.profession) == ("link", "care_manager")
    assert len(response.pair) == 64
    assert "0415" not in response.pair
    lines = response.answers.values_list("option__label", "row__label", "number", "text")
    assert set(lines) == {
        ("はい", None, None, ""),
        ("広報", None, None, ""),
        ("家族", None, None, ""),
        ("している", "退院時の連携", None, ""),
        ("研修を受けたい", "退院時の連携", None, ""),
        (None, None, Decimal(12), ""),
        (None, None, None, "良い"),
    }


def test_each_mistake_is_named_and_linked_on_top(address, asked):
    Question.objects.filter(questionnaire=asked.questionnaire, kind="matrix").update(
        is_required=True
    )
    MatrixRow.objects.filter(label="看取り").update(label="看取《みと》り")
    visitor, carried = opened(address)

    page = text(visitor.post(address, carried | {"q2": ["1", "4"], "q1": "1", "page": "1"}))

    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page)
    assert listed == [
        ("q2", "問2：「特にない」は、ほかの選択肢と一緒に選べません。どちらか一方にしてください。"),
        ("q3r1", "問3：「退院時の連携」の行を選んでください。"),
        ("q3r2", "問3：「看取り」の行を選んでください。"),
    ]
    assert all(f'id="{place}"' in page for place, _ in listed)


def test_nothing_is_sent_where_nothing_was_answered(address, asked):
    Question.objects.filter(questionnaire=asked.questionnaire).update(is_required=False)
    visitor, carried = opened(address)

    page = visitor.post(address, carried | {"page": "2", "action": "send"})

    assert page.status_code == 200
    assert "まだ、どの設問にも答えていません。" in text(page)
    assert "1／3ページ" in text(page)
    assert not Response.objects.exists()
    again = {"ticket": ticket_of(page), "q4": "3", "page": "2", "action": "send"}
    assert "受付番号" in text(visitor.post(address, again))


def test_a_skip_leaves_out_what_it_passes_over(address, asked):
    visitor, carried = opened(address)

    visitor.post(address, carried | SMALLEST | {"q2": "1"})

    labels = set(Answer.objects.values_list("option__label", flat=True))
    assert labels == {"いいえ"}


def test_who_is_led_past_questions_does_not_see_them(address, asked):
    visitor, carried = opened(address)

    first = text(Client().get(address))
    led_past = text(visitor.post(address, carried | {"q1": "2"}))
    going_on = text(visitor.post(address, carried | {"q1": "1"}))

    assert "どこで知りましたか" not in first
    assert "どこで知りましたか" not in led_past
    assert "経験年数" in led_past
    assert "3／3ページ" in led_past
    assert "どこで知りましたか" in going_on
    assert "2／3ページ" in going_on


def test_the_page_is_small_names_nobody_and_is_kept_by_no_proxy(address):
    page = Client().get(address)

    assert len(page.content) < 30_000
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    # Kept by the reader's own browser, so that Back shows it again (tests/e2e/test_kept_answers.py); asked anew otherwise.
    assert page.headers["Cache-Control"] == "no-cache, private"
    assert "Vary" not in page.headers
    secret = address.strip("/").rpartition("/")[2]
    assert secret not in text(page)
    assert not page.cookies


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "この設問は、必ず答えてください"),
        ({"q1": ["1", "2"]}, "一つだけ選んでください"),
        ({"q1": "9"}, "選択肢の中から選んでください"),
        ({"q1": "1", "q2": ["1", "2", "3"]}, "2つまで選べます（いま3つ選んでいます）"),
        ({"q1": "1", "q2": ["1", "4"]}, "「特にない」は、ほかの選択肢と一緒に選べません"),
        # Both at once: whoever mends one is not stopped by the other.
        ({"q1": "1", "q2": ["1", "2", "4"]}, "「特にない」は、ほかの選択肢と一緒に選べません"),
        ({"q1": "1", "q2": ["1", "2", "4"]}, "2つまで選べます（いま3つ選んでいます）"),
        ({"q1": "3"}, "「その他」を選んだときは、内容も書いてください"),
        ({"q1": "1", "q1t3": "市報"}, "「その他」の内容が書かれています"),
        ({"q1": "1", "q3r1": ["1", "2"]}, "「退院時の連携」の行は、一つだけ選んでください"),
    ],
)
def test_what_does_not_fit_is_said_at_the_question_and_kept(address, typed, sentence):
    visitor, carried = opened(address)

    at = {"page": "0" if set(typed) <= {"q1", "q1t3"} else "1"}
    page = visitor.post(address, carried | at | {"action": "next", "q3x2": "1"} | typed)

    assert page.status_code == 200
    assert sentence in text(page)
    assert re.search(r'name="q3x2" value="1"( checked)?>', text(page))
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"q4": "-1"}, "0年以上の数字"),
        ({"q4": "131"}, "60年以下の数字"),
        ({"q4": "八十"}, "算用数字で入力してください"),
        ({"q4": "9" * 40}, "桁が多すぎます"),
        ({"q5": "king"}, "選択肢の中から選んでください"),
        ({"q6": "ab"}, "4文字から20文字"),
        ({"q7": "あ" * 5001}, "2,000字以内で書いてください（いま5,001字です）"),
        ({"q7": "\ud800"}, ""),
    ],
)
def test_numbers_and_texts_are_checked_and_kept(address, typed, sentence):
    visitor, carried = opened(address)
    sent = {name: value.encode(errors="replace").decode() for name, value in typed.items()}

    page = visitor.post(address, carried | SMALLEST | sent)

    if sentence:
        assert page.status_code == 200
        assert sentence in text(page)
        assert not Response.objects.exists()


def test_the_same_post_fifty_times_is_one_answer(address):
    visitor, carried = opened(address)

    pages = [visitor.post(address, carried | SMALLEST) for _ in range(50)]

    assert Response.objects.count() == 1
    receipt = Response.objects.get().receipt
    assert all(receipt in text(page) for page in pages)


def test_two_forms_are_two_answers_and_the_second_of_a_device_is_pointed_out(address):
    visitor, carried = opened(address)
    visitor.post(address, carried | SMALLEST)
    _, again = opened(address, visitor)

    visitor.post(address, again | SMALLEST)

    remarks = list(Response.objects.values_list("remark", flat=True))
    assert len(remarks) == 2
    assert sum("同じ端末からの2回目以降の回答" in one for one in remarks) == 1


def test_a_ticket_of_another_survey_is_refused(here, address):
    other = asking(here, "round-other")
    visitor, carried = opened(door_address.of(other).removeprefix(OUTSIDE))

    page = visitor.post(address, carried | SMALLEST)

    assert page.status_code == 200
    assert "もう一度押してください" in text(page)
    assert not Response.objects.exists()
    # What the page carries now is its own ticket: the same press again is taken.
    visitor.post(address, {"ticket": ticket_of(page)} | SMALLEST)
    assert Response.objects.filter(round__key="round-ask").count() == 1


def test_what_a_machine_fills_in_is_thanked_and_pointed_out(address):
    visitor, carried = opened(address)

    page = visitor.post(address, carried | SMALLEST | {"homepage": "http://spam.example"})

    assert "受付番号" in text(page)
    assert "機械が入力した疑い" in Response.objects.get().remark


def test_personal_data_is_asked_about_once_and_never_blocks(address):
    visitor, carried = opened(address)
    written = SMALLEST | {"q7": "田中さんに 090-1234-5678 へ電話してほしい。患者さんのため。"}

    page = visitor.post(address, carried | written)
    seen = re.search(r'name="seen" value="([^"]*)"', text(page))[1]
    done = visitor.post(address, carried | written | {"seen": seen})

    assert "電話番号、「田中さん」という人の名前が書かれているようです" in text(page)
    # On top, where a phone shows the page: nothing was sent, and where to look.
    assert "まだ送っていません。" in text(page)
    assert re.search(r'role="alert">.*<a href="#q7">問7：', text(page), re.DOTALL)
    assert "患者さん" in text(page)
    assert "「患者さん」" not in text(page)
    assert not page.context["screen"].errors
    assert "受付番号" in text(done)


def test_nothing_of_who_or_when_is_kept(address, asked):
    before = Change.objects.count()
    visitor, carried = opened(address)
    visitor.post(address, carried | SMALLEST, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="phone-x")

    response = Response.objects.get()
    kept = str(Response.objects.values().get()) + str(list(Answer.objects.values()))
    assert "203.0.113.7" not in kept
    assert "phone-x" not in kept
    assert (response.received_at.minute, response.received_at.second) == (0, 0)
    at = timezone.localtime(response.updated_at)
    assert (at.hour, at.minute, at.second) == (0, 0, 0)
    assert Change.objects.count() == before


def test_rows_do_not_tell_their_order(address):
    for _ in range(12):
        visitor, carried = opened(address)
        visitor.post(address, carried | SMALLEST)

    in_order = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert min(b - a for a, b in itertools.pairwise(in_order)) > 1000


def test_after_the_last_day_it_says_so_and_takes_nothing(address, asked):
    visitor, carried = opened(address)
    SurveyRound.objects.filter(pk=asked.pk).update(
        opens_on=timezone.localdate() - dt.timedelta(days=9),
        closes_on=timezone.localdate() - dt.timedelta(days=2),
    )

    pages = [visitor.get(address), visitor.post(address, carried | SMALLEST)]

    assert [page.status_code for page in pages] == [410, 410]
    assert all("受付は終了しました" in text(page) for page in pages)
    assert not Response.objects.exists()


def test_who_had_it_open_at_the_end_has_ten_minutes(asked):
    closes_on = asked.closes_on
    end = timezone.make_aware(dt.datetime.combine(closes_on + dt.timedelta(days=1), dt.time.min))
    begun = visiting.Ticket("n", int(end.timestamp()) - 60)
    late = visiting.Ticket("n", int(end.timestamp()) + 1)

    def at(moment, ticket):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(visiting.timezone, "now", lambda: moment)
            return visiting.is_in_time(closes_on, ticket)

    assert at(end - dt.timedelta(seconds=1), None)
    assert not at(end, None)
    assert at(end + dt.timedelta(minutes=9), begun)
    assert not at(end + dt.timedelta(minutes=9), late)
    assert not at(end + dt.timedelta(minutes=11), begun)


def test_before_the_first_day_it_says_when(address, asked):
    day = timezone.localdate() + dt.timedelta(days=3)
    SurveyRound.objects.filter(pk=asked.pk).update(opens_on=day)

    page = Client().get(address)

    assert page.status_code == 410
    assert f"{day.month}月{day.day}日から回答できます" in text(page)


def test_whoever_was_writing_when_it_was_closed_is_told_that_nothing_was_sent(address, asked):
    visitor, carried = opened(address)
    SurveyRound.objects.filter(pk=asked.pk).update(state="closed")
    told = "いま書いていた回答は、送られていません。"

    assert told in text(visitor.post(address, carried | SMALLEST))
    assert told not in text(visitor.get(address))


def test_a_deleted_round_is_an_unknown_one(address, asked):
    unknown = Client().get("/s/" + "x" * 43 + "/")
    asked.delete()

    gone = Client().get(address)

    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert plain(gone) == plain(unknown)


@pytest.mark.parametrize(
    "path", ["/s/", "/s/unknown/", "/s/unknown/more/", "/S/UNKNOWN/", f"/s/{'x' * 43}/"]
)
def test_an_address_that_opens_nothing_is_told_in_the_words_of_respondents(path, as_editor):
    for visitor in (Client(), as_editor):
        page = visitor.get(path)

        assert page.status_code == 404
        assert "この調査は見つかりません" in text(page)
        assert "問い合わせ先" in text(page)
        assert page.headers["Referrer-Policy"] == "no-referrer"
        # Nothing of what staff see: no menu, no way in, no town.
        assert 'href="/' not in text(page).replace('href="/static/', "")
        assert "ログイン" not in text(page)


def test_whoever_is_slowed_down_is_told_in_the_words_of_respondents(address):
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(61):
        page = guesser.get(f"/s/{'y' * 41}{number:02}/")

    assert "5分ほど待ってから開いてください" in text(page)
    assert "ホームへ戻る" not in text(page)


def test_what_is_larger_than_any_form_is_told_so_too(address, settings):
    page = Client().post(address, {"q7": "あ" * settings.LARGEST_BODY})

    assert page.status_code == 413
    assert "二重に届くことはありません" in text(page)


def plain(page):
    return re.sub(r"(csrf|X-CSRFToken)[^>]*", "", text(page))


def test_without_an_address_for_outsiders_no_door_opens(settings, address):
    settings.PUBLIC_BASE_URL = ""

    assert Client().get(address).status_code == 404


def test_a_door_leads_into_its_own_town_alone(asked, address):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        other = asking(theirs, "round-theirs", by="neighbour")
        their_address = door_address.of(other).removeprefix(OUTSIDE)
    visitor, carried = opened(their_address)

    visitor.post(their_address, carried | SMALLEST)

    assert not Response.objects.exists()
    with within(theirs.municipality):
        assert Response.objects.get().round_id == other.pk


def test_a_code_of_another_kind_opens_no_door(people):
    secret, _ = tokens.issue(tokens.TokenKind.API, user=people["editor"], label="api")

    assert Client().get(f"/s/{secret}/").status_code == 404


def test_whoever_guesses_is_slowed_down_and_the_others_are_not(address):
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    codes = [guesser.get(f"/s/{'y' * 41}{number:02}/").status_code for number in range(80)]

    assert codes[:60] == [404] * 60
    assert codes[60:] == [429] * 20
    # The hospital behind the same address goes on answering; who comes from elsewhere is no guesser.
    assert Client(REMOTE_ADDR="203.0.113.9").get(address).status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.10").get("/s/" + "z" * 43 + "/").status_code == 404


def test_all_guesses_read_the_same_page_and_are_told_when_to_come_again(address):
    # 10,000 guesses in twelve minutes: 180 of 404, 9,820 of 429, the known door open all the while.
    guesser, secret = Client(REMOTE_ADDR="203.0.113.9"), address.split("/")[2]
    nearly = [secret[:-1], f"{secret}x", secret.swapcase(), "x" * 43, "unknown", "あ" * 43]

    pages = [guesser.get(f"/s/{one}/") for one in nearly]

    masked = {re.sub(r'"X-CSRFToken": "[^"]+"', "", text(page)) for page in pages}
    assert {page.status_code for page in pages} == {404}
    assert len(masked) == 1
    for number in range(60):
        last = guesser.get(f"/s/{'y' * 41}{number:02}/")
    assert (last.status_code, last.headers["Retry-After"]) == (429, "300")


def test_other_methods_are_no_answers(address):
    assert Client().put(address).status_code == 405
    assert Client().head(address).status_code == 200
    assert not Response.objects.exists()


def test_no_log_line_holds_the_secret(address, caplog):
    caplog.handler.addFilter(HideInvitations())

    logging.getLogger("django.request").warning("Not Found: %s", address)

    secret = address.strip("/").rpartition("/")[2]
    assert secret not in caplog.text


def replaced(page):
    """Return what the page that asks carries: of the changed form, and of another person."""
    return re.findall(r'name="ticket" value="([^"]+)"', text(page))


def test_what_is_changed_after_sending_is_asked_about_and_replaces(address):
    visitor, carried = opened(address)
    first = visitor.post(address, carried | SMALLEST)
    receipt = Response.objects.get().receipt

    asks = visitor.post(address, carried | SMALLEST | {"q1": "1"})
    assert asks.status_code == 200
    assert "受け付けた回答と違うところがあります（問1）" in text(asks)
    assert receipt in text(first)
    assert receipt in text(asks)
    assert Answer.objects.get().option.label == "いいえ"

    changed = SMALLEST | {"q1": "1", "ticket": replaced(asks)[0], "again": "replace"}
    done = [visitor.post(address, changed) for _ in range(3)]

    assert all(receipt in text(page) for page in done)
    assert Response.objects.get().receipt == receipt
    assert Answer.objects.get().option.label == "はい"


def test_another_person_at_the_same_form_is_another_answer(address):
    visitor, carried = opened(address)
    visitor.post(address, carried | SMALLEST)
    asks = visitor.post(address, carried | SMALLEST | {"q1": "1"})

    other = SMALLEST | {"q1": "1", "ticket": replaced(asks)[1]}
    for _ in range(3):
        visitor.post(address, other)

    labels = sorted(Answer.objects.values_list("option__label", flat=True))
    assert labels == ["いいえ", "はい"]


def test_what_was_left_out_stays_left_out_when_its_sender_changes_it(address):
    visitor, carried = opened(address)
    visitor.post(address, carried | SMALLEST)
    Response.objects.update(is_excluded=True, excluded_why="二重の回答")

    visitor.post(address, carried | SMALLEST | {"q1": "1", "again": "replace"})

    assert Response.objects.get().is_excluded
    assert Answer.objects.get().option.label == "はい"


@pytest.mark.parametrize(
    "written", ["番号は123456789018です", "１２３４ ５６７８ ９０１８", "1234-5678-9018"]
)
def test_a_my_number_is_refused_with_a_sentence(address, written):
    visitor, carried = opened(address)

    page = visitor.post(address, carried | SMALLEST | {"q7": written})

    assert page.status_code == 200
    assert "マイナンバー（個人番号）と思われる12桁の数字が書かれています" in text(page)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "written", ["123456789012", "1234567890189", "090-1234-5678", "2026年11月27日"]
)
def test_other_digits_are_taken(address, written):
    visitor, carried = opened(address)

    visitor.post(address, carried | SMALLEST | {"q7": written, "seen": "7"})

    assert Response.objects.count() == 1


def test_a_link_that_took_too_many_takes_more_when_its_owner_has_left_some_out(
    address, asked, monkeypatch
):
    monkeypatch.setattr(receiving, "MOST_RESPONSES", 2)
    for _ in range(2):
        visitor, carried = opened(address)
        visitor.post(address, carried | SMALLEST)
    visitor, carried = opened(address)

    full = visitor.post(address, carried | SMALLEST)
    Response.objects.filter(pk=Response.objects.first().pk).update(is_excluded=True)
    taken = visitor.post(address, carried | SMALLEST)

    assert "受け付けられる数に達した" in text(full)
    assert "受付番号" in text(taken)
    # The disk is not filled by whoever posts without end.
    monkeypatch.setattr(sending, "MOST_STORED", 3)
    visitor, carried = opened(address)
    assert visitor.post(address, carried | SMALLEST).status_code == 410


def test_the_first_page_does_not_send_anybody_to_a_button_it_has_not(address):
    page = text(Client().get(address))

    assert 'value="back"' not in page
    assert "次のページからは、ページの下の「前へ戻る」を押すと" in page
