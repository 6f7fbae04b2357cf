"""ロジックモデル: outcomes that lead to the desired state, and the activities placed under them."""

from django.db import models

from logicmodels.choices import OutcomeLevel
from logicmodels.models.activities import Activity
from municipalities.choices import Audience, Scene, Theme
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField


class LogicModel(Versioned, YearRow):
    """A model of one scene, or of every scene. Its goal is the desired state of that scene.

    Whether a council agreed to it is the council's record: until then it is たたき台.
    """

    title = CleanTextField("名称", max_length=200)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    note = CleanTextField("補足", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "ロジックモデル"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="logic_model_key")
        ]

    def __str__(self):
        return self.title


class Outcome(Versioned, YearRow):
    """成果: what is to become true for residents, at one level of a model."""

    logic_model = models.ForeignKey(
        LogicModel,
        on_delete=models.PROTECT,
        related_name="outcomes",
        verbose_name="ロジックモデル",
    )
    level = models.CharField(
        "段階", max_length=20, choices=OutcomeLevel, default=OutcomeLevel.INTERMEDIATE
    )
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    theme = models.CharField("横断的な局面", max_length=20, choices=Theme, default=Theme.NONE)
    free_theme = CleanTextField("局面の名称（自由記入）", max_length=60, blank=True)
    text = CleanTextField("成果", max_length=1000)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "成果"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="outcome_key")
        ]

    def __str__(self):
        return self.text[:40]

    @property
    def subject(self):
        """What the outcome is about, in words: its theme, else its scene."""
        if self.theme == Theme.FREE:
            return self.free_theme
        return self.get_scene_display() if self.theme == Theme.NONE else self.get_theme_display()


class OutcomeLink(Versioned, YearRow):
    """One outcome leads to another of the same model, on an assumption."""

    logic_model = models.ForeignKey(
        LogicModel, on_delete=models.PROTECT, related_name="links", verbose_name="ロジックモデル"
    )
    cause = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="effects", verbose_name="原因となる成果"
    )
    effect = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="causes", verbose_name="結果となる成果"
    )
    assumption = CleanTextField("前提", max_length=500, blank=True)

    FOUND_BY = ("cause_id", "effect_id")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "成果のつながり"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="outcome_link_key"
            ),
            models.UniqueConstraint(fields=["cause", "effect"], name="outcome_link_once"),
        ]

    def __str__(self):
        return f"{self.cause} → {self.effect}"


class Placement(Versioned, YearRow):
    """An activity under an outcome. Numbers and 「(再)」 are computed from these, never stored."""

    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="placements", verbose_name="成果"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="placements", verbose_name="取組"
    )
    # 「※医師会に要相談」 belongs to the place, not to the activity.
    note = CleanTextField("注記", max_length=200, blank=True)
    assumption = CleanTextField("前提", max_length=500, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    FOUND_BY = ("outcome_id", "activity_id")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "取組の配置"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="placement_key"),
            models.UniqueConstraint(fields=["outcome", "activity"], name="placement_once"),
        ]

    def __str__(self):
        return f"{self.outcome} ← {self.activity}"
