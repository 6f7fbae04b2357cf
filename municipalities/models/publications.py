"""What crosses the fence as a whole: copies written by the deed that shares, after disclosure rules."""

from django.db import models


class Publication(models.Model):
    """A copy of one submitted version for the prefecture: canonical bytes, their hash, their PDF.

    Unfenced by purpose: it holds only what the disclosure rules let out. Never changed; its PDF is
    added once.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    # 受付番号 of the report and the version of it that this copies.
    number = models.CharField("受付番号", max_length=40)
    version = models.PositiveSmallIntegerField("版", default=1)
    title = models.CharField("題名", max_length=100)
    document = models.BinaryField("文書")
    sha256 = models.CharField("ハッシュ", max_length=64)
    published_at = models.DateTimeField("日時")
    pdf = models.CharField("PDFファイル", max_length=200, blank=True)
    pdf_sha256 = models.CharField("PDFのハッシュ", max_length=64, blank=True)
    pdf_pages = models.PositiveSmallIntegerField("ページ数", default=0)
    pdf_size = models.PositiveIntegerField("大きさ", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公表した写し"
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="publication_once")
        ]

    def __str__(self):
        return f"{self.number} {self.version}"
