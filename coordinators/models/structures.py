"""コーディネーターの体制 of a year by its axes, with background, activities, effects and stages of 連携."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from coordinators.choices import Affiliation, Coverage, HeadingKind
from municipalities.choices import Audience
from municipalities.fence.sharing import SharedTenantModel, SharePartner
from municipalities.japanese.dates import FIRST_YEAR, LAST_YEAR
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField

PARTNERS = "coordinators.StructurePartner"


class Structure(SharedTenantModel, Versioned):
    """How a municipality, or several together, has its coordinators in one fiscal year.

    A joint structure is written by its lead and shown at its partners; it carries the fiscal year,
    for the partners' cycles are their own.
    """

    fiscal_year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    name = CleanTextField("体制の名称", max_length=100)
    affiliation = models.CharField(
        "所属", max_length=20, choices=Affiliation, default=Affiliation.UNSTATED
    )
    coverage = models.CharField(
        "対象自治体", max_length=20, choices=Coverage, default=Coverage.UNSTATED
    )
    # Where the source leaves an axis open, what it says.
    axes_note = CleanTextField("区分についての補足", max_length=500, blank=True)
    responsible = CleanTextField("担当部署", max_length=200, blank=True)
    background = CleanTextField("背景", max_length=4000, blank=True)
    note = CleanTextField("補足", max_length=2000, blank=True)
    source = CleanTextField("出典", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    SHARED_BY: ClassVar = (PARTNERS, "structure", "pk")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "コーディネーターの体制"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "key"], name="structure_key"
            )
        ]

    def __str__(self):
        return self.name


class StructurePartner(SharePartner, Versioned):
    """A municipality for which a joint structure works beside its lead."""

    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="partners", verbose_name="体制"
    )
    responsible = CleanTextField("担当部署", max_length=200, blank=True)

    FOUND_BY = ("structure_id", "partner_id")

    class Meta(SharePartner.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "共同で対象とする市区町村"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "structure", "key"], name="structure_partner_key"
            ),
            models.UniqueConstraint(fields=["structure", "partner"], name="structure_partner_once"),
        ]

    def __str__(self):
        return str(self.partner)


class OfStructure(SharedTenantModel, Versioned):
    """A row that stands under one structure and is shared as it is."""

    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="%(class)s_set", verbose_name="体制"
    )

    SHARED_BY: ClassVar = (PARTNERS, "structure", "structure_id")

    class Meta(SharedTenantModel.Meta):
        abstract = True


class Heading(OfStructure):
    """A heading under 背景, 主な取組内容等 or 効果; it may hold for some of those who take part only."""

    kind = models.CharField("区分", max_length=10, choices=HeadingKind)
    text = CleanTextField("見出し", max_length=200, blank=True)
    applies_to = CleanTextField("あてはまる範囲", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfStructure.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "取組・効果の見出し"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "structure", "key"], name="heading_key")
        ]

    def __str__(self):
        return self.text[:60]


class HeadingItem(OfStructure):
    """One point under a heading; what is planned so often a year stands beside how often it was held."""

    heading = models.ForeignKey(
        Heading, on_delete=models.PROTECT, related_name="items", verbose_name="見出し"
    )
    text = CleanTextField("内容", max_length=1000)
    is_detail = models.BooleanField("前の項目の内訳", default=False)
    # As the source says it: 「2回/年」「年6回程度」.
    planned = CleanTextField("予定の回数", max_length=40, blank=True)
    held = models.PositiveSmallIntegerField("実施した回数", null=True, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfStructure.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "取組・効果の項目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "structure", "key"], name="heading_item_key"
            )
        ]

    def __str__(self):
        return self.text[:60]


class CooperationStage(OfStructure):
    """連携の段階: 一次連携, 二次連携, 三次連携 and what is done in each."""

    name = CleanTextField("段階", max_length=40)
    text = CleanTextField("内容", max_length=1000)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfStructure.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "連携の段階"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "structure", "key"], name="stage_key")
        ]

    def __str__(self):
        return self.name
