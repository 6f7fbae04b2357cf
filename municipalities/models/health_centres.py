"""保健所管轄: which municipalities of a prefecture a health centre is in charge of."""

from django.db import models

from municipalities import town_codes
from municipalities.kernel.changes import PrefectureVersioned
from municipalities.text import CleanTextField


class HealthCentre(PrefectureVersioned):
    """A health centre of a prefecture; `code` is that of its scope, by which colleagues are let in."""

    code = models.CharField("保健所管轄のコード", max_length=10, unique=True)
    name = CleanTextField("保健所の名称", max_length=60)
    # Codes between commas, with one before and one behind: a town may belong to two offices.
    towns = CleanTextField("担当する市町村", max_length=town_codes.LONGEST)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "保健所"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key"], name="health_centre_key")
        ]

    def __str__(self):
        return self.name

    @property
    def town_codes(self):
        return town_codes.read(self.towns)
