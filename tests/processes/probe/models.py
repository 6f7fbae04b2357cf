"""What was done, countable."""

from django.db import models


class Mark(models.Model):
    """One row for each time that something was done to its end. Nothing keeps it from doubling."""

    tag = models.CharField(max_length=60)
    attempt = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.tag
