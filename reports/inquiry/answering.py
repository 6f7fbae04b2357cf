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
from reports.choices import InquiryState, ReplyState
from reports.models import Inquiry, InquiryAnswer, InquiryReply, InquiryReplyLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from municipalities.models import Cycle, Municipality, User
    from reports.inquiry.reading import Sheet

ANSWERED, ENTERED = "inquiry_answer", "inquiry_entry"
CLOSED = "この照会は締め切られています。回答を直すときは、問い合わせ先に書かれた県の担当課に連絡してください。"
MISSING = "必ず回答する質問が残っています（{names}）。回答を書いてから、もう一度回答してください。"
OVERTAKEN = (
    "確かめたあとに、ほかの人が回答の内容を変えたため、まだ県に送っていません。"
    "下の内容を確かめて、もう一度回答してください。"
)
HAS_ANSWERED = "この市町村は、このシステムで回答しています。県からは書き換えられません。"
NOTHING = "回答が一つも書かれていません。回答を書いてから、もう一度回答してください。"


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
    told = sorted(sheet.texts.items())
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def answer(cycle: Cycle, sheet: Sheet, *, mark: str, by: User) -> None:
    """回答する: the prefecture reads from now on what is written here. Raises ValidationError."""
    if not any(sheet.texts.values()):
        raise ValidationError(NOTHING)
    if missing := sheet.missing:
        raise ValidationError(MISSING.format(names="、".join(one.name for one in missing)))
    if mark != mark_of(sheet):
        raise ValidationError(OVERTAKEN)
    with transaction.atomic():
        refuse_closed(sheet.inquiry, cycle.municipality)
        rows = InquiryReply.objects.filter(pk=sheet.reply.pk)
        publish(rows, sheet.texts, is_by_prefecture=False)
        note(ANSWERED, sheet.inquiry, cycle.municipality, sheet.texts, by=by)


def enter(inquiry: Inquiry, reply: InquiryReply, texts: Mapping[str, str], *, by: User) -> None:
    """県入力: the officer puts in what a municipality has sent on its own. Raises ValidationError."""
    place = reply.municipality
    with transaction.atomic():
        refuse_closed(inquiry, place)
        rows = InquiryReply.objects.filter(pk=reply.pk)
        free = rows.exclude(state=ReplyState.ANSWERED, is_by_prefecture=False)
        publish(free, texts, is_by_prefecture=True)
        note(ENTERED, inquiry, place, texts, by=by)


def publish(rows: object, texts: Mapping[str, str], *, is_by_prefecture: bool) -> None:
    """Write the copy that the prefecture reads, in the caller's transaction; the update holds the row."""
    now = timezone.now()
    moved = rows.update(  # type: ignore[attr-defined]
        state=ReplyState.ANSWERED, answered_at=now, is_by_prefecture=is_by_prefecture
    )
    if not moved:
        raise ValidationError(HAS_ANSWERED)
    reply = rows.get()  # type: ignore[attr-defined]
    InquiryReply.objects.filter(pk=reply.pk, first_answered_at=None).update(first_answered_at=now)
    InquiryReplyLine.objects.filter(reply=reply).delete()
    InquiryReplyLine.objects.bulk_create(
        InquiryReplyLine(reply=reply, question=key, text=text)
        for key, text in texts.items()
        if text
    )


def refuse_closed(inquiry: Inquiry, place: Municipality) -> None:
    """Raise ValidationError unless the 照会 takes answers right now."""
    with reading_prefecture(place.prefecture_id):
        if not Inquiry.objects.filter(pk=inquiry.pk, state=InquiryState.SENT).exists():
            raise ValidationError(CLOSED)


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
