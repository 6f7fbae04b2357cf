"""Opening a draft report, and choosing to whom it will go."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Max

from municipalities.choices import Role, ScopeKind
from municipalities.kernel import changes
from municipalities.models import Membership
from reports.choices import ReportKind, StepKind
from reports.models import ProgressReport, Recipient, SupportStep

STEPS_OF = {
    ReportKind.INTERIM: (StepKind.INTERIM_1, StepKind.INTERIM_2),
    ReportKind.FINAL: (StepKind.FINAL,),
}


def open_draft(cycle, kind, *, by):
    """Return the open draft of this kind, or make one with the advisers in term as recipients."""
    drafts = ProgressReport.objects.filter(cycle=cycle, kind=kind).drafts()
    if draft := drafts.first():
        return draft
    try:
        return _make(cycle, kind, by=by)
    except IntegrityError:
        # Two people pressed at once: the other one's draft is the draft.
        if draft := drafts.first():
            return draft
        raise


def _make(cycle, kind, *, by):
    with transaction.atomic():
        reports = ProgressReport.objects.filter(cycle=cycle, kind=kind)
        serial = (reports.aggregate(last=Max("serial"))["last"] or 0) + 1
        report = ProgressReport(
            cycle=cycle,
            kind=kind,
            serial=serial,
            key=f"{kind}-{serial}-{secrets.token_hex(3)}",
            step=next_step(cycle, kind),
        )
        changes.create_versioned(report, by=by)
        for adviser in advisers(cycle.municipality):
            Recipient.objects.create(report=report, user=adviser)
    return report


def next_step(cycle, kind):
    """Return the first step of this kind without a submitted report, or None."""
    steps = SupportStep.objects.filter(cycle=cycle, kind__in=STEPS_OF[ReportKind(kind)])
    return steps.exclude(reports__in=ProgressReport.objects.submitted()).first()


def advisers(municipality):
    """Return the accounts that advise this municipality today, each once, by name."""
    memberships = (
        Membership.objects.in_term()
        .of_scope(ScopeKind.MUNICIPALITY, municipality.code)
        .filter(role=Role.ADVISER, user__is_active=True)
        .select_related("user")
    )
    found = {membership.user_id: membership.user for membership in memberships}
    return sorted(found.values(), key=lambda user: (user.display_name, user.pk))


def choose_recipients(report, users, *, by):
    """Replace the recipients of a draft by these accounts and record the change."""
    with transaction.atomic():
        before = sorted(recipient.user_id for recipient in report.recipients.all())
        wanted = {user.pk for user in users}
        report.recipients.exclude(user__in=wanted).delete()
        for user in users:
            Recipient.objects.get_or_create(report=report, user=user)
        if before != sorted(wanted):
            changes.record(
                report,
                by=by,
                deed="recipients",
                before={"recipients": before},
                after={"recipients": sorted(wanted)},
                version=report.version,
            )
