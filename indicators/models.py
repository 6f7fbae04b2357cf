"""Definitions of what is counted, and the values measured."""

from django.db import models
from django.db.models import Q

from indicators.choices import Finality, ValueState
from municipalities import fiscal
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField


class Definition(models.Model):
    """A nationally defined number: its unit and how many decimals are printed."""

    code = models.SlugField("コード", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    unit = models.CharField("単位", max_length=10)
    decimals = models.PositiveSmallIntegerField("小数の桁数", default=0)
    position = models.PositiveSmallIntegerField("並び順", default=0)
    in_profile = models.BooleanField("自治体概要に載せる", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "指標の定義"
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


class Measurement(Versioned):
    """One value of one year from one source. An enduring row: April does not copy it."""

    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", verbose_name="指標"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=15, decimal_places=4, null=True, blank=True)
    state = models.CharField("値の状態", max_length=20, choices=ValueState)
    finality = models.CharField("確定の別", max_length=20, choices=Finality, default=Finality.FINAL)
    as_of = models.DateField("時点", null=True, blank=True)
    source = CleanTextField("出典", max_length=200)
    note = CleanTextField("注記", max_length=500, blank=True)

    FOUND_BY = ("definition_id", "fiscal_year", "source")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "実績値"
        ordering = ["definition__position", "-fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="measurement_key"),
            models.UniqueConstraint(
                fields=["municipality", "definition", "fiscal_year", "source"],
                name="measurement_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | (~Q(state=ValueState.VALUE) & Q(value__isnull=True)),
                name="measurement_value_fits_state",
            ),
        ]

    def __str__(self):
        return f"{self.definition} {fiscal.label(self.fiscal_year)}"
