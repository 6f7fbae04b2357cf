"""What closes a year between its people: the municipality's word on the support, questions to the council."""

from django.db import models

from municipalities.choices import Audience, Scene
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import HelpRating


class SupportFeedback(Versioned, YearRow):
    """連携支援の振り返り: three questions that the municipality answers when the support ends."""

    moved_on = models.PositiveSmallIntegerField(
        "アドバイスは、取組を進める役に立った", choices=HelpRating, default=HelpRating.UNANSWERED
    )
    moved_on_note = CleanTextField("役に立ったこと・足りなかったこと", max_length=1000, blank=True)
    in_time = models.PositiveSmallIntegerField(
        "必要なときに、相談や返事があった", choices=HelpRating, default=HelpRating.UNANSWERED
    )
    in_time_note = CleanTextField("時期・回数について", max_length=1000, blank=True)
    goes_on = models.PositiveSmallIntegerField(
        "次年度から、自分たちでPDCAを回せる見通しが立った",
        choices=HelpRating,
        default=HelpRating.UNANSWERED,
    )
    goes_on_note = CleanTextField("これからも支援がほしいこと", max_length=1000, blank=True)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id",)

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "連携支援の振り返り"
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="support_feedback_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="support_feedback_key"
            ),
        ]

    def __str__(self):
        return "連携支援の振り返り"


class CouncilQuestion(Versioned, YearRow):
    """協議体に諮りたいこと of one scene, one a line: the last part of the hand-out."""

    scene = models.CharField("場面", max_length=20, choices=Scene)
    text = CleanTextField("協議体に諮りたいこと", max_length=2000, blank=True)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "scene")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "協議体に諮りたいこと"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "scene"], name="council_question_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="council_question_key"
            ),
        ]

    def __str__(self):
        return self.get_scene_display()
