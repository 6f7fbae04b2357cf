"""What a municipality has published that it does for a number: the activities under its outcomes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.document.publication import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator


def activities_under(document: dict[str, Any], code: str) -> tuple[str, ...]:
    """Return the names of the activities that a copy shows under the outcomes an indicator stands at.

    `document` is that of a copy for the prefecture; activities in the order of the logic model, each once.
    """
    follows = {row["key"] for row in document["indicators"] if row["indicator"] == code}
    outcomes = {row["outcome"] for row in document["indicator_uses"] if row["indicator"] in follows}
    names = {row["key"]: row["name"] for row in document["activities"] if is_shown(row)}
    found = dict.fromkeys(_placed(document, outcomes))
    return tuple(names[key] for key in found if key in names)


def _placed(document: dict[str, Any], outcomes: set[str]) -> Iterator[str]:
    for model in document["logic_models"]:
        for outcome in model["outcomes"]:
            if outcome["key"] in outcomes:
                yield from (place["activity"] for place in outcome["placements"])
