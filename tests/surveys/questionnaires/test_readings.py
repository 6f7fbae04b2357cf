"""The switch of readings on the public form and on paper: nothing typed is lost by it."""

import re

import pytest
from django.test import Client

from reports.surveying import papers
from surveys.models import Question, Questionnaire, Response
from surveys.questionnaires.shape import form_shape, readings
from surveys.rounds import door_address
from tests.surveys.asking import OUTSIDE, asking, questionnaire

TEXT = "在宅《ざいたく》医療を知っていますか。"
RUBY = "<rt>ざいたく</rt>"


@pytest.fixture
def asked(here, settings):
    settings.PUBLIC_BASE_URL = OUTSIDE
    row = asking(here)
    Question.objects.filter(questionnaire=row.questionnaire, kind="single").update(text=TEXT)
    return row


@pytest.fixture
def address(asked):
    return door_address.of(asked).removeprefix(OUTSIDE)


def carried(page):
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(fields)


def test_residents_begin_with_readings_and_may_hide_them(address, asked):
    visitor = Client()
    first = visitor.get(address).content.decode()
    assert RUBY in first
    assert "読みがなを隠す" in first

    hidden = visitor.post(
        address, carried(first) | {"q1": "1", "action": "readings-off"}
    ).content.decode()

    assert RUBY not in hidden
    assert "在宅医療を知っていますか" in hidden
    assert "読みがなを付ける" in hidden
    # What was ticked stays, and so does the choice on the next page.
    assert re.search(r'id="q1[^"]*" name="q1" value="1" checked', hidden)
    following = visitor.post(
        address, carried(hidden) | {"q1": "1", "action": "next"}
    ).content.decode()
    assert carried(following)["readings"] == "off"
    back = visitor.post(address, carried(following) | {"action": "back"}).content.decode()
    assert RUBY not in back
    assert not Response.objects.exists()


def test_an_answer_is_the_same_with_and_without(address, asked):
    visitor = Client()
    first = visitor.get(f"{address}?readings=off").content.decode()
    assert RUBY not in first
    end = visitor.post(
        f"{address}?readings=off", carried(first) | {"q1": "2", "page": "2", "action": "send"}
    ).content.decode()

    assert "受付番号" in end
    assert Response.objects.get().answers.get(question__kind="single").option.label == "いいえ"


def test_professionals_begin_without(address, asked):
    Questionnaire.objects.filter(pk=asked.questionnaire_id).update(target="professionals")

    assert RUBY not in Client().get(address).content.decode()
    assert RUBY in Client().get(f"{address}?readings=on").content.decode()


def test_what_we_say_ourselves_has_its_readings_where_the_questions_have_them(address):
    ours = "<ruby>選<rp>（</rp><rt>えら</rt><rp>）</rp></ruby>んでください。"

    with_readings = Client().get(address).content.decode()
    without = Client().get(f"{address}?readings=off").content.decode()

    assert ours in with_readings
    assert "<rt>きろく</rt>" in with_readings
    assert "<rt>" not in without
    assert "一つだけ選んでください。" in without
    assert "《" not in with_readings + without


def test_without_any_reading_there_is_no_switch(address, asked):
    Question.objects.filter(questionnaire=asked.questionnaire).update(text="知っていますか。")

    assert "読みがな" not in Client().get(f"{address}?readings=off").content.decode()


@pytest.mark.parametrize("odd", ["", "x" * 5000, "ON"])
def test_odd_words_count_as_nothing_said(address, odd):
    assert RUBY in Client().get(address, {"readings": odd}).content.decode()


def test_all_texts_lose_their_readings(here):
    row = questionnaire()
    row.opening = row.closing = TEXT
    Question.objects.filter(questionnaire=row).update(text=TEXT, help=TEXT)
    for one in Question.objects.filter(questionnaire=row):
        one.options.update(label=TEXT)
        one.rows.update(label=TEXT)
    form = form_shape.read(row)

    assert readings.has_any(form)
    assert not readings.has_any(readings.without(form))
    assert [one.key for one in readings.without(form).questions] == [
        one.key for one in form.questions
    ]


@pytest.mark.parametrize(("query", "is_shown"), [("", True), ("?readings=off", False)])
def test_paper_is_printed_with_or_without(as_editor, here, asked, monkeypatch, query, is_shown):
    drawn = []

    def keep(paper):
        drawn.append(paper.form)
        raise papers.RenderFailed("x")

    monkeypatch.setattr(papers, "make_questionnaire", keep)

    as_editor.get(here.url("reports:questionnaire_pdf", asked.questionnaire.key) + query)

    assert readings.has_any(drawn[0]) is is_shown
    page = as_editor.get(here.url("surveys:form", asked.questionnaire.key)).content.decode()
    assert "読みがなのない見本" in page
