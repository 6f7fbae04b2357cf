"""What became of a submitted report: one PDF, and one delivery for each recipient."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from municipalities.tenancy import TenantManager, TenantModel
from reports.choices import DeliveryState, RecipientPart
from reports.models.submissions import Snapshot


class PdfFile(TenantModel):
    """The one PDF of a snapshot. What was sent is what is kept: it is never made again."""

    snapshot = models.OneToOneField(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="pdf", verbose_name="文書"
    )
    file = models.FileField("ファイル", max_length=200)
    sha256 = models.CharField("ハッシュ", max_length=64)
    pages = models.PositiveSmallIntegerField("ページ数")
    size = models.PositiveIntegerField("大きさ")
    made_at = models.DateTimeField("作成日時")

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "報告書PDF"

    def __str__(self):
        return self.file.name


class DeliveryQuerySet(models.QuerySet):
    def newest(self):
        """Keep the deliveries of each report's newest version."""
        newer = Snapshot.objects.filter(
            report=OuterRef("report"), version__gt=OuterRef("snapshot__version")
        )
        return self.exclude(Exists(newer))


class Delivery(TenantModel):
    """One version of a report on its way to one recipient."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name="報告書",
    )
    snapshot = models.ForeignKey(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="deliveries", verbose_name="版"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="宛先"
    )
    part = models.CharField(
        "立場", max_length=12, choices=RecipientPart, default=RecipientPart.ADVISER
    )
    state = models.CharField(
        "状態", max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED
    )
    sent_at = models.DateTimeField("送信日時", null=True)
    maybe_twice = models.BooleanField("二重送信の可能性", default=False)
    reason = models.CharField("理由", max_length=300, blank=True)
    # When the recipient first opened the report or its PDF behind the login.
    opened_at = models.DateTimeField("開いた日時", null=True)
    # Sendings by a person's hand after the first one.
    resent = models.PositiveSmallIntegerField("再送の回数", default=0)

    objects: ClassVar = TenantManager.from_queryset(DeliveryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "送付"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "recipient"], name="delivery_once")
        ]

    def __str__(self):
        return f"{self.report_id} → {self.recipient_id}"
