"""Templates and library: readable, nothing to put right in them, and no key of theirs leads nowhere."""

import re

import pytest

from surveys.choices import QuestionType, SurveyTarget
from surveys.questionnaires.making import form_templates
from surveys.questionnaires.shape import form_checks, furigana
from surveys.questionnaires.shape.form_shape import END, Asked, Choice, Form, Page, Row

KANJI = re.compile("[々\u3400-\u4dbf\u4e00-\u9fff]")
OFFERS = [*form_templates.templates(), *form_templates.library()]


def form_of(asked):
    """Return the shape of a template, as its stored questions would be read."""
    pages, key, heading, inside = [], "", "", []
    for number, one in enumerate(asked, 1):
        if one["kind"] == QuestionType.SECTION:
            pages.append(Page(key, heading, "", tuple(inside)))
            key, heading, inside = one["key"], one["text"], []
        else:
            inside.append(asked_of(one, number))
    pages.append(Page(key, heading, "", tuple(inside)))
    return Form("f", "t", "other", "", "", tuple(pages))


def asked_of(one, number):
    known = ("label", "is_exclusive", "takes_text", "is_extra", "points", "skip_to")
    return Asked(
        one["key"],
        number,
        one["kind"],
        one["text"],
        most=one["most"],
        options=tuple(
            Choice(key=option["key"], **{name: option[name] for name in known})
            for option in one["options"]
        ),
        rows=tuple(Row(row["key"], row["label"]) for row in one["matrix_rows"]),
    )


def test_the_templates_that_a_town_needs_are_there():
    assert {one.key for one in form_templates.templates()} == {
        "care-managers",
        "medical-institutions",
        "residents",
        "study-before",
        "study-after",
        "discharge",
    }
    assert all(one.target in SurveyTarget for one in form_templates.templates())


@pytest.mark.parametrize("offer", OFFERS, ids=lambda one: one.key)
def test_nothing_is_to_be_put_right_in_a_template(offer):
    assert form_checks.troubles(form_of(offer.asked)) == []


@pytest.mark.parametrize("offer", OFFERS, ids=lambda one: one.key)
def test_what_a_template_names_is_in_it(offer):
    keys = {one["key"] for one in offer.asked} | {"", END}
    assert len(keys) == len(offer.asked) + 2
    for one in offer.asked:
        assert one["beside_key"] in keys
        assert {option["skip_to"] for option in one["options"]} <= keys


def without_reading(offer):
    """Return the texts of an offer in which a kanji stands without its reading."""
    texts = [getattr(offer, name, "") for name in ("opening", "closing")]
    for one in offer.asked:
        labels = [each["label"] for each in (*one["options"], *one["matrix_rows"])]
        texts += [one["text"], one["help"], *labels]
    return [text for text in texts if KANJI.search(bare(text))]


def bare(text):
    return "".join(piece.text for piece in furigana.pieces(text) if not piece.reading)


FOR_RESIDENTS = [
    *(one for one in form_templates.templates() if one.target == SurveyTarget.RESIDENTS),
    *(one for one in form_templates.library() if "住民" in one.about),
]


@pytest.mark.parametrize("offer", FOR_RESIDENTS, ids=lambda one: one.key)
def test_every_kanji_that_residents_meet_has_its_reading(offer):
    assert without_reading(offer) == []


def test_a_kanji_without_its_reading_is_found():
    assert {one.key for one in FOR_RESIDENTS} >= {"residents", "place", "last-stage"}
    assert without_reading(form_templates.template("discharge"))
    assert not KANJI.search(bare("食事《しょくじ》の配達《はいたつ》"))
    assert KANJI.search(bare("食事《しょくじ》の配達"))


def test_before_and_after_a_study_meeting_ask_the_same():
    before, after = (form_templates.template(key).asked for key in ("study-before", "study-after"))
    same = [one["text"] for one in before if one["kind"] == QuestionType.SCALE]
    assert len(same) == 3
    assert same == [one["text"] for one in after if one["kind"] == QuestionType.SCALE][:3]
