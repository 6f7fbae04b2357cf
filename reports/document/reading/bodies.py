"""The bodies of a year, out of its document: what the modules beside this one read."""

from __future__ import annotations

from typing import Any

from reports.document.reading import asked, coordination, councils, evaluations
from reports.document.year_bodies import Bodies


def bodies(document: dict[str, Any]) -> Bodies:
    """Return them; papers of the first years hold none."""
    return Bodies(
        councils=councils.councils(document),
        meetings=councils.meetings(document),
        evaluations=evaluations.evaluations(document),
        contracts=coordination.contracts(document),
        executions=coordination.executions(document),
        structures=coordination.structures(document),
        bases=coordination.bases(document),
        hearings=asked.hearings(document),
        topics=asked.topics(document),
        surveys=asked.surveys(document),
        resources=asked.resources(document),
    )
