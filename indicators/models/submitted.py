"""What municipalities have let out themselves: values of submitted reports, after disclosure rules."""

from django.db import models

from indicators.choices import Finality, ValueState
from indicators.models.definitions import Definition
from municipalities.text import CleanTextField


class SubmittedValueQuerySet(models.QuerySet):
    def of_towns(self, codes, *, until):
        """Keep the values of municipalities, by their codes, that are not later than a fiscal year."""
        return self.filter(municipality__code__in=codes, fiscal_year__lte=until)

    def known(self):
        """Keep what is a number: a distribution is made of these alone."""
        return self.filter(state=ValueState.VALUE)


class SubmittedValue(models.Model):
    """One value of the newest copy of a municipality's report. Unfenced: it tells no more than the copy.

    The officers of its prefecture read it by name, everybody else as part of a distribution. It is
    written from the copy by the deed that submits, never from live rows. `code` names a national
    definition, or one that a prefecture has made for its towns; a town's own is nobody else's.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="市区町村",
    )
    code = models.SlugField("指標", max_length=80)
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="指標"
    )
    # Which series of its definition (`arithmetic.breaks.series`): values of different ones are never compared.
    definition_version = models.PositiveSmallIntegerField("定義の版", default=1)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=15, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField("分子", max_digits=15, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        "分母", max_digits=15, decimal_places=4, null=True, blank=True
    )
    state = models.CharField("値の状態", max_length=20, choices=ValueState)
    finality = models.CharField("確定の別", max_length=20, choices=Finality, default=Finality.FINAL)
    as_of = models.DateField("時点", null=True, blank=True)
    source = CleanTextField("出典", max_length=200)
    # Of several sources of the copy that tell the year differently nobody had adopted one: this stands meanwhile.
    is_undecided = models.BooleanField("採用する値が未決定", default=False, db_default=False)
    # 受付番号 of the report whose copy tells it.
    number = models.CharField("受付番号", max_length=40)
    published_at = models.DateTimeField("日時")
    # Right of reply: what the municipality says of its value, published with it.
    reply = CleanTextField("市町村の説明", max_length=500, blank=True)

    objects = SubmittedValueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提出された値"
        ordering = ["code", "fiscal_year", "municipality__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "fiscal_year"], name="submitted_value_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ValueState.VALUE, value__isnull=False)
                | (~models.Q(state=ValueState.VALUE) & models.Q(value__isnull=True)),
                name="submitted_value_fits_state",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "fiscal_year"], name="submitted_value_compare"),
        ]

    def __str__(self):
        return f"{self.code} {self.municipality} {self.fiscal_year}"
