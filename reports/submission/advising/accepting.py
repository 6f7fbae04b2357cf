"""受理: the prefecture or the operator takes a report as received, by hand or by the prefecture's rule."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.access import Permission, may_in_prefecture
from municipalities.kernel import mail
from reports.choices import AcceptanceWay, ReportStatus
from reports.models import AcceptanceRule
from reports.submission.counting.published_status import ACCEPTING, last_acceptance, publish_status
from reports.submission.drafts import recipients
from reports.submission.drafts.moving import move

MAIL = "report_accepted"
TAKING_BACK = "accept_undo"
# What is out and not yet accepted.
ACCEPTABLE = (ReportStatus.SUBMITTED, ReportStatus.REVISIT, ReportStatus.ADVISED)
NOT_ALLOWED = "受理は、この都道府県の担当者か運営管理者が行います。"
COUNCIL_PAPER = "協議体資料として締めた報告書のため、受理の対象になりません。"
STILL_OPEN = "市区町村が報告書を書いているところです。提出されてから、受理してください。"
ALREADY = "この報告書は、すでに受理されています。"
NOT_ACCEPTED = "この報告書は、いま受理されていません。いまの状態を確かめてください。"


def accept(report, *, by):
    """Accept a submitted report. Raises ValidationError; of two presses one is Overtaken."""
    _require_right(report, by)
    if reason := _obstacle(report):
        raise ValidationError(reason)
    with transaction.atomic():
        _accept(report, by=by)
        for writer in recipients.writers(report):
            mail.post(
                MAIL,
                municipality=report.cycle.municipality,
                recipient=writer,
                reference=report.pk,
                by=by,
            )


def take_back(report, *, by):
    """受理の取消し: the report stands again as before its acceptance. Raises ValidationError."""
    _require_right(report, by)
    if report.status != ReportStatus.ACCEPTED:
        raise ValidationError(NOT_ACCEPTED)
    was = last_acceptance(report).before["status"]
    with transaction.atomic():
        move(report, {"status": ReportStatus(was)}, by=by, deed=TAKING_BACK)
        publish_status(report)


def accept_by_rule(report, way, *, by):
    """Accept where the prefecture's rule says so, in the transaction of the deed that it waits for.

    Nobody is written to: the deed tells its own outcome. Returns whether it was accepted.
    """
    if report.is_council_paper or _way_of(report) != way:
        return False
    _accept(report, by=by, told={"way": str(way)})
    return True


def is_accepted_unread(report):
    """Say whether it was accepted by the rule as it came in: its advisers have yet to read it."""
    if report.status != ReportStatus.ACCEPTED:
        return False
    accepted = last_acceptance(report)
    return bool(accepted) and accepted.after.get("way") == AcceptanceWay.WHEN_SUBMITTED


def _require_right(report, user):
    """Raise ValidationError unless this is an officer of the report's prefecture or the operator."""
    prefecture = report.cycle.municipality.prefecture
    needed = (Permission.MANAGE_PREFECTURE, Permission.OPERATE)
    if not any(may_in_prefecture(user, one, prefecture) for one in needed):
        raise ValidationError(NOT_ALLOWED)


def _obstacle(report):
    """Return in a sentence why this report cannot be accepted, or nothing."""
    if report.is_open:
        return STILL_OPEN
    if report.is_council_paper:
        return COUNCIL_PAPER
    return "" if report.status in ACCEPTABLE else ALREADY


def _accept(report, *, by, told=None):
    move(report, {"status": ReportStatus.ACCEPTED}, by=by, deed=ACCEPTING, told=told)
    publish_status(report, accepted_on=timezone.localdate())


def _way_of(report):
    prefecture = report.cycle.municipality.prefecture_id
    rule = AcceptanceRule.objects.filter(prefecture=prefecture).first()
    return rule and rule.way
