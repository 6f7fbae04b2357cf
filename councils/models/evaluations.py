"""評価: what happened (by staff, from numbers), what a council makes of it, and what is to become of it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from councils.choices import ImprovementKind, JudgementVerdict
from councils.models.bodies import Council
from councils.models.decisions import Decision
from councils.models.meetings import Meeting
from indicators.models import Indicator
from logicmodels.models import Activity, Outcome
from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned, label_of
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField

EVALUATED = ("outcome", "activity", "council")
# An indicator is no result: nobody judges it, but it may be kept, changed or dropped.
IMPROVED = ("outcome", "indicator", "activity", "council")
ONE_SUBJECT = "何についてのものかを、どれか一つ選んでください（{kinds}）。"


def _subject(model):
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        verbose_name=model._meta.verbose_name,
    )


def exactly_one_subject(name, among):
    """Return the constraint that exactly one of the columns that say what a row is about is filled."""
    condition = Q()
    for chosen in among:
        condition |= Q(**{f"{one}__isnull": one != chosen for one in among})
    return models.CheckConstraint(condition=condition, name=name)


class AboutOne(Versioned, YearRow):
    """A row about exactly one thing of the year, or one council: in one of the columns SUBJECTS."""

    outcome = _subject(Outcome)
    activity = _subject(Activity)
    council = _subject(Council)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    SUBJECTS: ClassVar[tuple[str, ...]] = EVALUATED

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = True

    def clean(self):
        """Exactly one thing is evaluated, or changed, at a time."""
        super().clean()
        if sum(getattr(self, name) is not None for name in self.SUBJECTS) != 1:
            kinds = "・".join(label_of(self, name) for name in self.SUBJECTS)
            raise ValidationError({self.SUBJECTS[0]: ONE_SUBJECT.format(kinds=kinds)})

    @property
    def column(self):
        """Return in which column the subject stands."""
        return next(name for name in self.SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def subject(self):
        return getattr(self, self.column)


class Evaluation(AboutOne):
    """評価（事実）: what happened and why, told by staff. What it is worth is a Judgement.

    `is_drafted` while the text is the sentence made from the numbers, which `drafted_from` keeps: nobody has
    confirmed it yet.
    """

    text = CleanTextField("何が起きたか", max_length=4000)
    helped = CleanTextField("うまくいった要因", max_length=2000, blank=True)
    hindered = CleanTextField("妨げになった要因", max_length=2000, blank=True)
    is_drafted = models.BooleanField("数字から作った下書き", default=False)
    drafted_from = CleanTextField("下書きの文", max_length=4000, blank=True)

    FOUND_BY = ("cycle_id", *(f"{name}_id" for name in EVALUATED))

    class Meta(AboutOne.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "評価"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="evaluation_key"),
            exactly_one_subject("evaluation_one_subject", EVALUATED),
        ]

    def __str__(self):
        return self.text[:60]


class Judgement(Versioned, YearRow):
    """協議体の判断: what a council makes of the facts, and who saw it otherwise. Without a meeting it is 案."""

    POINTS_ACROSS = frozenset({"meeting"})

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="judgements", verbose_name="評価"
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="judgements",
        null=True,
        blank=True,
        verbose_name="会議",
    )
    verdict = models.CharField("判断", max_length=20, choices=JudgementVerdict)
    reasons = CleanTextField("判断の理由", max_length=2000, blank=True)
    dissent = CleanTextField("異なる意見", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "協議体の判断"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="judgement_key")
        ]

    def __str__(self):
        return f"{self.get_verdict_display()}　{self.reasons[:40]}".strip()


class Improvement(AboutOne):
    """改善の決定: to continue, expand, change, merge or end something. It is 案 until a council has settled it."""

    indicator = _subject(Indicator)
    kind = models.CharField("改善の種類", max_length=10, choices=ImprovementKind)
    what = CleanTextField("何を変えるか", max_length=2000)
    why = CleanTextField("なぜ変えるか", max_length=2000, blank=True)
    # As people speak: 「令和9年4月から」.
    since = CleanTextField("いつから", max_length=40, blank=True)
    merged_into = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        related_name="absorbed",
        null=True,
        blank=True,
        verbose_name="統合先の取組",
    )
    judgement = models.ForeignKey(
        Judgement,
        on_delete=models.PROTECT,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="決めた場（協議体の判断）",
    )
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="決めた場（会議の決定事項）",
    )
    position = models.PositiveIntegerField("並び順", default=0)

    SUBJECTS: ClassVar[tuple[str, ...]] = IMPROVED

    class Meta(AboutOne.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "改善の決定"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="improvement_key"
            ),
            exactly_one_subject("improvement_one_subject", IMPROVED),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.what[:40]}"

    def clean(self):
        """What is merged says into which other activity, and nothing else does."""
        super().clean()
        is_merge = self.kind == ImprovementKind.MERGE
        if is_merge and self.activity is None:
            raise ValidationError({"kind": "統合できるのは取組です。ほかの種類を選んでください。"})
        if is_merge and self.merged_into is None:
            raise ValidationError({"merged_into": "統合先の取組を選んでください。"})
        if not is_merge and self.merged_into is not None:
            message = "統合先の取組は、種類が「統合」のときだけ選びます。"
            raise ValidationError({"merged_into": message})
        if is_merge and self.merged_into.key == self.activity.key:
            message = "自分自身には統合できません。ほかの取組を選んでください。"
            raise ValidationError({"merged_into": message})
