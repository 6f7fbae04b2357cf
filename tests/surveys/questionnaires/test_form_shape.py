"""The shape of a questionnaire: its pages and numbers, and which questions are asked after skips."""

import pytest

from surveys.choices import QuestionType
from surveys.models import Option, Question, Questionnaire
from surveys.questionnaires.shape import form_shape
from surveys.questionnaires.shape.form_shape import END, Asked, Choice, Form, Page


def asked(key, number, *options, kind=QuestionType.SINGLE):
    return Asked(key, number, kind, key, options=options)


def form(*pages):
    return Form("form", "調査", "other", "", "", pages)


def keys(found):
    return [one.key for one in found]


FORM = form(
    Page("", "", "", (asked("a", 1, Choice("yes", "はい"), Choice("no", "いいえ", skip_to="h2")),)),
    Page("h1", "その1", "", (asked("b", 2), asked("c", 3, Choice("x", "終わり", skip_to=END)))),
    Page("h2", "その2", "", (asked("d", 4, Choice("back", "戻る", skip_to="a")), asked("e", 5))),
)


def test_without_skips_every_question_is_asked():
    assert keys(form_shape.path(FORM, {})) == ["a", "b", "c", "d", "e"]


def test_an_answer_leads_to_a_heading_or_to_the_end():
    assert keys(form_shape.path(FORM, {"a": ["no"]})) == ["a", "d", "e"]
    assert keys(form_shape.path(FORM, {"a": ["yes"], "c": ["x"]})) == ["a", "b", "c"]


def test_what_was_ticked_in_a_question_passed_over_leads_nowhere():
    assert keys(form_shape.path(FORM, {"a": ["no"], "c": ["x"]})) == ["a", "d", "e"]


def test_a_skip_backwards_or_to_nothing_is_passed_over():
    assert keys(form_shape.path(FORM, {"d": ["back"]})) == ["a", "b", "c", "d", "e"]
    lost = form(Page("", "", "", (asked("a", 1, Choice("x", "x", skip_to="gone")), asked("b", 2))))
    assert keys(form_shape.path(lost, {"a": ["x"]})) == ["a", "b"]


def test_the_first_of_several_ticked_options_leads():
    several = form(
        Page(
            "",
            "",
            "",
            (
                asked(
                    "a",
                    1,
                    Choice("x", "x", skip_to="c"),
                    Choice("y", "y", skip_to=END),
                    kind=QuestionType.MULTIPLE,
                ),
                asked("b", 2),
                asked("c", 3),
            ),
        )
    )
    assert keys(form_shape.path(several, {"a": ["y", "x"]})) == ["a", "c"]


@pytest.mark.django_db
def test_a_stored_questionnaire_is_read_in_three_queries(here, django_assert_num_queries):
    stored = Questionnaire.objects.create(key="form-read", title="調査", edition=2)
    first = Question.objects.create(questionnaire=stored, key="r1", text="一つ目", position=1)
    Question.objects.create(
        questionnaire=stored, key="h", kind=QuestionType.SECTION, text="見出し", position=2
    )
    Question.objects.create(questionnaire=stored, key="r2", text="二つ目", position=3)
    Option.objects.create(question=first, key="o2", label="後", position=2)
    Option.objects.create(question=first, key="o1", label="先", position=1, is_extra=True)
    with django_assert_num_queries(3):
        found = form_shape.read(stored)
    assert found.title == "調査（第2版）"
    assert [(page.key, page.heading, keys(page.questions)) for page in found.pages] == [
        ("", "", ["r1"]),
        ("h", "見出し", ["r2"]),
    ]
    first, second = found.questions
    assert (first.label, second.label) == ("問1", "問2")
    assert keys(first.ticks) == ["o1"]
    assert keys(first.choices) == ["o2"]
