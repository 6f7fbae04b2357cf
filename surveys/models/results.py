"""結果だけの登録: published tables of surveys, without any single answer; and what they are evidence of."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from logicmodels.models import Issue
from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from surveys.choices import QuestionKind, Scale, SurveyTarget
from surveys.models.hearings import HearingTopic


class PublishedSurvey(Versioned, YearRow):
    """A survey of which only the tables are known."""

    title = CleanTextField("調査の名称", max_length=200)
    target = models.CharField(
        "対象", max_length=20, choices=SurveyTarget, default=SurveyTarget.RESIDENTS
    )
    target_text = CleanTextField("対象（くわしく）", max_length=300, blank=True)
    when = CleanTextField("実施時期", max_length=40, blank=True)
    way = CleanTextField("調査の方法", max_length=200, blank=True)
    distributed = models.PositiveIntegerField("配布数", null=True, blank=True)
    # Not known for many published tables.
    respondents = models.PositiveIntegerField("有効回答数", null=True, blank=True)
    source = CleanTextField("出典", max_length=200, blank=True)
    note = CleanTextField("補足", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査の結果"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="published_survey_key"
            )
        ]

    def __str__(self):
        return self.title


class PublishedQuestion(Versioned, YearRow):
    """One question of a survey with the number of those who answered it."""

    survey = models.ForeignKey(
        PublishedSurvey, on_delete=models.PROTECT, related_name="questions", verbose_name="調査"
    )
    number = CleanTextField("問の番号", max_length=20, blank=True)
    text = CleanTextField("設問", max_length=500)
    kind = models.CharField(
        "答え方", max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE
    )
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    respondents = models.PositiveIntegerField("この問の回答数", null=True, blank=True)
    # Of entered numbers, registered from a round where enough gave one: how many did, their mean and median.
    numbers = models.PositiveIntegerField("数値の回答数", null=True, blank=True)
    mean = models.DecimalField("平均", max_digits=15, decimal_places=2, null=True, blank=True)
    median = models.DecimalField("中央値", max_digits=15, decimal_places=2, null=True, blank=True)
    unit = CleanTextField("数値の単位", max_length=20, blank=True)
    note = CleanTextField("補足", max_length=500, blank=True)
    scale = models.CharField("選択肢の並び", max_length=10, choices=Scale, default=Scale.NONE)
    # Which earlier question this one asks again, matched by hand. By key: it may lie in another year,
    # whose document travels by itself.
    earlier_year = models.PositiveSmallIntegerField("前回の年度", null=True, blank=True)
    earlier_key = models.SlugField("前回の設問", max_length=80, blank=True)
    earlier_change = CleanTextField("前回から変えたこと", max_length=300, blank=True)
    # Another question of this survey, asked with the same options and shown beside this one.
    beside_key = models.SlugField("並べて見せる設問", max_length=80, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査の設問"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="published_question_key"
            )
        ]

    def __str__(self):
        return " ".join(filter(None, (self.number, self.text[:60])))

    @property
    def page(self):
        """Return where the question stands on its survey's page, in its own year."""
        return f"{self.cycle.url('surveys:survey', self.survey.key)}#question-{self.key}"


class PublishedAnswer(Versioned, YearRow):
    """One line of a question's table: a count, a percentage as printed, or only a rank."""

    question = models.ForeignKey(
        PublishedQuestion, on_delete=models.PROTECT, related_name="answers", verbose_name="設問"
    )
    label = CleanTextField("選択肢", max_length=200)
    count = models.PositiveIntegerField("回答数", null=True, blank=True)
    # As it was printed; where counts are known, the percentage is computed from them.
    percent = models.DecimalField(
        "割合（%）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    rank = models.PositiveSmallIntegerField("順位", null=True, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査の回答"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="published_answer_key"
            )
        ]

    def __str__(self):
        return self.label[:60]


class IssueEvidence(Versioned, YearRow):
    """An issue's evidence: a question of a survey, or a topic of the hearings."""

    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="survey_evidence", verbose_name="課題"
    )
    question = models.ForeignKey(
        PublishedQuestion,
        on_delete=models.PROTECT,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name="調査の設問",
    )
    topic = models.ForeignKey(
        HearingTopic,
        on_delete=models.PROTECT,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name="ヒアリングの話題",
    )
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "課題の根拠"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="issue_evidence_key"
            )
        ]

    def __str__(self):
        return str(self.question or self.topic)

    def clean(self):
        """Evidence is one thing: a question or a topic."""
        super().clean()
        if (self.question is None) == (self.topic is None):
            message = "調査の設問か、ヒアリングの話題か、どちらか一つを選んでください。"
            raise ValidationError({"question": message})
