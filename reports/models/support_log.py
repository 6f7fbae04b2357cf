"""県の支援の記録: what an office of a prefecture did for its municipalities."""

from django.db import models

from municipalities import town_codes
from municipalities.choices import CARE_SCENES, Scene
from municipalities.kernel.changes import PrefectureVersioned
from municipalities.text import CleanTextField
from reports.choices import SupportKind


class SupportRecord(PrefectureVersioned):
    """One support: its kind and day, for which towns, what was done, and what came of it. No names of people.

    Without towns it was for every municipality of the prefecture.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種類", max_length=20, choices=SupportKind)
    # As people speak of it, or a day.
    held_on = CleanTextField("時期", max_length=40)
    times = models.PositiveSmallIntegerField("回数", default=1)
    is_hands_on = models.BooleanField("伴走支援として計上する", default=False)
    # Codes between commas, with one before and one behind.
    towns = CleanTextField("対象の市町村", max_length=town_codes.LONGEST, blank=True)
    daily_care = models.BooleanField(Scene.DAILY_CARE.label, default=False)
    discharge = models.BooleanField(Scene.DISCHARGE.label, default=False)
    emergency = models.BooleanField(Scene.EMERGENCY.label, default=False)
    end_of_life = models.BooleanField(Scene.END_OF_LIFE.label, default=False)
    theme = CleanTextField("テーマ", max_length=100)
    done = CleanTextField("行ったこと", max_length=2000, blank=True)
    by_whom = CleanTextField("行った人（職種・人数）", max_length=200, blank=True)
    participants = models.PositiveIntegerField("参加者数", null=True, blank=True)
    outcome = CleanTextField("成果・次にすること", max_length=2000, blank=True)
    # The code of the health centre that wrote it; nothing for the prefecture's own department.
    office = CleanTextField("記録した保健所", max_length=10, blank=True, editable=False)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "県の支援の記録"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "fiscal_year", "key"], name="support_record_key"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.theme}"

    @property
    def is_for_all(self):
        return not self.towns

    @property
    def town_codes(self):
        return town_codes.read(self.towns)

    @property
    def scenes(self):
        """The scenes that it was about, in the order of the form; empty means that none was named."""
        return tuple(scene for scene in CARE_SCENES if getattr(self, scene.value))

    def concerns(self, code):
        """Say whether it was for the municipality of this code."""
        return self.is_for_all or code in self.town_codes
