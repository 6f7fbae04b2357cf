"""支援前の課題 beside the plan as it stands: what is known of each issue today, what changed, what was advised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.document.reading import plan, support
from reports.document.year_review import Effect

if TYPE_CHECKING:
    from reports.document.year_review import Advice, IssueLine


@dataclass(frozen=True, slots=True)
class BeforeAndToday:
    """One 支援前の課題. `today` is None where it is not bound to an issue of the plan."""

    text: str
    today: IssueLine | None
    effects: tuple[Effect, ...]
    advice: tuple[tuple[str, Advice], ...]


def before_and_today(document: dict[str, Any]) -> tuple[BeforeAndToday, ...]:
    """Return the issues with which the support began, in their order."""
    today, advised = plan.issues_by_key(document), support.advice_by_issue(document)
    return tuple(
        BeforeAndToday(
            text=row["text"],
            today=today.get(row["issue"] or ""),
            effects=tuple(
                Effect(one["text"], one["conclusion"])
                for one in document["support_effects"]
                if one["answers"] == row["key"]
            ),
            advice=tuple(advised.get(row["issue"] or "", ())),
        )
        for row in document["support_issues"]
    )
