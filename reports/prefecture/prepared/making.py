"""The worker's side of every prepared file: right, progress, giving up, and one end in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models.functions import Now
from django.http import Http404

from municipalities.access import NOWHERE, Permission
from municipalities.entrance import scopes
from municipalities.kernel import files, jobs
from municipalities.kernel.queue import after
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from reports.choices import PreparedState
from reports.models import PreparedFile
from reports.prefecture.prepared import cutting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from municipalities.kernel.jobs import Running

FOLDER = "prepared"
KEPT_SECONDS = 7 * 24 * 60 * 60


class Cancelled(Exception):
    """Somebody has given the file up."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the work."""

    file_name: str
    sha256: str
    size: int
    included: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is being made, in the hands of its maker."""

    row: PreparedFile
    prefecture: Prefecture
    running: Running

    @property
    def towns(self) -> frozenset[str] | None:
        """The codes of the municipalities that belong into it; None is all of them."""
        return cutting.towns_of(self.row)

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Raises Cancelled, and LostLease when another attempt has taken over."""
        with self.running.holding():
            told = PreparedFile.objects.making().filter(pk=self.row.pk)
            if not told.update(done=done, total=total):
                raise Cancelled


def run(running: Running, make: Callable[[Order, Path], Made], *, suffix: str) -> None:
    """Make a file under a name of this attempt, and keep it only with its row and the job's end."""
    prefecture = Prefecture.objects.get(pk=running.arguments["prefecture"])
    with within_prefecture(prefecture):
        row = PreparedFile.objects.select_related("requested_by").get(pk=running.arguments["file"])
        try:
            refuse_without_right(running, prefecture, row)
            keep(Order(row, prefecture, running), make, suffix=suffix)
        except Cancelled:
            with running.finishing():
                return


def refuse_without_right(running: Running, prefecture: Prefecture, row: PreparedFile) -> None:
    """Whether the actor may still read of all municipalities that belong into the file. Raises GiveUp."""
    actor = running.actor
    if actor is None or not actor.is_active:
        raise jobs.GiveUp(jobs.RIGHT_ENDED)
    try:
        scope = scopes.of_prefecture(actor, prefecture.code)
    except Http404:
        scope = NOWHERE
    if not scope.may(Permission.VIEW_DISTRICT) or not cutting.is_open_to(row, scope):
        raise jobs.GiveUp(jobs.RIGHT_ENDED)


def keep(order: Order, make: Callable[[Order, Path], Made], *, suffix: str) -> None:
    row, attempt = order.row, order.running.attempt
    folder = settings.MEDIA_ROOT / FOLDER / order.prefecture.code
    with files.staying(folder, str(row.pk), attempt=attempt, suffix=suffix) as path:
        # An attempt that was killed may have come further.
        order.tell(0, row.total)
        made = make(order, path)
        with order.running.finishing():
            ended = PreparedFile.objects.making().filter(pk=row.pk)
            if not ended.update(
                state=PreparedState.DONE,
                file=str(path.relative_to(settings.MEDIA_ROOT)),
                file_name=made.file_name,
                sha256=made.sha256,
                size=made.size,
                included=made.included,
                missing=made.missing,
                ended_at=Now(),
                expires_at=after(KEPT_SECONDS),
            ):
                raise Cancelled


def failed(running: Running, reason: str) -> None:
    """Say on the row why there will be no file. What attempts left on the disk goes with `removing`."""
    with within_prefecture(running.arguments["prefecture"]):
        PreparedFile.objects.making().filter(pk=running.arguments["file"]).update(
            state=PreparedState.FAILED, message=reason[:300], ended_at=Now()
        )
