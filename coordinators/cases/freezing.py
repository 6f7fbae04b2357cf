"""A structure as bytes for others to read, and back: what is published is read from its copy alone. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from coordinators.reading.sheet import (
    HeadingBlock,
    ItemLine,
    PartnerLine,
    PostLine,
    PrefecturePostLine,
    StaffingLine,
    StageLine,
    StructureSheet,
)
from municipalities.rows.published_copies import frozen

if TYPE_CHECKING:
    from municipalities.rows.published_copies import Frozen

SCHEMA = 1
# What concerns only whoever writes the structure.
OWN = ("is_led_here", "audience")
# What the prefecture writes of its posts for itself and its towns.
WITHIN_PREFECTURE = ("work", "source", "towns")


def freeze(sheet: StructureSheet, *, prefecture: str) -> Frozen:
    """Return the copy of a structure: sorted keys, UTF-8, no spaces."""
    values = {name: value for name, value in asdict(sheet).items() if name not in OWN}
    values["prefecture_posts"] = [
        {name: value for name, value in one.items() if name not in WITHIN_PREFECTURE}
        for one in values["prefecture_posts"]
    ]
    copied = {"schema_version": SCHEMA, "prefecture": prefecture, "structure": values}
    return frozen(copied)


def thaw(content: bytes) -> tuple[str, StructureSheet]:
    """Return the name of the prefecture and the structure of a copy."""
    copied = json.loads(content)
    values = copied["structure"]
    parts = {
        "partners": tuple(known(PartnerLine, one) for one in values.pop("partners")),
        "posts": tuple(post(one) for one in values.pop("posts")),
        "headings": tuple(heading(one) for one in values.pop("headings")),
        "stages": tuple(known(StageLine, one) for one in values.pop("stages")),
        # Copies of the first days have none.
        "prefecture_posts": tuple(
            known(PrefecturePostLine, one) for one in values.pop("prefecture_posts", ())
        ),
    }
    return copied["prefecture"], known(StructureSheet, values | parts | {"is_led_here": False})


def post(values: dict[str, Any]) -> PostLine:
    staffing = tuple(known(StaffingLine, one) for one in values["staffing"])
    return known(PostLine, values | {"staffing": staffing})


def heading(values: dict[str, Any]) -> HeadingBlock:
    items = tuple(known(ItemLine, one) for one in values["items"])
    return known(HeadingBlock, values | {"items": items})


def known(kind: Any, values: dict[str, Any]) -> Any:
    """Return one part of what this reader knows: a copy may be older or newer than it."""
    names = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in names})
