"""自治体概要: the texts of a municipality's profile. Its numbers are measurements (indicators)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from municipalities.choices import Audience
from municipalities.japanese import times_a_year
from municipalities.japanese.review_rhythm import MOST_YEARS, in_words
from municipalities.kernel.attachments import Attachment
from municipalities.kernel.changes import Versioned, label_of
from municipalities.models.cycles import YearRow
from municipalities.models.organizations import Organization
from municipalities.text import CleanTextField


class Profile(Versioned, YearRow):
    """The texts of the 自治体概要 form, one row a year."""

    responsible_section = CleanTextField("担当部署", max_length=200, blank=True)
    strengths = CleanTextField("利点", max_length=2000, blank=True)
    difficulties = CleanTextField("課題", max_length=2000, blank=True)
    medical_features = CleanTextField("医療の特徴", max_length=2000, blank=True)
    care_features = CleanTextField("介護の特徴", max_length=2000, blank=True)
    programme_state = CleanTextField(
        "在宅医療・介護連携推進事業の現況", max_length=2000, blank=True
    )
    # In which rhythm the plan is looked at again: as people say it, and what of it is a number.
    review_rhythm = CleanTextField("PDCAの見直し周期", max_length=200, blank=True)
    review_years = models.PositiveSmallIntegerField(
        "PDCAを一巡させる年数",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)],
    )
    reviews_min = models.PositiveSmallIntegerField(
        "年間の見直しの回数（最少）", null=True, blank=True
    )
    reviews_max = models.PositiveSmallIntegerField(
        "年間の見直しの回数（最多）", null=True, blank=True
    )

    FOUND_BY = ("cycle_id",)
    HEAD_FIELDS = ("responsible_section",)
    REVIEW_FIELDS = ("review_rhythm", "review_years", "reviews_min", "reviews_max")
    FEATURE_FIELDS = (
        "strengths",
        "difficulties",
        "medical_features",
        "care_features",
        "programme_state",
    )
    # Texts of the town's own that no copy for a prefecture tells.
    KEPT_TEXTS = (*FEATURE_FIELDS, "review_rhythm")

    # What a reader could take for another box, told apart in one sentence.
    NOTES: ClassVar[dict[str, str]] = {
        "difficulties": "地域の医療・介護の体制や資源で不足していること"
        "（事業を進める上での課題は、「目指す姿と課題」の課題整理表に書きます）。"
    }

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "自治体概要"
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="profile_once_a_year"),
        ]

    def __str__(self):
        return f"{self.cycle} 自治体概要"

    def clean(self):
        """The least number of reviews a year is not above the greatest."""
        super().clean()
        times_a_year.refuse_reversed(self.reviews_min, self.reviews_max, name="reviews_max")

    @property
    def review(self):
        """「毎年度末に評価する（3年で一巡、見直しは年2回）」, or nothing."""
        return in_words(*(getattr(self, name) for name in self.REVIEW_FIELDS))

    @property
    def features(self):
        """The texts of 特徴 in the order of the form, each with its label, written or not."""
        return [
            {
                "label": label_of(self, name),
                "value": getattr(self, name),
                "note": self.NOTES.get(name, ""),
            }
            for name in self.FEATURE_FIELDS
        ]


class Contractor(Versioned, YearRow):
    """委託先: who runs a desk or a part of the programme for the municipality in this year."""

    desk = CleanTextField("窓口・業務", max_length=100, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="contractors",
        verbose_name="団体・部署",
    )
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "委託先"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="contractor_key")
        ]

    def __str__(self):
        return f"{self.desk}：{self.organization}" if self.desk else str(self.organization)


class Participant(Versioned, YearRow):
    """その他の参加者: who else takes part in this year, by body and section."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="participants",
        verbose_name="団体・部署",
    )
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "その他の参加者"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="participant_key")
        ]

    def __str__(self):
        return str(self.organization)


class ProfilePicture(Versioned, YearRow):
    """図表: a picture of the profile (map, photo, table of a survey) with caption and source."""

    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="profile_pictures", verbose_name="画像"
    )
    caption = CleanTextField("説明", max_length=200)
    source = CleanTextField("出典", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "図表"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="profile_picture_key"
            )
        ]

    def __str__(self):
        return self.caption
