"""Readings of kanji, shown or left out of a whole questionnaire; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.choices import SurveyTarget
from surveys.questionnaires.shape.furigana import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.questionnaires.shape.form_shape import Asked, Form, Page

SHOWN, HIDDEN = "on", "off"


def has_any(form: Form) -> bool:
    return any(text != plain(text) for text in _texts(form))


def _texts(form: Form) -> Iterator[str]:
    yield from (form.opening, form.closing)
    for page in form.pages:
        yield from (page.heading, page.help)
        for asked in page.questions:
            yield from (asked.text, asked.help)
            yield from (one.label for one in asked.options)
            yield from (one.label for one in asked.rows)


def wanted(form: Form, *said: str) -> str:
    """Return SHOWN or HIDDEN: the first thing that was said, else by whom is asked. Professionals read kanji."""
    for one in said:
        if one in {SHOWN, HIDDEN}:
            return one
    return HIDDEN if form.target == SurveyTarget.PROFESSIONALS else SHOWN


def other(one: str) -> str:
    return HIDDEN if one == SHOWN else SHOWN


def without(form: Form) -> Form:
    """Return the questionnaire with its kanji alone."""
    return replace(
        form,
        opening=plain(form.opening),
        closing=plain(form.closing),
        pages=tuple(_page(page) for page in form.pages),
    )


def _page(page: Page) -> Page:
    return replace(
        page,
        heading=plain(page.heading),
        help=plain(page.help),
        questions=tuple(_asked(asked) for asked in page.questions),
    )


def _asked(asked: Asked) -> Asked:
    return replace(
        asked,
        text=plain(asked.text),
        help=plain(asked.help),
        options=tuple(replace(one, label=plain(one.label)) for one in asked.options),
        rows=tuple(replace(one, label=plain(one.label)) for one in asked.rows),
    )
