"""The support that a municipality receives in a year, step by step."""

from django.db import models

from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import LATER_SITUATION, SITUATION_LABELS, StepKind

TEXT_LENGTH = 20_000


class SupportStep(Versioned, YearRow):
    """One meeting of the support: 【状況】 beside 【アドバイス等】, one line each."""

    kind = models.CharField("段階", max_length=20, choices=StepKind)
    position = models.PositiveSmallIntegerField("並び順")
    held_on = models.DateField("実施日", null=True, blank=True)
    situation = CleanTextField("状況", max_length=TEXT_LENGTH, blank=True)
    advice = CleanTextField("アドバイス等", max_length=TEXT_LENGTH, blank=True)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "連携支援の段階"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_step_key"
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @classmethod
    def key_in_words(cls, key):
        """Return the step that a key names, for 変更の記録; nothing for a key of another making."""
        return dict(StepKind.choices).get(key.replace("-", "_"), "")

    @property
    def situation_label(self):
        """The heading of the left box, as the form words it for this step."""
        return SITUATION_LABELS.get(StepKind(self.kind), LATER_SITUATION)
