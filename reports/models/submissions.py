"""A report and what was submitted of it: the frozen document."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.tenancy import TenantManager, TenantModel
from reports.choices import RecipientPart, ReportKind, ReportStatus
from reports.numbers import ReportNumber


class ReportQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=ReportStatus.DRAFT)

    def submitted(self):
        """Keep what was submitted at least once; a new version of it may be in the making."""
        return self.filter(submitted_at__isnull=False)

    def numbered(self, number):
        """Return the report that carries this number, or none; the fence has its municipality."""
        return self.filter(
            cycle__fiscal_year=number.fiscal_year, kind=number.kind, serial=number.serial
        )


class ProgressReport(Versioned, YearRow):
    """中間報告 or 最終報告 of a year; `status` is editorial only."""

    kind = models.CharField("種別", max_length=10, choices=ReportKind)
    serial = models.PositiveSmallIntegerField("回")
    step = models.ForeignKey(
        "reports.SupportStep",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="段階",
    )
    status = models.CharField(
        "状態", max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    # It goes to nobody: the year is closed with it as a paper for the council.
    is_council_paper = models.BooleanField("協議体資料として締める", default=False)
    # It goes to no account: the prefecture's copy, which goes out of itself, is all that leaves.
    is_for_prefecture_alone = models.BooleanField("都道府県だけに提出する", default=False)
    # Of the newest version.
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="提出者",
    )

    objects: ClassVar = TenantManager.from_queryset(ReportQuerySet)()

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "報告書"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind", "serial"], name="report_number_once"),
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="report_key"),
        ]

    def __str__(self):
        return self.title

    @property
    def needs_recipients(self):
        """Say whether somebody must be chosen: the report neither stays here nor goes to the prefecture alone."""
        return not (self.is_council_paper or self.is_for_prefecture_alone)

    @property
    def title(self):
        return f"{self.get_kind_display()}書" + (
            "" if self.serial == 1 else f"（{self.serial}回目）"
        )

    @classmethod
    def key_in_words(cls, key):
        """Return which report a key (interim-2-…) names, for 変更の記録: 「中間報告・2回目」."""
        kind, _, rest = key.partition("-")
        serial = rest.partition("-")[0]
        if kind not in ReportKind or not serial.isdecimal():
            return ""
        label = ReportKind(kind).label
        return label if serial == "1" else f"{label}・{serial}回目"

    @property
    def number(self):
        """受付番号, which also says in whose fence the report lies."""
        return ReportNumber(
            self.cycle.municipality.code, self.cycle.fiscal_year, self.kind, self.serial
        )

    @property
    def is_draft(self):
        return self.status == ReportStatus.DRAFT

    @property
    def is_open(self):
        """Still in the house: being written, or with the superiors."""
        return self.status in {ReportStatus.DRAFT, ReportStatus.APPROVAL}

    @property
    def snapshot(self):
        """The newest version as it was submitted, or None."""
        return self.snapshots.order_by("-version").first()

    @property
    def days_waiting(self):
        """Days since the submission, in Japanese calendar days."""
        return (timezone.localdate() - timezone.localdate(self.submitted_at)).days

    def get_absolute_url(self):
        return self.cycle.url("reports:report", self.pk)

    def review_url(self):
        return reverse("review:report", args=[self.number])


class Recipient(TenantModel):
    """An account to which a report is to be delivered."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.CASCADE, related_name="recipients", verbose_name="報告書"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="宛先"
    )
    part = models.CharField(
        "立場", max_length=12, choices=RecipientPart, default=RecipientPart.ADVISER
    )

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "提出先"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="recipient_once")]

    def __str__(self):
        return str(self.user)


class SnapshotQuerySet(models.QuerySet):
    def numbered(self, number):
        """Return the versions of the report that carries this number, the first one first."""
        return self.filter(
            report__cycle__fiscal_year=number.fiscal_year,
            report__kind=number.kind,
            report__serial=number.serial,
        ).order_by("version")


class Snapshot(TenantModel):
    """One version of a report as submitted: canonical bytes and their hash. Never updated."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="snapshots", verbose_name="報告書"
    )
    version = models.PositiveSmallIntegerField("版", default=1)
    document = models.BinaryField("文書")
    sha256 = models.CharField("ハッシュ", max_length=64)
    schema_version = models.PositiveSmallIntegerField("形式の版")
    made_at = models.DateTimeField("作成日時")

    objects: ClassVar = TenantManager.from_queryset(SnapshotQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "提出時の文書"
        ordering = ["report", "version"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="snapshot_version_once")
        ]

    def __str__(self):
        return self.sha256[:12]
