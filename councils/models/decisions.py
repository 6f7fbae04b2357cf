"""決定事項: what a meeting decided, and what it changes. They belong to the municipality of the thing decided on."""

from django.core.exceptions import ValidationError
from django.db import models

from councils.choices import DecisionKind
from councils.models.meetings import Meeting
from logicmodels.models import Activity, DesiredState, Issue, LogicModel
from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField

SUBJECTS = ("desired_state", "issue", "logic_model", "activity")


def _subject(model, name):
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
        verbose_name=name,
    )


class Decision(Versioned, YearRow):
    """One decision; it points at no more than one goal, issue, logic model or activity."""

    POINTS_ACROSS = frozenset({"meeting"})

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name="会議",
    )
    kind = models.CharField(
        "決定の種類", max_length=10, choices=DecisionKind, default=DecisionKind.AGREED
    )
    text = CleanTextField("決定の内容", max_length=2000)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    desired_state = _subject(DesiredState, "目指す姿")
    issue = _subject(Issue, "課題")
    logic_model = _subject(LogicModel, "ロジックモデル")
    activity = _subject(Activity, "取組")
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "決定事項"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="decision_key")
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def in_words(self):
        """「第1回の会議の決定」 with its text, for who has to find it; its meeting may be shared no more."""
        meeting = Meeting.objects.filter(pk=self.meeting_id).first()
        return f"「{self}」（{meeting.label}）" if meeting else f"「{self}」"

    def clean(self):
        """A decision points at one thing: several things are several decisions."""
        super().clean()
        named = [name for name in SUBJECTS if getattr(self, name) is not None]
        if len(named) > 1:
            message = (
                "決定の対象は一つだけ選んでください。二つ以上あるときは、決定を分けて登録します。"
            )
            raise ValidationError({named[1]: message})

    @property
    def subject(self):
        """Return what the decision is about, or None."""
        return next((one for name in SUBJECTS if (one := getattr(self, name)) is not None), None)
