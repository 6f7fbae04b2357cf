"""A municipality's year of the PDCA cycle."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import CycleState
from municipalities.japanese import fiscal
from municipalities.tenancy import TenantManager, TenantModel


class CycleQuerySet(models.QuerySet):
    def for_today(self):
        """Return the cycle that contains today in Japan, else the latest one, else None."""
        this_year = fiscal.fiscal_year_of(timezone.localdate())
        return (
            self.filter(fiscal_year=this_year).first()
            or self.exclude(state=CycleState.DRAFT).order_by("-fiscal_year").first()
            or self.order_by("-fiscal_year").first()
        )


class Cycle(TenantModel):
    """One fiscal year of one municipality. Two may be open at once: next year is a draft."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状態", max_length=10, choices=CycleState, default=CycleState.OPEN)

    objects: ClassVar = TenantManager.from_queryset(CycleQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "年度サイクル"
        ordering = ["-fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "fiscal_year"], name="cycle_once")
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return fiscal.label(self.fiscal_year)

    @property
    def is_open(self):
        return self.state != CycleState.CLOSED

    @property
    def board_url(self):
        return self.url("municipalities:board")

    def url(self, name, *args):
        """Return the address of a page of this municipality and year."""
        return reverse(name, args=[self.municipality.code, self.fiscal_year, *args])


class YearRow(TenantModel):
    """A row of a year: it belongs to a cycle and is copied by April's step."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="%(class)s_set", verbose_name="年度"
    )

    class Meta(TenantModel.Meta):
        abstract = True
