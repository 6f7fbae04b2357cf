"""What a municipality has published that it does for a number: the outcomes it stands at, with their activities. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.document.publication import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Under:
    """One outcome in words, and the activities that a copy shows under it: key → name, in order."""

    outcome: str
    activities: dict[str, str]


def under_outcomes(document: dict[str, Any], code: str) -> tuple[Under, ...]:
    """Return the outcomes that an indicator stands at in a copy for the prefecture, in the order of its models."""
    follows = {row["key"] for row in document["indicators"] if row["indicator"] == code}
    wanted = {row["outcome"] for row in document["indicator_uses"] if row["indicator"] in follows}
    names = {row["key"]: row["name"] for row in document["activities"] if is_shown(row)}
    return tuple(_under(outcome, names) for outcome in _outcomes(document, wanted))


def _outcomes(document: dict[str, Any], wanted: set[str]) -> Iterator[dict[str, Any]]:
    for model in document["logic_models"]:
        yield from (outcome for outcome in model["outcomes"] if outcome["key"] in wanted)


def _under(outcome: dict[str, Any], names: dict[str, str]) -> Under:
    keys = dict.fromkeys(place["activity"] for place in outcome["placements"])
    return Under(outcome["text"], {key: names[key] for key in keys if key in names})
