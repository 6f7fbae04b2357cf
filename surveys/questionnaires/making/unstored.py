"""The shape of a questionnaire that is no row of a town: a template, or one of its prefecture; without a query."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from surveys.models import Questionnaire
from surveys.questionnaires.making import form_making
from surveys.questionnaires.making.questionnaire_document import ASKED
from surveys.questionnaires.shape import form_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.questionnaires.shape.form_shape import Form

DRAWN = ("key", *ASKED.fields[1:])


class Head(Protocol):
    """What stands above the questions."""

    key: Any
    title: Any
    target: Any
    opening: Any
    closing: Any


class _Rows(tuple):
    """Rows that are not stored, read as a relation is read."""

    __slots__ = ()

    def all(self) -> _Rows:
        return self


def shape(source: Head, asking: Sequence[dict[str, Any]]) -> Form:
    """Return the shape of what asks these rows of the document."""
    head = Questionnaire(
        key=source.key,
        title=source.title,
        target=source.target,
        opening=source.opening,
        closing=source.closing,
    )
    keys = form_making.kept_keys(asking)
    questions, options, rows = form_making.made(head, asking, range(len(asking)), keys)
    drawn: Any = [
        SimpleNamespace(
            **{name: getattr(one, name) for name in DRAWN},
            options=_Rows(option for option in options if option.question is one),
            rows=_Rows(row for row in rows if row.question is one),
        )
        for one in questions
    ]
    return form_shape.of_rows(head, drawn)
