"""Which rows the changes of a page tell of, in words: asked of each table at once, where its model has words for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Change


def name_rows(changes: Iterable[Change]) -> None:
    """Write beside each change what its row is called; a model has words if it has `names_in_changes`."""
    by_model = defaultdict(list)
    for one in changes:
        by_model[one.model].append(one)
    for label, found in by_model.items():
        names_of = getattr(apps.get_model(label), "names_in_changes", None)
        names = names_of(found) if names_of else {}
        for one in found:
            one.row_in_words = names.get(one.row, "")
