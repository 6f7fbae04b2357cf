"""自治体概要: the texts of a municipality's profile. Its numbers are measurements (indicators)."""

from typing import ClassVar

from django.db import models

from municipalities.kernel.changes import Versioned, label_of
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField


class Profile(Versioned, YearRow):
    """The texts of the 自治体概要 form, one row a year."""

    responsible_section = CleanTextField("担当部署", max_length=200, blank=True)
    contractors = CleanTextField("委託先", max_length=1000, blank=True)
    other_participants = CleanTextField("その他の参加者", max_length=1000, blank=True)
    strengths = CleanTextField("利点", max_length=2000, blank=True)
    difficulties = CleanTextField("課題", max_length=2000, blank=True)
    medical_features = CleanTextField("医療の特徴", max_length=2000, blank=True)
    care_features = CleanTextField("介護の特徴", max_length=2000, blank=True)
    programme_state = CleanTextField(
        "在宅医療・介護連携推進事業の現況", max_length=2000, blank=True
    )

    FOUND_BY = ("cycle_id",)
    HEAD_FIELDS = ("responsible_section", "contractors", "other_participants")
    FEATURE_FIELDS = (
        "strengths",
        "difficulties",
        "medical_features",
        "care_features",
        "programme_state",
    )

    # What a reader could take for another box, told apart in one sentence.
    NOTES: ClassVar[dict[str, str]] = {
        "difficulties": "地域の医療・介護の体制や資源で不足していること"
        "（事業を進める上での課題は、「目指す姿と課題」の「支援前の課題」に書きます）。"
    }

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "自治体概要"
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="profile_once_a_year"),
        ]

    def __str__(self):
        return f"{self.cycle} 自治体概要"

    @property
    def boxes(self):
        """The texts in the order of the form, each with its label, written or not."""
        return [
            {
                "label": label_of(self, name),
                "value": getattr(self, name),
                "note": self.NOTES.get(name, ""),
            }
            for name in (*self.HEAD_FIELDS, *self.FEATURE_FIELDS)
        ]
