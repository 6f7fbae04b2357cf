"""What of this app goes over into the next year: the plan. What was done and paid stays with its year."""

from logicmodels.choices import ActivityStatus
from logicmodels.document import (
    ACTIVITIES,
    GOALS,
    ISSUES,
    LINKS,
    LOGIC_MODELS,
    MILESTONES,
    OUTCOMES,
    PARTNERS,
    PLACEMENTS,
    RESULTS,
)
from municipalities.rows.carrying import Carries, Stays

# What has come to its end is left behind unless somebody chooses it.
OVER = (ActivityStatus.DONE, ActivityStatus.STOPPED)


def begin_activity(row):
    """A year begins with what is planned: nothing has run in it yet."""
    if row.status != ActivityStatus.CONSIDERED:
        row.status = ActivityStatus.PLANNED


def is_ahead(milestone, fiscal_year):
    """Say whether a milestone is still to be reached."""
    return not milestone.is_reached


RULES = (
    Carries(GOALS),
    Carries(ISSUES, is_chosen=True),
    Carries(
        ACTIVITIES,
        empties=("budget", "settled"),
        begin=begin_activity,
        is_chosen=True,
    ),
    Carries(PARTNERS),
    Carries(MILESTONES, wanted=is_ahead),
    Stays(RESULTS, "実施した日や参加者数は、その年度の実績です。"),
    Carries(LOGIC_MODELS),
    Carries(OUTCOMES),
    Carries(PLACEMENTS, moves=True),
    Carries(LINKS),
)
