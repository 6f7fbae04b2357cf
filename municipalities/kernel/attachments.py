"""Pictures that people hand in: kept once for each municipality, found again by the hash of their bytes."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from municipalities.tenancy import TenantModel


class Attachment(TenantModel):
    """A stored picture. The name of its file is ours; the one it came with is text only."""

    sha256 = models.CharField("SHA-256", max_length=64)
    content_type = models.CharField("形式", max_length=40)
    file = models.CharField("ファイル", max_length=200)
    original_name = models.CharField("元のファイル名", max_length=200, blank=True)
    size = models.PositiveIntegerField("大きさ（バイト）")
    width = models.PositiveIntegerField("幅（画素）")
    height = models.PositiveIntegerField("高さ（画素）")
    stored_at = models.DateTimeField("受付日時", default=timezone.now)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="受付者",
    )

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "画像"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="attachment_once")
        ]

    def __str__(self):
        return self.original_name or self.sha256[:12]
