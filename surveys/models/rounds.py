"""調査の実施: a questionnaire asked in a year, and who was invited to answer it."""

from django.db import models

from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.kernel.tokens import Token
from municipalities.models.bodies import NamedBody
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from surveys.choices import RoundState
from surveys.models.questionnaires import Questionnaire
from surveys.models.results import PublishedSurvey


class SurveyRound(Versioned, YearRow):
    """One round of asking: whom, when, by which ways; how many were reached."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="rounds", verbose_name="調査票"
    )
    title = CleanTextField("調査の名称", max_length=200)
    target_text = CleanTextField("対象（くわしく）", max_length=300, blank=True)
    contact = CleanTextField("問い合わせ先（部署・電話）", max_length=200, blank=True)
    state = models.CharField("状態", max_length=10, choices=RoundState, default=RoundState.DRAFT)
    opens_on = models.DateField("開始日", null=True, blank=True)
    # The last day on which answers are taken, whole (JST).
    closes_on = models.DateField("締切日", null=True, blank=True)
    targeted = models.PositiveIntegerField("対象数", null=True, blank=True)
    distributed = models.PositiveIntegerField("配布数", null=True, blank=True)
    # What came back, blank and unusable ones too; empty: as many as there are answers.
    returned = models.PositiveIntegerField("回収数", null=True, blank=True)
    # The round that was asked before (勉強会 before/after), of this year, by key.
    before_key = models.SlugField("前に行った調査", max_length=80, blank=True)
    # The published tables that were made of this round, by key.
    result_key = models.SlugField("登録した結果", max_length=80, blank=True)
    keep_until = models.DateField("回答を消す日", null=True, blank=True)
    emptied_on = models.DateField("回答を消した日", null=True, blank=True)
    token = models.ForeignKey(
        Token,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="公開の回答画面",
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "調査の実施"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="survey_round_key"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def has_result(self):
        """Say whether the published tables of this round are there still. One query."""
        results = PublishedSurvey.objects.filter(cycle=self.cycle_id, key=self.result_key)
        return bool(self.result_key) and results.exists()

    @property
    def page(self):
        """Return where the round is run, in its own year."""
        return self.cycle.url("surveys:round", self.key)


class Invitee(NamedBody, Versioned):
    """An office that is asked with a code of its own. No persons; who answered what is not kept.

    In no document: the address is deleted with the answers of the round.
    """

    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="invitees", verbose_name="調査の実施"
    )
    email = models.EmailField("メールアドレス", max_length=254, blank=True)
    token = models.ForeignKey(
        Token,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="回答用の番号",
    )
    invited_at = models.DateTimeField("案内した日時", null=True, blank=True)
    reminded_at = models.DateTimeField("再度お願いした日時", null=True, blank=True)
    answered_on = models.DateField("回答日", null=True, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "回答のお願い先"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="invitee_key")]
