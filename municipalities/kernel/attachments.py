"""Pictures that people hand in: kept once for each municipality, found again by the hash of their bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from municipalities.kernel import files
from municipalities.tenancy import TenantModel, writing

if TYPE_CHECKING:
    from pathlib import Path

    from municipalities.kernel.pictures import Picture
    from municipalities.models import User

FOLDER = "pictures"
NO_ROOM = (
    "画像を保存できませんでした。時間をおいて、もう一度追加してください。"
    "続くときは、運営管理者にお知らせください。"
)


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

    @property
    def path(self) -> Path:
        return settings.MEDIA_ROOT / self.file


def keep(picture: Picture, *, original_name: str, by: User) -> Attachment:
    """Keep a picture below this municipality's folder. Bytes that are there already are the same row.

    Raises ValidationError in words when the disk does not take it. The file is named by its content, so
    that one left by a transaction that failed is found and used by the next.
    """
    digest = hashlib.sha256(picture.data).hexdigest()
    file = f"{FOLDER}/{writing()}/{digest}{picture.suffix}"
    try:
        if not (settings.MEDIA_ROOT / file).exists():
            files.keep_atomically(settings.MEDIA_ROOT / file, picture.data)
    except OSError as error:
        raise ValidationError(NO_ROOM) from error
    with transaction.atomic():
        row, _ = Attachment.objects.get_or_create(
            sha256=digest,
            defaults={
                "content_type": picture.content_type,
                "file": file,
                "original_name": original_name[:200],
                "size": len(picture.data),
                "width": picture.width,
                "height": picture.height,
                "stored_by": by,
            },
        )
    return row
