"""地域資源: what there is in a town, by name or by count. They endure."""

from django.core.exceptions import ValidationError
from django.db import models

from municipalities.choices import Audience, ResourceKind
from municipalities.kernel.changes import Versioned
from municipalities.models.organizations import Area
from municipalities.text import CleanTextField


class Resource(Versioned):
    """A place or service, or a number of them; a count may be approximate: 「730人程度/月」."""

    kind = models.CharField("種類", max_length=30, choices=ResourceKind, default=ResourceKind.OTHER)
    name = CleanTextField("名称", max_length=100)
    count = models.PositiveIntegerField("数", null=True, blank=True)
    unit = CleanTextField("単位", max_length=20, blank=True)
    # As the source says it, where it is no plain number.
    count_text = CleanTextField("数（文章）", max_length=100, blank=True)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="resources",
        null=True,
        blank=True,
        verbose_name="地域",
    )
    as_of = CleanTextField("時点", max_length=40, blank=True)
    source = CleanTextField("出典", max_length=200, blank=True)
    note = CleanTextField("補足", max_length=1000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "地域資源"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="resource_key")]

    def __str__(self):
        return self.name

    def clean(self):
        """A number and a text for the same count would be two answers."""
        if self.count is not None and self.count_text:
            message = "「数」と「数（文章）」は、どちらか一方にしてください。"
            raise ValidationError({"count_text": message})

    @property
    def counted(self):
        """「57か所」 or 「730人程度/月」; empty where only the name is known."""
        if self.count is None:
            return self.count_text
        return f"{self.count:,}{self.unit}"
