"""What crosses the fence of a year: states, counts and dates, no text; and what a prefecture sets."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from municipalities.choices import Scene, ScopeKind
from reports.choices import (
    AcceptanceWay,
    HelpRating,
    Phase,
    PhaseState,
    ReportKind,
    ReportStatus,
    StepKind,
)


class Progress(models.Model):
    """Where one report of a municipality stands: a published copy, written by the deeds themselves."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="progress",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種別", max_length=10, choices=ReportKind)
    serial = models.PositiveSmallIntegerField("回")
    status = models.CharField("状態", max_length=10, choices=ReportStatus)
    submitted_on = models.DateField("提出日", null=True)
    # Submitted after the date that held on that day.
    is_late = models.BooleanField("期限後", default=False)
    # By how many days, of its first version; None in time, and where it was not yet counted.
    days_late = models.PositiveIntegerField("遅れた日数", null=True)
    accepted_on = models.DateField("受理日", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "進み具合"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "kind", "serial"], name="progress_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year} {self.kind}"


class YearProgress(models.Model):
    """How much a municipality's year holds, in counts, and how it judged the support, in ratings."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="year_progress",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    issues = models.PositiveIntegerField("課題", default=0)
    activities = models.PositiveIntegerField("取組", default=0)
    indicators = models.PositiveIntegerField("指標", default=0)
    values_known = models.PositiveIntegerField("今年の値がある指標", default=0)
    steps = models.PositiveSmallIntegerField("打合せ・報告会", default=0)
    steps_held = models.PositiveSmallIntegerField("実施した打合せ・報告会", default=0)
    moved_on = models.PositiveSmallIntegerField(
        "振り返り1", choices=HelpRating, default=HelpRating.UNANSWERED
    )
    in_time = models.PositiveSmallIntegerField(
        "振り返り2", choices=HelpRating, default=HelpRating.UNANSWERED
    )
    goes_on = models.PositiveSmallIntegerField(
        "振り返り3", choices=HelpRating, default=HelpRating.UNANSWERED
    )
    # The newest Change of the year that the counts include: who is behind is counted again.
    upto = models.BigIntegerField("反映した変更", default=0)
    counted_at = models.DateTimeField("集計日時", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "年度の進み具合"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year"], name="year_progress_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year}"


class PhaseProgress(models.Model):
    """Where one scene stands in one phase of the cycle: `done` of `wanted`, as the board counts them."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="phase_progress",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    scene = models.CharField("場面", max_length=20, choices=Scene)
    phase = models.CharField("段階", max_length=10, choices=Phase)
    state = models.CharField("状態", max_length=12, choices=PhaseState)
    done = models.PositiveSmallIntegerField("済んだ数", default=0)
    wanted = models.PositiveSmallIntegerField("全体の数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "場面の進み具合"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "scene", "phase"],
                name="phase_progress_once",
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year} {self.scene} {self.phase}"


class StepProgress(models.Model):
    """How many meetings of one step of the support a year has, how many have a day, and which days."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="step_progress",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("段階", max_length=20, choices=StepKind)
    meetings = models.PositiveSmallIntegerField("回数", default=0)
    held = models.PositiveSmallIntegerField("実施した回数", default=0)
    held_on = models.DateField("最後に実施した日", null=True)
    # The nearest day ahead when it was counted.
    next_on = models.DateField("予定の日", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "連携支援の段階の進み具合"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "kind"], name="step_progress_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year} {self.kind}"


class OfficerEntry(models.Model):
    """県入力: where a report of a municipality stands that does not use the system."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="officer_entries",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種別", max_length=10, choices=ReportKind)
    status = models.CharField("状態", max_length=10, choices=ReportStatus)
    submitted_on = models.DateField("提出日", null=True, blank=True)
    version = models.PositiveIntegerField("更新回数", default=1)
    entered_at = models.DateTimeField("入力日時", default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="入力した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "県入力"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "kind"], name="officer_entry_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year} {self.kind}"


class DueDate(models.Model):
    """Until when reports of a kind are to be submitted: announced nationwide or by a prefecture."""

    scope_kind = models.CharField("範囲の種類", max_length=20, choices=ScopeKind)
    scope_code = models.CharField("範囲のコード", max_length=10)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種別", max_length=10, choices=ReportKind)
    due_on = models.DateField("提出期限")
    set_at = models.DateTimeField("設定日時", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="設定した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "提出期限"
        ordering = ["fiscal_year", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope_kind", "scope_code", "fiscal_year", "kind"], name="due_date_once"
            )
        ]

    def __str__(self):
        return f"{self.scope_code} {self.fiscal_year} {self.kind}"


class AcceptanceRule(models.Model):
    """How a prefecture accepts the reports of its municipalities; without a row by hand."""

    prefecture = models.OneToOneField(
        "municipalities.Prefecture",
        on_delete=models.CASCADE,
        related_name="acceptance_rule",
        verbose_name="都道府県",
    )
    way = models.CharField(
        "受理のしかた", max_length=16, choices=AcceptanceWay, default=AcceptanceWay.BY_HAND
    )

    class Meta:
        verbose_name = verbose_name_plural = "受理のしかた"

    def __str__(self):
        return self.get_way_display()
