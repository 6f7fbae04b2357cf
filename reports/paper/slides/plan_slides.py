"""The plan as slides: issues, activities and logic models. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.slides.parts import Paragraph, Table, Text
from reports.paper.slides.words import item, joined
from reports.paper.wording.wording import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logicmodels.shape.structure import Effect, Group, Link, Row
    from reports.document.year_review import (
        ActivityLine,
        IssueLine,
        LogicModelSheet,
        YearReview,
    )
    from reports.paper.slides.parts import Part


def issues(review: YearReview) -> Iterator[Part]:
    if review.issues:
        yield Table(
            "課題整理表",
            ("場面", "課題", "現状", "目指す姿との差", "要因", "優先順位"),
            tuple(map(_issue, review.issues)),
        )


def _issue(one: IssueLine) -> tuple[str, ...]:
    current = joined(one.current_state, *one.figures)
    return one.scene, one.text, current, one.gap, one.cause, one.priority


def activities(review: YearReview) -> Iterator[Part]:
    if review.activities:
        yield Table(
            "取組整理表",
            ("場面", "取組", "実施者・協力", "時期・状況", "実績"),
            tuple(map(_activity, review.activities)),
        )


def _activity(one: ActivityLine) -> tuple[str, ...]:
    partners = f"協力：{'、'.join(one.partners)}" if one.partners else ""
    return (
        one.scene,
        joined(one.name, one.description),
        joined(one.executor, partners),
        joined(one.period, one.status),
        joined(*one.results),
    )


def logic_model(model: LogicModelSheet) -> Iterator[Part]:
    """The goal and what leads to what, then outcome by outcome what is done for it."""
    if told := tuple(_lead(model)):
        yield Text(model.title, told)
    rows = tuple(_group(group, model) for group in model.structure.groups)
    if rows:
        yield Table(f"{model.title}　成果と取組", ("段階", "成果", "取組", "指標"), rows)


def _lead(model: LogicModelSheet) -> Iterator[Paragraph]:
    for label, text in (("目指す姿", model.goal), ("備考", model.note)):
        if text.strip():
            yield Paragraph(label, "heading")
            yield from map(Paragraph, lines(text))
    if model.structure.links:
        yield Paragraph("成果のつながり", "heading")
        yield from (_link(*one) for one in model.structure.links_in_words())


def _group(group: Group, model: LogicModelSheet) -> tuple[str, ...]:
    effect = group.effect
    subject = f"（{effect.subject}）" if effect.subject else ""
    return (
        effect.level_in_words.removesuffix("アウトカム"),
        f"{effect.text}{subject}",
        joined(*map(_placed, group.rows)),
        joined(*model.indicators.get(effect.key, ())),
    )


def _placed(row: Row) -> str:
    mark = "（再）" if row.is_again else ""
    return joined(
        f"{row.number}　{mark}{row.place.text}",
        f"　{row.place.note}" if row.place.note else "",
        f"　考え方：{row.place.assumption}" if row.place.assumption else "",
    )


def _link(link: Link, cause: Effect, effect: Effect) -> Paragraph:
    thought = f"（考え方：{link.assumption}）" if link.assumption else ""
    return item(f"{cause.text} → {effect.text}{thought}")
