"""Writing the options and rows of a question from lines: what is named stays or comes, what is not named goes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import transaction

from municipalities.kernel import changes, trash
from municipalities.rows.keys import new_key
from surveys.models import MatrixRow, Option, Question
from surveys.questionnaires.making import form_fixing
from surveys.questionnaires.shape.option_lines import OptionLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from municipalities.models import User

WRITTEN: dict[Any, tuple[str, ...]] = {
    Option: ("label", "is_exclusive", "takes_text", "is_extra", "points"),
    MatrixRow: ("label",),
}
WORDS: dict[Any, str] = {Option: "option", MatrixRow: "row"}


class Overtaken(Exception):
    """Somebody has changed the lists since they were opened; nothing was written."""


def lines_of(rows: Sequence[Any]) -> list[OptionLine]:
    """Return stored options or rows as lines."""
    return [OptionLine(**{name: getattr(row, name) for name in WRITTEN[type(row)]}) for row in rows]


def stored_of(question: Question) -> tuple[list[Option], list[MatrixRow]]:
    return list(question.options.all()), list(question.rows.all())


def mark_of(options: Sequence[Option], rows: Sequence[MatrixRow]) -> str:
    """Return a word that changes with every change of the lists."""
    state = ",".join(f"{row.key}:{row.version}" for row in (*options, *rows))
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def replace(
    question: Question,
    options: Sequence[OptionLine],
    rows: Sequence[OptionLine],
    *,
    mark: str,
    by: User,
) -> list[Option]:
    """Make the lists read exactly so; return the options that went. Raises Overtaken, FormIsFixed.

    What goes lies in the trash for thirty days.
    """
    with transaction.atomic():
        form_fixing.hold(question.questionnaire)
        if not Question.objects.select_for_update().filter(pk=question.pk):
            raise Overtaken
        stored_options, stored_rows = stored_of(question)
        if mark_of(stored_options, stored_rows) != mark:
            raise Overtaken
        gone = _settle(question, stored_options, options, model=Option, by=by)
        _settle(question, stored_rows, rows, model=MatrixRow, by=by)
    return gone


def _settle(
    question: Question, stored: Sequence[Any], lines: Sequence[OptionLine], *, model: Any, by: User
) -> list[Any]:
    """Write what is named and throw away what is not; return the latter."""
    same = matched(stored, lines)
    gone = [row for row in stored if row not in same.values()]
    for row in gone:
        trash.throw_away(row, by=by)
    for position, line in enumerate(lines, 1):
        row = same.get(line.label) or model(question=question, key=new_key(WORDS[model]))
        names = WRITTEN[model]
        for name in names:
            setattr(row, name, getattr(line, name))
        row.position = position
        if row.pk is None:
            changes.create_versioned(row, by=by)
        else:
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=(*names, "position")
            )
    return gone


def matched(stored: Sequence[Any], lines: Sequence[OptionLine]) -> dict[str, Any]:
    """Return which stored row each line is, by its label.

    Rows are known by their words. Where as many old words are gone as new ones have come, words were
    corrected: the rows stay, in their order, with where they lead to.
    """
    by_label = {row.label: row for row in stored}
    same = {line.label: by_label[line.label] for line in lines if line.label in by_label}
    old = [row for row in stored if row.label not in same]
    new = [line.label for line in lines if line.label not in same]
    if len(old) == len(new):
        same |= dict(zip(new, old, strict=True))
    return same
