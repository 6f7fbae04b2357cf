"""交付金根拠表 and 実施状況調査: the items of a year, and what a municipality makes of each."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from municipalities.japanese.dates import FIRST_YEAR, LAST_YEAR
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import EvidenceSheet, GrantAnswerKind, GrantEvidence


class GrantItem(models.Model):
    """One item as a prefecture's officers have put it right for a year; without any the shipped ones hold.

    Unfenced by purpose: a public document's wording, read by every town of the prefecture.
    """

    prefecture = models.ForeignKey(
        "municipalities.Prefecture",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="都道府県",
    )
    sheet = models.CharField(
        "様式", max_length=10, choices=EvidenceSheet, default=EvidenceSheet.GRANT
    )
    fiscal_year = models.PositiveSmallIntegerField(
        "交付金・調査の年度",
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    position = models.PositiveSmallIntegerField("並び順")
    code = models.SlugField("コード", max_length=40)
    block = CleanTextField("区分", max_length=100)
    mark = CleanTextField("項目", max_length=20)
    points = CleanTextField("配点", max_length=20, blank=True)
    wording = CleanTextField("内容", max_length=500)
    source = CleanTextField("出典", max_length=200, blank=True)
    evidence = models.CharField(
        "根拠の集め方", max_length=20, choices=GrantEvidence, default=GrantEvidence.BY_HAND
    )
    is_seen = models.BooleanField("原文を確認した", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登録者"
    )
    uploaded_at = models.DateTimeField("登録日時")

    class Meta:
        verbose_name = verbose_name_plural = "交付金・調査の項目"
        ordering = ["prefecture", "sheet", "fiscal_year", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "sheet", "fiscal_year", "code"], name="grant_item_once"
            )
        ]

    def __str__(self):
        return f"{self.block}{self.mark}"


class GrantAnswer(Versioned, YearRow):
    """What the municipality itself says of an item; nothing of it is computed. It stays in the house."""

    sheet = models.CharField(
        "様式", max_length=10, choices=EvidenceSheet, default=EvidenceSheet.GRANT
    )
    code = models.SlugField("項目", max_length=40)
    answer = models.CharField(
        "該当・回答の別", max_length=10, choices=GrantAnswerKind, default=GrantAnswerKind.UNSURE
    )
    note = CleanTextField("根拠・補足", max_length=2000, blank=True)

    FOUND_BY = ("cycle_id", "sheet", "code")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "交付金・調査の項目の確認"
        ordering = ["sheet", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "sheet", "code"], name="grant_answer_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="grant_answer_key"
            ),
        ]

    def __str__(self):
        return self.code
