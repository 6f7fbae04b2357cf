"""What an officer does with a questionnaire for the towns: give it questions, and send it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from reports.prefecture.sendings import towns_of
from reports.surveying import mailing
from surveys.choices import PrefectureFormState
from surveys.models import FormReply, PrefectureForm
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import form_checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from municipalities.models import Municipality, Prefecture, User

ALREADY = "この調査票は、すでに送付しています。"
NO_TOWNS = "送る市町村がありません。「編集する」で市町村を選んでください。"
OVERTAKEN = "ほかの人が内容を変更したため、まだ送付していません。下の内容を確かめて、もう一度押してください。"


def give_questions(form: PrefectureForm, asking: Sequence[dict[str, Any]], *, by: User) -> None:
    """Let a draft ask these questions, under keys of its own. Raises StaleVersion."""
    form.asked = written(asking)
    changes.save_versioned(
        form,  # type: ignore[arg-type]
        by=by,
        expected_version=form.version,
        fields=("asked",),
    )


def written(asking: Sequence[dict[str, Any]]) -> str:
    """Return questions as the column keeps them, under new keys."""
    return json.dumps(prefecture_forms.rekeyed(asking), ensure_ascii=False)


def send(
    form: PrefectureForm, prefecture: Prefecture, *, version: int, by: User
) -> list[Municipality]:
    """Send a questionnaire as it was seen; return to which towns. Raises ValidationError."""
    if not form.is_draft:
        raise ValidationError(ALREADY)
    if version != form.version:
        raise ValidationError(OVERTAKEN)
    if found := form_checks.troubles(prefecture_forms.shape_of(form)):
        raise ValidationError([one.sentence for one in found])
    towns = towns_of(form, prefecture)
    if not towns:
        raise ValidationError(NO_TOWNS)
    form.state, form.sent_at = PrefectureFormState.SENT, timezone.now()
    try:
        with transaction.atomic():
            changes.save_versioned(
                form,  # type: ignore[arg-type]
                by=by,
                expected_version=version,
                fields=("state", "sent_at"),
                deed="send",
            )
            FormReply.objects.bulk_create(
                FormReply(municipality=one, form=form.key, fiscal_year=form.fiscal_year)
                for one in towns
            )
            mailing.ring(form, by=by)
    except changes.StaleVersion as stale:
        raise ValidationError(OVERTAKEN) from stale
    return towns
