"""指標 of a year: which numbers a municipality follows, from where to where, and for which outcome."""

from django.db import models

from indicators.models import naming
from indicators.models.measurements import Defined, exactly_one_definition
from logicmodels.models import Issue, Outcome
from municipalities.choices import Audience
from municipalities.japanese import fiscal
from municipalities.kernel.changes import Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField


class Indicator(Defined, Versioned, YearRow):
    """One number that is followed in this year. Its values are measurements; it holds none itself."""

    baseline_year = models.PositiveSmallIntegerField("現状値の年度", null=True, blank=True)
    note = CleanTextField("補足", max_length=1000, blank=True)
    is_to_check = models.BooleanField("あとで確かめる", default=False)
    # Whether values that statistics publish are written here by themselves (docs/adr/0053).
    takes_statistics = models.BooleanField("統計の値を自動で入れる", default=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    FOUND_BY = ("cycle_id", "code")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "指標"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="indicator_key"),
            models.UniqueConstraint(fields=["cycle", "code"], name="indicator_once_a_year"),
            exactly_one_definition("indicator_one_definition"),
        ]

    def __str__(self):
        return str(self.defined_by)


class Target(Versioned, YearRow):
    """目標値: where an indicator is to stand in a year."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="指標"
    )
    fiscal_year = models.PositiveSmallIntegerField("目標の年度")
    value = models.DecimalField("目標値", max_digits=15, decimal_places=4)
    note = CleanTextField("目標の考え方", max_length=500, blank=True)

    FOUND_BY = ("indicator_id", "fiscal_year")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "目標値"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="target_key"),
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="target_once_a_year"),
        ]

    @classmethod
    def names_in_changes(cls, changes):
        return naming.names_in_changes(cls, changes, of="indicator")

    def __str__(self):
        return f"{fiscal.label(self.fiscal_year)}の目標値"


class IndicatorUse(Versioned, YearRow):
    """An indicator at an outcome of a logic model. One indicator may serve several outcomes."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="uses", verbose_name="指標"
    )
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="indicator_uses", verbose_name="成果"
    )
    note = CleanTextField("注記", max_length=200, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    FOUND_BY = ("indicator_id", "outcome_id")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "指標の配置"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="indicator_use_key"
            ),
            models.UniqueConstraint(fields=["indicator", "outcome"], name="indicator_use_once"),
        ]

    @classmethod
    def names_in_changes(cls, changes):
        return naming.names_in_changes(cls, changes, of="indicator")

    def __str__(self):
        return f"{self.outcome} ← {self.indicator}"


class IssueFigure(Versioned, YearRow):
    """現状の数字: an indicator that shows how things stand for an issue."""

    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="figures", verbose_name="課題"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="issue_figures", verbose_name="指標"
    )
    position = models.PositiveIntegerField("並び順", default=0)

    FOUND_BY = ("issue_id", "indicator_id")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "現状の数字"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="issue_figure_key"
            ),
            models.UniqueConstraint(fields=["issue", "indicator"], name="issue_figure_once"),
        ]

    @classmethod
    def names_in_changes(cls, changes):
        return naming.names_in_changes(cls, changes, of="indicator")

    def __str__(self):
        return f"{self.issue} ← {self.indicator}"
