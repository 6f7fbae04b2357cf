"""Deleting a questionnaire: not while a round uses it, and told to the prefecture whose questions it bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.japanese import fiscal
from municipalities.kernel import trash
from surveys.models import SurveyRound
from surveys.questionnaires.making import prefecture_forms

if TYPE_CHECKING:
    from municipalities.models import Cycle, User
    from surveys.models import Questionnaire


def kept_because(questionnaire: Questionnaire) -> str:
    """Say which rounds use a questionnaire and what to do, or nothing. One query."""
    rounds = SurveyRound.objects.filter(questionnaire=questionnaire).select_related("cycle")
    names = [
        f"「{row.title}」（{fiscal.label(row.cycle.fiscal_year)}）"
        for row in rounds.order_by("-cycle__fiscal_year", "position", "pk")
    ]
    if not names:
        return ""
    return (
        f"この調査票は{'、'.join(names)}の実施で使われているため、削除できません。"
        "使っている調査の実施を先に削除すると、調査票も削除できます"
        "（回答があるときは、「回答を今すぐ消す」を先に行います）。"
    )


def throw_away(row: Questionnaire, *, by: User, title: str = "", cycle: Cycle) -> trash.TrashItem:
    """Move a questionnaire into the trash and tell its prefecture. Raises InUse, StaleVersion."""
    with transaction.atomic():
        if rounds := [*SurveyRound.objects.filter(questionnaire=row)]:
            raise trash.InUse([*rounds])
        item = trash.throw_away(row, by=by, title=title)
        prefecture_forms.tell(cycle, row.key)
    return item
