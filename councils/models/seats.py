"""構成員 of a council and 働きかけ: who sits in it, who may yet, and what was done to win them."""

from django.db import models

from councils.choices import Consent, Profession, SeatRole
from councils.models.bodies import OfCouncil
from municipalities.models.bodies import NamedBody
from municipalities.text import CleanTextField


class Seat(NamedBody, OfCouncil):
    """A body in a council; one that is to be named later is a name alone: 「在宅支援診療所・病院」."""

    role = models.CharField("区分", max_length=10, choices=SeatRole, default=SeatRole.MEMBER)
    profession = models.CharField(
        "職種", max_length=30, choices=Profession, default=Profession.UNSTATED
    )
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    consent = models.CharField("同意", max_length=10, choices=Consent, default=Consent.UNSTATED)
    is_named_later = models.BooleanField("団体は後で決める", default=False)
    note = CleanTextField("補足", max_length=500, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfCouncil.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "構成員"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="seat_key")]


class Outreach(NamedBody, OfCouncil):
    """働きかけ: what was said to whom so that they take part, and what came of it."""

    when = CleanTextField("時期", max_length=40, blank=True)
    way = CleanTextField("方法", max_length=100, blank=True)
    text = CleanTextField("内容", max_length=2000)
    result = CleanTextField("結果", max_length=1000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta(OfCouncil.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "働きかけ"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="outreach_key")]
