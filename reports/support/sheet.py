"""連携支援の経過: the year's support gathered for its page."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from reports.choices import MemberPart
from reports.models import AdviceItem, SupportMember, SupportRound, SupportStep, SupportTask
from reports.support import steps as five


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows. `round` is unsaved while nobody has written it."""

    round: SupportRound
    members: tuple[tuple[MemberPart, list[SupportMember]], ...]
    tasks: list[SupportTask]
    steps: list[SupportStep]
    lacks_steps: bool


def of(cycle):
    """Gather the support of a year: one query for each table."""
    steps = list(SupportStep.objects.filter(cycle=cycle).prefetch_related(_with_objects()))
    return Sheet(
        round=round_of(cycle),
        members=tuple(_by_part(SupportMember.objects.filter(cycle=cycle))),
        tasks=list(SupportTask.objects.filter(cycle=cycle).select_related("step")),
        steps=steps,
        lacks_steps=bool(five.missing(steps)),
    )


def round_of(cycle):
    """Return the year's round, or an unsaved one."""
    return SupportRound.objects.filter(cycle=cycle).first() or SupportRound(
        cycle=cycle, key="round"
    )


def _with_objects():
    rows = AdviceItem.objects.select_related("issue", "activity", "outcome", "confirmed_by")
    return Prefetch("advice_items", rows.order_by("position", "pk"))


def _by_part(members):
    """Yield the parts that somebody has, in the order of the form, each with its members."""
    found = defaultdict(list)
    for member in members.select_related("organization"):
        found[member.part].append(member)
    for part in MemberPart:
        if found[part.value]:
            yield part, found[part.value]
