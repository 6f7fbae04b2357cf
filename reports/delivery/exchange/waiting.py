"""An answer that was handed in and waits for its confirmation: for an hour, seen by who handed it in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import ValidationError

from municipalities.kernel import drafts
from reports.delivery.exchange import answers

if TYPE_CHECKING:
    from municipalities.models import User
    from reports.delivery.exchange.answers import Answer
    from reports.models import ProgressReport

AN_HOUR = 3600
NOTHING_WAITS = "取り込みを待っている回答がありません（確認から1時間で消えます）。もう一度ファイルを選んでください。"
TOO_MUCH = "回答の文が長すぎて、確認の画面に残せません。アドバイザーに、2つに分けて回答してもらってください。"


def _form_key(report: ProgressReport) -> str:
    return f"answer-{report.pk}"


def _salt(report: ProgressReport, author: User) -> str:
    return f"reports.answer:{report.pk}:{author.pk}"


def keep(report: ProgressReport, answer: Answer, *, author: User) -> None:
    """Keep an answer in place of the one before. Raises ValidationError when it is too long for that."""
    text = signing.dumps(answer.as_told(), salt=_salt(report, author), compress=True)
    fields = {"answer": text}
    if not drafts.keep(author=author, form_key=_form_key(report), base_version=0, fields=fields):
        raise ValidationError(TOO_MUCH)


def of(report: ProgressReport, *, author: User) -> Answer | None:
    """Return the answer that waits; None when there is none, or it has waited too long."""
    draft = drafts.Draft.objects.of(author, _form_key(report)).first()
    if draft is None:
        return None
    kept = draft.fields.get("answer", "")
    try:
        told = signing.loads(kept, salt=_salt(report, author), max_age=AN_HOUR)
        return answers.read(json.dumps(told).encode())
    except (signing.BadSignature, ValidationError):
        return None


def drop(report: ProgressReport, *, author: User) -> None:
    drafts.drop(author=author, form_key=_form_key(report))
