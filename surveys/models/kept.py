"""回答を消す前に保存した集計: the tables of a round as they were counted right before its answers went."""

from django.db import models

from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from surveys.models.rounds import SurveyRound


class KeptTables(Versioned, YearRow):
    """The tables of one emptied round, for its owner. Written once, by emptying; counts alone, no text, no answer."""

    FOUND_BY = ("round_id",)

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.PROTECT,
        related_name="kept_tables",
        verbose_name="調査の実施",
    )
    kept_on = models.DateField("保存した日")
    # JSON of `surveys/tabulation/reading/kept_document.py`, with the version of its schema.
    content = models.TextField("集計")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "回答を消す前に保存した集計"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="kept_tables_key"
            ),
            models.UniqueConstraint(fields=["municipality", "round"], name="kept_tables_once"),
        ]

    def __str__(self):
        return f"{self.round}の集計"
