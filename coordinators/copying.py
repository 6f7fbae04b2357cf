"""What of this app goes over into the next year: who does which work, and the structures. Contracts and 拠点 endure."""

from coordinators.document import (
    EXECUTIONS,
    HEADINGS,
    ITEMS,
    POSTS,
    STAFFING,
    STAGES,
    STRUCTURE_PARTNERS,
    STRUCTURES,
)
from municipalities.rows.carrying import Carries

RULES = (
    Carries(EXECUTIONS),
    Carries(STRUCTURES),
    Carries(STRUCTURE_PARTNERS),
    Carries(POSTS),
    Carries(STAFFING),
    Carries(HEADINGS),
    Carries(ITEMS, empties=("held",)),
    Carries(STAGES),
)
