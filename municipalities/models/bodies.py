"""Rows that name a body: one of the register, or, where none is decided yet, in words."""

from django.core.exceptions import ValidationError
from django.db import models

from municipalities.models.organizations import Organization
from municipalities.text import CleanTextField


class NamedBody(models.Model):
    """A body of the register or a name. `name` is a copy where the register knows the body: partners
    of a shared row may read the row, but not the lead's register.
    """

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        null=True,
        blank=True,
        verbose_name="団体・部署",
    )
    name = CleanTextField("名称（一覧にない場合）", max_length=100, blank=True)

    # Rows that may be without any name say so.
    NAME_IS_ASKED = True

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def clean(self):
        """Copy the name of the body; without a body the name is asked for."""
        super().clean()
        if self.organization_id is not None:
            self.name = self.organization.name
        elif self.NAME_IS_ASKED and not self.name:
            message = "団体・部署を選ぶか、名称を入力してください。"
            raise ValidationError({"name": message})
