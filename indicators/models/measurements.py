"""The values measured, one for each indicator, year and source."""

from django.db import models
from django.db.models import Q

from indicators.choices import CheckedAs, Finality, PartKind, Period, ValueState
from indicators.models import naming
from indicators.models.definitions import Definition, OwnDefinition
from municipalities.japanese import fiscal
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField


def exactly_one_definition(name):
    """Return the constraint that a row follows a national definition or an own one, not both."""
    return models.CheckConstraint(
        condition=Q(definition__isnull=False, own_definition__isnull=True)
        | Q(definition__isnull=True, own_definition__isnull=False),
        name=name,
    )


class Defined(models.Model):
    """A row about one indicator. `code` names it in keys and documents, whichever table defines it."""

    code = models.SlugField("指標", max_length=80)
    definition = models.ForeignKey(
        Definition,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="指標",
    )
    own_definition = models.ForeignKey(
        OwnDefinition,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        null=True,
        blank=True,
        verbose_name="独自の指標",
    )

    class Meta:
        abstract = True

    @property
    def defined_by(self):
        """The definition in force, national or own."""
        return self.definition or self.own_definition

    @classmethod
    def names_in_changes(cls, changes):
        """Return by row which indicator it is of, and of which year, for 変更の記録."""
        return naming.names_in_changes(cls, changes)

    def follow(self, definition):
        """Make this row one of the given definition, national or own."""
        is_own = isinstance(definition, OwnDefinition)
        self.code = definition.code
        self.definition = None if is_own else definition
        self.own_definition = definition if is_own else None


class Measurement(Defined, Versioned):
    """One value of one year from one source. An enduring row: April does not copy it."""

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
    # Of several sources of one year, the one that the municipality stands by.
    is_official = models.BooleanField("採用した値", default=False)
    note = CleanTextField("注記", max_length=500, blank=True)
    # What was found about a value that looks strange; another value is yet to be checked.
    checked_as = models.CharField("確かめた結果", max_length=20, choices=CheckedAs, blank=True)
    checked_note = CleanTextField("確かめたこと", max_length=200, blank=True)
    # From which of its parts the value is computed; empty where it was typed as such.
    composed_of = models.CharField("内訳からの計算", max_length=10, choices=PartKind, blank=True)

    # Of a copy for people outside: whether its number is hidden as a ratio without its parts. Not stored.
    lacks_parts = False
    # Which other sources tell the year otherwise while none is adopted (`measurements.values.Undecided`). Not stored.
    undecided = None

    FOUND_BY = ("code", "fiscal_year", "source")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "実績値"
        ordering = ["code", "-fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="measurement_key"),
            models.UniqueConstraint(
                fields=["municipality", "code", "fiscal_year", "source"],
                name="measurement_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | (~Q(state=ValueState.VALUE) & Q(value__isnull=True)),
                name="measurement_value_fits_state",
            ),
            exactly_one_definition("measurement_one_definition"),
        ]

    def validate_constraints(self, exclude=None):
        """Ask the database nothing: form, file and document say in words what its constraints keep."""

    def __str__(self):
        return f"{self.defined_by} {fiscal.label(self.fiscal_year)}"

    def left_open(self, undecided):
        """Remember that nobody has adopted this value, or another one, for its year."""
        self.undecided = undecided
        return self

    def forget_check(self):
        """Forget what was found about the value; return the names of the columns."""
        self.checked_as = self.checked_note = ""
        return ("checked_as", "checked_note")

    @property
    def checked(self):
        """Return 「実際の増減：新しい病院が加わった」, or nothing while nobody has checked the value."""
        told = (self.get_checked_as_display(), self.checked_note)
        return "：".join(filter(None, told)) if self.checked_as else ""


class MeasurementPart(Versioned):
    """A month, quarter or half of a value, or the area that it is told of. It goes and comes with its value."""

    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, related_name="parts", verbose_name="実績値"
    )
    period = models.CharField("期間", max_length=10, choices=Period)
    area = models.ForeignKey(
        "municipalities.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="圏域",
    )
    # The area's key, for no nullable column tells rows apart; empty for the whole municipality.
    area_key = models.SlugField("圏域のキー", max_length=80, blank=True)
    value = models.DecimalField("値", max_digits=15, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField("分子", max_digits=15, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        "分母", max_digits=15, decimal_places=4, null=True, blank=True
    )
    state = models.CharField("値の状態", max_length=20, choices=ValueState)
    as_of = models.DateField("時点", null=True, blank=True)
    note = CleanTextField("注記", max_length=500, blank=True)

    FOUND_BY = ("measurement_id", "period", "area_key")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "実績値の内訳"
        ordering = ["measurement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="measurement_part_key"),
            models.UniqueConstraint(
                fields=["measurement", "period", "area_key"], name="measurement_part_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | Q(state=ValueState.VALUE, numerator__isnull=False, denominator__isnull=False)
                | (~Q(state=ValueState.VALUE) & Q(value__isnull=True, numerator__isnull=True)),
                name="measurement_part_fits_state",
            ),
        ]

    @classmethod
    def names_in_changes(cls, changes):
        return naming.names_in_changes(cls, changes, of="measurement")

    def __str__(self):
        return f"{self.measurement} {self.area or self.get_period_display()}"
