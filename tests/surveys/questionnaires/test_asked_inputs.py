"""A question as a page draws it: names of inputs, what was typed, readings of kanji, nothing of it HTML."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from surveys.choices import QuestionType
from surveys.questionnaires.shape import asked_inputs, furigana
from surveys.questionnaires.shape.form_shape import END, Asked, Choice, Form, Page, Row
from surveys.templatetags.furigana import ruby

NASTY = "\"'><script>alert(1)</script>《か》<img src=x onerror=1>{{ 7|add:7 }}"


def form_of(*questions):
    return Form("f", "調査", "other", "", "", (Page("", "", "", questions),))


def html_of(asked, typed=None, *, errors=(), **context):
    inputs = asked_inputs.drawn(form_of(asked), asked, typed, errors=errors)
    return render_to_string(
        "surveys/asked/_question.html", {"inputs": inputs, "readings": "", **context}
    )


def test_readings_stand_above_the_kanji_before_them_or_from_a_bar_on():
    assert [
        (one.text, one.reading)
        for one in furigana.pieces("今後の在宅《ざいたく》と｜見守り《みまもり》を")
    ] == [
        ("今後の", ""),
        ("在宅", "ざいたく"),
        ("と", ""),
        ("見守り", "みまもり"),
        ("を", ""),
    ]
    assert furigana.plain("在宅《ざいたく》医療") == "在宅医療"


@pytest.mark.parametrize(
    "text", ["《》", "か《な》", "《ざいたく》", "在宅《ざいたく", "在宅《abc》"]
)
def test_what_is_no_reading_stays_as_typed(text):
    assert furigana.plain(text) == text
    assert ruby(text) == text


def test_a_reading_is_drawn_and_nothing_else_becomes_html():
    assert ruby("<b>在宅《ざいたく》") == (
        "&lt;b&gt;<ruby>在宅<rp>（</rp><rt>ざいたく</rt><rp>）</rp></ruby>"
    )


@pytest.mark.parametrize("kind", [one for one in QuestionType if one != QuestionType.SECTION])
def test_no_text_of_a_questionnaire_becomes_html(kind):
    asked = Asked(
        "k",
        1,
        kind,
        NASTY,
        help=NASTY,
        unit=NASTY,
        options=(Choice("o", NASTY, takes_text=True), Choice("x", NASTY, is_extra=True)),
        rows=(Row("r", NASTY),),
    )
    typed = {name: [NASTY] for name in ("q1", "q1t1", "q1t2")}
    html = html_of(asked, typed, errors=[NASTY], show_skips=True)
    assert "<script" not in html
    assert "<img" not in html
    assert "14" not in html


def test_single_choices_are_radio_buttons_with_numbers_and_lead_on():
    asked = Asked(
        "k",
        3,
        QuestionType.SINGLE,
        "どこで",
        options=(Choice("a", "自宅"), Choice("b", "その他", takes_text=True, skip_to=END)),
    )
    first, second = asked_inputs.drawn(form_of(asked), asked, {"q3": ["2"], "q3t2": ["船"]}).boxes
    assert (first.name, first.value, first.is_ticked, first.line) == ("q3", "1", False, None)
    assert (second.is_ticked, second.line.name, second.line.value) == (True, "q3t2", "船")
    assert second.leads_to == "終わりへ"
    html = html_of(asked)
    assert html.count('type="radio"') == 2
    assert "→終わりへ" not in html
    assert "→終わりへ" in html_of(asked, show_skips=True)


def test_a_table_has_a_scale_for_each_row_and_ticks_beside_it():
    asked = Asked(
        "k",
        2,
        QuestionType.MATRIX,
        "連携",
        options=(
            Choice("a", "ある"),
            Choice("b", "ない"),
            Choice("x", "これからしたい", is_extra=True),
        ),
        rows=(Row("r1", "病院"), Row("r2", "薬局")),
    )
    drawn = asked_inputs.drawn(form_of(asked), asked, {"q2r2": ["1"], "q2x1": ["1"]})
    assert [[box.is_ticked for box in row.scale] for row in drawn.rows] == [
        [False, False],
        [True, False],
    ]
    assert [[box.name for box in row.extra] for row in drawn.rows] == [["q2x1"], ["q2x2"]]
    assert [row.extra[0].is_ticked for row in drawn.rows] == [True, False]
    assert "「これからしたい」は、あてはまる行に別に✓をつけてください。" in furigana.plain(
        drawn.hint
    )


def test_how_many_may_be_ticked_is_said():
    several = Asked("k", 1, QuestionType.MULTIPLE, "x", most=3, options=(Choice("a", "あ"),))
    assert "3つまで選んでください。" in html_of(several)
    assert 'type="checkbox"' in html_of(several)


def test_what_is_chosen_alone_is_said_before_somebody_chooses_it_with_others():
    options = (Choice("a", "病院"), Choice("n", "特《とく》にない", is_exclusive=True))
    several = Asked("k", 1, QuestionType.MULTIPLE, "x", most=3, options=options)
    assert "「特にない」は、ほかと一緒に選べません。" in html_of(several)
    assert "一緒に" not in html_of(Asked("k", 1, QuestionType.MULTIPLE, "x", options=options[:1]))


@pytest.mark.parametrize(
    ("smallest", "largest", "said"),
    [
        (0, 60, "0年から60年までの数字を書いてください。"),
        (Decimal("0.50"), None, "0.5年以上の数字を書いてください。"),
        (None, 12000, "12,000年以下の数字を書いてください。"),
        (None, None, ""),
    ],
)
def test_which_numbers_are_taken_is_said(smallest, largest, said):
    limits = {
        name: None if one is None else Decimal(one)
        for name, one in (("smallest", smallest), ("largest", largest))
    }
    asked = Asked("k", 4, QuestionType.NUMBER, "何年", unit="年", **limits)
    assert furigana.plain(asked_inputs.drawn(form_of(asked), asked).hint) == said
    html = html_of(asked)
    assert said in html
    assert ('aria-describedby="q4h"' in html) == bool(said)


def test_what_is_wrong_is_tied_to_the_input():
    html = html_of(Asked("k", 4, QuestionType.NUMBER, "何人", unit="人"), errors=["数字で。"])
    assert 'aria-describedby="q4e" aria-invalid="true"' in html
    assert 'id="q4e">数字で。' in html
