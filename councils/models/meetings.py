"""会議 of a council. Meetings of a joint council are shared like it, and carry their fiscal year."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from councils.choices import MeetingStyle, Profession
from councils.models.bodies import PARTNERS, OfCouncil
from municipalities.choices import Audience, Scene
from municipalities.japanese.dates import FIRST_YEAR, LAST_YEAR
from municipalities.text import CleanTextField


class Meeting(OfCouncil):
    """One meeting, held or planned, with its minutes in brief."""

    fiscal_year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    title = CleanTextField("会議の名称", max_length=100, blank=True)
    number = models.PositiveSmallIntegerField("回", null=True, blank=True)
    held_on = models.DateField("開催日", null=True, blank=True)
    # While no day is fixed: 「令和6年10月頃」.
    planned = CleanTextField("開催の予定", max_length=40, blank=True)
    is_cancelled = models.BooleanField("中止した", default=False)
    time = CleanTextField("時間", max_length=40, blank=True)
    place = CleanTextField("場所", max_length=100, blank=True)
    style = models.CharField(
        "開催の方法", max_length=10, choices=MeetingStyle, default=MeetingStyle.UNSTATED
    )
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    purpose = CleanTextField("会議の目的", max_length=1000, blank=True)
    minutes = CleanTextField("議事の要旨", max_length=8000, blank=True)
    next_time = CleanTextField("次回", max_length=200, blank=True)
    is_public = models.BooleanField("公開の会議", default=False)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(OfCouncil.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "会議"
        ordering = ["-fiscal_year", "held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "key"], name="meeting_key"
            )
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """「第2回」 or the meeting's own title, after the name of its council where it has none."""
        which = f"第{self.number}回" if self.number is not None else ""
        return " ".join(filter(None, (self.title or str(self.council), which)))


class OfMeeting(OfCouncil):
    """A row that belongs to one meeting and goes with it."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="%(class)s_set", verbose_name="会議"
    )

    SHARED_BY: ClassVar = (PARTNERS, "council", "council_id")

    class Meta(OfCouncil.Meta):
        abstract = True


class AgendaItem(OfMeeting):
    """議題 with what was said about it."""

    text = CleanTextField("議題", max_length=300)
    discussion = CleanTextField("主な意見", max_length=4000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfMeeting.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "議題"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "meeting", "key"], name="agenda_key")
        ]

    def __str__(self):
        return self.text[:60]


class Attendance(OfMeeting):
    """出席 by profession: how many, never who."""

    profession = models.CharField("職種", max_length=30, choices=Profession)
    people = models.PositiveSmallIntegerField("人数")
    note = CleanTextField("補足", max_length=200, blank=True)

    FOUND_BY = ("meeting_id", "profession")

    class Meta(OfMeeting.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "出席者数"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "meeting", "key"], name="attendance_key"
            ),
            models.UniqueConstraint(fields=["meeting", "profession"], name="attendance_once"),
        ]

    def __str__(self):
        return f"{self.get_profession_display()} {self.people}人"


class Homework(OfMeeting):
    """持ち帰り: what a body takes home from a meeting to do."""

    who = CleanTextField("担当", max_length=100, blank=True)
    text = CleanTextField("内容", max_length=500)
    due = CleanTextField("期限", max_length=40, blank=True)
    is_done = models.BooleanField("済み", default=False)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfMeeting.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "持ち帰り"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "meeting", "key"], name="homework_key")
        ]

    def __str__(self):
        return self.text[:60]
