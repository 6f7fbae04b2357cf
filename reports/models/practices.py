"""好事例: what a municipality tells others of something that went well, and the copies they read."""

from django.db import models

from councils.choices import Profession
from logicmodels.choices import WorkItem
from logicmodels.models import Activity
from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.rows.published_copies import PublishedCopy
from municipalities.text import CleanTextField


class Practice(Versioned, YearRow):
    """One case of good practice, in the fields of the ministry's library (domain.md 3.10)."""

    title = CleanTextField("題名", max_length=100)
    scene = models.CharField("取組場面", max_length=20, choices=Scene, default=Scene.ALL)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        related_name="practices",
        null=True,
        blank=True,
        verbose_name="もとになる取組",
    )
    key_person = models.CharField(
        "取組のキーパーソン", max_length=30, choices=Profession, default=Profession.UNSTATED
    )
    second_person = models.CharField(
        "もう一人のキーパーソン", max_length=30, choices=Profession, default=Profession.UNSTATED
    )
    work_item = models.CharField(
        "取組の実施内容", max_length=30, choices=WorkItem, default=WorkItem.NONE
    )
    second_item = models.CharField(
        "もう一つの実施内容", max_length=30, choices=WorkItem, default=WorkItem.NONE
    )
    background = CleanTextField("取組の背景", max_length=2000, blank=True)
    outline = CleanTextField("取組の概要", max_length=4000)
    hardship = CleanTextField("取組で苦労した点", max_length=2000, blank=True)
    result = CleanTextField("取組の成果", max_length=2000, blank=True)
    help_received = CleanTextField("都道府県による支援状況", max_length=1000, blank=True)
    contact = CleanTextField("問い合わせ先", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "好事例"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="practice_key")
        ]

    def __str__(self):
        return self.title[:60]


class PublishedPractice(PublishedCopy):
    """A copy of one practice, as canonical JSON of the case."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("題名", max_length=100)
    scene = models.CharField("取組場面", max_length=20, choices=Scene)
    key_person = models.CharField("取組のキーパーソン", max_length=30, choices=Profession)
    second_person = models.CharField("もう一人のキーパーソン", max_length=30, choices=Profession)
    work_item = models.CharField("取組の実施内容", max_length=30, choices=WorkItem)
    second_item = models.CharField("もう一つの実施内容", max_length=30, choices=WorkItem)
    # What it began from, if others may read that as well; nothing in copies of before it was told.
    activity_key = models.SlugField("もとになる取組のキー", max_length=80, blank=True)
    # By a published statistic, else as the town states it; None where it is not known.
    population = models.PositiveIntegerField("人口", null=True)
    # Every word of it, normalised: what a search by words looks through.
    words = models.TextField("探す言葉")

    class Meta:
        verbose_name = verbose_name_plural = "公開した好事例"
        ordering = ["-fiscal_year", "municipality__code", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "key"], name="published_practice_once"
            )
        ]

    def __str__(self):
        return f"{self.municipality} {self.title}"
