"""What somebody has typed into the entry grid and not saved: of the whole table, and of the lines that were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.grid import grid, grid_saving
from municipalities.kernel.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.grid.grid import Line
    from municipalities.models import Cycle, User


def key(cycle: Cycle, only: str = "") -> str:
    """Return the key of the draft: the lines that were chosen are a form of their own."""
    return f"entry-{cycle.fiscal_year}" + (f"-{only}" if only else "")


def kept(cycle: Cycle, only: str, *, by: User) -> dict[str, Draft]:
    """Return the drafts that stand in what is shown, by key: the whole table's, then that of the lines that were chosen."""
    keys = (key(cycle), key(cycle, only))
    found = Draft.objects.filter(author=by, form_key__in=keys)
    return {one.form_key: one for one in sorted(found, key=lambda one: keys.index(one.form_key))}


def fields_of(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the fields of several drafts as one; the later ones are the newer."""
    return {name: text for draft in drafts for name, text in draft.fields.items()}


def lines_as_typed(cycle: Cycle, only: str, *, by: User) -> list[Line]:
    """Return the lines as their author's page shows them when it is opened anew."""
    lines = grid.of(cycle, is_shown=False)
    grid_saving.take_back(lines, cycle, fields_of(kept(cycle, only, by=by).values()), by=by)
    grid.look_at(lines)
    return lines
