"""The rows of the support: plan, steps with advice, what changed and what comes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.wording.wording import lines
from reports.paper.wording.words import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.year_review import Advice, SupportStep, YearReview
    from reports.paper.tables.sheets import Row

ADVICE, KEYWORD = "アドバイス", "キーワード"
CONFIRMED = "確認済み"
NOTHING: Row = ("", "", "", None, "", "")


def support(review: YearReview) -> Iterator[Row]:
    whole = review.support
    told = (
        ("テーマ", (whole.theme,)),
        ("目標", lines(whole.goal)),
        ("取り上げる場面", whole.scenes),
    )
    for label, texts in told:
        yield from ((label, text) for text in texts if text)
    yield from ((f"参加者（{part}）", name) for part, name in whole.members)


def tasks(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.support.tasks, 1):
        yield number, one.text, one.who, one.due, one.state, one.step


def steps(review: YearReview) -> Iterator[Row]:
    """One row for each line of the situation, each piece of advice and each keyword."""
    for number, step in enumerate(review.steps, 1):
        about = (
            number,
            step.title,
            day_of(step.held_on) or step.held_on,
            step.style,
            "、".join(lines(step.participants)),
        )
        for rest in _of_the_step(step):
            yield *about, *rest


def _of_the_step(step: SupportStep) -> Iterator[Row]:
    """A step of which nothing is told yet keeps a row."""
    for line in lines(step.situation) or ("",):
        yield step.situation_label, line, *NOTHING
    for one in step.advice:
        yield ADVICE, one.text, *_became(one)
    for keyword in step.keywords:
        yield KEYWORD, keyword, *NOTHING


def _became(one: Advice) -> Row:
    return (
        one.scene,
        one.about,
        one.response,
        day_of(one.responded_on) or one.responded_on,
        one.response_note,
        CONFIRMED if one.is_confirmed else "",
    )


def changes(review: YearReview) -> Iterator[Row]:
    """Each change beside the issue that it answers; issues and changes that stand alone keep a row."""
    for issue in review.issues_before:
        answers = [one for one in review.effects if one.answers == issue]
        yield from ((issue, one.text, one.conclusion) for one in answers)
        if not answers:
            yield issue, "", ""
    for one in review.effects:
        if one.answers not in review.issues_before:
            yield one.answers, one.text, one.conclusion


def outlooks(review: YearReview) -> Iterator[Row]:
    for number, one in enumerate(review.outlooks, 1):
        yield number, one.text, one.due
