"""The table of background work, and what may be claimed from it by the database's clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

# A message may be lost with the broker or with the worker that took it: ring again after so many sweeps.
SWEEPS_UNTIL_RUNG_AGAIN = 3


class JobState(models.TextChoices):
    QUEUED = "queued", "受付"
    RUNNING = "running", "処理中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗（要対応）"


def after(seconds: float) -> Any:
    """Return the database's time in so many seconds; before now if negative."""
    if not seconds:
        # SQLite writes a sum with more digits than the time itself, and compares them as text.
        return Now()
    return Now() + Value(dt.timedelta(seconds=seconds), output_field=models.DurationField())


class JobQuerySet(models.QuerySet):
    def claimable(self):
        """Keep what may be claimed now: due, or left behind by a worker that died."""
        return self.filter(
            Q(state=JobState.QUEUED, next_attempt_at__lte=Now())
            | Q(state=JobState.RUNNING, lease_until__lt=Now())
        )

    def unrung(self):
        """Keep what no bell was rung for lately."""
        long_ago = after(-SWEEPS_UNTIL_RUNG_AGAIN * settings.JOB_SWEEP_SECONDS)
        return self.filter(Q(rung_at=None) | Q(rung_at__lt=long_ago))

    def held(self, *, attempt):
        return self.filter(state=JobState.RUNNING, attempt=attempt)

    def unfinished(self):
        return self.filter(state__in=(JobState.QUEUED, JobState.RUNNING))


class Job(models.Model):
    """One piece of background work. Unfenced, so it holds ids only.

    `attempt` only ever grows: it is the fencing token. What is limited is `crashes` (attempts that
    died or ended in an unforeseen error) and `postponements` (attempts that asked to wait).
    """

    kind = models.CharField("種類", max_length=40)
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="市区町村",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="依頼した人",
    )
    arguments = models.JSONField("引数", default=dict)
    state = models.CharField("状態", max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveIntegerField("試行", default=0)
    crashes = models.PositiveSmallIntegerField("中断した回数", default=0)
    postponements = models.PositiveSmallIntegerField("見送った回数", default=0)
    lease_until = models.DateTimeField("リース期限", null=True)
    next_attempt_at = models.DateTimeField("次の試行", db_default=Now())
    rung_at = models.DateTimeField("再通知日時", null=True)
    created_at = models.DateTimeField("受付日時", db_default=Now())
    finished_at = models.DateTimeField("終了日時", null=True)
    error = models.CharField("理由", max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "処理"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="job_due")]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def state_label(self):
        """The state as people read it: what waits for another try says so."""
        is_waiting = self.state == JobState.QUEUED and self.attempt
        return "再試行待ち" if is_waiting else self.get_state_display()
