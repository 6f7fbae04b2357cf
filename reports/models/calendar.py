"""Dates of a year that a town sets for itself, and the letter that reminds of dates."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from municipalities.choices import Audience, ScopeKind
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField


class YearDate(Versioned, YearRow):
    """自分たちの予定: 庁内の締切, 予算要求 and whatever else is no meeting, task or report."""

    text = CleanTextField("予定", max_length=200)
    day = models.DateField("年月日")
    note = CleanTextField("補足", max_length=500, blank=True)
    is_done = models.BooleanField("済み", default=False)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.INTERNAL
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "自分たちの予定"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="year_date_key")
        ]

    def __str__(self):
        return self.text[:60]


class ReminderRule(models.Model):
    """How many days before a date people are reminded, where their town has not said it otherwise."""

    scope_kind = models.CharField("範囲の種類", max_length=20, choices=ScopeKind)
    scope_code = models.CharField("範囲のコード", max_length=10)
    days = models.CharField("知らせる日", max_length=60)
    set_at = models.DateTimeField("設定日時", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="設定した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "予定を知らせる日"
        constraints = [
            models.UniqueConstraint(fields=["scope_kind", "scope_code"], name="reminder_rule_once")
        ]

    def __str__(self):
        return f"{self.scope_code} {self.days}"


class LetterRound(models.Model):
    """The morning letters of one workday: whoever writes the row first posts them."""

    day = models.DateField("日", unique=True)
    begun_at = models.DateTimeField("開始日時", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "毎朝のお知らせ"
        ordering = ["-day"]

    def __str__(self):
        return self.day.isoformat()
