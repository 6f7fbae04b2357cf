"""What a report tells beyond the plan: the texts of the 概要, and what the support changed."""

from django.conf import settings
from django.db import models

from logicmodels.models import Issue
from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.tenancy import TenantModel
from municipalities.text import CleanTextField
from reports.choices import TextSection
from reports.models.rounds import TEXT_LENGTH


class ReportText(Versioned, YearRow):
    """One box of the year's 概要 sheet. Every report of the year reads it; a submission freezes it."""

    section = models.CharField("節", max_length=30, choices=TextSection)
    text = CleanTextField("本文", max_length=TEXT_LENGTH, blank=True)
    # A form of the seed leaves boxes empty for good: said once, they no longer ask.
    is_left_empty = models.BooleanField("記載しない", default=False)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "section")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "報告書の本文"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "section"], name="report_text_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="report_text_key"
            ),
        ]

    def __str__(self):
        return self.get_section_display()

    @classmethod
    def key_in_words(cls, key):
        return dict(TextSection.choices).get(key.replace("-", "_"), "")


class SupportIssue(Versioned, YearRow):
    """支援前の課題: where the support began. It may be one of the plan's issues."""

    text = CleanTextField("支援前の課題", max_length=2000)
    issue = models.ForeignKey(
        Issue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="support_issues",
        verbose_name="課題整理表の課題",
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "支援前の課題"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_issue_key"
            )
        ]

    def __str__(self):
        return self.text[:40]


class SupportEffect(Versioned, YearRow):
    """支援前後の変化（支援の効果）: one change with its conclusion; it may answer one of the issues."""

    text = CleanTextField("変化", max_length=2000)
    conclusion = CleanTextField("結論（⇒）", max_length=500, blank=True)
    answers = models.ForeignKey(
        SupportIssue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="effects",
        verbose_name="こたえる課題",
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "支援前後の変化"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_effect_key"
            )
        ]

    def __str__(self):
        return self.text[:40]


class SupportOutlook(Versioned, YearRow):
    """今後について（予定、方向性等）: what comes next, with a date as people speak of it."""

    text = CleanTextField("今後の予定・方向性", max_length=2000)
    due = CleanTextField("時期", max_length=40, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "今後について"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_outlook_key"
            )
        ]

    def __str__(self):
        return self.text[:40]


class SectionMark(TenantModel):
    """Of one section of one report: that somebody looked at it, and at what.

    `digest` is the sha256 of the section as it was looked at: a later change asks for another look.
    Empty, it says that somebody has put off the end of the section.
    """

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.CASCADE,
        related_name="marks",
        verbose_name="報告書",
    )
    section = models.CharField("節", max_length=30)
    digest = models.CharField("確認した内容", max_length=64)
    marked_at = models.DateTimeField("確認日時")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="確認した人",
    )

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "節の確認"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="section_mark_once")
        ]

    def __str__(self):
        return self.section
