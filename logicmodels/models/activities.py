"""取組: one record each, however often a logic model names it; with partners, milestones and results."""

from django.db import models

from logicmodels.choices import (
    ActivityStatus,
    Execution,
    Funding,
    WorkItem,
    work_item_with_letter,
)
from municipalities.choices import Audience, Scene
from municipalities.japanese import times_a_year
from municipalities.kernel.changes import Versioned
from municipalities.models import Area, Organization
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField


class Activity(Versioned, YearRow):
    """What is done, for whom, by whom, when, and with which money."""

    name = CleanTextField("取組の名称", max_length=300)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    description = CleanTextField("内容", max_length=4000, blank=True)
    target_group = CleanTextField("対象者", max_length=300, blank=True)
    status = models.CharField(
        "状況", max_length=20, choices=ActivityStatus, default=ActivityStatus.PLANNED
    )
    work_item = models.CharField("事業項目", max_length=30, choices=WorkItem, default=WorkItem.NONE)
    execution = models.CharField(
        "実施の方法", max_length=20, choices=Execution, default=Execution.UNSTATED
    )
    executor = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="実施主体",
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name="対象の地域",
    )
    # As people speak: 「令和6年4月から」「令和6年度末まで」.
    period = CleanTextField("実施時期", max_length=200, blank=True)
    frequency = CleanTextField("頻度", max_length=100, blank=True)
    times_min = models.PositiveSmallIntegerField("年間の回数（最少）", null=True, blank=True)
    times_max = models.PositiveSmallIntegerField("年間の回数（最多）", null=True, blank=True)
    budget = models.PositiveIntegerField("予算額（円）", null=True, blank=True)
    settled = models.PositiveIntegerField("決算額（円）", null=True, blank=True)
    funding = models.CharField("財源", max_length=20, choices=Funding, default=Funding.UNSTATED)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "取組"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="activity_key")
        ]

    def __str__(self):
        return self.name[:60]

    def clean(self):
        """The least number of times a year is not above the greatest."""
        times_a_year.refuse_reversed(self.times_min, self.times_max)

    @property
    def work_item_in_words(self):
        return work_item_with_letter(self.work_item)

    @property
    def times(self):
        """「年2～4回」「年2回以上」「年4回まで」, or nothing."""
        return times_a_year.in_words(self.times_min, self.times_max)


class PartOfActivity(Versioned, YearRow):
    """A row that belongs to one activity and goes with it."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="%(class)s_set", verbose_name="取組"
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = True


class ActivityPartner(PartOfActivity):
    """協力団体: who takes part in an activity beside its executor."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="partnerships",
        verbose_name="団体・部署",
    )
    role = CleanTextField("役割", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    FOUND_BY = ("activity_id", "organization_id")

    class Meta(PartOfActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "協力団体"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="activity_partner_key"
            ),
            models.UniqueConstraint(
                fields=["activity", "organization"], name="activity_partner_once"
            ),
        ]

    def __str__(self):
        return str(self.organization)


class Milestone(PartOfActivity):
    """節目: what is to be reached by when; the day may be known, or only 「令和6年度末」."""

    text = CleanTextField("節目", max_length=300)
    due = CleanTextField("時期", max_length=60, blank=True)
    due_on = models.DateField("期日", null=True, blank=True)
    is_reached = models.BooleanField("達した", default=False)

    class Meta(PartOfActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "節目"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="milestone_key")
        ]

    def __str__(self):
        return self.text[:40]


class ActivityResult(PartOfActivity):
    """実績: what was done on a day or in a time, with how many people."""

    held_on = models.DateField("実施日", null=True, blank=True)
    when = CleanTextField("時期", max_length=60, blank=True)
    text = CleanTextField("内容", max_length=2000)
    participants = models.PositiveIntegerField("参加者数（人）", null=True, blank=True)

    class Meta(PartOfActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "取組の実績"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="activity_result_key"
            )
        ]

    def __str__(self):
        return self.text[:40]
