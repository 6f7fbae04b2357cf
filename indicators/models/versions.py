"""Versions of definitions: from which year on a town or a prefecture counts something else; and what a prefecture defines.

The versions of national definitions are shipped: `indicators/national_versions.py`.
"""

from django.db import models

from indicators.models.definitions import PREFECTURE_PREFIX, DefinitionText, OwnDefinition
from municipalities.japanese import fiscal
from municipalities.kernel.changes import PrefectureVersioned, Versioned
from municipalities.text import CleanTextField


class VersionText(models.Model):
    """What a change of a definition says. The first version has no row."""

    fiscal_year = models.PositiveSmallIntegerField("適用を始めた年度")
    what_changed = CleanTextField("変わったこと", max_length=500)
    # Whether the values before and after must not be compared.
    is_break = models.BooleanField("前の値と比べられない", default=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{fiscal.label(self.fiscal_year)}からの定義"


class OwnDefinitionVersion(VersionText, Versioned):
    """A change of a municipality's own definition. It endures, as the definition does."""

    own_definition = models.ForeignKey(
        OwnDefinition,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name="独自の指標",
    )

    FOUND_BY = ("own_definition_id", "fiscal_year")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "独自の指標の定義の版"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], name="own_definition_version_key"
            ),
            models.UniqueConstraint(
                fields=["own_definition", "fiscal_year"], name="own_definition_version_once"
            ),
        ]


class PrefectureDefinition(DefinitionText, PrefectureVersioned):  # type: ignore[django-manager-missing]
    """県の指標: a number that a prefecture has defined for its towns. They take it over, each for itself."""

    fiscal_year = models.PositiveSmallIntegerField("始める年度")
    # A retired one is offered no more; who follows it goes on.
    is_retired = models.BooleanField("使用をやめた", default=False)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "県の指標"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key"], name="prefecture_definition_key"),
            models.CheckConstraint(
                condition=models.Q(key__startswith=PREFECTURE_PREFIX),
                name="prefecture_definition_key_prefix",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def told_versions(self):
        """What has changed in it over the years; a list reads it beforehand, by `versions`."""
        return () if self.pk is None else tuple(self.versions.all())

    @property
    def code(self):
        """The name by which values know it, in every town that has taken it over."""
        return self.key


class PrefectureDefinitionVersion(VersionText, PrefectureVersioned):
    """A change of a prefecture's definition. Towns take it over by a press."""

    definition = models.ForeignKey(
        PrefectureDefinition,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name="県の指標",
    )

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "県の指標の定義の版"
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "key"], name="prefecture_definition_version_key"
            ),
            models.UniqueConstraint(
                fields=["definition", "fiscal_year"], name="prefecture_definition_version_once"
            ),
        ]
