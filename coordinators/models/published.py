"""体制 and 拠点 that a municipality has published: copies for others."""

from django.db import models

from coordinators.choices import Affiliation, Coverage
from municipalities.rows.published_copies import PublishedCopy


class PublishedStructure(PublishedCopy):
    """A copy of one structure, with its parts as the report's document writes them; found by the three axes."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("体制の名称", max_length=100)
    affiliation = models.CharField("所属", max_length=20, choices=Affiliation)
    coverage = models.CharField("対象自治体", max_length=20, choices=Coverage)
    # Codes of PostLevel between commas, with one before and one behind: ",municipal_field,".
    levels = models.CharField("階層", max_length=120, blank=True)
    # Who else it works for: codes between commas.
    partners = models.CharField("共同の市区町村", max_length=1000, blank=True)
    people = models.PositiveIntegerField("人数", null=True)

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


class PublishedBase(PublishedCopy):
    """A copy of one 拠点 for the prefecture; like the 拠点 itself it belongs to no year."""

    name = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "県と共有した拠点"
        ordering = ["municipality__code", "key"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="published_base_once")
        ]

    def __str__(self):
        return f"{self.municipality} {self.name}"
