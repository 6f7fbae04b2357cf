"""What an adviser sees of the live advice: the steps that their desk opens, as far as they leave the house."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from logicmodels.models import Activity, Issue, Outcome
from municipalities.rows.rows import ADVISERS_READ, audience_lets_out
from reports.choices import AdviceOrigin, AdviceResponse
from reports.models import AdviceItem, SupportStep
from reports.review.advice.desk import Desk
from reports.support.advice import about


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of advice as its page shows it; `about` names only what the municipality lets out."""

    item: AdviceItem
    desk: Desk
    about: tuple[str, ...]
    is_own: bool
    may_take_back: bool

    @property
    def asks(self):
        """Staff have written it down, and no adviser has confirmed it."""
        return not self.item.is_confirmed

    @property
    def may_delete(self):
        return self.is_own and self.item.response == AdviceResponse.NONE

    @property
    def mark(self):
        """Names the row in the version that is on the page."""
        return f"{self.item.key}:{self.item.version}"

    @property
    def edit_url(self):
        return self.desk.url("advice_edit", self.item.key)

    @property
    def delete_url(self):
        return self.desk.url("advice_delete", self.item.key)

    @property
    def take_back_url(self):
        return self.desk.url("advice_take_back", self.item.key)


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: SupportStep
    items: tuple[Shown, ...]

    @property
    def asking(self):
        return [one for one in self.items if one.asks]


def steps_at(desk):
    """Return the steps of the year up to those of the desk's report; without a report or its step, all."""
    steps = SupportStep.objects.filter(cycle=desk.cycle, audience__in=ADVISERS_READ)
    last = desk.report and desk.report.step
    if last is None:
        return steps
    return steps.filter(Q(position__lt=last.position) | Q(position=last.position, pk__lte=last.pk))


def items_at(desk):
    """Return the advice of these steps that leaves the house."""
    return AdviceItem.objects.filter(
        cycle=desk.cycle, step__in=steps_at(desk), audience__in=ADVISERS_READ
    )


def is_own(item, user):
    """Say whether this adviser has written it; what came from a file without a name is anybody's."""
    return item.origin == AdviceOrigin.ADVISER and item.confirmed_by_id in {None, user.pk}


def step_of_today(desk):
    """Return the step to which words typed now belong: the report's; the one held today; the next to be advised."""
    if desk.report:
        return desk.report.step
    told = AdviceItem.objects.filter(step=OuterRef("pk"), audience__in=ADVISERS_READ)
    steps = list(steps_at(desk).annotate(is_told=Exists(told)))
    today = [step for step in steps if step.held_on == timezone.localdate()]
    after = [step for place, step in enumerate(steps) if not any(s.is_told for s in steps[place:])]
    return next(iter((*today, *after, *reversed(steps))), None)


def objects(cycle):
    """Return what advice may be about, as far as it leaves the house: (column, rows) in the plan's order.

    An outcome goes as far as its model does.
    """
    return (
        ("issue", Issue.objects.filter(cycle=cycle, audience__in=ADVISERS_READ)),
        ("activity", Activity.objects.filter(cycle=cycle, audience__in=ADVISERS_READ)),
        (
            "outcome",
            Outcome.objects.filter(cycle=cycle, logic_model__audience__in=ADVISERS_READ),
        ),
    )


def sheet(desk, user):
    """Return the steps with their advice in order: two queries."""
    rows = AdviceItem.objects.filter(audience__in=ADVISERS_READ)
    rows = rows.select_related("issue", "activity", "outcome__logic_model", "confirmed_by")
    steps = steps_at(desk).prefetch_related(
        Prefetch("advice_items", rows.order_by("position", "pk"))
    )
    return [
        ShownStep(step, tuple(_shown(item, desk, user) for item in step.advice_items.all()))
        for step in steps
    ]


def _shown(item, desk, user):
    return Shown(
        item,
        desk,
        about=tuple(about(item, is_shown=audience_lets_out)),
        is_own=is_own(item, user),
        may_take_back=may_take_back(item, user),
    )


def may_take_back(item, user):
    """Say whether this adviser has confirmed it as staff wrote it down."""
    is_mine = item.confirmed_on is not None and item.confirmed_by_id == user.pk
    return is_mine and item.origin == AdviceOrigin.MEETING
