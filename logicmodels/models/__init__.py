"""Desired states, issues, activities and the logic models that tie them together, by subject."""

from logicmodels.models.activities import Activity, ActivityPartner, ActivityResult, Milestone
from logicmodels.models.goals import DesiredState, Issue
from logicmodels.models.logic import LogicModel, Outcome, OutcomeLink, Placement

__all__ = [
    "Activity",
    "ActivityPartner",
    "ActivityResult",
    "DesiredState",
    "Issue",
    "LogicModel",
    "Milestone",
    "Outcome",
    "OutcomeLink",
    "Placement",
]
