"""The copies of a body's name in the rows that name it: they follow when the register is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.models.bodies import NamedBody

if TYPE_CHECKING:
    from municipalities.models import Organization


def follow_names(body: Organization) -> None:
    """Write a body's new name into every row that points at it. The caller holds the transaction.

    A copy is no edit of those rows: their versions stay.
    """
    for relation in body._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, NamedBody):
            model.objects.filter(organization=body).update(name=body.name)
