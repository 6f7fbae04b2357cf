"""Every list of the document in the order in which changes are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document.differing.bodies_parts import BODIES
from reports.document.differing.number_parts import INDICATORS
from reports.document.differing.plan_parts import PLAN
from reports.document.differing.profile_parts import PROFILE
from reports.document.differing.support_parts import SUPPORT

if TYPE_CHECKING:
    from reports.document.differing.part import Part

EVERY = (*PROFILE, *PLAN, *INDICATORS, *BODIES, *SUPPORT)
BY_NAME = {part.name: part for part in EVERY}
PLACES = {part.name: place for place, part in enumerate(EVERY)}


def nested(name: str) -> tuple[Part, ...]:
    """Return the lists that lie in the rows of this one."""
    return tuple(part for part in EVERY if part.around == name)


def root_of(part: Part) -> Part:
    """Return the list at the top of the document in which this one lies."""
    return root_of(BY_NAME[part.around]) if part.around else part
