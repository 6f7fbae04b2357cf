"""Whether there is anything to print in a section, read from the year on paper. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document.year_bodies import Bodies

if TYPE_CHECKING:
    from reports.document.year_review import YearReview


def profile(review: YearReview) -> bool:
    return any(box.text for box in review.profile) or any(one.period for one in review.figures)


def features(review: YearReview) -> bool:
    return any(box.text for box in review.features)


def goals(review: YearReview) -> bool:
    return any(goal.text for goal in review.goals)


def logic_models(review: YearReview) -> bool:
    return bool(review.logic_models)


def indicators(review: YearReview) -> bool:
    return bool(review.indicators)


def steps(review: YearReview) -> bool:
    return any(step.situation or step.advice for step in review.steps)


def issues_before(review: YearReview) -> bool:
    return bool(review.issues_before)


def effects(review: YearReview) -> bool:
    return bool(review.effects)


def outlooks(review: YearReview) -> bool:
    return bool(review.outlooks)


def papers(review: YearReview) -> bool:
    is_any_body = review.bodies != Bodies()
    return bool(review.issues or review.activities or review.logic_models or is_any_body)
