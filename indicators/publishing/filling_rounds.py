"""Filling all municipalities of a statistic in the background, one after another, each as a whole or not at all."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.models import Dataset, DatasetUse, PublishedValue
from indicators.publishing import filling
from municipalities.kernel import jobs
from municipalities.models import Municipality
from municipalities.tenancy import within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.kernel.jobs import Running
    from municipalities.models import User

log = logging.getLogger(__name__)
ROUND, TOWN, TAKE_BACK = "fill_statistic", "fill_town", "take_back_statistic"
# So many municipalities are filled in one go, then others have their turn.
AT_ONCE = 200
FILLING = "{done}／{every}市区町村に入れました。続きは自動で行うため、操作は要りません。"


def begin(dataset: Dataset, *, by: User) -> None:
    """Ask for a statistic to be filled into its municipalities, in the transaction that has brought it in."""
    jobs.enqueue(ROUND, municipality=None, actor=by, dataset=dataset.pk)


def towns_of(dataset: int) -> QuerySet[Municipality]:
    """Return the municipalities of which a statistic tells anything, in the order in which they are filled."""
    told = PublishedValue.objects.filter(dataset=dataset, place_kind=PlaceKind.MUNICIPALITY)
    return Municipality.objects.filter(code__in=told.order_by().values("place_code")).order_by("pk")


def handle(running: Running) -> None:
    """Fill the municipalities of a statistic, and go on behind the one at which the last attempt stopped."""
    dataset = int(running.arguments["dataset"])
    stopped = int(running.arguments.get("after", 0))
    if running.arguments.get("at") == stopped:
        # The worker died over it: whoever goes on does not begin with it again.
        ask(Municipality.objects.get(pk=stopped), dataset, by=running.actor)
    places = list(towns_of(dataset).filter(pk__gt=stopped)[: AT_ONCE + 1])
    for place in places[:AT_ONCE]:
        running.note(at=place.pk, after=place.pk)
        fill_or_ask(place, dataset, by=running.actor)
    if len(places) > AT_ONCE:
        pause(running, dataset, after=places[AT_ONCE - 1].pk)
        return
    with running.finishing():
        pass


def fill_or_ask(place: Municipality, dataset: int, *, by: User | None) -> None:
    """Fill a municipality; one that cannot be filled now has its own job and stops no other."""
    try:
        with within(place):
            filling.fill(place, by=by, dataset=dataset)
    except (
        Exception
    ):  # whatever breaks here concerns one municipality; it is logged and tried again
        log.exception("Statistic %s not filled: municipality %s", dataset, place.code)
        ask(place, dataset, by=by)


def ask(place: Municipality, dataset: int, *, by: User | None) -> None:
    jobs.enqueue(TOWN, municipality=place, actor=by, dataset=dataset)


def handle_town(running: Running) -> None:
    """Fill one municipality, with the job's end in one transaction. Within it."""
    assert running.municipality  # noqa: S101 -- `ask` gives one
    with running.finishing():
        filling.fill(
            running.municipality, by=running.actor, dataset=int(running.arguments["dataset"])
        )


def begin_taking_back(dataset: Dataset, *, by: User) -> int:
    """Ask for what came by itself to be taken out of the municipalities that a statistic has reached; return their number.

    In the transaction that takes the statistic out. The values are within the fences: each municipality has its job.
    """
    uses = DatasetUse.objects.filter(dataset=dataset, count__gt=0).select_related("municipality")
    places = [use.municipality for use in uses.order_by("municipality")]
    for place in places:
        jobs.enqueue(TAKE_BACK, municipality=place, actor=by, title=dataset.title)
    return len(places)


def handle_taking_back(running: Running) -> None:
    """Take a statistic's values out of one municipality, with the job's end in one transaction. Within it."""
    with running.finishing():
        filling.take_back(str(running.arguments["title"]), by=running.actor)


def pause(running: Running, dataset: int, *, after: int) -> None:
    """Let other work have its turn; the operator sees how far the round is."""
    running.note(at=0, after=after)
    towns = towns_of(dataset)
    done, every = towns.filter(pk__lte=after).count(), towns.count()
    running.release(FILLING.format(done=done, every=every), seconds=0)
