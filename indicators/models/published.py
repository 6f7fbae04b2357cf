"""What may be compared between municipalities: values that a statistic has published, with its dataset."""

from django.db import models

from indicators.choices import Finality, PlaceKind, ValueState
from indicators.models.definitions import Definition
from municipalities.text import CleanTextField


class Dataset(models.Model):
    """A published statistic: who made it, under which licence, and what to say when it is quoted."""

    code = models.SlugField("コード", max_length=60, unique=True)
    title = models.CharField("統計の名称", max_length=200)
    publisher = models.CharField("公表者", max_length=100)
    licence = CleanTextField("利用の条件", max_length=500)
    note = CleanTextField("補足", max_length=1000, blank=True)
    # Who brought it in: a prefecture, or nobody in particular.
    prefecture = models.ForeignKey(
        "municipalities.Prefecture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="取り込んだ都道府県",
    )
    # Of the file and of all that its values were computed with: while it stays, nothing is read again.
    fingerprint = models.CharField("取り込んだ内容の指紋", max_length=64, blank=True)
    # Where its source lets everybody read it, as the person says who has brought it in. Empty: nobody has said so, and
    # small counts of people are withheld (docs/adr/0058).
    public_source = CleanTextField("公表されている場所", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "統計"
        ordering = ["code"]

    def __str__(self):
        return self.title

    @property
    def is_shipped(self):
        """Came with the product: its values are made equal to its file whenever that is loaded."""
        return bool(self.fingerprint)

    @property
    def is_public(self):
        """Whether its source lets everybody read it as it is."""
        return self.is_shipped or bool(self.public_source)

    @property
    def is_brought_in_unpublished(self):
        """A prefecture has brought it in and nobody has said where it may be read."""
        return self.prefecture_id is not None and not self.is_public


class PublishedValueQuerySet(models.QuerySet):
    def of_town(self, municipality, *, until):
        """Keep the values of a municipality that are not later than a fiscal year, oldest first."""
        return self.of_towns([municipality.code], until=until)

    def of_towns(self, codes, *, until):
        """Keep the values of municipalities, by their codes, oldest first."""
        return self.filter(
            place_kind=PlaceKind.MUNICIPALITY,
            place_code__in=codes,
            fiscal_year__lte=until,
            state=ValueState.VALUE,
        ).order_by("fiscal_year", "pk")


class ToldBeside(models.Model):
    """What a statistic tells beside a value, as far as it does: what it is made of, how final it is, as of when."""

    numerator = models.DecimalField("分子", max_digits=15, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        "分母", max_digits=15, decimal_places=4, null=True, blank=True
    )
    # Empty where the statistic does not say: its name may, then (「速報」). Rows are written past the models too.
    finality = models.CharField(
        "確定の別", max_length=20, choices=Finality, blank=True, default="", db_default=""
    )
    as_of = models.DateField("時点", null=True, blank=True)

    class Meta:
        abstract = True


class PublishedValue(ToldBeside):
    """One published value of one place and year. Nobody owns it: everybody may read it."""

    definition = models.ForeignKey(
        Definition,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="指標",
        db_index=False,
    )
    place_kind = models.CharField("区域の種類", max_length=20, choices=PlaceKind)
    place_code = models.CharField("区域のコード", max_length=6)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=15, decimal_places=4, null=True, blank=True)
    state = models.CharField(
        "値の状態", max_length=20, choices=ValueState, default=ValueState.VALUE
    )
    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="+", verbose_name="統計"
    )

    objects = PublishedValueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公表値"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["definition", "place_kind", "fiscal_year"], name="published_value_compare"
            ),
            # Of the few that come with their parts alone: who compares asks of every rate whether it has any.
            models.Index(
                fields=["definition", "fiscal_year"],
                condition=models.Q(numerator__isnull=False),
                name="published_value_parts",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "definition", "fiscal_year", "place_kind", "dataset"],
                name="published_value_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ValueState.VALUE, value__isnull=False)
                | (~models.Q(state=ValueState.VALUE) & models.Q(value__isnull=True)),
                name="published_value_fits_state",
            ),
        ]

    def __str__(self):
        return f"{self.definition} {self.place_code} {self.fiscal_year}"


class WithheldValue(ToldBeside):
    """The number behind a published value that is 秘匿: of a statistic that nobody has called public.

    It is part of the file that an officer has brought in. The municipality that it counts reads it in its own fence
    (`publishing/withheld.py`), and the next file is held beside it (`intake/withholding.py`): nobody else asks for it.
    """

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="+", verbose_name="統計"
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", verbose_name="指標"
    )
    place_kind = models.CharField("区域の種類", max_length=20, choices=PlaceKind)
    place_code = models.CharField("区域のコード", max_length=6)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=15, decimal_places=4)

    class Meta:
        verbose_name = verbose_name_plural = "伏せた値"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "definition", "fiscal_year", "place_kind", "dataset"],
                name="withheld_value_once",
            )
        ]

    def __str__(self):
        return f"{self.definition} {self.place_code} {self.fiscal_year}"

    @property
    def state(self):
        return ValueState.VALUE


class DatasetUse(models.Model):
    """That a statistic has become values of a municipality: how many, and nothing of what they are."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="+", verbose_name="統計"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="市区町村",
    )
    count = models.PositiveIntegerField("実績値になった値の数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "統計の利用"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "municipality"], name="dataset_use_once")
        ]

    def __str__(self):
        return f"{self.dataset} {self.municipality}"
