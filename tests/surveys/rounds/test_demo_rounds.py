"""The rounds of the demo: asked by the product's own deeds, the same numbers whenever they are loaded."""

import json
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.management.commands.load_demo import DOCUMENTS, ask_rounds, load_forms
from surveys import demo
from surveys.answers import filling, personal
from surveys.models import (
    Answer,
    FormReply,
    PublishedQuestion,
    PublishedSurvey,
    Response,
    SharedResult,
    SurveyRound,
)
from surveys.questionnaires.shape import form_shape
from surveys.tabulation.reading import tabulating

ROUNDS = {
    path.stem: [told for told in json.loads(path.read_text(encoding="utf-8")) if "form" not in told]
    for path in sorted((DOCUMENTS / "rounds").glob("*.json"))
}


def counted(row):
    found = tabulating.of(row)
    return [(one.table.number, [line.count for line in one.table.lines]) for one in found.counted]


@pytest.fixture
def rounds(here, people, monkeypatch):
    monkeypatch.setattr("municipalities.operating.demo.officer_of", lambda code: "officer")
    monkeypatch.setattr("municipalities.operating.demo.editor_of", lambda code: "editor")
    assert here.municipality.code == "990019"
    load_forms(json.loads(FORMS.read_text(encoding="utf-8")))
    ask_rounds(here)
    return {row.key: row for row in SurveyRound.objects.filter(key__in=KEYS)}


FORMS = DOCUMENTS / "prefectures" / "99.json"
KEYS = {told["key"] for rows in ROUNDS.values() for told in rows}


def test_one_round_is_registered_and_one_is_being_asked(here, rounds):
    closed, asked = rounds["discharge-round"], rounds["residents-round"]

    assert (closed.state, asked.state) == ("closed", "asking")
    assert closed.has_result
    assert not asked.has_result
    assert closed.token_id
    assert asked.token_id
    assert closed.questionnaire.is_fixed
    survey = PublishedSurvey.objects.get(key=closed.result_key)
    assert survey.respondents == sum(ROUNDS["990019-2026"][0]["answers"].values())
    assert PublishedQuestion.objects.filter(survey=survey).count() > 6


def test_what_the_prefecture_sent_is_asked_and_shared(here, rounds):
    row = SurveyRound.objects.get(key="prefecture-round")
    shared = SharedResult.objects.get(municipality=here.municipality)

    assert row.questionnaire.key == shared.form == "prefectureform-clinics"
    assert FormReply.objects.get(municipality=here.municipality).state == "shared"


def test_its_tables_can_be_parted_by_profession(rounds):
    found = tabulating.of(rounds["discharge-round"])

    crosses = found.crosses("問1")
    assert crosses
    assert len([line for line in found.parting["問1"].table.lines if line.count]) >= 6


def test_no_answer_comes_from_the_future(rounds):
    received = Response.objects.exclude(received_at=None)

    assert received.exists()
    assert not received.filter(received_at__gt=timezone.now()).exists()


@pytest.mark.parametrize("name", ROUNDS)
def test_the_same_numbers_are_drawn_again(here, people, name):
    told = ROUNDS[name][0]
    first = counted(demo.ask(here, told, by=people["editor"]))
    Answer.objects.all().delete()
    Response.objects.all().delete()
    row = SurveyRound.objects.get(key=told["key"])
    demo.answer(row, told)

    assert counted(row) == first
    # A control: another seed draws other numbers.
    Answer.objects.all().delete()
    Response.objects.all().delete()
    row.key = "another"
    demo.answer(row, told)
    assert counted(row) != first


@pytest.mark.parametrize("name", ROUNDS)
def test_every_answer_is_one_that_the_form_would_take(here, people, name):
    for told in ROUNDS[name]:
        form = form_shape.read(demo.questionnaire(told["template"], by=people["editor"]))
        labels = {asked.label for asked in form.questions}
        assert set(told["chances"]) <= {*labels, "lean"}
        draw = demo.random.Random("x")
        for _ in range(50):
            assert not filling.fill(form, demo.typed(form, told["chances"], draw)).errors


def test_no_sentence_tells_of_a_person():
    sentences = [
        one
        for rows in ROUNDS.values()
        for told in rows
        for texts in told["texts"].values()
        for one in texts
    ]

    assert Counter(sentences).most_common(1)[0][1] == 1
    assert not [one for one in sentences if list(personal.signs_of(one))]


def test_a_template_that_is_not_there_is_told(here, people):
    with pytest.raises(LookupError):
        demo.questionnaire("nothing", by=people["editor"])


def test_nothing_is_left_when_a_round_cannot_be_opened(here, people):
    told = ROUNDS["990019-2026"][0] | {"contact": "", "key": "no-contact"}

    with pytest.raises(ValidationError):
        demo.ask(here, told, by=people["editor"])

    assert not SurveyRound.objects.filter(key="no-contact").exists()
