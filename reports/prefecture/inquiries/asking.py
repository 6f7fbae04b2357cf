"""What an officer does with a 照会: send it, tell of a change, close it, and open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from reports.choices import InquiryState
from reports.inquiry import mailing
from reports.inquiry.questions import digest, numbered
from reports.models import InquiryReply

if TYPE_CHECKING:
    from municipalities.models import Municipality, Prefecture, User
    from reports.models import Inquiry

NO_QUESTIONS = "質問がまだありません。質問を追加してから、送信してください。"
PAST_DUE = "回答の期限が過ぎています。「編集する」で期限を直してから、送信してください。"
NO_TOWNS = "照会する市町村がありません。「編集する」で市町村を選んでください。"
ALREADY_MOVED = "ほかの人が先に照会の状態を変えています。いまの状態を確かめてください。"
ALREADY = "この照会は、すでに送信しています。"
OVERTAKEN = (
    "ほかの人が照会の内容を変更したため、まだ送信していません。"
    "下の内容を確かめて、もう一度送信してください。"
)


def towns_of(inquiry: Inquiry, prefecture: Prefecture) -> list[Municipality]:
    """Return the municipalities that a 照会 goes to, by code."""
    towns = list(prefecture.municipalities.without_wards())
    chosen = inquiry.town_codes
    return [one for one in towns if one.code in chosen] if chosen else towns


def mark_of(inquiry: Inquiry) -> str:
    """Return a mark of what is about to be sent: another word, another mark."""
    return f"{inquiry.version}-{digest(numbered(inquiry.questions.all()))}"


def send(inquiry: Inquiry, prefecture: Prefecture, *, mark: str, by: User) -> int:
    """Send a 照会 and return to how many municipalities. Within the prefecture. Raises ValidationError."""
    if not inquiry.is_draft:
        raise ValidationError(ALREADY)
    if not inquiry.questions.exists():
        raise ValidationError(NO_QUESTIONS)
    if inquiry.due_on < timezone.localdate():
        raise ValidationError(PAST_DUE)
    towns = towns_of(inquiry, prefecture)
    if not towns:
        raise ValidationError(NO_TOWNS)
    if mark != mark_of(inquiry):
        raise ValidationError(OVERTAKEN)
    with transaction.atomic():
        _move(inquiry, InquiryState.SENT, by=by, deed="send", sent_at=timezone.now())
        InquiryReply.objects.bulk_create(
            InquiryReply(municipality=one, inquiry=inquiry.key, fiscal_year=inquiry.fiscal_year)
            for one in towns
        )
        mailing.ring(mailing.SENT, inquiry, by=by)
    return len(towns)


def close(inquiry: Inquiry, *, by: User) -> None:
    """締め切る: no answer comes in any more. Raises ValidationError."""
    if not inquiry.is_open:
        raise ValidationError("受付中の照会ではないため、締め切れません。")
    _move(inquiry, InquiryState.CLOSED, by=by, deed="close")


def reopen(inquiry: Inquiry, *, by: User) -> None:
    """Take answers again. Raises ValidationError."""
    if not inquiry.is_closed:
        raise ValidationError("締め切った照会ではないため、受付を再開できません。")
    _move(inquiry, InquiryState.SENT, by=by, deed="reopen")


def _move(inquiry: Inquiry, state: InquiryState, *, by: User, deed: str, **values: object) -> None:
    """Change the state as it was read. Raises ValidationError where somebody else was first."""
    fresh = type(inquiry).objects.get(pk=inquiry.pk)
    for name, value in {"state": state, **values}.items():
        setattr(fresh, name, value)
    try:
        changes.save_versioned(
            fresh,
            by=by,
            expected_version=inquiry.version,
            fields=("state", *values),
            deed=deed,
        )
    except changes.StaleVersion as stale:
        raise ValidationError(OVERTAKEN if deed == "send" else ALREADY_MOVED) from stale
    inquiry.state = state


def change(inquiry: Inquiry, read: Inquiry, *, version: int, by: User) -> bool:
    """Write another due date or a notice of a sent 照会 and tell its municipalities. Raises StaleVersion."""
    with transaction.atomic():
        saved = changes.save_versioned(
            inquiry,  # type: ignore[arg-type]
            by=by,
            expected_version=version,
            fields=("due_on", "notice"),
            deed="extend",
            read=read,  # type: ignore[arg-type]
        )
        is_changed = saved.version != version
        if is_changed:
            mailing.ring(mailing.CHANGED, inquiry, by=by)
    return is_changed
