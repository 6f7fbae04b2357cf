"""The tables of councils, by subject."""

from councils.models.bodies import Council, CouncilFunction, CouncilPartner
from councils.models.decisions import Decision
from councils.models.evaluations import Evaluation, Improvement, Judgement
from councils.models.meetings import AgendaItem, Attendance, Homework, Meeting
from councils.models.seats import Outreach, Seat

__all__ = [
    "AgendaItem",
    "Attendance",
    "Council",
    "CouncilFunction",
    "CouncilPartner",
    "Decision",
    "Evaluation",
    "Homework",
    "Improvement",
    "Judgement",
    "Meeting",
    "Outreach",
    "Seat",
]
