"""Taking an answer in: bound to this report's newest version and to a ticket of ours; all of it, once, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.access import Permission, may_in
from municipalities.japanese.dates import in_western
from municipalities.kernel import signing
from municipalities.models import Change, User
from reports.choices import WordOrigin
from reports.delivery.exchange import reader, tickets
from reports.document import snapshot
from reports.models import Comment
from reports.submission.advising import commenting, deciding
from reports.submission.drafts.moving import move

if TYPE_CHECKING:
    from reports.delivery.exchange.answers import Answer, Said
    from reports.models import ProgressReport, Snapshot

DEED = "exchange_in"
ANOTHER_REPORT = "別の報告書（{}）への回答です。その報告書の画面から取り込んでください。"
NOT_SUBMITTED = (
    "この報告書の、提出した内容への回答ではありません。受け取ったファイルを確かめてください。"
)
OLDER = (
    "第{}版への回答ですが、第{}版を出し直しているため、取り込めません。"
    "新しい版のファイルをアドバイザーに渡して、もう一度回答してもらってください。"
)
NOT_OURS = "この環境で作ったファイルへの回答ではないため、取り込めません。受け取ったファイルを確かめてください。"
EXPIRED = "回答の期限（{}）が過ぎています。新しいファイルを作り、もう一度回答してもらってください。"
TERM_ENDED = "回答したアドバイザーの任期が終わっているため、取り込めません。"
NOT_YOURS = "ほかのアドバイザーに渡されたファイルへの回答です。ご自身が受け取ったファイルの回答を選んでください。"
UNKNOWN_SECTION = "この版にない節「{}」へのコメントがあります。アドバイザーに、回答ファイルを作り直してもらってください。"
PENDING = (
    "{}が、この報告書の画面に、まだ送っていないコメントを残しています。"
    "画面で送信または削除をしてもらってから、取り込んでください。"
)
PAST = "もう一度見たい日（{}）が過ぎています。アドバイザーに、新しい日で回答ファイルを作り直してもらってください。"
FAR = "もう一度見たい日（{}）が1年より先になっています。アドバイザーに、1年以内の日で回答ファイルを作り直してもらってください。"


class AlreadyTaken(Exception):
    """This very answer was taken in before; nothing was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an answer says of one section."""

    label: str
    comments: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer that may be taken in: by whom it is, and its comments in the order of the report."""

    answer: Answer
    frozen: Snapshot
    adviser: User
    parts: tuple[Part, ...]
    is_taken: bool


def check(report: ProgressReport, answer: Answer, *, own: User | None = None) -> Checked:
    """Look at an answer to this report. Raises ValidationError in sentences.

    `own` is an adviser who hands in an answer of their own.
    """
    frozen = _bound(report, answer)
    adviser = _adviser(report, answer)
    if own is not None and own.pk != adviser.pk:
        raise ValidationError(NOT_YOURS)
    parts = _parts(report, frozen, answer)
    is_taken = taken(report).filter(after__answer=answer.digest).exists()
    if not is_taken:
        _require_takeable(report, answer, adviser)
    return Checked(answer, frozen, adviser, parts, is_taken)


def _bound(report: ProgressReport, answer: Answer) -> Snapshot:
    """Return the version that is answered, if it is this report's newest."""
    if answer.number != str(report.number):
        raise ValidationError(ANOTHER_REPORT.format(answer.number))
    newest = report.snapshot
    answered = report.snapshots.filter(version=answer.version, sha256=answer.sha256)
    if newest is None or not answered.exists():
        raise ValidationError(NOT_SUBMITTED)
    if newest.version != answer.version:
        raise ValidationError(OLDER.format(answer.version, newest.version))
    return newest


def _adviser(report: ProgressReport, answer: Answer) -> User:
    """Return whose ticket it is, if it is ours, for this version, in time, and they still advise here."""
    try:
        ticket = tickets.read(answer.ticket)
    except signing.NotOurs as error:
        raise ValidationError(NOT_OURS) from error
    if (ticket.number, ticket.version, ticket.sha256) != (
        answer.number,
        answer.version,
        answer.sha256,
    ):
        raise ValidationError(NOT_OURS)
    if ticket.has_expired:
        raise ValidationError(EXPIRED.format(in_western(ticket.expires_on)))
    adviser = User.objects.filter(pk=ticket.adviser).first()
    if adviser is None or not may_in(adviser, Permission.ADVISE, report.cycle.municipality):
        raise ValidationError(TERM_ENDED)
    return adviser


def _parts(report: ProgressReport, frozen: Snapshot, answer: Answer) -> tuple[Part, ...]:
    """Return the comments by section, in the order of the version; one for no section of it is refused."""
    shown = reader.commented(report, snapshot.review_of(frozen))
    if strange := {one.section for one in answer.comments} - {one.code for one in shown}:
        raise ValidationError([UNKNOWN_SECTION.format(code) for code in sorted(strange)[:5]])
    parts = (
        Part(one.label, tuple(said for said in answer.comments if said.section == one.code))
        for one in shown
    )
    return tuple(part for part in parts if part.comments)


def _require_takeable(report: ProgressReport, answer: Answer, adviser: User) -> None:
    """Refuse what would go wrong on the way in; the deed itself asks once more."""
    if Comment.objects.filter(report=report).pending_of(adviser).exists():
        # Sending takes all of an adviser's comments along: theirs on the screen are not ours to send.
        raise ValidationError(PENDING.format(adviser))
    if answer.decision is None:
        return
    if reason := deciding.obstacle(report):
        raise ValidationError(reason)
    today, day = timezone.localdate(), answer.decision.wanted_on
    if day is not None and day < today:
        raise ValidationError(PAST.format(in_western(day)))
    if day is not None and day > today + deciding.FARTHEST:
        raise ValidationError(FAR.format(in_western(day)))


def taken(report: ProgressReport):
    """Return the Changes that tell of answers taken in, the newest first."""
    return Change.objects.of(report).filter(deed=DEED)


def take_in(report: ProgressReport, answer: Answer, *, by: User, own: User | None = None) -> int:
    """Write an answer's comments and decision as its adviser's, from a file. Returns how many comments.

    Raises ValidationError (Overtaken is one) or AlreadyTaken; then nothing was written.
    """
    with transaction.atomic():
        checked = check(report, answer, own=own)
        if checked.is_taken:
            raise AlreadyTaken
        count = len(answer.comments)
        told = {"answer": answer.digest, "adviser": checked.adviser.pk, "comments": count}
        # Of two who take the same file in at once, the second finds another version of the report.
        move(report, {}, by=by, deed=DEED, told=told)
        _write(report, checked)
    return count


def _write(report: ProgressReport, checked: Checked) -> None:
    adviser, answer = checked.adviser, checked.answer
    for said in answer.comments:
        commenting.write(
            report,
            checked.frozen,
            section=said.section,
            kind=said.kind,
            text=said.text,
            quote=said.quote,
            by=adviser,
            origin=WordOrigin.FILE,
        )
    if (decision := answer.decision) is None:
        commenting.send_alone(report, by=adviser)
        return
    deciding.decide(
        report,
        kind=decision.kind,
        by=adviser,
        text=decision.text,
        wanted_on=decision.wanted_on,
        opens_all=decision.opens_all,
        origin=WordOrigin.FILE,
    )
