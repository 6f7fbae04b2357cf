"""How a reader knows that nothing published has changed: a mark for each table it is read from."""

from django.db import models


class TableMark(models.Model):
    """A random word that the database itself writes anew whenever the table changes (`indicators.publishing.marking`)."""

    table = models.CharField("表", max_length=64, unique=True)
    mark = models.CharField("印", max_length=36)

    class Meta:
        verbose_name = verbose_name_plural = "公表されている表の印"
        ordering = ["table"]

    def __str__(self):
        return self.table
