"""自由記述: searched, by profession where five or more answered, made into a card without its respondent."""

import pytest
from django.utils.html import strip_tags

from surveys.models import Answer, Hearing, HearingTopic, HearingVoice, Response
from surveys.tabulation.texts import texts
from surveys.tabulation.texts.texts import Sought
from tests.surveys.asking import asking

SENTENCE = "退院の連絡を早くもらえると助かります。"


@pytest.fixture
def asked(here):
    """Six physicians and two dentists have answered; each of them wrote something."""
    row = asking(here)
    for at in range(8):
        profession = "physician" if at < 6 else "dentist"
        write(row, at, f"{SENTENCE}その{at}", profession=profession)
    return row


def write(row, at, text, *, profession="unstated"):
    response = Response.objects.create(
        key=f"response-{at}", round=row, submission=f"s{at}", profession=profession
    )
    question = row.questionnaire.questions.get(kind="long_text")
    return Answer.objects.create(response=response, question=question, text=text)


def shown(client, row, **query):
    page = client.get(row.cycle.url("surveys:round_texts", row.key), query)
    assert page.status_code == 200
    return " ".join(strip_tags(page.content.decode()).split())


def make_card(client, answer, row, **fields):
    address = row.cycle.url("surveys:text_card_add", row.key, answer.pk)
    page = client.get(address)
    filled = {
        "submission_key": page.context["submission_key"],
        "side": "病院",
        "text": answer.text,
        "topic": "",
        "title": "",
    }
    return client.post(address, filled | fields)


def test_a_profession_is_told_where_five_have_answered(as_editor, asked):
    found = texts.of(asked)
    told = [found.told(one).profession for one in found.found(Sought())]

    assert sorted(told) == ["", "", *["医師"] * 6]
    page = shown(as_editor, asked)
    assert "歯科医師" not in page
    assert page.count("職種は示しません") == 2


def test_one_answer_more_is_what_tells_the_profession(asked):
    """The threshold is what hides them: with five of them they are told."""
    for at in range(8, 11):
        write(asked, at, "追加", profession="dentist")

    assert set(texts.professions_of(asked)) == {"physician", "dentist"}
    Response.objects.filter(key="response-8").update(is_excluded=True)
    assert set(texts.professions_of(asked)) == {"physician"}


def test_a_small_profession_cannot_be_asked_for(as_editor, asked):
    assert "8件" in shown(as_editor, asked, profession="dentist")
    assert "6件" in shown(as_editor, asked, profession="physician")


def test_words_are_sought_all_of_them(as_editor, asked):
    assert "1件" in shown(as_editor, asked, q="退院　その３")
    assert "当てはまる自由記述はありません" in shown(as_editor, asked, q="退院 訪問入浴")
    assert "1件" in shown(as_editor, asked, q="その3", question="elsewhere")


def test_what_does_not_count_is_not_listed(as_editor, asked):
    Response.objects.filter(key="response-0").update(is_excluded=True)

    page = shown(as_editor, asked)

    assert "その0" not in page
    assert "7件" in page


def test_what_looks_like_a_person_is_marked(as_editor, asked):
    answer = write(asked, 9, "田中さんの電話は090-0000-0000です。")

    assert "電話番号、「田中さん」という人の名前が書かれているようです" in shown(as_editor, asked)
    form = as_editor.get(asked.cycle.url("surveys:text_card_add", asked.key, answer.pk))
    assert "消してください" in form.content.decode()


def test_a_card_names_its_survey_and_no_respondent(as_editor, here, asked):
    Answer.objects.filter(text__endswith="その0").update(id=4_611_686_018_427)
    answer = Answer.objects.get(pk=4_611_686_018_427)

    told = make_card(as_editor, answer, asked, title="退院の連絡", text=SENTENCE)

    assert told.status_code == 302
    voice = HearingVoice.objects.get(text=SENTENCE)
    assert (voice.topic.title, voice.side) == ("退院の連絡", "病院")
    topic = as_editor.get(voice.topic.page).content.decode()
    assert "調査「在宅医療に関する調査」の自由記述" in topic
    kept = [str(value) for row in (voice, voice.hearing) for value in vars(row).values()]
    assert not any("response-" in value or str(answer.pk) == value for value in kept)


def test_cards_of_a_survey_share_where_they_were_heard(as_editor, here, asked):
    topic = HearingTopic.objects.create(key="topic-x", cycle=here, title="連絡")
    first, second = Answer.objects.filter(response__profession="dentist")

    for answer in (first, second):
        assert make_card(as_editor, answer, asked, topic=topic.pk).status_code == 302

    assert HearingVoice.objects.filter(topic=topic).count() == 2
    assert Hearing.objects.filter(name="調査「在宅医療に関する調査」").count() == 1


@pytest.mark.parametrize(("title", "with_topic"), [("", False), ("新しい話題", True)])
def test_a_card_has_one_topic(as_editor, here, asked, title, with_topic):
    topic = HearingTopic.objects.create(key="topic-x", cycle=here, title="連絡")
    answer = Answer.objects.filter(response__profession="dentist").first()
    chosen = topic.pk if with_topic else ""

    told = make_card(as_editor, answer, asked, title=title, topic=chosen)

    assert told.status_code == 422
    assert not HearingVoice.objects.filter(text=answer.text).exists()


def test_what_looks_like_somebody_is_asked_about_before_it_becomes_a_card(as_editor, here, asked):
    answer = Answer.objects.filter(response__profession="dentist").first()
    named = {"title": "連絡", "text": "山本様の件は sato@example.jp まで"}

    told = make_card(as_editor, answer, asked, **named)

    page = told.content.decode()
    assert told.status_code == 422
    assert "メールアドレス、「山本様」という人の名前が書かれているようです" in page
    assert "山本様の件は" in page
    assert not HearingVoice.objects.filter(text=named["text"]).exists()
    assert make_card(as_editor, answer, asked, **named, is_sure="on").status_code == 302
    plain = as_editor.get(here.url("surveys:text_card_add", asked.key, answer.pk))
    assert "is_sure" not in plain.content.decode()


def test_texts_of_another_round_are_absent(as_editor, here, asked):
    other = asking(here, "round-other")
    answer = write(other, "far", "よその回答")

    address = here.url("surveys:text_card_add", asked.key, answer.pk)

    assert as_editor.get(address).status_code == 404


def test_the_adviser_reads_no_texts(as_adviser, here, asked):
    assert as_adviser.get(here.url("surveys:round_texts", asked.key)).status_code in {403, 404}
