"""上長確認: superiors look at a draft one after another, and each approves exactly what was shown."""

import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import mail
from municipalities.models import Change
from municipalities.rows import change_names
from reports.choices import ApprovalState, ReportStatus
from reports.document import assembly, snapshot
from reports.models import Approval
from reports.submission.drafts.moving import Overtaken, move
from reports.submission.drafts.recipients import NO_DRAFT, superiors
from reports.submission.submitting import check

# Kinds of mail: to the superior whose turn it is, and back to whoever asked.
ASKED, ANSWERED = "approval_request", "approval_answer"
ASKING, RETURNING = "approval_ask", "approval_return"
MOST = 5
MOST_CHANGES = 200
# The year of the Changes of rows that belong to none.
ENDURING = 0

NOBODY = "上長を一人以上選んでください。"
NO_SUPERIOR = "選んだ方の中に、上長として登録されていない方がいます。選び直してください。"
TWICE = "同じ上長を二度選んでいます。順番に一人ずつ選んでください。"
NOT_YOUR_TURN = "いまは確認の順番ではありません。いまの状態を確かめてください。"
CHANGED_WHILE_READING = (
    "画面を開いた後で内容が変わりました。いまの内容をもう一度確かめてから、承認してください。"
)
CHANGED_SINCE_APPROVAL = "前の上長が承認した後で内容が変わったため、承認できません。差し戻すと、担当者がもう一度上長確認に回せます。"
CHANGED = (
    "上長が承認した後で内容が変わっているため、提出できません。"
    "「上長確認をやめて下書きに戻す」を押し、もう一度上長確認に回してください。"
)
RETURNED = (
    "上長から差し戻されています。内容を直して、もう一度上長確認に回してください。"
    "確認なしで提出するときは、「上長確認をやめる」を押してください。"
)
NOT_ASKED = "この報告書は、いま上長確認に回っていません。"


def of(report):
    """Return the superiors' places in their order."""
    return list(report.approvals.select_related("approver"))


def content_hash(document):
    """Return the hash of what a report's document shows, its head left out: this is what is approved."""
    content = {name: part for name, part in document.items() if name != "report"}
    return assembly.sha256(assembly.canonical(content))


def ask(report, approvers, *, by):
    """Send a draft to these superiors, one after another. Raises ValidationError."""
    if not report.is_draft:
        raise ValidationError(NO_DRAFT)
    if found := [*_wrong_with(approvers, report), *check.blockers(report)]:
        raise ValidationError(found)
    with transaction.atomic():
        told = {"approvers": [user.pk for user in approvers]}
        move(report, {"status": ReportStatus.APPROVAL}, by=by, deed=ASKING, told=told)
        report.approvals.all().delete()
        for position, user in enumerate(approvers, start=1):
            Approval.objects.create(report=report, approver=user, position=position)
        _call_next(report, by=by)


def _wrong_with(approvers, report):
    keys = [user.pk for user in approvers]
    if not keys:
        return [NOBODY]
    if len(set(keys)) < len(keys):
        return [TWICE]
    known = {user.pk for user in superiors(report.cycle.municipality)}
    return [] if known.issuperset(keys) else [NO_SUPERIOR]


def _call_next(report, *, by):
    """Write to the superior whose turn it is; after the last one to whoever asked."""
    places = of(report)
    waiting = next_of(places)
    if waiting:
        _post(ASKED, report, recipient=waiting.approver, about=waiting, by=by)
    else:
        _answer(report, about=places[-1], by=by)


def _answer(report, *, about, by):
    if writer := asker(report):
        _post(ANSWERED, report, recipient=writer, about=about, by=by)


def _post(kind, report, *, recipient, about, by):
    place = report.cycle.municipality
    mail.post(kind, municipality=place, recipient=recipient, reference=about.pk, by=by)


def next_of(places):
    """Return the place whose turn it is, or None."""
    return next((one for one in places if one.state == ApprovalState.WAITING), None)


def asker(report):
    """Return who sent the report to the superiors, or None."""
    asked = Change.objects.of(report).filter(deed=ASKING).select_related("actor").first()
    return asked and asked.actor


def turn_of(report, user):
    """Return this superior's place if it is their turn. Raises ValidationError."""
    if report.status != ReportStatus.APPROVAL:
        raise ValidationError(NOT_ASKED)
    waiting = next_of(of(report))
    if waiting is None or waiting.approver_id != user.pk:
        raise ValidationError(NOT_YOUR_TURN)
    return waiting


def approve(report, *, by, seen, comment=""):
    """Approve the content whose hash was `seen`. Raises ValidationError; then nothing is written."""
    mine = turn_of(report, by)
    now_is = content_hash(snapshot.content_of(report))
    if seen != now_is:
        raise ValidationError(CHANGED_WHILE_READING)
    if not is_unchanged(of(report), now_is):
        raise ValidationError(CHANGED_SINCE_APPROVAL)
    with transaction.atomic():
        move(report, {}, by=by, deed="approve", told={"sha256": now_is, "comment": comment})
        _decide(mine, ApprovalState.APPROVED, comment=comment, sha256=now_is)
        _call_next(report, by=by)


def send_back(report, *, by, comment):
    """差し戻す: the report is a draft again, every other place in the line ends."""
    mine = turn_of(report, by)
    with transaction.atomic():
        told = {"comment": comment}
        move(report, {"status": ReportStatus.DRAFT}, by=by, deed=RETURNING, told=told)
        report.approvals.exclude(pk=mine.pk).delete()
        _decide(mine, ApprovalState.RETURNED, comment=comment)
        _answer(report, about=mine, by=by)


def pass_on(place, *, to, by):
    """Let another superior stand in a place that still waits: whoever held it has left. Raises ValidationError."""
    report = place.report
    places = of(report)
    others = [one.approver for one in places if one.pk != place.pk]
    if found := _wrong_with([to, *others], report):
        raise ValidationError(f"{report.title}：{found[0]}")
    with transaction.atomic():
        told = {"approver": [place.approver_id, to.pk]}
        move(report, {}, by=by, deed="approval_pass", told=told)
        waiting = Approval.objects.filter(pk=place.pk, state=ApprovalState.WAITING)
        if not waiting.filter(approver=place.approver_id).update(approver=to):
            raise Overtaken
        if (turn := next_of(of(report))) and turn.pk == place.pk:
            _post(ASKED, report, recipient=to, about=turn, by=by)


def _decide(mine, state, **values):
    """The report's own version has already let only one decision through."""
    at = timezone.now()
    Approval.objects.filter(pk=mine.pk).update(state=state, decided_at=at, **values)


def withdraw(report, *, by):
    """Take the report back from the superiors, or give up the approval that was sent back."""
    if not (report.is_open and report.approvals.exists()):
        raise ValidationError(NOT_ASKED)
    with transaction.atomic():
        move(report, {"status": ReportStatus.DRAFT}, by=by, deed="approval_withdraw")
        report.approvals.all().delete()


def is_unchanged(places, sha256):
    """Say whether everybody who has approved approved this content."""
    return all(one.sha256 == sha256 for one in places if one.state == ApprovalState.APPROVED)


def changes_since_last_look(report, places):
    """Return what was edited since a superior first approved, or last sent the report back: newest first.

    One Change for each row; of what an earlier superior saw only the hash is kept.
    """
    looked = _last_look(report, places)
    if looked is None:
        return []
    edits = Change.objects.filter(
        fiscal_year__in=(ENDURING, report.cycle.fiscal_year), at__gt=looked
    ).exclude(model=report._meta.label_lower)
    newest = {}
    for change in edits.select_related("actor").order_by("-pk")[:MOST_CHANGES]:
        newest.setdefault((change.model, change.row), change)
    found = list(newest.values())
    change_names.name_rows(found)
    return found


def _last_look(report, places):
    approved = [one.decided_at for one in places if one.state == ApprovalState.APPROVED]
    if approved:
        return min(approved)
    returned = Change.objects.of(report).filter(deed=RETURNING).first()
    return returned and returned.at


def obstacles(report):
    """Return in sentences what an approval that was begun still keeps from submission."""
    places = of(report)
    if any(one.state == ApprovalState.RETURNED for one in places):
        return [RETURNED]
    if waiting := next_of(places):
        return [f"上長の確認が終わっていません（確認待ち：{waiting.approver}）。"]
    return []


def require_unchanged(frozen):
    """Raise ValidationError unless what is being frozen is what the superiors approved."""
    places = of(frozen.report)
    if places and not is_unchanged(places, content_hash(json.loads(bytes(frozen.document)))):
        raise ValidationError(CHANGED)
