"""Bodies that take part in the programme and the areas a municipality divides itself into. Both endure."""

from django.db import models

from municipalities.choices import AreaKind, OrganizationKind
from municipalities.kernel.changes import Versioned
from municipalities.text import CleanTextField


class Organization(Versioned):
    """医師会, 病院, 消防, 庁内の課 and the like: bodies and sections, never private persons."""

    name = CleanTextField("名称", max_length=100)
    kind = models.CharField(
        "種類", max_length=30, choices=OrganizationKind, default=OrganizationKind.OTHER
    )
    note = CleanTextField("補足", max_length=500, blank=True)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "団体・部署"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="organization_key")
        ]

    def __str__(self):
        return self.name


class Area(Versioned):
    """日常生活圏域, ブロック and the like, as the municipality draws them."""

    kind = models.CharField(
        "区分の種類", max_length=20, choices=AreaKind, default=AreaKind.DAILY_LIVING
    )
    name = CleanTextField("名称", max_length=60)
    covers = CleanTextField("含まれる地域", max_length=500, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "地域の区分"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="area_key")]

    def __str__(self):
        return self.name
