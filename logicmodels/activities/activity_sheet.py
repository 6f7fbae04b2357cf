"""One activity with all that belongs to it, as its page shows it."""

import datetime as dt
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from logicmodels.models import (
    Activity,
    ActivityPartner,
    ActivityResult,
    Milestone,
    Placement,
)
from municipalities.japanese.numerals import grouped

ALL_OVER = "市区町村の全域"
LAST = dt.date.max


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """`sections`: (heading, rows of a summary list)."""

    activity: Activity
    sections: tuple[tuple[str, tuple[dict[str, str], ...]], ...]
    partners: tuple[ActivityPartner, ...]
    milestones: tuple[Milestone, ...]
    results: tuple[ActivityResult, ...]
    placements: tuple[Placement, ...]


def of(cycle, key):
    """Return the sheet of an activity of the year, in five queries. Raises Http404."""
    rows = Activity.objects.select_related("executor", "area", "updated_by")
    activity = get_object_or_404(rows, cycle=cycle, key=key)
    partners = ActivityPartner.objects.filter(activity=activity).select_related("organization")
    placements = Placement.objects.filter(activity=activity).select_related("outcome__logic_model")
    return ActivitySheet(
        activity=activity,
        sections=sections_of(activity),
        partners=tuple(partners),
        milestones=by_day(Milestone.objects.filter(activity=activity), "due_on"),
        results=by_day(ActivityResult.objects.filter(activity=activity), "held_on"),
        placements=tuple(placements),
    )


def by_day(rows, column):
    """Return rows by their day; those without one follow in the order of writing."""
    return tuple(sorted(rows, key=lambda row: (getattr(row, column) or LAST, row.pk)))


def sections_of(activity):
    return (
        (
            "取組",
            (
                line("場面", activity.get_scene_display()),
                line("事業項目", activity.work_item_in_words),
                line("内容", activity.description),
                line("対象者", activity.target_group),
                line("対象の地域", activity.area or ALL_OVER),
                line("状況", activity.get_status_display()),
            ),
        ),
        (
            "実施する人",
            (
                line("実施の方法", activity.get_execution_display()),
                line("実施主体", activity.executor),
            ),
        ),
        (
            "時期・回数",
            (
                line("実施時期", activity.period),
                line("頻度", activity.frequency),
                line("年間の回数", activity.times),
            ),
        ),
        (
            "お金",
            (
                line("予算額", yen(activity.budget)),
                line("決算額", yen(activity.settled)),
                line("財源", activity.get_funding_display()),
            ),
        ),
    )


def line(label, value):
    return {"label": label, "value": str(value or "") or "（未記入）"}


def yen(amount):
    """Return 「1,200,000円」; nothing for None, for zero is an amount."""
    return "" if amount is None else f"{grouped(amount)}円"
