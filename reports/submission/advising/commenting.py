"""An adviser's comments: a private working paper until they are sent, then fixed, with a thread under each.

Nothing of a pending comment leaves its author: no Change tells of it. Of what is sent only the state
moves, by conditional UPDATE: of two presses the second writes nothing.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from municipalities.access import Permission, may_in
from municipalities.kernel import changes, mail
from reports.choices import CommentState, WordOrigin
from reports.models import Comment, CommentReply
from reports.submission.contents import sections
from reports.submission.drafts import recipients
from reports.submission.drafts.moving import Overtaken

MAIL = "report_comments"
WHOLE = "whole"
WHOLE_LABEL = "報告書全体"
# An interim report may print a section of a final one: every section takes comments.
CODES = frozenset({WHOLE, *(one.code for one in sections.SECTIONS)})
# What an author writes; the rest of a comment is set by the deeds.
WRITTEN = ("section", "kind", "text", "quote", "origin")
SETTLEABLE = (CommentState.OPEN, CommentState.ANSWERED)
REOPENABLE = (CommentState.ANSWERED, CommentState.SETTLED)

NOT_ALLOWED = "この市区町村のアドバイザーとしての期間が終わっているため、コメントを書いたり送ったりできません。"
COUNCIL_PAPER = "協議体資料として締めた報告書のため、コメントの対象になりません。"
NOT_NEWEST = "新しい版が提出されています。新しい版を開いて、コメントを書いてください。"
NO_SECTION = "この報告書にない節です。画面を開き直してから、節を選んでください。"
NO_WORDS = "返事を入力してください。"
NOT_YOURS = "ほかのアドバイザーのコメントは、返事だけを書けます。"
NOT_SENT = "このコメントは、まだ送られていません。"
GONE = "このコメントは、別の画面で送信・編集・削除されています。いまのコメントを確かめてください。"
MOVED = (
    "このコメントの状態は、先に変わっています。いまの状態を確かめてから、もう一度操作してください。"
)


def label_of(code):
    """Return what people call the section that a comment is on."""
    if code == WHOLE:
        return WHOLE_LABEL
    return next((one.label for one in sections.SECTIONS if one.code == code), code)


def obstacle(report):
    """Return in a sentence why this report takes no comments, or nothing."""
    return COUNCIL_PAPER if report.is_council_paper else ""


def write(  # noqa: PLR0913 -- a comment has these parts, the last two with defaults
    report, snapshot, *, section, kind, text, by, quote="", origin=WordOrigin.SCREEN
):
    """Write a pending comment on a section of the newest version. Raises ValidationError."""
    _require_adviser(report, by)
    if reason := obstacle(report):
        raise ValidationError(reason)
    if section not in CODES:
        raise ValidationError(NO_SECTION)
    comment = Comment(report=report, snapshot=snapshot, author=by, section=section)
    comment.kind, comment.text, comment.quote, comment.origin = kind, text.strip(), quote, origin
    _clean(comment)
    with transaction.atomic():
        if report.snapshots.filter(version__gt=snapshot.version).exists():
            raise ValidationError(NOT_NEWEST)
        comment.save(force_insert=True)
    return comment


def rewrite(comment, *, seen, kind, text, quote, by):  # noqa: PLR0913 -- as write, and what was seen
    """Write an own pending comment anew, over the version that was seen. Raises Overtaken."""
    _require_adviser(comment.report, by)
    _require_author(comment, by)
    comment.kind, comment.text, comment.quote = kind, text.strip(), quote
    _clean(comment)
    words = {name: getattr(comment, name) for name in ("kind", "text", "quote")}
    words["written_at"] = timezone.now()
    if not _pending(comment, by).filter(version=seen).update(**words, version=F("version") + 1):
        raise Overtaken(GONE)
    comment.version = seen + 1
    return comment


def drop(comment, *, by):
    """Delete an own pending comment; it leaves no trace. Raises Overtaken when it was sent meanwhile."""
    _require_author(comment, by)
    with transaction.atomic():
        # The claim holds the row: a sending that meets it waits, and finds nothing.
        if not _pending(comment, by).update(version=F("version") + 1):
            raise Overtaken(GONE)
        Comment.objects.filter(pk=comment.pk).delete()


def send(report, *, by):
    """Send all pending comments of this adviser on the report; return how many. 0 writes nothing.

    Nobody is written to: a decision that goes out with them tells it.
    """
    _require_adviser(report, by)
    with transaction.atomic():
        pending = Comment.objects.pending_of(by).filter(report=report)
        count = pending.update(sent_at=timezone.now())
        if count:
            _tell(report, by=by, deed="comments_send", told={"comments": count})
    return count


def send_alone(report, *, by):
    """Send them without a decision, and tell the municipality in one mail; return how many."""
    with transaction.atomic():
        first = Comment.objects.pending_of(by).filter(report=report).order_by("pk").first()
        count = send(report, by=by)
        for writer in recipients.writers(report) if count else ():
            mail.post(
                MAIL,
                municipality=report.cycle.municipality,
                recipient=writer,
                reference=first.pk,
                by=by,
            )
    return count


def reply(comment, *, text, by, is_advisers):
    """Add a turn to the thread under a sent comment; its state stays."""
    if is_advisers:
        _require_adviser(comment.report, by)
    with transaction.atomic():
        added = _add_reply(comment, text=text, by=by, is_advisers=is_advisers)
        _tell(comment.report, by=by, deed="comment_reply", told={"comment": comment.pk})
    return added


def answer(comment, *, text, by):
    """The municipality answers an open comment: a reply, and 対応済み. Raises Overtaken when it was."""
    with transaction.atomic():
        added = _add_reply(comment, text=text, by=by, is_advisers=False)
        _move(comment, CommentState.ANSWERED, among=(CommentState.OPEN,))
        _tell(comment.report, by=by, deed="comment_answer", told={"comment": comment.pk})
    return added


def settle(comment, *, by):
    """The author is content: 確認済み. Raises Overtaken when it is settled already."""
    _require_adviser(comment.report, by)
    _require_author(comment, by)
    with transaction.atomic():
        _move(comment, CommentState.SETTLED, among=SETTLEABLE)
        _tell(comment.report, by=by, deed="comment_settle", told={"comment": comment.pk})
    return comment


def ask_again(comment, *, text, by):
    """The author is not content: a reply that says why, and the comment waits for the municipality anew."""
    _require_adviser(comment.report, by)
    _require_author(comment, by)
    with transaction.atomic():
        added = _add_reply(comment, text=text, by=by, is_advisers=True)
        _move(comment, CommentState.OPEN, among=REOPENABLE)
        _tell(comment.report, by=by, deed="comment_ask", told={"comment": comment.pk})
    return added


def _require_adviser(report, user):
    if not may_in(user, Permission.ADVISE, report.cycle.municipality):
        raise ValidationError(NOT_ALLOWED)


def _require_author(comment, user):
    if comment.author_id != user.pk:
        raise ValidationError(NOT_YOURS)


def _clean(comment):
    """Raise ValidationError for what the columns do not hold: too long, empty, no kind of comment."""
    comment.clean_fields(exclude={f.name for f in comment._meta.fields} - set(WRITTEN))


def _pending(comment, user):
    return Comment.objects.pending_of(user).filter(pk=comment.pk)


def _move(comment, state, *, among):
    moved = Comment.objects.sent().filter(pk=comment.pk, state__in=among).update(state=state)
    if not moved:
        raise Overtaken(MOVED)
    comment.state = state


def _add_reply(comment, *, text, by, is_advisers):
    if comment.is_pending:
        raise ValidationError(NOT_SENT)
    if not text.strip():
        raise ValidationError(NO_WORDS)
    added = CommentReply(comment=comment, text=text, author=by, is_advisers=is_advisers)
    added.clean_fields(exclude={"municipality", "comment", "author"})
    added.save(force_insert=True)
    return added


def _tell(report, *, by, deed, told):
    changes.record(report, by=by, deed=deed, before={}, after=told, version=report.version)
