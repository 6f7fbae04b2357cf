"""Right of reply: what a municipality says of a value that it has submitted."""

from django.db import models

from municipalities.japanese import fiscal
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField

LONGEST = 500


class ValueReply(Versioned):
    """One short explanation of one indicator and year; empty once it is withdrawn.

    It belongs to what was submitted, like an erratum, and is no part of the municipality-year
    document: importing a file must publish nothing. `replying` copies it to where others read it.
    """

    code = models.SlugField("指標", max_length=80)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    text = CleanTextField("説明", max_length=LONGEST, blank=True)

    FOUND_BY = ("code", "fiscal_year")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "提出した値の説明"
        ordering = ["code", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="value_reply_key"),
            models.UniqueConstraint(
                fields=["municipality", "code", "fiscal_year"], name="value_reply_once"
            ),
        ]

    def __str__(self):
        return f"{self.code} {fiscal.label(self.fiscal_year)}"
