"""Statistics that fill a municipality's values by themselves (docs/adr/0053). Everything here runs within its fence.

A value of its own is never written over, and one that it has thrown away does not come back. Where statistics tell one
year differently, nobody but the municipality chooses: what comes later and tells otherwise is written beside what came by itself
before, so that the year is undecided wherever it is shown, and no verdict hangs on which file was first.
Only what is 確定 goes before what is not, whatever either is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from indicators.choices import Finality, ValueState
from indicators.models import Dataset, DatasetUse, Indicator, Measurement
from indicators.models.definitions import PREFECTURE_PREFIX
from indicators.publishing import withheld
from indicators.publishing.taking_over import FILL, UNFILL, blank, definitions_here, told_beside
from municipalities.choices import CycleState
from municipalities.kernel import changes, trash
from municipalities.models import Cycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicators.publishing.withheld import Told
    from municipalities.kernel.changes import Change
    from municipalities.models import Municipality, User

# As far back as comparisons and trends reach.
YEARS = 10
DELETE = "delete"
MEASUREMENTS = Measurement._meta.label_lower

# Of these indicators a statistic may tell: national ones, and those that the prefecture has defined.
TOLD = Q(own_definition=None) | Q(code__startswith=PREFECTURE_PREFIX)

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Filled:
    """How many values were written anew, and how many followed a corrected statistic."""

    new: int = 0
    corrected: int = 0


def fill(
    town: Municipality,
    *,
    by: User | None,
    dataset: int | None = None,
    codes: Iterable[str] = (),
    brings_back: bool = False,
) -> Filled:
    """Write what statistics tell of the indicators that a municipality follows: all of it, or nothing.

    Of one statistic only what it tells, of some indicators only theirs. Asked again, it writes nothing. Who asks for
    an indicator to be filled again gets back what was thrown away.
    """
    with transaction.atomic():
        cycles = Cycle.objects.exclude(state=CycleState.CLOSED)
        years = sorted(cycles.values_list("fiscal_year", flat=True))
        wanted = wanted_codes(set(codes)) if years else set()
        found = told(town, wanted, since=years[0] - YEARS, until=years[-1]) if wanted else {}
        if dataset:
            found = {key: rows for key, rows in found.items() if dataset in datasets_of(rows)}
        if not found:
            return Filled()
        thrown = set() if brings_back else thrown_away()
        return write(town, found, thrown, by=by)


def wanted_codes(named: set[str]) -> set[str]:
    """Return the indicators of the open years that are to be filled; one that a year refuses is refused."""
    rows = Indicator.objects.filter(TOLD).exclude(cycle__state=CycleState.CLOSED)
    told_of = list(rows.values_list("code", "takes_statistics"))
    refused = {code for code, takes in told_of if not takes}
    codes = {code for code, _ in told_of} - refused
    return codes & named if named else codes


def told(town: Municipality, codes: set[str], *, since: int, until: int) -> dict[Place, list[Told]]:
    """Return what statistics tell of a municipality by indicator and year, its prefecture's before the others."""
    rows = withheld.told_to(town, definitions=codes, since=since, until=until)
    found: dict[Place, list[Told]] = {}
    for row in sorted(rows, key=lambda one: (one.dataset.prefecture_id is None, one.dataset.code)):
        found.setdefault((row.definition.code, row.fiscal_year), []).append(row)
    return found


def datasets_of(rows: Iterable[Told]) -> set[int]:
    return {row.dataset_id for row in rows}


def write(
    town: Municipality,
    found: dict[Place, list[Told]],
    thrown: set[tuple[str, int, str]],
    *,
    by: User | None,
) -> Filled:
    own: dict[Place, list[Measurement]] = {}
    for row in Measurement.objects.filter(code__in={code for code, _ in found}).order_by("key"):
        own.setdefault((row.code, row.fiscal_year), []).append(row)
    decided_ones = ((place, decided(rows)) for place, rows in found.items())
    told_once = {
        place: row
        for place, row in decided_ones
        if row is not None and (*place, row.dataset.title) not in thrown
    }
    new = [row for place, row in told_once.items() if place not in own]
    here = definitions_here(new)
    if new:
        measured = [blank(row, here) for row in new]
        changes.create_together(measured, by=by, deed=FILL, fiscal_year=0)
    replaced = list(follow_finals(told_once, own, by=by))
    corrected = list(follow_corrections(found, own, by=by))
    beside = rivals(found, own, thrown)
    if beside:
        measured = [blank(row, definitions_here(beside)) for row in beside]
        changes.create_together(measured, by=by, deed=FILL, fiscal_year=0)
    # Whose value was replaced has one less.
    left = [one.dataset for place in replaced for one in found[place]]
    remember(town, [row.dataset for row in new + beside] + left + corrected)
    return Filled(len(new) + len(beside), len(replaced) + len(corrected))


def decided(rows: list[Told]) -> Told | None:
    """Return what statistics tell of a year, by the first of those that are 確定 or else of all; None where they differ."""
    firm = firm_of(rows)
    return firm[0] if len({row.value for row in firm}) == 1 else None


def firm_of(rows: list[Told]) -> list[Told]:
    """Return those that are 確定, or all of them where none is."""
    return [row for row in rows if is_final(row)] or rows


def is_final(published: Told) -> bool:
    return bool(told_beside(published)["finality"] == Finality.FINAL)


def thrown_away() -> set[tuple[str, int, str]]:
    """Return which values of which source people have deleted here: those do not come back by themselves."""
    rows = changes.Change.objects.filter(model=MEASUREMENTS, deed=DELETE)
    return {
        (told["code"], told["fiscal_year"], told["source"])
        for told in rows.values_list("before", flat=True)
        if "code" in told
    }


def follow_finals(
    told_once: dict[Place, Told], own: dict[Place, list[Measurement]], *, by: User | None
) -> Iterator[Place]:
    """Put what is 確定 in the place of what came by itself before it was, whatever its statistic is called.

    Only where that is all the municipality has of the year, and nobody has touched any of it. Of several that told the
    year differently one becomes the final one, its own statistic's where that had told it before; the others go.
    """
    late = {
        place: row
        for place, row in told_once.items()
        if is_final(row) and place in own and is_early(own[place])
    }
    untouched = untouched_of(one for place in late for one in own[place])
    for place, published in late.items():
        if all(one.pk in untouched for one in own[place]):
            title = published.dataset.title
            kept, *others = sorted(own[place], key=lambda one: one.source != title)
            for other in others:
                trash.throw_away(other, by=by, deed=UNFILL)
            own[place], kept.source = [kept], title
            follow(kept, published, by=by, besides=("source",))
            yield place


def is_early(rows: Iterable[Measurement]) -> bool:
    return all(one.finality != Finality.FINAL for one in rows)


def rivals(
    found: dict[Place, list[Told]],
    own: dict[Place, list[Measurement]],
    thrown: set[tuple[str, int, str]],
) -> list[Told]:
    """Return what other statistics, as firm, tell of the years of which all values came by themselves and are untouched.

    One for each number: what says the same needs no row of its own. Two queries at most.
    """
    disputed = {
        place: own[place]
        for place, rows in found.items()
        if own.get(place) and decided(rows) is None
    }
    untouched = untouched_of(one for values in disputed.values() for one in values)
    beside: dict[tuple[Place, Any], Told] = {}
    for place, values in disputed.items():
        told_as_firm = {one.dataset.title: one for one in firm_of(found[place])}
        if all(one.pk in untouched and one.source in told_as_firm for one in values):
            there = {one.value for one in values}
            for title, one in told_as_firm.items():
                if one.value not in there and (*place, title) not in thrown:
                    beside.setdefault((place, one.value), one)
    return list(beside.values())


def follow_corrections(
    found: dict[Place, list[Told]],
    own: dict[Place, list[Measurement]],
    *,
    by: User | None,
) -> Iterator[Dataset]:
    """Bring values that came by themselves, and that nobody has touched since, in step with their statistic."""
    moved = [
        (one, row)
        for place, rows in found.items()
        for row in own.get(place, ())
        for one in rows
        if one.dataset.title == row.source and is_told_otherwise(one, row)
    ]
    untouched = untouched_of([row for _, row in moved])
    for one, row in moved:
        if row.pk in untouched:
            follow(row, one, by=by)
            yield one.dataset


def follow(
    row: Measurement, published: Told, *, by: User | None, besides: tuple[str, ...] = ()
) -> None:
    """Write what a statistic tells onto a value; `besides`: what else of it has been changed."""
    version, row.value, row.state = row.version, published.value, ValueState.VALUE
    beside = told_beside(published)
    for name, told in beside.items():
        setattr(row, name, told)
    fields = ("value", "state", *beside, *besides, *row.forget_check())
    changes.save_versioned(row, by=by, expected_version=version, fields=fields, deed=FILL)


def is_told_otherwise(published: Told, own: Measurement) -> bool:
    """Whether the statistic tells another value, or something else beside it: what was 速報 is 確定 now."""
    if published.value != own.value:
        return True
    return any(getattr(own, name) != told for name, told in told_beside(published).items())


def untouched_of(rows: Iterable[Measurement]) -> dict[int, Change]:
    """Return, by row, the deed that filled it, of those that stand as they were filled. One query."""
    versions = {row.pk: row.version for row in rows}
    if not versions:
        return {}
    deeds = changes.Change.objects.filter(model=MEASUREMENTS, row__in=versions, deed=FILL)
    return {
        one.row: one for one in deeds.select_related("actor") if one.version == versions[one.row]
    }


def remember(town: Municipality, datasets: Iterable[Dataset]) -> None:
    """Keep, for those who brought a statistic in, that it has reached a municipality: no value, a number of them."""
    for dataset in {one.pk: one for one in datasets}.values():
        count = Measurement.objects.filter(source=dataset.title).count()
        DatasetUse.objects.update_or_create(
            dataset=dataset, municipality=town, defaults={"count": count}
        )


def stop(indicator: Indicator, *, by: User) -> int:
    """Fill an indicator of a year no more and take out what came by itself; return how many values went."""
    with transaction.atomic():
        switch(indicator, takes=False, by=by)
        rows = list(Measurement.objects.filter(code=indicator.code).order_by("key"))
        untouched = untouched_of(rows)
        gone = [row for row in rows if row.pk in untouched]
        for row in gone:
            trash.throw_away(row, by=by)
    return len(gone)


def take_back(title: str, *, by: User | None) -> int:
    """Take out what a statistic that is gone has filled in and nobody has touched; return how many values went.

    They may come back with the statistic: nobody here has thrown them away.
    """
    with transaction.atomic():
        rows = list(Measurement.objects.filter(source=title).order_by("key"))
        untouched = untouched_of(rows)
        gone = [row for row in rows if row.pk in untouched]
        for row in gone:
            trash.throw_away(row, by=by, deed=UNFILL)
    return len(gone)


def go_on(indicator: Indicator, town: Municipality, *, by: User) -> Filled:
    """Fill an indicator of a year again, at once."""
    with transaction.atomic():
        switch(indicator, takes=True, by=by)
        return fill(town, by=by, codes=[indicator.code], brings_back=True)


def switch(indicator: Indicator, *, takes: bool, by: User) -> None:
    """A command: it reads the row again and never conflicts."""
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    version, row.takes_statistics = row.version, takes
    changes.save_versioned(row, by=by, expected_version=version, fields=("takes_statistics",))
