"""The mails of 上長確認: to the superior whose turn it is, and back to whoever asked."""

from django.conf import settings
from django.template.loader import render_to_string

from municipalities.access import Permission, may_in
from municipalities.kernel import mail
from reports.choices import ApprovalState, ReportStatus
from reports.models import Approval

TAKEN_BACK = "上長確認が取りやめられたか、すでに終わっているため、送信していません。"
NO_LONGER = "宛先の方に上長の権限がなくなったため、送信していません。"
WRITER_LEFT = "宛先の方がこの自治体の報告書を作成できなくなったため、送信していません。"


def compose_request(outgoing):
    """Ask the superior whose turn it is. Raises mail.Withhold when it no longer is."""
    approval = _approval(outgoing)
    report = approval.report
    if approval.state != ApprovalState.WAITING or report.status != ReportStatus.APPROVAL:
        raise mail.Withhold(TAKEN_BACK)
    place = report.cycle.municipality
    if not may_in(outgoing.recipient, Permission.APPROVE_REPORT, place):
        raise mail.Withhold(NO_LONGER)
    subject = f"【{place}】{report.cycle.label} {report.title}の確認のお願い"
    return _letter(subject, "reports/mail/approval_request.txt", approval)


def compose_answer(outgoing):
    """Tell whoever asked that all have approved, or that one has sent the report back."""
    approval = _approval(outgoing)
    report = approval.report
    if approval.state == ApprovalState.WAITING or not report.is_open:
        raise mail.Withhold(TAKEN_BACK)
    place = report.cycle.municipality
    if not may_in(outgoing.recipient, Permission.SUBMIT_REPORT, place):
        raise mail.Withhold(WRITER_LEFT)
    is_returned = approval.state == ApprovalState.RETURNED
    what = "上長から差し戻されました" if is_returned else "上長の承認が終わりました"
    subject = f"【{place}】{report.cycle.label} {report.title}：{what}"
    return _letter(subject, "reports/mail/approval_answer.txt", approval)


def _approval(outgoing):
    """Return the place in the line that a mail is about. Raises mail.Withhold when it is gone."""
    places = Approval.objects.select_related(
        "approver", "report__step", "report__cycle__municipality__prefecture"
    )
    if approval := places.filter(pk=outgoing.reference).first():
        return approval
    raise mail.Withhold(TAKEN_BACK)


def _letter(subject, template, approval):
    report = approval.report
    link = f"{settings.BASE_URL}{report.get_absolute_url()}" if settings.BASE_URL else ""
    context = {
        "approval": approval,
        "is_returned": approval.state == ApprovalState.RETURNED,
        "report": report,
        "place": report.cycle.municipality,
        "link": link,
    }
    return mail.Letter(subject, render_to_string(template, context))


def settled(outgoing):
    """Nothing hangs on these mails: the page itself says whose turn it is."""
