"""What a town sees of its prefecture's questionnaires: only those that were sent to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from municipalities.prefecture_tenancy import reading_prefecture
from surveys.models import FormReply, PrefectureForm

if TYPE_CHECKING:
    from municipalities.models import Cycle


@dataclass(frozen=True, slots=True)
class Received:
    """A questionnaire of the prefecture, and how far the town is with it."""

    form: PrefectureForm
    reply: FormReply


def of_year(cycle: Cycle) -> list[Received]:
    """Return what a town was sent in a year, the latest first, in two queries."""
    replies = {
        one.form: one
        for one in FormReply.objects.filter(
            municipality=cycle.municipality_id, fiscal_year=cycle.fiscal_year
        )
    }
    if not replies:
        return []
    with reading_prefecture(cycle.municipality.prefecture_id):
        forms = list(PrefectureForm.objects.filter(key__in=list(replies)))
    return [Received(form, replies[form.key]) for form in forms]


def waiting(cycle: Cycle) -> list[Received]:
    """Return those whose results are not shared yet."""
    return [one for one in of_year(cycle) if not one.reply.is_shared]


def one(cycle: Cycle, key: str) -> Received:
    """Return one of them. Raises Http404."""
    found = next((one for one in of_year(cycle) if one.form.key == key), None)
    if found is None:
        raise Http404
    return found
