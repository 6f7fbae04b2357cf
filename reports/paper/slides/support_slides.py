"""The support as slides: its plan, its steps, what it changed and what becomes of the advice. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reports.choices import AdviceResponse
from reports.paper.slides.parts import Columns, Paragraph, Table, Text
from reports.paper.slides.words import item, joined, listed, unwritten
from reports.paper.wording.wording import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.year_review import Advice, SupportStep, YearReview
    from reports.paper.slides.parts import Part

NOTHING_YET = "まだ記録がありません。"


def support(review: YearReview) -> Iterator[Part]:
    if told := tuple(_support(review)):
        yield Text("連携支援の概要", told)
    if review.support.tasks:
        yield Table(
            "実施計画",
            ("行うこと", "担当", "期日", "状況", "段階"),
            tuple(
                (one.text, one.who, one.due, one.state, one.step) for one in review.support.tasks
            ),
        )


def _support(review: YearReview) -> Iterator[Paragraph]:
    told = (
        ("テーマ", (review.support.theme,)),
        ("目標", lines(review.support.goal)),
        ("取り上げる場面", ("、".join(review.support.scenes),)),
        ("参加者", tuple(f"{part}　{name}" for part, name in review.support.members)),
    )
    for label, texts in told:
        if any(texts):
            yield Paragraph(label, "heading")
            yield from map(Paragraph, filter(None, texts))


def steps(review: YearReview) -> Iterator[Part]:
    """A slide a step: 【状況】 beside 【アドバイス等】, as in the form."""
    held: Counter[str] = Counter()
    for step in review.steps:
        held[step.title] += 1
        times = held[step.title]
        yield Columns(
            step.title if times == 1 else f"{step.title}（{times}）",
            (f"【{step.situation_label}】", "【アドバイス等】"),
            tuple(_situation(step)),
            tuple(_advice_of(step)),
        )


def _situation(step: SupportStep) -> Iterator[Paragraph]:
    when = "　".join(filter(None, (step.held_on, step.style)))
    if when:
        yield Paragraph(when)
    for line in lines(step.participants):
        yield Paragraph(f"参加者：{line}")
    written = tuple(listed(step.situation))
    yield from written or (unwritten(NOTHING_YET),)


def _advice_of(step: SupportStep) -> Iterator[Paragraph]:
    for one in step.advice:
        yield from listed(one.text)
        if about := _about(one):
            yield Paragraph(about, "muted")
    yield from map(Paragraph, step.keywords)
    if not step.advice and not step.keywords:
        yield unwritten(NOTHING_YET)


def changes(review: YearReview) -> Iterator[Part]:
    """支援前の課題 beside what became of them; an issue without an answer keeps its line."""
    if not review.effects:
        if review.issues_before:
            yield Text("支援前の課題", tuple(map(item, review.issues_before)))
        return
    yield Table(
        "支援前の課題と支援後の変化",
        ("支援前の課題", "支援後の変化"),
        tuple(pairs(review)),
    )


def pairs(review: YearReview) -> Iterator[tuple[str, str]]:
    for issue in review.issues_before:
        answers = [one for one in review.effects if one.answers == issue]
        yield issue, joined(*(_effect(one.text, one.conclusion) for one in answers))
    for one in review.effects:
        if one.answers not in review.issues_before:
            yield one.answers, _effect(one.text, one.conclusion)


def _effect(text: str, conclusion: str) -> str:
    return joined(text, f"⇒ {conclusion}" if conclusion else "")


def outlooks(review: YearReview) -> Iterator[Part]:
    if review.outlooks:
        yield Table(
            "今後について",
            ("今後行うこと", "時期"),
            tuple((one.text, one.due) for one in review.outlooks),
        )


def advice(review: YearReview) -> Iterator[Part]:
    """What was answered. While nothing is, the advice stands with its step alone."""
    if any(_is_answered(one) for step in review.steps for one in step.advice):
        yield Table(
            "アドバイスと対応",
            ("段階", "アドバイス", "対応", "対応の内容"),
            tuple(
                (step.title, joined(one.text, _about(one)), _response(one), one.response_note)
                for step in review.steps
                for one in step.advice
            ),
        )


def _is_answered(one: Advice) -> bool:
    return one.response not in {"", AdviceResponse.NONE.label} or bool(one.response_note)


def _about(one: Advice) -> str:
    about = "：".join(filter(None, (one.scene, one.about)))
    return f"（{about}）" if about else ""


def _response(one: Advice) -> str:
    return joined(one.response, one.responded_on)
