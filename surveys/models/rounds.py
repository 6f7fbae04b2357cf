"""調査の実施: a questionnaire asked in a year, and who was invited to answer it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from municipalities.choices import Audience
from municipalities.kernel.changes import Versioned
from municipalities.kernel.tokens import Token
from municipalities.models.bodies import NamedBody
from municipalities.models.cycles import YearRow
from municipalities.tenancy import TenantManager
from municipalities.text import CleanTextField
from surveys.choices import RoundState
from surveys.models.questionnaires import Questionnaire
from surveys.models.results import PublishedSurvey

ALREADY_ASKING = "この調査は、すでに受付中です。"
NOT_ASKING = "受付中の調査ではないため、受付を終了できません。"
STILL_ASKING = "受付中の調査は削除できません。先に「受付を終了する」を押してください。"
NOT_YET = "受付を始めてから入力してください。受付を始めると、調査票の設問が変わらなくなります。"
EMPTIED = "この調査の回答は消したため、受付の再開や、回答と依頼先の追加はできません。新しく「調査の実施」を登録してください。"


class SurveyRoundQuerySet(models.QuerySet):
    def hold(self, row):
        """Return a round as it is stored now, and keep it so until the transaction ends.

        Whoever writes below a round holds it: closing and emptying wait, or have been seen. Raises DoesNotExist.
        """
        return self.select_for_update(no_key=True).get(pk=row.pk)

    def with_tables(self):
        """Keep the rounds whose tables can be shown: from answers, or as they were kept when those went."""
        return self.filter(Q(emptied_on=None) | Q(kept_tables__isnull=False))


class SurveyRound(Versioned, YearRow):
    """One round of asking: whom, when, by which ways; how many were reached."""

    # What deeds alone change: no form and no document says of a round what was not done with it.
    BY_DEEDS: ClassVar[tuple[str, ...]] = ("state", "emptied_on", "result_key")
    # From which states a round comes into which, while its answers are there.
    BEFORE: ClassVar[dict[str, tuple[str, ...]]] = {
        RoundState.ASKING: (RoundState.DRAFT, RoundState.CLOSED),
        RoundState.CLOSED: (RoundState.ASKING,),
    }

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
    # Where paper sheets are sent or brought; empty: to whom questions go.
    return_to = CleanTextField("返送先（紙の調査票）", max_length=200, blank=True)
    # What came back, blank and unusable ones too; empty: as many as there are answers.
    returned = models.PositiveIntegerField("回収数", null=True, blank=True)
    # The round that was asked before (勉強会 before/after), of this year, by key.
    before_key = models.SlugField("前に行った調査", max_length=80, blank=True)
    # The published tables that were made of this round, by key.
    result_key = models.SlugField("登録した結果", max_length=80, blank=True)
    keep_until = models.DateField("回答データの保存期限", null=True, blank=True)
    emptied_on = models.DateField("回答を消した日", null=True, blank=True)
    token = models.ForeignKey(
        Token,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="公開の回答画面",
    )
    # Numbers of the questions whose parted tables stay too when the answers go, between spaces.
    kept_by = CleanTextField("残すクロス集計", max_length=300, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    objects: ClassVar = TenantManager.from_queryset(SurveyRoundQuerySet)()

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
    def is_emptied(self):
        """Say whether the answers were deleted: nothing is asked or written any more."""
        return self.emptied_on is not None

    @property
    def has_tables(self):
        """Say whether tables can be shown: from answers, or as they were kept. One query where the answers are gone."""
        return not self.is_emptied or self.kept_tables.exists()

    @property
    def pinned(self):
        """Return the numbers of the questions whose parted tables are to stay."""
        return tuple(self.kept_by.split())

    @property
    def is_asking(self):
        return self.state == RoundState.ASKING and not self.is_emptied

    @property
    def may_open(self):
        return not self.is_emptied and self.state in self.BEFORE[RoundState.ASKING]

    @property
    def may_close(self):
        return not self.is_emptied and self.state in self.BEFORE[RoundState.CLOSED]

    @property
    def no_paper_because(self):
        """Say why neither sheets nor files are taken, or nothing: paper that came in time is keyed in later."""
        if self.is_emptied:
            return EMPTIED
        return NOT_YET if self.state == RoundState.DRAFT else ""

    def refuse_emptied(self):
        """Raise ValidationError where the answers were deleted."""
        if self.is_emptied:
            raise ValidationError(EMPTIED)

    def refuse_opening(self):
        """Raise ValidationError where the state allows no opening."""
        self.refuse_emptied()
        if not self.may_open:
            raise ValidationError(ALREADY_ASKING)

    def refuse_closing(self):
        """Raise ValidationError where nothing is open."""
        if not self.may_close:
            raise ValidationError(NOT_ASKING)

    def refuse_paper(self):
        """Raise ValidationError where neither sheets nor files are taken."""
        if why := self.no_paper_because:
            raise ValidationError(why)

    def refuse_deleting(self):
        """Raise ValidationError while posters and mails lead to it."""
        if self.is_asking:
            raise ValidationError(STILL_ASKING)

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
    invited_at = models.DateTimeField("依頼した日時", null=True, blank=True)
    reminded_at = models.DateTimeField("督促（再依頼）した日時", null=True, blank=True)
    answered_on = models.DateField("回答日", null=True, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "回答の依頼先"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="invitee_key")]
