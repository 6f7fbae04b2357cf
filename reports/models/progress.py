"""What crosses the fence of a year: states, counts and dates, no text."""

from django.db import models

from reports.choices import ReportKind, ReportStatus


class Progress(models.Model):
    """Where one municipality stands in one year: a published copy, written by the deeds themselves."""

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
