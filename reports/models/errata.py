"""正誤: what turned out wrong after a submission. It stands beside the frozen document, never inside."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from municipalities.kernel.changes import AppendOnly
from municipalities.tenancy import TenantManager, TenantModel
from municipalities.text import CleanTextField


class ErratumQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnly("Errata are never updated")

    def delete(self):
        raise AppendOnly("Errata are never deleted")


class Erratum(TenantModel):
    """One correction: where, what stood there, what should stand there. Append-only."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.PROTECT,
        related_name="errata",
        verbose_name="報告書",
    )
    snapshot = models.ForeignKey(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="errata", verbose_name="版"
    )
    place = CleanTextField("箇所", max_length=100)
    wrong = CleanTextField("誤", max_length=1000)
    right = CleanTextField("正", max_length=1000)
    reason = CleanTextField("理由", max_length=500, blank=True)
    written_at = models.DateTimeField("記入日時")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="記入者",
    )

    objects: ClassVar = TenantManager.from_queryset(ErratumQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "正誤"
        ordering = ["pk"]

    def __str__(self):
        return self.place
