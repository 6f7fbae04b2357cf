"""ヒアリング: what bodies and professions were asked and said; both sides of one topic side by side."""

from django.db import models

from councils.choices import Profession
from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.bodies import NamedBody
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField

# How what was heard came in where it was written in a questionnaire.
FREE_TEXT = "アンケートの自由記述"


class Hearing(NamedBody, Versioned, YearRow):
    """One hearing: `organization` or `name` is who was asked; of persons only how many."""

    profession = models.CharField(
        "職種", max_length=30, choices=Profession, default=Profession.UNSTATED
    )
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    held_on = models.DateField("実施日", null=True, blank=True)
    when = CleanTextField("時期", max_length=40, blank=True)
    way = CleanTextField("方法", max_length=100, blank=True)
    items = CleanTextField("聞き取った項目", max_length=1000, blank=True)
    gist = CleanTextField("要旨", max_length=4000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "ヒアリング"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="hearing_key")
        ]

    @property
    def heard(self):
        """Return from where its voices come."""
        return f"{self.name}{'の自由記述' if self.way == FREE_TEXT else 'へのヒアリング'}"


class HearingTopic(Versioned, YearRow):
    """A topic on which several sides were heard."""

    title = CleanTextField("話題", max_length=200)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    conclusion = CleanTextField("わかったこと・今後", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "ヒアリングの話題"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="hearing_topic_key"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def page(self):
        """Return where the topic is shown, in its own year."""
        return self.cycle.url("surveys:topic", self.key)


class HearingVoice(Versioned, YearRow):
    """What one side said about a topic, in one sentence; from which hearing, where that is recorded."""

    topic = models.ForeignKey(
        HearingTopic, on_delete=models.PROTECT, related_name="voices", verbose_name="話題"
    )
    hearing = models.ForeignKey(
        Hearing,
        on_delete=models.PROTECT,
        related_name="voices",
        null=True,
        blank=True,
        verbose_name="ヒアリング",
    )
    side = CleanTextField("立場", max_length=60)
    text = CleanTextField("意見", max_length=1000)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "立場ごとの意見"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="hearing_voice_key"
            )
        ]

    def __str__(self):
        return self.text[:60]
