"""Background work: the Job row is the truth, Celery the bell (docs/adr/0005).

A job is written in the business transaction. A worker claims it by a conditional UPDATE and gets a
lease; the attempt number is a fencing token: heartbeat, result and files count only while it is
still the job's attempt. Every time comes from the database.
"""

from __future__ import annotations

import errno
import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models.functions import Now

from municipalities import access
from municipalities.kernel import bell
from municipalities.kernel.queue import Job, JobState, after
from municipalities.tenancy import within_or_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from municipalities.access import Permission
    from municipalities.models import Municipality, User

log = logging.getLogger(__name__)

# Waits after attempts that ended in an unforeseen error, in seconds.
BACK_OFF = (5, 15, 60, 300)
# Waits for what only an operator can mend, in seconds.
DISK_FULL_WAIT = UNKNOWN_KIND_WAIT = 60

TROUBLE = "処理中に問題が起きました。自動でやり直しますので、操作は要りません。"
TROUBLE_STAYED = "処理中の問題が続いたため、止めました。運営管理者に知らせてください。"
WAITED_TOO_LONG = "何度も試しましたが終わらなかったため、止めました。運営管理者に知らせてください。"
RIGHT_ENDED = "依頼した人の権限がなくなったため、取りやめました。"
DISK_FULL = "サーバーの保存容量が足りないため、待っています。運営管理者に知らせてください。"
OTHER_KIND = "その他の処理"
UNKNOWN_KIND = "この処理を行うプログラムの更新を待っています。自動でやり直します。"


class GiveUp(Exception):
    """The work cannot be done; trying again would not help. The reason is shown to people."""


class Postpone(Exception):
    """The work cannot be done now; try again after `seconds`. The reason is shown to people."""

    def __init__(self, reason: str, *, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class LostLease(Exception):
    """Another attempt owns the job now; whatever this one made must not be kept."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of job is run."""

    name: str
    handler: Callable[[Running], None]
    permission: Permission | None
    queue: str
    max_attempts: int
    max_postponements: int
    max_seconds: float
    failed: Callable[[Running, str], None] | None
    label: str


_kinds: dict[str, Kind] = {}


def register(  # noqa: PLR0913 -- a kind has these parts, most with defaults
    name: str,
    handler: Callable[[Running], None],
    *,
    permission: Permission | None = None,
    queue: str = "default",
    max_attempts: int = 5,
    max_postponements: int = 1500,
    max_seconds: float = 120,
    failed: Callable[[Running, str], None] | None = None,
    label: str = "",
) -> None:
    """Register a kind of job; called from AppConfig.ready(). `label` names it on the operator's page.

    `max_attempts` counts crashes and unforeseen errors only. `failed(running, reason)` is told
    within the municipality, in the transaction that fails the job.
    """
    _kinds[name] = Kind(
        name,
        handler,
        permission,
        queue,
        max_attempts,
        max_postponements,
        max_seconds,
        failed,
        label,
    )


def kind_in_words(name: str) -> str:
    """Return what the operator's page calls a kind of job, also one that this release does not know."""
    kind = _kinds.get(name)
    return kind.label if kind and kind.label else OTHER_KIND


def enqueue(
    kind: str,
    *,
    municipality: Municipality | None,
    actor: User | None,
    delay: float = 0,
    **arguments: int | str,
) -> Job:
    """Write a job into the caller's transaction and ring the bell when that commits.

    With a `delay` in seconds it becomes due later, and the sweeper rings for it then.
    """
    queue = _kinds[kind].queue
    due = {"next_attempt_at": after(delay)} if delay else {}
    job = Job.objects.create(
        kind=kind, municipality=municipality, actor=actor, arguments=arguments, **due
    )
    if not delay:
        transaction.on_commit(partial(bell.ring, job.pk, queue=queue), robust=True)
    return job


@dataclass(frozen=True, slots=True)
class Running:
    """A claimed job in the hands of its handler."""

    pk: int
    kind: str
    attempt: int
    crashes: int
    postponements: int
    municipality: Municipality | None
    actor: User | None
    arguments: dict[str, Any]

    def _held(self) -> models.QuerySet[Job]:
        return Job.objects.held(attempt=self.attempt).filter(pk=self.pk)

    def extend(self) -> bool:
        """Extend the lease; False when another attempt has taken over."""
        return bool(self._held().update(lease_until=after(settings.JOB_LEASE_SECONDS)))

    def note(self, **arguments: int | str) -> None:
        """Keep how far the work is, for whichever attempt goes on with it. Raises LostLease."""
        lease = after(settings.JOB_LEASE_SECONDS)
        if not self._held().update(arguments=self.arguments | arguments, lease_until=lease):
            raise LostLease

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Write rows before the end, in one transaction, only while the job is this attempt's.

        Raises LostLease, having written nothing, when it is not.
        """
        with transaction.atomic():
            if not self.extend():
                raise LostLease
            yield

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Keep the work's rows and the job's end in one transaction, or neither.

        Raises LostLease, having written nothing, when this attempt no longer owns the job.
        """
        with transaction.atomic():
            if not self.settle(state=JobState.DONE, finished_at=Now(), error=""):
                raise LostLease
            yield

    def settle(self, **values: Any) -> bool:
        """Let go of the job; False when it is no longer this attempt's."""
        return bool(self._held().update(lease_until=None, rung_at=None, **values))

    def release(self, reason: str, *, seconds: float, **counts: int) -> bool:
        """Queue the job again for later, by the database's clock."""
        return self.settle(
            state=JobState.QUEUED, next_attempt_at=after(seconds), error=reason[:300], **counts
        )


def claim(pk: int) -> Running | None:
    """Take the job if it is due or its worker died; of several workers exactly one gets it.

    The attempt is the one that was read plus one, never read back: a process that sleeps between
    two statements must not wake up with another's number.
    """
    job = Job.objects.claimable().select_related("municipality", "actor").filter(pk=pk).first()
    if job is None:
        return None
    attempt = job.attempt + 1
    crashes = job.crashes + (job.state == JobState.RUNNING)
    taken = (
        Job.objects.claimable()
        .filter(pk=pk, attempt=job.attempt)
        .update(
            state=JobState.RUNNING,
            attempt=attempt,
            crashes=crashes,
            lease_until=after(settings.JOB_LEASE_SECONDS),
            rung_at=None,
        )
    )
    if not taken:
        return None
    return Running(
        pk,
        job.kind,
        attempt,
        crashes,
        job.postponements,
        job.municipality,
        job.actor,
        job.arguments,
    )


@contextmanager
def heartbeat(running: Running, *, max_seconds: float) -> Iterator[None]:
    """Extend the lease while the block runs, but not beyond its maximum time."""
    stop, begun = threading.Event(), time.monotonic()

    def beat() -> None:
        try:
            while not stop.wait(settings.JOB_HEARTBEAT_SECONDS):
                if time.monotonic() - begun > max_seconds or not _still_mine(running):
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{running.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _still_mine(running: Running) -> bool:
    """Extend the lease. A database that is away for a moment is asked again at the next beat."""
    try:
        return running.extend()
    except DatabaseError as error:
        log.warning("job %s: the lease was not extended: %s", running.pk, error)
        connection.close()
        return True


def run(pk: int) -> None:
    """Claim and run one job within its municipality, if it has one. What the bell rings for."""
    running = claim(pk)
    if running is None:
        return
    kind = _kinds.get(running.kind)
    if kind is None:  # written by a newer release than this worker's
        running.release(UNKNOWN_KIND, seconds=UNKNOWN_KIND_WAIT)
        return
    with within_or_outside(running.municipality):
        if running.crashes >= kind.max_attempts:
            _fail(running, kind, TROUBLE_STAYED)
            return
        with heartbeat(running, max_seconds=kind.max_seconds):
            _handle(running, kind)


def _handle(running: Running, kind: Kind) -> None:
    try:
        _refuse_without_right(running, kind)
        kind.handler(running)
    except Postpone as wish:
        _postpone(running, kind, str(wish), seconds=wish.seconds)
    except GiveUp as reason:
        _fail(running, kind, str(reason))
    except LostLease:
        log.warning("job %s: attempt %s lost its lease", running.pk, running.attempt)
    except Exception as error:  # a worker must outlive whatever a job does; it is logged and shown
        log.exception("job %s (%s) attempt %s", running.pk, running.kind, running.attempt)
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            _postpone(running, kind, DISK_FULL, seconds=DISK_FULL_WAIT)
        else:
            _after_error(running, kind)


def _refuse_without_right(running: Running, kind: Kind) -> None:
    """The right to do a thing is asked again when it is done: it may have ended since."""
    if kind.permission is None:
        return
    if (
        running.actor is None
        or running.municipality is None
        or not access.may_in(running.actor, kind.permission, running.municipality)
    ):
        raise GiveUp(RIGHT_ENDED)


def _postpone(running: Running, kind: Kind, reason: str, *, seconds: float) -> None:
    postponements = running.postponements + 1
    if postponements > kind.max_postponements:
        _fail(running, kind, WAITED_TOO_LONG)
    else:
        running.release(reason, seconds=seconds, postponements=postponements)


def _after_error(running: Running, kind: Kind) -> None:
    crashes = running.crashes + 1
    if crashes >= kind.max_attempts:
        _fail(running, kind, TROUBLE_STAYED)
    else:
        wait = BACK_OFF[min(crashes, len(BACK_OFF)) - 1]
        running.release(TROUBLE, seconds=wait, crashes=crashes)


def _fail(running: Running, kind: Kind, reason: str) -> None:
    """Fail the job and tell whoever registered it; a teller that breaks does not keep it alive."""
    end = {"state": JobState.FAILED, "finished_at": Now(), "error": reason[:300]}
    try:
        with transaction.atomic():
            if running.settle(**end) and kind.failed:
                kind.failed(running, reason)
    except Exception:
        log.exception("job %s (%s): its failure could not be told", running.pk, running.kind)
        running.settle(**end)


def retry(job: Job) -> bool:
    """Queue a failed job again, by an operator's hand. False when it was not failed."""
    return _requeue(
        job,
        Job.objects.filter(pk=job.pk, state=JobState.FAILED),
        crashes=0,
        postponements=0,
        finished_at=None,
        error="",
    )


def _requeue(job: Job, rows: models.QuerySet[Job], **values: Any) -> bool:
    queued = rows.update(state=JobState.QUEUED, next_attempt_at=Now(), rung_at=None, **values)
    if queued:
        transaction.on_commit(partial(bell.ring, job.pk, queue=_queue_of(job)), robust=True)
    return bool(queued)


def _queue_of(job: Job) -> str:
    kind = _kinds.get(job.kind)
    return kind.queue if kind else "default"


def sweep(limit: int = 200) -> int:
    """Ring again for jobs that are due or were left behind. Returns for how many the bell rang."""
    due = Job.objects.claimable().unrung().order_by("next_attempt_at", "pk")[:limit]
    rung = []
    for job in due:
        if not bell.ring(job.pk, queue=_queue_of(job)):
            break
        rung.append(job.pk)
    Job.objects.claimable().filter(pk__in=rung).update(rung_at=Now())
    return len(rung)
