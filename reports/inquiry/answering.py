"""Writing answers to a 照会 and answering it: what the municipality presses."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.kernel import changes
from municipalities.models import AccessEvent
from municipalities.prefecture_tenancy import reading_prefecture
from reports.choices import ReplyState
from reports.models import Inquiry, InquiryAnswer, InquiryReply, InquiryReplyLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from municipalities.models import Cycle, Municipality, User
    from reports.inquiry.reading import Sheet

ANSWERED, ENTERED = "inquiry_answer", "inquiry_entry"
CLOSED = "この照会は締め切られています。回答を直すときは、問い合わせ先に書かれた県の担当課に連絡してください。"
WITHDRAWN = "この照会は、県が取り消しました。回答は必要ありません。"
MISSING = "必ず回答する質問が残っています（{names}）。回答を書いてから、もう一度回答してください。"
OVERTAKEN = (
    "確かめたあとに、ほかの人が回答の内容を変えたため、まだ県に送っていません。"
    "下の内容を確かめて、もう一度回答してください。"
)
ALREADY = "ほかの画面から、すでに同じ内容で回答しています。もう一度回答する必要はありません。"
ENTERED_MEANWHILE = (
    "確認のあとで、ほかの人が回答を入力しています。もう一度、回答票を選んで確かめてください。"
)
HAS_ANSWERED = "この市町村は、このシステムで回答しています。県からは書き換えられません。"
NOTHING = "回答が一つも書かれていません。回答を書いてから、もう一度回答してください。"


class Overtaken(ValidationError):
    """What was looked at is not what is there now: nothing was sent."""


class Contested(Exception):
    """Others have written the same answers meanwhile: the key of each question → what they wrote."""

    def __init__(self, theirs: dict[str, str]) -> None:
        super().__init__(f"{len(theirs)} answers in conflict")
        self.theirs = theirs


def save(
    cycle: Cycle, sheet: Sheet, texts: Mapping[str, str], *, seen: Mapping[str, int], by: User
) -> int:
    """Keep answers as a draft; `seen` are the versions of the rows they were written over, 0 none.

    Returns how many changed. Raises Contested, having written nothing, and ValidationError when the 照会 is closed.
    """
    try:
        with transaction.atomic():
            refuse_closed(sheet.inquiry, cycle.municipality)
            return _save(cycle, sheet, texts, seen=seen, by=by)
    except (IntegrityError, changes.StaleVersion):
        # Of two first answers the second finds the first one's row.
        with transaction.atomic():
            return _save(cycle, sheet, texts, seen=seen, by=by)


def _save(
    cycle: Cycle, sheet: Sheet, texts: Mapping[str, str], *, seen: Mapping[str, int], by: User
) -> int:
    stored = {
        row.key: row for row in InquiryAnswer.objects.filter(cycle=cycle, inquiry=sheet.inquiry.key)
    }
    wanted, theirs = {}, {}
    for key, text in texts.items():
        row, base = stored.get(key), seen.get(key, 0)
        if row is None or row.text == text or row.version == base:
            wanted[key] = text
        elif text != text_at(row, base):
            theirs[key] = row.text
    if theirs:
        raise Contested(theirs)
    written = sum(
        _write(cycle, sheet.inquiry.key, key, text, stored.get(key), by=by)
        for key, text in wanted.items()
    )
    if written:
        untouched = InquiryReply.objects.filter(pk=sheet.reply.pk, state=ReplyState.UNTOUCHED)
        untouched.update(state=ReplyState.DRAFT)
    return written


def text_at(row: InquiryAnswer, version: int) -> str:
    """Return an answer as it stood when somebody opened the page; nothing before its first version."""
    if not 0 < version <= row.version:
        return ""
    return str(changes.values_at(row, version, ["text"])["text"])


def _write(  # noqa: PLR0913 -- an answer has these parts
    cycle: Cycle, inquiry: str, key: str, text: str, row: InquiryAnswer | None, *, by: User
) -> bool:
    if row is None:
        if text:
            made = InquiryAnswer(cycle=cycle, inquiry=inquiry, key=key, text=text)
            changes.create_versioned(made, by=by)
        return bool(text)
    if row.text == text:
        return False
    row.text = text
    changes.save_versioned(row, by=by, expected_version=row.version, fields=("text",))
    return True


def mark_of(sheet: Sheet) -> str:
    """Return a mark of what stands on the page, so that what goes out is what was looked at."""
    told = [sorted(sheet.texts.items()), stamp_of(sheet.reply)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def stamp_of(reply: InquiryReply) -> str:
    """Return when the prefecture was last answered, as a mark; nothing before."""
    return reply.answered_at.isoformat() if reply.answered_at else ""


def answer(cycle: Cycle, sheet: Sheet, *, mark: str, by: User) -> None:
    """回答する: the prefecture reads from now on what is written here. Raises ValidationError.

    Overtaken where somebody has answered or written since the page was opened.
    """
    if mark != mark_of(sheet):
        raise Overtaken(OVERTAKEN if sheet.is_to_answer else ALREADY)
    if not any(sheet.texts.values()):
        raise ValidationError(NOTHING)
    if missing := sheet.missing:
        raise ValidationError(MISSING.format(names="、".join(one.name for one in missing)))
    if not sheet.is_to_answer:
        raise Overtaken(ALREADY)
    with transaction.atomic():
        refuse_closed(sheet.inquiry, cycle.municipality)
        if not publish(sheet.reply, sheet.texts, is_by_prefecture=False):
            raise Overtaken(OVERTAKEN)
        note(ANSWERED, sheet.inquiry, cycle.municipality, sheet.texts, by=by)


def enter(
    inquiry: Inquiry, reply: InquiryReply, texts: Mapping[str, str], *, seen: str, by: User
) -> None:
    """県入力: the officer puts in what a municipality has sent on its own. Raises ValidationError.

    `seen` is the stamp of the reply that the officer looked at.
    """
    place = reply.municipality
    if reply.is_answered and not reply.is_by_prefecture:
        raise ValidationError(HAS_ANSWERED)
    if seen != stamp_of(reply):
        raise ValidationError(ENTERED_MEANWHILE)
    with transaction.atomic():
        refuse_closed(inquiry, place)
        if not publish(reply, texts, is_by_prefecture=True):
            raise ValidationError(ENTERED_MEANWHILE)
        note(ENTERED, inquiry, place, texts, by=by)


def publish(reply: InquiryReply, texts: Mapping[str, str], *, is_by_prefecture: bool) -> bool:
    """Write the copy that the prefecture reads, in the caller's transaction; the update holds the row.

    False, and nothing written, where somebody has answered since the reply was read.
    """
    now = timezone.now()
    as_read = InquiryReply.objects.filter(pk=reply.pk, answered_at=reply.answered_at)
    if not as_read.update(
        state=ReplyState.ANSWERED, answered_at=now, is_by_prefecture=is_by_prefecture
    ):
        return False
    InquiryReply.objects.filter(pk=reply.pk, first_answered_at=None).update(first_answered_at=now)
    InquiryReplyLine.objects.filter(reply=reply).delete()
    InquiryReplyLine.objects.bulk_create(
        InquiryReplyLine(reply=reply, question=key, text=text)
        for key, text in texts.items()
        if text
    )
    return True


def refuse_closed(inquiry: Inquiry, place: Municipality) -> None:
    """Raise ValidationError unless the 照会 takes answers right now."""
    with reading_prefecture(place.prefecture_id):
        now = Inquiry.objects.get(pk=inquiry.pk)
    if not now.is_open:
        raise ValidationError(why_shut(now))


def why_shut(inquiry: Inquiry) -> str:
    """Return why a 照会 takes no answers, and what to do."""
    return WITHDRAWN if inquiry.is_withdrawn else CLOSED


def note(
    deed: str, inquiry: Inquiry, place: Municipality, texts: Mapping[str, str], *, by: User
) -> None:
    """Write down who let the answers of a municipality out, and how many: never their words."""
    AccessEvent.objects.create(
        actor=by,
        deed=deed,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=place.code,
        after={"inquiry": inquiry.key, "answers": sum(map(bool, texts.values()))},
    )
