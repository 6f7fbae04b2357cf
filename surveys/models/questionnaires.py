"""調査票: what is asked. They endure; once asked, a questionnaire is fixed and changes go into a new version."""

from django.core.validators import MinValueValidator
from django.db import models

from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField
from surveys.choices import QuestionType, Scale, SurveyTarget


class Questionnaire(Versioned):
    """One version of a questionnaire."""

    title = CleanTextField("調査票の名称", max_length=200)
    target = models.CharField(
        "対象", max_length=20, choices=SurveyTarget, default=SurveyTarget.RESIDENTS
    )
    opening = CleanTextField("はじめの文", max_length=2000, blank=True)
    closing = CleanTextField("終わりの文", max_length=1000, blank=True)
    edition = models.PositiveSmallIntegerField("版", default=1)
    # The questionnaire of which this is the next version, by key.
    earlier_key = models.SlugField("前の版", max_length=80, blank=True)
    # Set when it is first asked: answers would no longer mean what they meant.
    is_fixed = models.BooleanField("確定", default=False)
    note = CleanTextField("庁内メモ", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査票"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="questionnaire_key")
        ]

    def __str__(self):
        return self.title if self.edition == 1 else f"{self.title}（第{self.edition}版）"


class Question(Versioned):
    """A question, or a heading that opens a part of the questionnaire."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="questions", verbose_name="調査票"
    )
    kind = models.CharField(
        "答え方", max_length=12, choices=QuestionType, default=QuestionType.SINGLE
    )
    text = CleanTextField("設問", max_length=500)
    help = CleanTextField("説明", max_length=500, blank=True)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    is_required = models.BooleanField("必ず答えてもらう", default=False)
    # Of a multiple choice; empty: as many as one likes.
    most = models.PositiveSmallIntegerField(
        "選べる数の上限", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    scale = models.CharField("選択肢の並び", max_length=10, choices=Scale, default=Scale.NONE)
    smallest = models.DecimalField(
        "最小の値", max_digits=15, decimal_places=4, null=True, blank=True
    )
    largest = models.DecimalField(
        "最大の値", max_digits=15, decimal_places=4, null=True, blank=True
    )
    unit = CleanTextField("単位", max_length=20, blank=True)
    # Which question of an earlier version this one asks again, by key; what was changed is said.
    earlier_key = models.SlugField("前の版の設問", max_length=80, blank=True)
    earlier_change = CleanTextField("前の版から変えたこと", max_length=300, blank=True)
    # Another question of this questionnaire with the same options, shown beside this one, never tested.
    beside_key = models.SlugField("並べて見せる設問", max_length=80, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査票の設問"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="question_key")]

    def __str__(self):
        return self.text[:60]


class MatrixRow(Versioned):
    """A row of a matrix: the question's options are its columns."""

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="rows", verbose_name="設問"
    )
    label = CleanTextField("項目", max_length=200)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "表の項目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="matrix_row_key")
        ]

    def __str__(self):
        return self.label[:60]


class Option(Versioned):
    """An option, or a column of a matrix."""

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="options", verbose_name="設問"
    )
    label = CleanTextField("選択肢", max_length=200)
    # 「特にない」: whoever ticks it ticks nothing else.
    is_exclusive = models.BooleanField("ほかと一緒に選べない", default=False)
    # 「その他（　）」
    takes_text = models.BooleanField("内容を書いてもらう", default=False)
    # A column of a matrix that is ticked by itself, beside the one chosen of the scale.
    is_extra = models.BooleanField("別に✓をつける列", default=False)
    # For means of a scale; empty: the option is no step (「わからない」).
    points = models.SmallIntegerField("点数", null=True, blank=True)
    # The key of the question to go on with, `end` for the last page; empty: the next one.
    skip_to = models.SlugField("この答えなら次へ進む設問", max_length=80, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査票の選択肢"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="option_key")]

    def __str__(self):
        return self.label[:60]
