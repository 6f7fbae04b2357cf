"""The rows of the plan: issues, activities and logic models. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logicmodels.shape.structure import Group
    from reports.document.year_review import LogicModelSheet, YearReview
    from reports.paper.tables.sheets import Row

AGAIN = "再掲"


def issues(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.issues, 1):
        yield number, one.scene, one.text, one.current_state, one.gap, one.cause, one.priority


def figures_of_issues(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.issues, 1):
        for figure in one.figures:
            yield number, figure


def activities(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.activities, 1):
        partners = "、".join(one.partners)
        yield (
            number,
            one.scene,
            one.name,
            one.description,
            one.executor,
            partners,
            one.period,
            one.status,
        )


def results(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.activities, 1):
        for result in one.results:
            yield number, one.name, result


def logic_models(review: YearReview) -> Iterator[Row]:
    for model in review.logic_models:
        for group in model.structure.groups:
            yield from _placements(model, group)


def _placements(model: LogicModelSheet, group: Group) -> Iterator[Row]:
    """An outcome without an activity keeps a row."""
    effect = group.effect
    about = (
        model.title,
        model.scene,
        model.goal,
        model.note,
        effect.level_in_words,
        effect.text,
        effect.subject,
        "、".join(model.indicators.get(effect.key, ())),
    )
    for row in group.rows:
        again = AGAIN if row.is_again else ""
        yield *about, row.number, row.place.text, again, row.place.note, row.place.assumption
    if not group.rows:
        yield *about, None, "", "", "", ""


def links(review: YearReview) -> Iterator[Row]:
    for model in review.logic_models:
        for link, cause, effect in model.structure.links_in_words():
            yield model.title, cause.text, effect.text, link.assumption
