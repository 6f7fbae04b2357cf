"""上長確認: superiors who approve a report one after another, and what exactly they approved."""

from django.conf import settings
from django.db import models

from municipalities.tenancy import TenantModel
from municipalities.text import CleanTextField
from reports.choices import ApprovalState


class Approval(TenantModel):
    """One superior's place in the line. `sha256` is of the content that was approved."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.CASCADE,
        related_name="approvals",
        verbose_name="報告書",
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上長"
    )
    position = models.PositiveSmallIntegerField("順番")
    state = models.CharField(
        "状態", max_length=10, choices=ApprovalState, default=ApprovalState.WAITING
    )
    decided_at = models.DateTimeField("日時", null=True, blank=True)
    comment = CleanTextField("意見", max_length=1000, blank=True)
    sha256 = models.CharField("承認した内容", max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "上長確認"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "approver"], name="approval_once")]

    def __str__(self):
        return f"{self.position} {self.approver}"
