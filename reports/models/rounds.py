"""The support that a municipality receives in a year: who takes part, what is planned, step by step."""

from django.conf import settings
from django.db import models

from logicmodels.models import Activity, Issue, Outcome
from municipalities.choices import CARE_SCENES, Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models import Organization
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import (
    LATER_SITUATION,
    SITUATION_LABELS,
    AdviceOrigin,
    AdviceResponse,
    MeetingStyle,
    MemberPart,
    StepKind,
    TaskState,
)

TEXT_LENGTH = 20_000


class SupportRound(Versioned, YearRow):
    """連携支援 of a year: theme, the scenes chosen, the goal, and how the 実施計画 was made."""

    theme = CleanTextField("支援のテーマ", max_length=200, blank=True)
    goal = CleanTextField("支援の目標", max_length=2000, blank=True)
    daily_care = models.BooleanField(Scene.DAILY_CARE.label, default=False)
    discharge = models.BooleanField(Scene.DISCHARGE.label, default=False)
    emergency = models.BooleanField(Scene.EMERGENCY.label, default=False)
    end_of_life = models.BooleanField(Scene.END_OF_LIFE.label, default=False)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id",)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "連携支援"
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="support_round_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_round_key"
            ),
        ]

    def __str__(self):
        return self.theme or "連携支援"

    @property
    def scenes(self):
        """The scenes chosen, in the order of the form; empty means that none was chosen: all count."""
        return tuple(scene for scene in CARE_SCENES if getattr(self, scene.value))


class SupportMember(Versioned, YearRow):
    """Who takes part: a body or a section with its part, never a private person."""

    part = models.CharField("立場", max_length=20, choices=MemberPart)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="support_members",
        verbose_name="団体・部署",
    )
    title = CleanTextField("所属・職名", max_length=100, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "支援の参加者"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_member_key"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """「福知山市地域包括ケア推進課　主査」: body and title, one of them at least."""
        return "　".join(filter(None, (str(self.organization or ""), self.title)))


class SupportStep(Versioned, YearRow):
    """One meeting of the support: 【状況】 beside 【アドバイス等】, one line each."""

    kind = models.CharField("段階", max_length=20, choices=StepKind)
    # Of a further meeting, which the form does not name.
    title = CleanTextField("名称", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("並び順")
    held_on = models.DateField("実施日", null=True, blank=True)
    style = models.CharField(
        "開催方法", max_length=10, choices=MeetingStyle, default=MeetingStyle.UNSTATED
    )
    participants = CleanTextField("出席者", max_length=2000, blank=True)
    situation = CleanTextField("状況", max_length=TEXT_LENGTH, blank=True)
    keywords = CleanTextField("キーワード", max_length=500, blank=True)
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
        return self.title or self.get_kind_display()

    def name_for(self, audiences):
        """Return its name; to whom the meeting is not shown its kind only, for the name may tell."""
        return str(self) if self.audience in audiences else self.get_kind_display()

    @classmethod
    def key_in_words(cls, key):
        """Return the step that a key names, for 変更の記録; nothing for a key of another making."""
        return dict(StepKind.choices).get(key.replace("-", "_"), "")

    @property
    def situation_label(self):
        """The heading of the left box, as the form words it for this step."""
        return SITUATION_LABELS.get(StepKind(self.kind), LATER_SITUATION)


class SupportTask(Versioned, YearRow):
    """One task of the 実施計画: what, by whom, until when."""

    text = CleanTextField("すること", max_length=500)
    who = CleanTextField("担当", max_length=100, blank=True)
    # As people speak: 「令和6年度末」「令和5年11月」.
    due = CleanTextField("期限", max_length=40, blank=True)
    state = models.CharField("状況", max_length=10, choices=TaskState, default=TaskState.AHEAD)
    step = models.ForeignKey(
        SupportStep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="段階",
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "実施計画の項目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_task_key"
            )
        ]

    def __str__(self):
        return self.text[:40]


class AdviceItem(Versioned, YearRow):
    """One piece of advice, what it is about, and what the municipality made of it.

    Staff write it down from the meeting and the adviser confirms it, or the adviser writes it.
    """

    step = models.ForeignKey(
        SupportStep, on_delete=models.PROTECT, related_name="advice_items", verbose_name="段階"
    )
    text = CleanTextField("アドバイス", max_length=2000)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    issue = models.ForeignKey(
        Issue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="advice_items",
        verbose_name="課題",
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="advice_items",
        verbose_name="取組",
    )
    outcome = models.ForeignKey(
        Outcome,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="advice_items",
        verbose_name="成果",
    )
    response = models.CharField(
        "対応", max_length=20, choices=AdviceResponse, default=AdviceResponse.NONE
    )
    responded_on = models.DateField("対応を決めた日", null=True, blank=True)
    response_note = CleanTextField("対応の内容・理由", max_length=1000, blank=True)
    origin = models.CharField(
        "記入", max_length=20, choices=AdviceOrigin, default=AdviceOrigin.MEETING
    )
    confirmed_on = models.DateField("確認日", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="確認した人",
    )
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "アドバイス"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="advice_item_key")
        ]

    def __str__(self):
        return self.text[:40]

    @property
    def is_confirmed(self):
        """Written by the adviser, or confirmed by one as it was written down."""
        return self.origin == AdviceOrigin.ADVISER or self.confirmed_on is not None
