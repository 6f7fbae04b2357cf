"""What stands open in a year, read for the board: reports, tasks, advice, meetings. A few queries, however many rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from municipalities.japanese import fuzzy_dates
from municipalities.models import Cycle
from reports.choices import (
    AdviceResponse,
    ApprovalState,
    DecisionKind,
    DeliveryState,
    HelpRating,
    ReplyState,
    TaskState,
)
from reports.inquiry import reading as inquiries
from reports.models import (
    AdviceItem,
    Approval,
    Comment,
    Decision,
    Delivery,
    InquiryReply,
    Progress,
    ProgressReport,
    ReportText,
    Snapshot,
    SupportEffect,
    SupportFeedback,
    SupportIssue,
    SupportOutlook,
    SupportStep,
    SupportTask,
)
from reports.submission.counting import facts
from reports.submission.counting.year_parts import OWN_BOXES
from reports.submission.drafts import due_dates
from reports.surveying import reading as surveying
from surveys.choices import FormReplyState
from surveys.models import FormReply
from surveys.rounds import days

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import Model, QuerySet

    from reports.inquiry.reading import Received
    from reports.submission.counting.phases import YearFacts

OPEN_TASKS = (TaskState.AHEAD, TaskState.DOING)
EFFECTS = {"課題": SupportIssue, "変化": SupportEffect, "今後": SupportOutlook}


@dataclass(frozen=True, slots=True)
class YearState:
    """A year's open ends.

    `reports` bear `unanswered`, `failed`, `is_returned`, `has_superiors` (one has still to look at it),
    `wanted_on`, `advised_at`, `accepted_on`; `inquiries` and `prefecture_forms` are what the prefecture waits for; `rounds` are surveys with something left to do; `tasks` are pairs of an open task and its time; `counts` holds `texts`, the three lists of effects and whether the support was judged.
    """

    cycle: Cycle
    facts: YearFacts
    steps: list[SupportStep]
    reports: list[Any]
    tasks: list[tuple[SupportTask, fuzzy_dates.FuzzyDate]]
    inquiries: list[Received]
    prefecture_forms: list[surveying.Received]
    rounds: list[Any]
    advice: int
    first_advice: str
    due: dict[str, dt.date]
    counts: dict[str, Any]
    is_after_another: bool
    # The state of the next year's cycle; empty where there is none.
    following: str


def of(cycle: Cycle, *, may_edit: bool = True) -> YearState:
    """Read a year. Who only reads has nothing to do: tasks, advice and dates are not read for them."""
    steps = list(SupportStep.objects.filter(cycle=cycle))
    counts = _counts(cycle)
    return YearState(
        cycle=cycle,
        facts=facts.of(cycle, steps=steps),
        steps=steps,
        reports=_reports(cycle),
        tasks=_tasks(cycle) if may_edit else [],
        inquiries=(
            inquiries.waiting(cycle.municipality, cycle.fiscal_year)
            if may_edit and counts["has_inquiries"]
            else []
        ),
        prefecture_forms=surveying.waiting(cycle) if may_edit and counts["has_forms"] else [],
        rounds=days.open_ends(cycle) if may_edit else [],
        advice=counts["advice"] if may_edit else 0,
        first_advice=counts["first_advice"] or "",
        due=due_dates.due_dates_of(cycle.municipality, cycle.fiscal_year) if may_edit else {},
        counts=counts,
        is_after_another=counts["before"] is not None,
        following=counts["after"] or "",
    )


def _reports(cycle: Cycle) -> list[Any]:
    """Return the year's reports, oldest first, with what of each waits for somebody."""
    newer = Snapshot.objects.filter(
        report=OuterRef("report"), version__gt=OuterRef("snapshot__version")
    )
    of_report = {"report": OuterRef("pk")}
    failed = Delivery.objects.filter(**of_report, state=DeliveryState.FAILED).newest()
    again = Decision.objects.filter(
        **of_report, kind=DecisionKind.REVISIT, wanted_on__isnull=False
    ).exclude(Exists(newer))
    advised = Decision.objects.filter(**of_report, kind=DecisionKind.ADVISED).order_by("-pk")
    accepted = Progress.objects.filter(
        municipality=cycle.municipality_id,
        fiscal_year=cycle.fiscal_year,
        kind=OuterRef("kind"),
        serial=OuterRef("serial"),
    )
    rows = ProgressReport.objects.filter(cycle=cycle).annotate(
        unanswered=_number(Comment.objects.filter(**of_report).unanswered(), "report"),
        failed=_number(failed, "report"),
        is_returned=Exists(Approval.objects.filter(**of_report, state=ApprovalState.RETURNED)),
        has_superiors=Exists(Approval.objects.filter(**of_report, state=ApprovalState.WAITING)),
        wanted_on=Subquery(again.order_by("wanted_on").values("wanted_on")[:1]),
        advised_at=Subquery(advised.values("decided_at")[:1]),
        accepted_on=Subquery(accepted.values("accepted_on")[:1]),
    )
    found = list(rows.select_related("step").order_by("pk"))
    for report in found:
        report.cycle = cycle
    return found


def _tasks(cycle: Cycle) -> list[tuple[SupportTask, fuzzy_dates.FuzzyDate]]:
    """Return the open tasks whose time can be read, with it."""
    rows = SupportTask.objects.filter(cycle=cycle, state__in=OPEN_TASKS).exclude(due="")
    times = ((row, fuzzy_dates.read_or_none(row.due)) for row in rows)
    return [(row, time) for row, time in times if time is not None]


def _counts(cycle: Cycle) -> dict[str, Any]:
    """Count what is only counted, and say how the years beside this one stand, in one query.

    Of the advice that nobody has answered the first one's key is told, in the order of its page.
    """
    of_year = {"cycle": OuterRef("pk")}
    written = ReportText.objects.filter(**of_year, section__in=OWN_BOXES)
    written = written.exclude(text="", is_left_empty=False)
    judged = SupportFeedback.objects.filter(**of_year).exclude(
        moved_on=HelpRating.UNANSWERED,
        in_time=HelpRating.UNANSWERED,
        goes_on=HelpRating.UNANSWERED,
    )
    advice = AdviceItem.objects.filter(**of_year, response=AdviceResponse.NONE)
    first = advice.order_by("step__position", "position", "pk")
    columns: dict[str, Any] = {
        "texts": _number(written, "cycle"),
        "judged": _number(judged, "cycle"),
        "advice": _number(advice, "cycle"),
        "first_advice": Subquery(first.values("key")[:1]),
        "before": _state(cycle.fiscal_year - 1),
        "after": _state(cycle.fiscal_year + 1),
    }
    asked = {"municipality": cycle.municipality_id, "fiscal_year": cycle.fiscal_year}
    replies = InquiryReply.objects.filter(**asked).exclude(state=ReplyState.ANSWERED)
    forms = FormReply.objects.filter(**asked).exclude(state=FormReplyState.SHARED)
    columns |= {"has_inquiries": Exists(replies), "has_forms": Exists(forms)}
    columns |= {
        name: _number(model.objects.filter(**of_year), "cycle") for name, model in EFFECTS.items()
    }
    return Cycle.objects.annotate(**columns).values(*columns).get(pk=cycle.pk)


def _state(fiscal_year: int) -> Subquery:
    """Return the state of another year's cycle, as a column of the row around it."""
    return Subquery(Cycle.objects.filter(fiscal_year=fiscal_year).values("state")[:1])


def _number(rows: QuerySet[Model], of: str) -> Coalesce:
    """Return how many of these rows there are, as a column of the row around them."""
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
