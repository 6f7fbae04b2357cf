"""次年度の準備 as its page shows it: what would go over, what stays, what became of it, and what may be done now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from logicmodels.copying import OVER
from municipalities.choices import CycleState
from municipalities.japanese import fiscal
from municipalities.japanese.dates import in_wareki
from municipalities.models import Cycle
from municipalities.rows.carrying import Carries
from reports.choices import CarriedPart
from reports.year.april import improvements, next_year, taken_over
from reports.year.april.copying import BY_NAME, RULES

if TYPE_CHECKING:
    import datetime as dt

    from reports.year.april.improvements import Improved
    from reports.year.april.taken_over import Group

CHOSEN = (CarriedPart.ISSUES, CarriedPart.ACTIVITIES)
# What is counted: the lists that lie at the top of the document, and the outcomes of the models.
COUNTED = [
    rule
    for rule in RULES
    if isinstance(rule, Carries) and (rule.part.inside is None or rule.part.name == "outcomes")
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A row that may go over or stay; `why` it is proposed to stay."""

    part: CarriedPart
    key: str
    name: str
    is_proposed: bool
    why: str

    @property
    def which(self) -> str:
        return f"{self.part.value}:{self.key}"


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """The rows of one kind from which people choose."""

    part: CarriedPart
    offers: tuple[Offer, ...]

    @property
    def label(self) -> str:
        return str(self.part.label)


@dataclass(frozen=True, slots=True)
class Preparation:
    """`old` is the year from which rows come, `target` the next one, or None before it is made."""

    old: Cycle
    target: Cycle | None
    from_day: dt.date
    may_prepare: bool
    may_take_back: bool
    offers: tuple[OfferGroup, ...]
    groups: tuple[Group, ...]
    improved: tuple[Improved, ...]
    counts: tuple[tuple[str, int], ...]
    staying: tuple[tuple[str, str], ...]
    # Until its December the page of a year looks back: when, and that here, the next one opens.
    opens_title: str = ""
    opens_on: str = ""

    @property
    def is_early(self) -> bool:
        return timezone.localdate() < self.from_day

    @property
    def is_draft(self) -> bool:
        return self.target is not None and self.target.state == CycleState.DRAFT

    @property
    def whole(self) -> int:
        return sum(group.whole for group in self.groups)

    @property
    def done(self) -> int:
        return sum(group.done for group in self.groups)

    @property
    def same(self) -> int:
        return sum(group.same for group in self.groups)

    @property
    def mending(self) -> list[Improved]:
        """Return the decisions after which something is to be changed in the new year."""
        return [one for one in self.improved if one.is_to_mend]


def pair_of(cycle: Cycle) -> tuple[Cycle, Cycle | None]:
    """Return the year from which rows come and the one into which they go, seen from this year.

    From its December on a year is prepared for the next; until then its page tells what came from the last.
    """
    if timezone.localdate() < next_year.first_day(cycle):
        before = Cycle.objects.filter(fiscal_year=cycle.fiscal_year - 1).first()
        if before is not None:
            before.municipality = cycle.municipality
            return before, cycle
    return cycle, next_year.following(cycle)


def of(cycle: Cycle, *, may_edit: bool) -> Preparation:
    """Return the page of a year in the same few queries for any number of rows."""
    old, target = pair_of(cycle)
    groups = taken_over.of(old, target) if target else ()
    improved = tuple(improvements.of(old, groups))
    may_prepare = may_edit and (target is None or next_year.may_take_over(target))
    return Preparation(
        old=old,
        target=target,
        from_day=next_year.first_day(old),
        may_prepare=may_prepare,
        may_take_back=may_edit and target is not None and next_year.may_take_back(target),
        offers=_offers(old, groups, improved) if may_prepare else (),
        groups=groups,
        improved=improved,
        counts=_counts(old) if target is None else (),
        staying=_staying(),
        **(_opening(old, target) if target == cycle else {}),
    )


def _opening(old: Cycle, target: Cycle) -> dict[str, str]:
    """Say when, and where, the year after this one can be prepared."""
    label, day = fiscal.label(target.fiscal_year + 1), in_wareki(next_year.first_day(target))
    return {
        "opens_title": f"{label}の準備は、{day}から、この画面で始められます",
        "opens_on": f"いまは、{old.label}から{target.label}へ引き継いだ内容を示しています。"
        f"{day}になると、この画面（「次年度の準備」）が{target.label}から{label}への準備に変わります。",
    }


def _offers(
    old: Cycle, groups: tuple[Group, ...], improved: tuple[Improved, ...]
) -> tuple[OfferGroup, ...]:
    """Return the issues and activities that the next year has not."""
    there = {(group.part, one.key): one for group in groups for one in group.lines}
    ended = {one.activity_key: one for one in improved if one.is_leaving}
    found = []
    for part in CHOSEN:
        rows = BY_NAME[part.value].part.model.objects.filter(cycle=old)
        missing = [
            row for row in rows if (part, row.key) not in there or there[part, row.key].is_gone
        ]
        offers = tuple(_offer(part, row, there.get((part, row.key)), ended) for row in missing)
        if offers:
            found.append(OfferGroup(part, offers))
    return tuple(found)


def _offer(part: CarriedPart, row: Any, line: Any, ended: dict[str, Improved]) -> Offer:
    why = ""
    if part == CarriedPart.ACTIVITIES and row.key in ended:
        one = ended[row.key]
        why = f"改善の決定：{one.kind_label}（{one.what}）。{one.consequence}。"
    elif part == CarriedPart.ACTIVITIES and row.status in OVER:
        why = f"状況が「{row.get_status_display()}」です。"
    elif line is not None and line.note and line.note.is_left_out:
        why = "引き継がないことにした行です。"
    return Offer(part, row.key, taken_over.name_of(row), not why, why)


def _counts(old: Cycle) -> tuple[tuple[str, int], ...]:
    """Return how many rows of each list the year has, in one query, in layer order; empty lists are silent."""
    columns = {rule.part.name: _number(rule.part) for rule in COUNTED}
    numbers = Cycle.objects.annotate(**{f"number_of_{k}": v for k, v in columns.items()})
    found = numbers.values(*(f"number_of_{name}" for name in columns)).get(pk=old.pk)
    return tuple(
        (str(rule.part.model._meta.verbose_name), found[f"number_of_{rule.part.name}"])
        for rule in COUNTED
        if found[f"number_of_{rule.part.name}"]
    )


def _number(part: Any) -> Coalesce:
    of = "fiscal_year" if getattr(part, "year", "") == "fiscal_year" else "cycle"
    rows = part.model.objects.led() if of == "fiscal_year" else part.model.objects.all()
    rows = rows.filter(**{of: OuterRef("fiscal_year" if of == "fiscal_year" else "pk")})
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _staying() -> tuple[tuple[str, str], ...]:
    """Return what stays with its year: the names of the lists for each reason."""
    names: dict[str, list[str]] = defaultdict(list)
    for rule in RULES:
        if not isinstance(rule, Carries):
            names[rule.why].append(str(rule.part.model._meta.verbose_name))
    return tuple(("、".join(found), why) for why, found in names.items())
