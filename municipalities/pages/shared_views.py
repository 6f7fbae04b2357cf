"""How pages reach shared rows: their own by key, a neighbour's by the lead's code and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

if TYPE_CHECKING:
    from municipalities.fence.sharing import SharedTenantModel


def led_or_404(model: type[SharedTenantModel], **found_by: Any) -> Any:
    """Return a row that the municipality of the page leads; only such rows are written. Raises Http404."""
    return get_object_or_404(model.objects.led(), **found_by)


def shared_or_404(model: type[SharedTenantModel], *, lead: str, **found_by: Any) -> Any:
    """Return a row that another municipality (by its code) leads and shares with ours. Raises Http404."""
    rows = model.objects.shared().select_related("municipality")
    return get_object_or_404(rows, municipality__code=lead, **found_by)


def refuse_partner(row: SharedTenantModel) -> None:
    """Raise PermissionDenied where only the lead may write."""
    if not row.is_led_here:
        raise PermissionDenied
