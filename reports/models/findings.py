"""What becomes of findings: those that a municipality waives, and how many of each rule it has, published."""

from django.conf import settings
from django.db import models

from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField

# The place of a finding that is about the year as a whole.
WHOLE_YEAR = "year"


class Waiver(Versioned, YearRow):
    """A finding waived with a reason. It belongs to a rule and a place, and stays when the place's words change."""

    rule = models.CharField("点検の番号", max_length=8)
    # The key of the row that the finding is about; WHOLE_YEAR where it is about none.
    place = models.SlugField("箇所", max_length=80, default=WHOLE_YEAR)
    # What the place was called then, for whoever reads the reason later.
    label = CleanTextField("箇所の名前", max_length=200, blank=True)
    reason = CleanTextField("見送る理由", max_length=500)
    waived_on = models.DateField("見送った日", null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="見送った人",
    )
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "rule", "place")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "見送った気づき"
        ordering = ["rule", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "rule", "place"], name="waiver_once"),
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="waiver_key"),
        ]

    def __str__(self):
        return f"{self.rule}　{self.label}".strip()


class FindingCount(models.Model):
    """In how many places a municipality's year breaks a rule: a published number, no text."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="finding_counts",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    rule = models.CharField("点検の番号", max_length=8)
    # How many places were looked at: none where the year has nothing yet that the rule could be about.
    looked_at = models.PositiveIntegerField("見た数", default=0)
    found = models.PositiveIntegerField("気づきの数", default=0)
    waived = models.PositiveIntegerField("見送った数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "点検の件数"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "rule"], name="finding_count_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality_id} {self.fiscal_year} {self.rule}"
