"""Documents of earlier versions, read as today's: submitted papers are kept for ever, files for long."""

from __future__ import annotations

from typing import Any

# Version 2 (advice in items, the boxes of the 概要, the effects of the support) is the newest.
NEWEST = 2


def upgraded(document: Any) -> Any:
    """Return a document in the newest version; what is no document of a known version as it is."""
    if not isinstance(document, dict) or document.get("schema_version") != 1:
        return document
    return _from_1(document)


def _from_1(document: dict[str, Any]) -> dict[str, Any]:
    """Until version 2 the advice of a step was one text, a line for each piece."""
    steps = document.get("support_steps")
    if not isinstance(steps, list):
        return document | {"schema_version": 2}
    return document | {"schema_version": 2, "support_steps": [_step_from_1(row) for row in steps]}


def _step_from_1(row: Any) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get("advice"), str):
        return row
    lines = [line for line in row["advice"].split("\n") if line.strip()]
    items = [
        {"key": f"{str(row.get('key', ''))[:70]}-{number}", "text": line, "position": number}
        for number, line in enumerate(lines, start=1)
    ]
    return row | {"advice": items}
