"""What of this app goes over into the next year: what is followed, and targets ahead. Values endure by themselves."""

from indicators.document import INDICATOR_USES, INDICATORS, ISSUE_FIGURES, TARGETS
from municipalities.rows.carrying import Carries


def lies_ahead(target, fiscal_year):
    """Say whether a target is for the new year or a later one; the earlier ones stay with their years."""
    return target.fiscal_year >= fiscal_year


RULES = (
    Carries(INDICATORS, empties=("is_to_check",)),
    Carries(TARGETS, wanted=lies_ahead),
    Carries(INDICATOR_USES),
    Carries(ISSUE_FIGURES),
)
