"""Keeping the tables of a round whose answers go, and saying which parted tables stay with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.kernel import changes
from municipalities.rows.keys import new_key
from surveys.models import KeptTables
from surveys.questionnaires.shape import form_shape
from surveys.tabulation.keeping import kept_crosses, registering
from surveys.tabulation.reading import kept_document, tabulating

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import SurveyRound

MOST = 5
TOO_MANY = f"残すクロス集計は、{MOST}つまで選べます。先に、残さなくてよいものを外してください。"
NO_QUESTION = "分ける設問を選んでから押してください。"


def keep(row: SurveyRound, *, by: User | None) -> KeptTables | None:
    """Count a held round and keep its tables; None where nobody has answered. `by` None: the clock.

    Inside the transaction that deletes the answers: what is kept is what went.
    """
    found = tabulating.counted(row, form_shape.read(row.questionnaire))
    KeptTables.objects.filter(round=row).delete()
    if not found.n:
        return None
    crosses = kept_crosses.kept(found, row.pinned)
    kept = KeptTables(
        key=new_key("tables"),
        cycle=row.cycle,
        round=row,
        kept_on=timezone.localdate(),
        content=kept_document.write(found, crosses),
    )
    changes.create_versioned(kept, by=by, deed="keep")
    return kept


def pin(row: SurveyRound, *, by: User, number: str) -> SurveyRound:
    """Let the tables parted by a question stay when the answers go; pressed again, no longer.

    Raises ValidationError where there is no such question or too many are kept, StaleVersion.
    """
    row.refuse_emptied()
    form = form_shape.read(row.questionnaire)
    if number not in {one.number for one in registering.tables_of(form) if one.is_single}:
        raise ValidationError(NO_QUESTION)
    pinned = [one for one in row.pinned if one != number]
    if len(pinned) == len(row.pinned):
        pinned.append(number)
    if len(pinned) > MOST:
        raise ValidationError(TOO_MANY)
    row.kept_by = " ".join(pinned)
    changes.save_versioned(
        row, by=by, expected_version=row.version, fields=("kept_by",), deed="pin"
    )
    return row
