"""What the maker is shown beforehand is what respondents get: page by page, and with the facts of the round."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.test import Client

from surveys.models import Question, SurveyRound
from surveys.rounds import door_address, told
from tests.surveys.asking import OUTSIDE, asking, questionnaire


@pytest.fixture
def asked(here, settings):
    settings.PUBLIC_BASE_URL = OUTSIDE
    row = asking(here)
    SurveyRound.objects.filter(pk=row.pk).update(
        closes_on=dt.date(2099, 12, 4), contact="高齢福祉課 0000-00-0000"
    )
    return SurveyRound.objects.get(pk=row.pk)


def previewed(client, row, query=""):
    address = row.cycle.url("surveys:form_preview", row.questionnaire.key)
    return client.get(address + query).content.decode()


def words_of(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_before_a_round_every_page_is_shown_with_what_is_still_to_be_registered(as_editor, here):
    row = questionnaire()

    html = as_editor.get(here.url("surveys:form_preview", row.key)).content.decode()

    for told_to_all in (
        "1／3ページ",
        "2／3ページ",
        "3／3ページ",
        "お名前は要りません。だれの回答かが分かる記録は残しません。",
        "（調査の実施で登録する締切日）",
        "問い合わせ先：（調査の実施で登録する部署・電話）",
        "受付番号",
    ):
        assert told_to_all in words_of(html), told_to_all


def test_what_is_shown_of_a_round_is_what_its_respondents_get(as_editor, asked):
    page = Client().get(door_address.of(asked).removeprefix(OUTSIDE)).content.decode()
    html = previewed(as_editor, asked, f"?round={asked.key}")

    for fact in (
        asked.title,
        "締切：令和81年（2099年）12月4日",
        "問い合わせ先：高齢福祉課0000-00-0000",
        "回答は令和12年（2030年）3月31日まで保管し",
        "1／3ページ",
    ):
        assert words_of(fact) in words_of(html), fact
        assert words_of(fact) in words_of(page), fact


def test_what_a_round_does_not_say_yet_is_shown_as_a_gap(as_editor, here):
    row = asking(here, is_open=False)
    SurveyRound.objects.filter(pk=row.pk).update(contact="", closes_on=None)

    html = words_of(previewed(as_editor, row))

    assert "締切：（調査の実施で登録する締切日）" in html
    assert "問い合わせ先：（調査の実施で登録する部署・電話）" in html
    assert "令和12年（2030年）3月31日まで保管し" in html


def test_an_unknown_round_shows_the_last_one(as_editor, asked):
    assert asked.title in previewed(as_editor, asked, "?round=nobody")


def test_readings_may_be_left_out_of_what_is_shown(as_editor, asked):
    Question.objects.filter(questionnaire=asked.questionnaire, kind="single").update(
        text="在宅《ざいたく》ですか。"
    )

    assert "<rt>ざいたく</rt>" in previewed(as_editor, asked)
    assert "<rt>ざいたく</rt>" not in previewed(as_editor, asked, "?readings=off")


def test_the_paper_of_a_round_says_until_when_and_to_whom(as_editor, asked):
    page = as_editor.get(asked.page).content.decode()
    address = asked.cycle.url("reports:round_pdf", asked.key)
    assert address in page

    answer = as_editor.get(address)

    text = printed(answer)
    for fact in (
        asked.title,
        "令和81年（2099年）12月4日まで",
        "高齢福祉課0000-00-0000",
        "令和12年（2030年）3月31日まで保管",
        "返し方",
        "整理番号",
    ):
        assert words_of(fact) in text, fact
    assert "見本" not in text.replace("見本市", "")


def test_a_return_address_of_its_own_stands_on_paper_and_poster(as_editor, asked):
    paper = asked.cycle.url("reports:round_pdf", asked.key)
    poster = asked.cycle.url("reports:survey_poster", asked.key)
    without = printed(as_editor.get(paper)), printed(as_editor.get(poster))

    SurveyRound.objects.filter(pk=asked.pk).update(return_to="見本市中央1-1 市役所2階")

    for text, before in zip((paper, poster), without, strict=True):
        assert "返送先" in printed(as_editor.get(text))
        assert "見本市中央1-1市役所2階" in printed(as_editor.get(text))
        assert "返送先" not in before


def test_the_paper_of_a_questionnaire_is_a_sample(as_editor, asked):
    answer = as_editor.get(asked.cycle.url("reports:questionnaire_pdf", asked.questionnaire.key))

    assert "見本（締切日" in printed(answer)
    assert "12月4日" not in printed(answer)


def printed(answer):
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[:500]
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return words_of("".join(page.extract_text() for page in reader.pages))


def test_no_paper_is_handed_out_before_the_questions_are_fixed(as_editor, here):
    row = asking(here, is_open=False)

    page = as_editor.get(here.url("reports:round_pdf", row.key), follow=True).content.decode()

    assert "受付を始めてから、紙の調査票を印刷してください" in page


def test_no_paper_is_handed_out_that_leaves_a_fact_open(as_editor, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(contact="", keep_until=None)

    page = as_editor.get(
        asked.cycle.url("reports:round_pdf", asked.key), follow=True
    ).content.decode()

    assert f"{'・'.join(map(told.name_of, ('contact', 'keep_until')))}を登録してから" in page
