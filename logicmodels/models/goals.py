"""What a municipality wants to reach and what stands in the way, for one year."""

from typing import ClassVar

from django.db import models

from logicmodels.choices import Priority
from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.tenancy import TenantManager
from municipalities.text import CleanTextField

TEXT_LENGTH = 20_000


class SceneQuerySet(models.QuerySet):
    def for_scene(self, scene):
        return self.filter(scene=scene)


class DesiredState(Versioned, YearRow):
    """目指す姿 of one scene. Whether a council agreed to it is the council's record, not a column."""

    scene = models.CharField("場面", max_length=20, choices=Scene)
    text = CleanTextField("目指す姿", max_length=TEXT_LENGTH, blank=True)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "scene")

    objects: ClassVar = TenantManager.from_queryset(SceneQuerySet)()

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "目指す姿"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "scene"], name="desired_state_once_per_scene"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="desired_state_key"
            ),
        ]

    def __str__(self):
        return f"{self.get_scene_display()} {self.text[:20]}"

    @classmethod
    def key_in_words(cls, key):
        """Return the scene that a key names, for 変更の記録; nothing for a key of another making."""
        return dict(Scene.choices).get(key.replace("-", "_"), "")


class Issue(Versioned, YearRow):
    """課題: what keeps the current state from the desired one (目指す姿 − 現状 = 課題)."""

    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    text = CleanTextField("課題", max_length=TEXT_LENGTH)
    # Counts in a text may be approximate: 「730人程度/月」. Figures with a year are indicators.
    current_state = CleanTextField("現状", max_length=TEXT_LENGTH, blank=True)
    gap = CleanTextField("目指す姿との差", max_length=TEXT_LENGTH, blank=True)
    cause = CleanTextField("要因・背景", max_length=TEXT_LENGTH, blank=True)
    priority = models.CharField(
        "優先順位", max_length=20, choices=Priority, default=Priority.UNDECIDED
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    objects: ClassVar = TenantManager.from_queryset(SceneQuerySet)()

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "課題"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="issue_key")
        ]

    def __str__(self):
        return self.text[:40]
