"""Forms of rows that name a body: one of the register, or a name where none is decided yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.bodies.organization_choice import CHOOSE, NOBODY, grouped
from municipalities.forms import HouseModelForm
from municipalities.models import Organization

if TYPE_CHECKING:
    from django.db import models

EITHER = "一覧から選ぶか、次の欄に名称を入力します。"
HINT = (
    "一覧にない団体や、団体が決まる前の区分（例：在宅療養支援診療所・病院）を書きます。"
    "個人の名前は入力しないでください。"
)


class NamedBodyForm(HouseModelForm):
    """A form whose row is a NamedBody: `organization` is chosen from the register, or `name` is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_asked = self._meta.model.NAME_IS_ASKED
        bodies: Any = self.fields["organization"]
        bodies.choices = [
            ("", CHOOSE if is_asked else NOBODY),
            *grouped(Organization.objects.all()),
        ]
        bodies.help_text = bodies.help_text or EITHER
        self.fields["name"].help_text = self.fields["name"].help_text or HINT
        if self.instance.organization_id is not None:
            # What the register knows is chosen there: the copy of its name is not shown again.
            self.initial["name"] = ""

    def clean(self) -> dict[str, Any]:
        """One of the two says who it is."""
        super().clean()
        typed, chosen = self.cleaned_data.get("name"), self.cleaned_data.get("organization")
        if typed and chosen and typed != chosen.name:
            message = "団体・部署は、一覧から選ぶか名称を入力するか、どちらか一方にしてください。"
            self.add_error("name", message)
        return self.cleaned_data

    def follow(self, row: models.Model) -> tuple[str, ...]:
        """The copy of the name follows the choice, also where two people's edits were merged."""
        if row.organization_id is not None:  # type: ignore[attr-defined]
            row.name = row.organization.name  # type: ignore[attr-defined]
        return (*super().follow(row), "name")
