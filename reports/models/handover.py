"""引継書: what who leaves a desk writes down for who comes, where no other table of the year has a place for it."""

from django.db import models

from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import HandoverSubject


class HandoverNote(Versioned, YearRow):
    """前任者のメモ on one subject. It stays in the house: no report and no reader outside is told of it."""

    subject = models.CharField("ことがら", max_length=20, choices=HandoverSubject)
    text = CleanTextField("前任者のメモ", max_length=4000, blank=True)

    FOUND_BY = ("cycle_id", "subject")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "前任者のメモ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "subject"], name="handover_note_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="handover_note_key"
            ),
        ]

    def __str__(self):
        return self.get_subject_display()


class IndicatorHandover(Versioned, YearRow):
    """Why an indicator was chosen, who in the house keeps it, and whom to ask for its values.

    By the indicator's code, not by its row: taken out of the year and in again, it keeps its reason.
    """

    code = models.SlugField("指標", max_length=80)
    reason = CleanTextField("選んだ理由", max_length=1000, blank=True)
    # A section or a body, never a person.
    keeper = CleanTextField("担当（部署・団体）", max_length=100, blank=True)
    contact = CleanTextField("データの問い合わせ先", max_length=200, blank=True)

    FOUND_BY = ("cycle_id", "code")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "指標の引継ぎ"
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="indicator_handover_once"),
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="indicator_handover_key"
            ),
        ]

    def __str__(self):
        return self.code
