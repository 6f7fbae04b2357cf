"""The mails to the municipality about its submitted report: an adviser's decision or comments, and the acceptance."""

from django.conf import settings
from django.template.loader import render_to_string

from municipalities.access import Permission, may_in
from municipalities.japanese import dates
from municipalities.kernel import mail
from reports.choices import DecisionKind, ReportStatus
from reports.models import Comment, Decision, ProgressReport
from reports.submission.advising import deciding

WRITER_LEFT = "宛先の方がこの自治体の報告書を作成できなくなったため、送信していません。"
REPLACED = "その後に同じアドバイザーの新しい判断が届いたため、送信していません。"
NOT_ACCEPTED = "受理が取り消されたか、出し直されているため、送信していません。"
COMMENTED = "アドバイザーからコメントが届きました"
WORDS = {
    DecisionKind.REVISIT: "アドバイザーが「もう一度見たい」としています",
    DecisionKind.ADVISED: "アドバイザーが「助言済み」としました",
}


def compose_decision(outgoing):
    """Tell the municipality how an adviser ended the reading. Raises mail.Withhold."""
    decision = _decision(outgoing.reference)
    _require_writer(outgoing, decision.report)
    later = Decision.objects.filter(snapshot=decision.snapshot_id, adviser=decision.adviser_id)
    if later.filter(pk__gt=decision.pk).exists():
        raise mail.Withhold(REPLACED)
    return letter(decision, counts=deciding.counts_by_kind(decision))


def letter(decision, *, counts):
    """Return the letter about a decision, sent or about to be, with its comments by kind."""
    report = decision.report
    others = [
        one
        for one in deciding.standings(report)
        if one.is_in_term and one.adviser.pk != decision.adviser_id
    ]
    place, kind = report.cycle.municipality, DecisionKind(decision.kind)
    until = decision.wanted_on
    context = {
        "decision": decision,
        "report": report,
        "place": place,
        "wanted_on": dates.in_wareki(until) if until else "",
        "counts": _in_words(counts),
        "waiting": "、".join(str(one.adviser) for one in others if one.decision is None),
        "wishing": "、".join(str(one.adviser) for one in others if one.wants_it_again),
        "is_accepted": report.status == ReportStatus.ACCEPTED,
        "link": _link(report.cycle.url("reports:comments", report.pk)),
    }
    subject = f"【{place}】{report.cycle.label} {report.title}：{WORDS[kind]}"
    return mail.Letter(subject, render_to_string("reports/mail/decision.txt", context))


def compose_comments(outgoing):
    """Tell the municipality of the comments that an adviser sent without a decision. Raises mail.Withhold."""
    first = Comment.objects.select_related("author", "report__cycle__municipality__prefecture").get(
        pk=outgoing.reference
    )
    report = first.report
    _require_writer(outgoing, report)
    together = Comment.objects.filter(report=report, author=first.author, sent_at=first.sent_at)
    place = report.cycle.municipality
    context = {
        "adviser": first.author,
        "report": report,
        "place": place,
        "counts": _in_words(deciding.kinds_of(together)),
        "link": _link(report.cycle.url("reports:comments", report.pk)),
    }
    subject = f"【{place}】{report.cycle.label} {report.title}：{COMMENTED}"
    return mail.Letter(subject, render_to_string("reports/mail/comments.txt", context))


def compose_acceptance(outgoing):
    """Tell the municipality that its report was accepted. Raises mail.Withhold."""
    reports = ProgressReport.objects.select_related("cycle__municipality__prefecture")
    report = reports.get(pk=outgoing.reference)
    _require_writer(outgoing, report)
    if report.status != ReportStatus.ACCEPTED:
        raise mail.Withhold(NOT_ACCEPTED)
    place = report.cycle.municipality
    context = {"report": report, "place": place, "link": _link(report.get_absolute_url())}
    subject = f"【{place}】{report.cycle.label} {report.title}が受理されました"
    return mail.Letter(subject, render_to_string("reports/mail/acceptance.txt", context))


def _decision(pk):
    return Decision.objects.select_related(
        "adviser", "snapshot", "report__cycle__municipality__prefecture"
    ).get(pk=pk)


def _in_words(counts):
    return "、".join(f"{label}　{count}件" for label, count in counts)


def _require_writer(outgoing, report):
    if not may_in(outgoing.recipient, Permission.SUBMIT_REPORT, report.cycle.municipality):
        raise mail.Withhold(WRITER_LEFT)


def _link(address):
    return f"{settings.BASE_URL}{address}" if settings.BASE_URL else ""


def settled(outgoing):
    """Nothing hangs on these mails: the report's own page says the same."""
