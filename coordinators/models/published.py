"""体制 that a municipality has published: copies, found by the three axes."""

from django.db import models

from coordinators.choices import Affiliation, Coverage
from municipalities.choices import Audience


class PublishedStructure(models.Model):
    """A copy of one structure for others to read: written by the deed that shares it, never edited.

    Unfenced by purpose: it holds what the municipality lets out, and no person.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="市区町村",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    key = models.SlugField("キー", max_length=80)
    name = models.CharField("体制の名称", max_length=100)
    affiliation = models.CharField("所属", max_length=20, choices=Affiliation)
    coverage = models.CharField("対象自治体", max_length=20, choices=Coverage)
    # Codes of PostLevel between commas, with one before and one behind: ",municipal_field,".
    levels = models.CharField("階層", max_length=120, blank=True)
    # Who else it works for: codes between commas.
    partners = models.CharField("共同の市区町村", max_length=1000, blank=True)
    people = models.PositiveIntegerField("人数", null=True)
    audience = models.CharField("見せる範囲", max_length=20, choices=Audience)
    # Canonical JSON of the structure with its parts, as the report's document writes them.
    content = models.BinaryField("内容")
    sha256 = models.CharField("ハッシュ", max_length=64)
    published_at = models.DateTimeField("公開した日時")

    class Meta:
        verbose_name = verbose_name_plural = "公開した体制"
        ordering = ["fiscal_year", "municipality__code", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "key"], name="published_structure_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality} {self.name}"
