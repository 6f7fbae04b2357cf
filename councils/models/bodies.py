"""協議体 and their functions. They endure; a joint council is shared with its partners."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from councils.choices import CouncilKind, CouncilStatus, Programme
from municipalities.choices import Audience, Scene
from municipalities.fence.sharing import SharedTenantModel, SharePartner
from municipalities.japanese import times_a_year
from municipalities.kernel.changes import Versioned
from municipalities.models import Area
from municipalities.text import CleanTextField

PARTNERS = "councils.CouncilPartner"


class Council(SharedTenantModel, Versioned):
    """A body in which the programme is talked over: 全体会, コアメンバー会議, WG, 小さな協議体 and the like."""

    name = CleanTextField("名称", max_length=100)
    kind = models.CharField("種別", max_length=20, choices=CouncilKind, default=CouncilKind.OTHER)
    programme = models.CharField(
        "どの事業の会議か", max_length=20, choices=Programme, default=Programme.OURS
    )
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    status = models.CharField(
        "状態", max_length=10, choices=CouncilStatus, default=CouncilStatus.ACTIVE
    )
    # As people speak of it: 「令和6年度末」.
    planned = CleanTextField("設置の予定", max_length=40, blank=True)
    established = CleanTextField("設置した時期", max_length=40, blank=True)
    ended = CleanTextField("終了した時期", max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name="上位の会議体",
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="councils",
        null=True,
        blank=True,
        verbose_name="対象の地域",
    )
    purpose = CleanTextField("目的", max_length=4000, blank=True)
    frequency = CleanTextField("開催の頻度", max_length=100, blank=True)
    times_min = models.PositiveSmallIntegerField("年間の回数（最少）", null=True, blank=True)
    times_max = models.PositiveSmallIntegerField("年間の回数（最多）", null=True, blank=True)
    # More than one of the same kind: 「6つの専門部会」.
    number_of_bodies = models.PositiveSmallIntegerField(
        "会議体の数（複数ある場合）", null=True, blank=True
    )
    secretariat = CleanTextField("事務局", max_length=200, blank=True)
    # Of a working group.
    theme = CleanTextField("テーマ", max_length=300, blank=True)
    goal_long = CleanTextField("重点目標（長期）", max_length=1000, blank=True)
    goal_short = CleanTextField("重点目標（短期）", max_length=1000, blank=True)
    bodies_wanted = CleanTextField("一緒に取り組みたい関係団体", max_length=1000, blank=True)
    note = CleanTextField("補足", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    SHARED_BY: ClassVar = (PARTNERS, "council", "pk")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "協議体"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="council_key")]

    def __str__(self):
        return self.name

    def clean(self):
        """The least number of times a year is not above the greatest; nothing is above itself."""
        super().clean()
        times_a_year.refuse_reversed(self.times_min, self.times_max)
        if self.parent is not None and (self.parent is self or self.parent.key == self.key):
            message = "自分自身を上位の会議体にはできません。ほかの会議体を選んでください。"
            raise ValidationError({"parent": message})

    @property
    def times(self):
        """「年2～4回」, or nothing."""
        return times_a_year.in_words(self.times_min, self.times_max)


class CouncilPartner(SharePartner, Versioned):
    """A municipality that takes part in a joint council which another one leads."""

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="partners", verbose_name="協議体"
    )

    FOUND_BY = ("council_id", "partner_id")

    class Meta(SharePartner.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "共同で開く市区町村"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="council_partner_key"),
            models.UniqueConstraint(fields=["council", "partner"], name="council_partner_once"),
        ]

    def __str__(self):
        return str(self.partner)


class OfCouncil(SharedTenantModel, Versioned):
    """A row that stands under one council and is shared as it is."""

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="%(class)s_set", verbose_name="協議体"
    )

    SHARED_BY: ClassVar = (PARTNERS, "council", "council_id")

    class Meta(SharedTenantModel.Meta):
        abstract = True


class CouncilFunction(OfCouncil):
    """機能: (1), (2) … in order; a detail stands below the function before it as ①, ②."""

    text = CleanTextField("機能", max_length=500)
    is_detail = models.BooleanField("前の機能の内訳", default=False)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfCouncil.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "協議体の機能"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="council_function_key")
        ]

    def __str__(self):
        return self.text[:60]
