"""What a hand-out for the council may show of a year: nothing 庁内, no number that the disclosure rules hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities import dates
from municipalities.choices import Audience
from reports.document import beside, snapshot
from reports.document.copied_numbers import codes_shown, hidden, suppressed
from reports.document.reading import gather
from reports.models import CouncilQuestion
from reports.paper.handout import Handout, handout
from reports.submission.publishing import population_of

if TYPE_CHECKING:
    from typing import Any

    from municipalities.choices import Scene
    from municipalities.models import Cycle


# What the sheet prints, and what says of it where it belongs.
PARTS = frozenset(
    {
        "organizations",
        "desired_states",
        "issues",
        "activities",
        "logic_models",
        "outcomes",
        "own_definitions",
        "indicators",
        "targets",
        "indicator_uses",
        "issue_figures",
        "measurements",
        # Where a council agreed to the goals.
        "councils",
        "meetings",
        "decisions",
    }
)


def handed_out(cycle: Cycle, scene: Scene) -> Handout:
    """Return the sheet of a scene as the year stands now, whatever is written of it.

    The council's members are people outside the house: they get what any copy would tell.
    """
    document = snapshot.year_document(cycle, only=PARTS)
    if any(row["meeting_lead"] for row in document["decisions"]):
        document["shared"] = beside.shared_meetings(cycle)
    out = hidden(
        document,
        codes=codes_shown(document, document["indicators"]),
        population=population_of(cycle, document),
    )
    document["measurements"] = [
        suppressed(row) if row["key"] in out else row for row in document["measurements"]
    ]
    return handout(
        gather(document),
        scene=scene,
        questions=questions_of(cycle, scene),
        made_on=dates.in_wareki(timezone.localdate()),
    )


def questions_of(cycle: Cycle, scene: Scene) -> str:
    """Return what is to be put before the council on this scene; nothing of what stays 庁内."""
    rows: Any = CouncilQuestion.objects.filter(cycle=cycle, scene=scene)
    row = rows.exclude(audience=Audience.INTERNAL).first()
    return row.text if row else ""
