"""What was said of a row that a year took over from the year before it (docs/adr/0034)."""

from django.db import models

from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import CarriedPart


class Carried(Versioned, YearRow):
    """One row of last year, by its key: left behind, confirmed as it is, or changed for a reason.

    That the row came over needs no word: it has its predecessor's key. Who said what is in the Changes.
    """

    part = models.CharField("区分", max_length=20, choices=CarriedPart)
    row_key = models.SlugField("前年度の行のキー", max_length=80)
    is_left_out = models.BooleanField("引き継がない", default=False)
    is_unchanged = models.BooleanField("変更なしと確認した", default=False)
    confirmed_on = models.DateField("確認日", null=True, blank=True)
    reason = CleanTextField("変えた理由", max_length=1000, blank=True)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "part", "row_key")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "前年度からの引き継ぎ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "part", "row_key"], name="carried_once"),
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="carried_key"),
        ]

    def __str__(self):
        return f"{self.get_part_display()}の引き継ぎ"
