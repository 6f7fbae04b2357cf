"""Posts of coordinators: how many, where, of which training, how employed. Never who."""

from django.core.exceptions import ValidationError
from django.db import models

from coordinators.choices import Duty, Employment, PostLevel, PostRole
from coordinators.models.structures import OfStructure
from municipalities import town_codes
from municipalities.kernel.changes import PrefectureVersioned
from municipalities.models import MedicalArea
from municipalities.models.bodies import NamedBody
from municipalities.text import CleanTextField


class Post(NamedBody, OfStructure):
    """Some coordinators of one level at one place; `organization` or `name` is where they belong (配置先)."""

    NAME_IS_ASKED = False

    desk = CleanTextField("窓口・業務", max_length=100, blank=True)
    level = models.CharField("区分", max_length=20, choices=PostLevel, default=PostLevel.UNSTATED)
    role = models.CharField("役割", max_length=20, choices=PostRole, default=PostRole.COORDINATOR)
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    # How many places share the number: 「8区11病院」.
    places = CleanTextField("配置先の数", max_length=60, blank=True)
    qualifications = CleanTextField("資格等", max_length=300, blank=True)
    # Only where it is stated.
    fte = models.DecimalField("常勤換算", max_digits=6, decimal_places=2, null=True, blank=True)
    upper = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="lower",
        null=True,
        blank=True,
        verbose_name="つながる上位の配置",
    )
    note = CleanTextField("補足", max_length=500, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfStructure.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "コーディネーターの配置"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "structure", "key"], name="post_key")
        ]

    def __str__(self):
        return " ".join(filter(None, (self.desk or self.name, self.get_level_display())))


class Staffing(OfStructure):
    """A part of a post's people by 常勤・非常勤 and 専従・兼務: each may be 記載なし."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="staffing", verbose_name="配置"
    )
    employment = models.CharField(
        "常勤・非常勤", max_length=10, choices=Employment, default=Employment.UNSTATED
    )
    duty = models.CharField("専従・兼務", max_length=10, choices=Duty, default=Duty.UNSTATED)
    people = models.PositiveSmallIntegerField("人数")
    qualifications = CleanTextField("資格等", max_length=300, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfStructure.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "人数の内訳"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "structure", "key"], name="staffing_key"
            )
        ]

    def __str__(self):
        return f"{self.get_employment_display()}・{self.get_duty_display()} {self.people}人"


class PrefecturePost(PrefectureVersioned):
    """A post that the prefecture keeps: shown in its towns, counted once in the prefecture."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    name = CleanTextField("配置先", max_length=100)
    level = models.CharField(
        "区分", max_length=20, choices=PostLevel, default=PostLevel.PREFECTURE_LEAD
    )
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    employment = models.CharField(
        "常勤・非常勤", max_length=10, choices=Employment, default=Employment.UNSTATED
    )
    duty = models.CharField("専従・兼務", max_length=10, choices=Duty, default=Duty.UNSTATED)
    qualifications = CleanTextField("資格等", max_length=300, blank=True)
    # Where it works for one area of medical care or some towns only; without, for the whole prefecture.
    area = models.ForeignKey(
        MedicalArea,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="対象の二次医療圏",
    )
    # Codes between commas, with one before and one behind.
    towns = CleanTextField("対象の市町村", max_length=town_codes.LONGEST, blank=True)
    work = CleanTextField("主な業務", max_length=2000, blank=True)
    source = CleanTextField("出典", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "都道府県のコーディネーターの配置"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "fiscal_year", "key"], name="prefecture_post_key"
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.area_id and self.towns:
            message = "二次医療圏と市町村の両方は選べません。どちらか一方を選んでください。"
            raise ValidationError({"towns": message})

    @property
    def town_codes(self):
        return town_codes.read(self.towns)
