"""Opening a draft report, and choosing the step that it reports."""

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from municipalities.kernel import changes
from reports.choices import ReportKind, ReportStatus, StepKind
from reports.models import ProgressReport, Recipient, SupportStep
from reports.submission.drafts import recipients
from reports.submission.drafts.moving import move
from reports.submission.drafts.recipients import NO_DRAFT

STEPS_OF = {
    ReportKind.INTERIM: (StepKind.INTERIM_1, StepKind.INTERIM_2),
    ReportKind.FINAL: (StepKind.FINAL,),
}
TAKEN = (
    "この段階には、すでに別の{kind}書があります。ほかの段階を選ぶか、「段階なし」にしてください。"
)


def open_draft(cycle, kind, *, by):
    """Return the report of this kind that is still in the house, or make one for the next step.

    A report that was reopened, or that lies with the superiors, is in the house. A new one goes to
    the advisers in term; where there are none, nobody is chosen in the writer's stead.
    """
    in_the_house = ProgressReport.objects.filter(
        cycle=cycle, kind=kind, status__in=(ReportStatus.DRAFT, ReportStatus.APPROVAL)
    ).select_related("step")
    if draft := in_the_house.first():
        return draft
    try:
        return _make(cycle, kind, by=by)
    except IntegrityError:
        # Two people pressed at once: the other one's draft is the draft.
        if draft := in_the_house.first():
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
        for adviser in recipients.advisers(cycle.municipality):
            Recipient.objects.create(report=report, user=adviser)
    return report


def next_step(cycle, kind):
    """Return the first step of this kind without a submitted report, or None."""
    steps = SupportStep.objects.filter(cycle=cycle, kind__in=STEPS_OF[ReportKind(kind)])
    return steps.exclude(reports__in=ProgressReport.objects.submitted()).first()


def steps_to_report(report):
    """Return the steps of the year that no other report of this kind tells of."""
    others = ProgressReport.objects.filter(cycle=report.cycle, kind=report.kind).exclude(
        pk=report.pk
    )
    return SupportStep.objects.filter(cycle=report.cycle).exclude(reports__in=others)


def choose_step(report, step, *, by):
    """Make a draft the report of this step, or of none. Raises ValidationError."""
    if not report.is_draft:
        raise ValidationError(NO_DRAFT)
    if report.step_id == (step and step.pk):
        return
    if step and not steps_to_report(report).filter(pk=step.pk).exists():
        raise ValidationError(TAKEN.format(kind=report.get_kind_display()))
    move(report, {"step": step}, by=by, deed="edit")
