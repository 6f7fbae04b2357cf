"""Definitions of what is counted: the national catalogue, and beside it a municipality's own."""

from django.db import models
from django.utils.functional import cached_property

from indicators import national_versions
from indicators.choices import Accumulation, Direction, LogicLevel, SpoType, ValueKind
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField

# Own definitions share the addresses of national ones: the prefix keeps them apart for ever.
OWN_PREFIX = "own-"
# Those that a prefecture has defined for its towns bear its code: 「pref-08-…」, in every town the same key.
PREFECTURE_PREFIX = "pref-"
PERCENT = "％"


class DefinitionText(models.Model):
    """What a definition says, whoever made it."""

    name = models.CharField("名称", max_length=120)
    unit = models.CharField("単位", max_length=20)
    decimals = models.PositiveSmallIntegerField("小数の桁数", default=0)
    direction = models.CharField(
        "望ましい方向", max_length=10, choices=Direction, default=Direction.NEUTRAL
    )
    value_kind = models.CharField(
        "値の種類", max_length=20, choices=ValueKind, default=ValueKind.COUNT
    )
    numerator = CleanTextField("分子（数えるもの）", max_length=500, blank=True)
    denominator = CleanTextField("分母", max_length=500, blank=True)
    multiplier = models.PositiveIntegerField("倍率", default=1)
    data_source = CleanTextField("データの出所", max_length=500, blank=True)
    accumulation = models.CharField(
        "月や四半期の値のまとめ方",
        max_length=10,
        choices=Accumulation,
        default=Accumulation.LATEST,
    )
    frequency = CleanTextField("把握の頻度", max_length=100, blank=True)
    period_basis = CleanTextField("期間の取り方", max_length=100, blank=True)
    caution = CleanTextField("使うときの注意", max_length=1000, blank=True)

    class Meta:
        abstract = True

    # Everything that a definition says, in the order of papers and files.
    FIELDS = (
        *("name", "unit", "decimals", "direction", "value_kind", "numerator", "denominator"),
        *("multiplier", "data_source", "accumulation", "frequency", "period_basis", "caution"),
    )
    # What a town may word for itself of a definition that it has taken over.
    OWN_WORDS = ("data_source", "frequency", "period_basis", "caution")
    # What it counts: who changes one of these asks whether the values can still be compared.
    COUNTING = ("unit", "value_kind", "numerator", "denominator", "multiplier", "data_source")

    @property
    def is_percentage(self):
        return self.unit == PERCENT


class DefinitionQuerySet(models.QuerySet):
    def of_files_of(self, prefecture):
        """Keep what a file of a prefecture (None: of the operator) may name, its own behind the national ones."""
        own = models.Q(prefecture=prefecture) if prefecture else models.Q()
        return self.filter(models.Q(prefecture=None) | own).order_by("position", "code")


class NationalManager(models.Manager):
    """The catalogue and the figures beside it, without the copies of what prefectures have defined."""

    def get_queryset(self):
        return super().get_queryset().filter(prefecture=None)


class Definition(DefinitionText):
    """A nationally defined number, or the copy of a prefecture's by which its statistics name it (docs/adr/0065)."""

    # Of a copy alone: whose definition it is.
    prefecture = models.ForeignKey(
        "municipalities.Prefecture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="定めた都道府県",
    )
    # Of a copy alone: what has changed in the original, as `told_changes` of `definition_copies` writes it.
    changes = models.JSONField("定めた都道府県による変更", null=True, blank=True)
    code = models.SlugField("コード", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("並び順", default=0)
    in_profile = models.BooleanField("自治体概要に載せる", default=False)
    in_catalogue = models.BooleanField("指標の一覧に載せる", default=False)
    # Scenes and themes, joined by ";": the catalogue is read, never asked by scene in SQL.
    scenes = models.CharField("場面", max_length=120, blank=True)
    spo_type = models.CharField(
        "ＳＰＯの別", max_length=20, choices=SpoType, default=SpoType.CONTEXT
    )
    logic_level = models.CharField(
        "ロジックモデルでの段階", max_length=30, choices=LogicLevel, default=LogicLevel.CONTEXT
    )
    level = CleanTextField("数字のある区域", max_length=100, blank=True)
    suppression_note = CleanTextField("少数の扱い", max_length=500, blank=True)
    external_code = models.CharField("見える化システム等のコード", max_length=60, blank=True)
    basis = CleanTextField("定義の根拠", max_length=500, blank=True)

    objects = NationalManager()
    every = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指標の定義"
        ordering = ["position", "code"]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """Its name where national ones and a prefecture's are chosen from together."""
        return f"{self.name}（県の指標）" if self.prefecture_id else self.name

    @property
    def told_versions(self):
        """What has changed in it over the years."""
        return national_versions.counted_by(self).told_versions


class OwnDefinition(DefinitionText, Versioned):
    """A number that a municipality has defined for itself. It endures: April does not copy it."""

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "独自の指標"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="own_definition_key"),
            models.CheckConstraint(
                condition=models.Q(key__startswith=OWN_PREFIX)
                | models.Q(key__startswith=PREFECTURE_PREFIX),
                name="own_definition_key_prefix",
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def told_versions(self):
        """What has changed in it over the years; a list reads it for all its rows, by `told_with`."""
        return () if self.pk is None else tuple(self.versions.all())

    @property
    def code(self):
        """The name by which values and uses know it; no national code begins like this."""
        return self.key

    @property
    def origin(self):
        """The key of the prefecture's definition that was taken over; empty of what is the town's alone."""
        return self.key if self.key.startswith(PREFECTURE_PREFIX) else ""
