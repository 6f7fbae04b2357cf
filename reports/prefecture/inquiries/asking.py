"""What an officer does with a 照会: send it, tell of a change, withdraw it, close it, and open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from reports.choices import InquiryState
from reports.inquiry import mailing
from reports.inquiry.questions import digest, numbered
from reports.models import InquiryReply, YearProgress
from reports.prefecture.sendings import towns_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from municipalities.models import Municipality, Prefecture, User
    from reports.models import Inquiry

NO_QUESTIONS = "質問がまだありません。質問を追加してから、送信してください。"
PAST_DUE = "回答の期限が過ぎています。「編集する」で期限を直してから、送信してください。"
NOT_OPEN = "受付中の照会ではないため、{}。"
NOT_CLOSED = "締め切った照会ではないため、受付を再開できません。"
NO_TOWNS = "照会する市町村がありません。「編集する」で市町村を選んでください。"
ALREADY_MOVED = "ほかの人が先に照会の状態を変えています。いまの状態を確かめてください。"
ALREADY = "この照会は、すでに送信しています。"
OVERTAKEN = (
    "ほかの人が照会の内容を変更したため、まだ送信していません。"
    "下の内容を確かめて、もう一度送信してください。"
)

# The code of an error that says: what you looked at is no longer what is there.
STALE = "stale"


def mark_of(inquiry: Inquiry) -> str:
    """Return a mark of what is about to be sent: another word, another mark."""
    return f"{inquiry.version}-{digest(numbered(inquiry.questions.all()))}"


def troubles(inquiry: Inquiry, towns: Sequence[Municipality], number: int) -> Iterator[str]:
    """Yield why a draft with so many questions cannot be sent, each in a sentence."""
    if not number:
        yield NO_QUESTIONS
    if inquiry.due_on < timezone.localdate():
        yield PAST_DUE
    if not towns:
        yield NO_TOWNS


def not_begun(inquiry: Inquiry, towns: Sequence[Municipality]) -> list[Municipality]:
    """Return the municipalities that have not opened the year of a 照会: they cannot answer on a page."""
    year = {"municipality__in": towns, "fiscal_year": inquiry.fiscal_year}
    begun = set(YearProgress.objects.filter(**year).values_list("municipality", flat=True))
    return [town for town in towns if town.pk not in begun]


def send(inquiry: Inquiry, prefecture: Prefecture, *, mark: str, by: User) -> list[Municipality]:
    """Send a 照会 and return to which municipalities. Within the prefecture. Raises ValidationError."""
    if not inquiry.is_draft:
        raise ValidationError(ALREADY)
    towns = towns_of(inquiry, prefecture)
    if found := list(troubles(inquiry, towns, inquiry.questions.count())):
        raise ValidationError(found)
    if mark != mark_of(inquiry):
        raise ValidationError(OVERTAKEN, code=STALE)
    with transaction.atomic():
        _move(inquiry, InquiryState.SENT, by=by, deed="send", sent_at=timezone.now())
        InquiryReply.objects.bulk_create(
            InquiryReply(municipality=one, inquiry=inquiry.key, fiscal_year=inquiry.fiscal_year)
            for one in towns
        )
        mailing.ring(mailing.SENT, inquiry, by=by)
    return towns


def withdraw(inquiry: Inquiry, *, reason: str, by: User) -> None:
    """取り消す: nobody needs to answer it any more, and every town that was asked is told why.

    Answers stay where they are. Raises ValidationError.
    """
    if not inquiry.is_open:
        raise ValidationError(NOT_OPEN.format("取り消せません"))
    with transaction.atomic():
        _move(inquiry, InquiryState.WITHDRAWN, by=by, deed="withdraw", withdrawn_reason=reason)
        mailing.ring(mailing.WITHDRAWN, inquiry, by=by)


def close(inquiry: Inquiry, *, by: User) -> None:
    """締め切る: no answer comes in any more. Raises ValidationError."""
    if not inquiry.is_open:
        raise ValidationError(NOT_OPEN.format("締め切れません"))
    _move(inquiry, InquiryState.CLOSED, by=by, deed="close")


def reopen(inquiry: Inquiry, *, due_on: dt.date, notice: str, by: User) -> None:
    """Take answers again until a day, and tell every town that was asked. Raises ValidationError."""
    if not inquiry.is_closed:
        raise ValidationError(NOT_CLOSED)
    with transaction.atomic():
        _move(inquiry, InquiryState.SENT, by=by, deed="reopen", due_on=due_on, notice=notice)
        mailing.ring(mailing.REOPENED, inquiry, by=by)


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
        said = OVERTAKEN if deed == "send" else ALREADY_MOVED
        raise ValidationError(said, code=STALE) from stale
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
