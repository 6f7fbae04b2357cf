"""Deleting and moving where skips lead to or from: the page names them before, and none is left leading nowhere."""

import pytest

from surveys.models import Option, Question
from surveys.questionnaires.shape import form_checks, form_shape
from tests.surveys.asking import options, question, questionnaire

pytestmark = pytest.mark.django_db
FORMS = "/m/990019/2026/surveys/forms/"


@pytest.fixture
def asked(here):
    """問1 いいえ leads to the heading before 問4; 問4 is followed by 問5 to 問7."""
    return questionnaire()


def key_of(asked, text):
    return asked.questions.get(text=text).key


def no():
    return Option.objects.get(label="いいえ")


def delete(client, key):
    row = Question.objects.get(key=key)
    return client.post(f"{FORMS}questions/{key}/delete/", {"base_version": row.version})


def lead(label, key):
    Option.objects.filter(label=label).update(skip_to=key)


def is_sound(asked):
    return not form_checks.troubles(form_shape.read(asked))


def test_the_page_before_deleting_names_the_skips_and_deleting_mends_them(as_editor, asked):
    heading, following = key_of(asked, "あなたのことについて"), key_of(asked, "経験年数")

    page = as_editor.get(f"{FORMS}questions/{heading}/delete/").content.decode()
    deleted = delete(as_editor, heading)

    assert "問1の「いいえ」を選んだ人は、いまここへ進みます。" in page
    assert "すぐ後の問4へ進むように変わります" in page
    assert deleted.status_code == 302
    assert no().skip_to == following
    assert is_sound(asked)


def test_what_led_to_the_last_question_leads_to_the_end(as_editor, asked):
    last = key_of(asked, "ご意見")
    lead("いいえ", last)

    page = as_editor.get(f"{FORMS}questions/{last}/delete/").content.decode()
    delete(as_editor, last)

    assert "すぐ後の終わりへ進むように変わります" in page
    assert no().skip_to == "end"
    assert is_sound(asked)


def test_what_would_lead_to_the_next_question_needs_no_skip(as_editor, asked):
    lead("いいえ", key_of(asked, "どこで知りましたか。"))

    delete(as_editor, key_of(asked, "どこで知りましたか。"))

    assert no().skip_to == ""


def test_the_skips_out_of_a_question_go_with_it_and_are_named(as_editor, asked):
    page = as_editor.get(f"{FORMS}questions/{key_of(asked, '在宅医療を知っていますか。')}/delete/")

    told = page.content.decode()
    assert "この設問の進み先（「いいえ」→「あなたのことについて」）もなくなります。" in told
    assert "いまここへ進みます" not in told


def test_a_question_without_skips_is_deleted_without_a_word_of_them(as_editor, asked):
    """The control: what stands on the page above comes from the skips."""
    page = as_editor.get(f"{FORMS}questions/{key_of(asked, '経験年数')}/delete/").content.decode()

    assert "進みます" not in page
    assert "進み先" not in page


def test_another_questionnaire_keeps_its_skips(as_editor, asked):
    other = questionnaire("ask-2")
    heading = key_of(other, "あなたのことについて")

    delete(as_editor, key_of(asked, "あなたのことについて"))

    assert Option.objects.get(label="いいえ", question__questionnaire=other).skip_to == heading


def test_a_move_that_turns_a_skip_back_says_so_at_once(as_editor, asked):
    second = question(asked, "single", "二つ目")
    options(second, "甲", "乙")
    third = question(asked, "short_text", "三つ目")
    lead("甲", third.key)

    page = as_editor.post(f"{FORMS}questions/{third.key}/up/", follow=True).content.decode()
    again = as_editor.post(f"{FORMS}questions/{third.key}/down/", follow=True).content.decode()

    assert "前に戻る進み先ができました（問9の「甲」→問8）" in page
    assert "元の場所に動かしてください" in page
    assert "前に戻る進み先ができました" not in again


def test_the_page_of_the_options_names_those_that_lead_on(as_editor, asked):
    first = asked.questions.first()
    address = f"{FORMS}questions/{first.key}/options/"
    form = as_editor.get(address).context["form"]
    page = as_editor.get(address).content.decode()

    typed = {"options": "はい\nその他【記入】", "mark": form.initial["mark"]}
    saved = as_editor.post(address, typed, follow=True).content.decode()

    assert "進み先のある選択肢：「いいえ」→「あなたのことについて」。" in page
    assert "消した選択肢「いいえ」の進み先もなくなりました。" in saved


def test_an_option_that_is_only_reworded_keeps_its_skip_without_a_word(as_editor, asked):
    first, target = asked.questions.first(), no().skip_to
    address = f"{FORMS}questions/{first.key}/options/"
    form = as_editor.get(address).context["form"]

    typed = {"options": "はい\n知らない\nその他【記入】", "mark": form.initial["mark"]}
    saved = as_editor.post(address, typed, follow=True).content.decode()

    assert "進み先もなくなりました" not in saved
    assert Option.objects.get(label="知らない").skip_to == target
