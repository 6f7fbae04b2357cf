"""What an adviser sees of the live advice: the steps up to the report's own, as far as they leave the house."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from municipalities.rows import ADVISERS_READ, audience_lets_out
from reports.choices import AdviceOrigin, AdviceResponse
from reports.models import AdviceItem, SupportStep
from reports.support.advice import in_short

OBJECTS = ("issue", "activity", "outcome")


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of advice as its page shows it; `about` names only what the municipality lets out."""

    item: AdviceItem
    about: tuple[str, ...]
    is_own: bool

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


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: SupportStep
    items: tuple[Shown, ...]

    @property
    def asking(self):
        return [one for one in self.items if one.asks]


def steps_up_to(report):
    """Return the steps of the year up to the report's; of a report without one, all."""
    steps = SupportStep.objects.filter(cycle=report.cycle, audience__in=ADVISERS_READ)
    if report.step is None:
        return steps
    position = report.step.position
    return steps.filter(Q(position__lt=position) | Q(position=position, pk__lte=report.step.pk))


def items_up_to(report):
    """Return the advice of these steps that leaves the house."""
    return AdviceItem.objects.filter(
        cycle=report.cycle, step__in=steps_up_to(report), audience__in=ADVISERS_READ
    )


def own_items(report, user):
    """Return what this adviser has written; what came from a file without a name is anybody's."""
    return items_up_to(report).filter(
        Q(confirmed_by=user) | Q(confirmed_by=None), origin=AdviceOrigin.ADVISER
    )


def sheet(report, user):
    """Return the steps with their advice in order: two queries."""
    rows = AdviceItem.objects.filter(audience__in=ADVISERS_READ)
    rows = rows.select_related("issue", "activity", "outcome__logic_model", "confirmed_by")
    steps = steps_up_to(report).prefetch_related(
        Prefetch("advice_items", rows.order_by("position", "pk"))
    )
    return [
        ShownStep(step, tuple(_shown(item, user) for item in step.advice_items.all()))
        for step in steps
    ]


def _shown(item, user):
    is_own = item.origin == AdviceOrigin.ADVISER and item.confirmed_by_id in {None, user.pk}
    return Shown(item, tuple(_about(item)), is_own)


def _about(item):
    for name in OBJECTS:
        target = getattr(item, name)
        # An outcome goes as far as its model does.
        if target and audience_lets_out(getattr(target, "logic_model", target)):
            yield f"{item._meta.get_field(name).verbose_name}：{in_short(target)}"
