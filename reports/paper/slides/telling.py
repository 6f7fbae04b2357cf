"""What the slides of a year say, section by section, before they are cut to size. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.charts.axis import axis
from reports.paper.slides.body_slides import bodies
from reports.paper.slides.parts import Cover, Paragraph, Picture, Section, Table, Text
from reports.paper.slides.plan_slides import activities, issues, logic_model
from reports.paper.slides.support_slides import advice, changes, outlooks, steps, support
from reports.paper.slides.words import item, joined, unwritten
from reports.paper.wording.wording import items, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.charts.structure import Chart
    from reports.document.year_review import Figure, IndicatorLine, TextBox, YearReview
    from reports.paper.slides.parts import Part

PROGRAMME = "在宅医療・介護連携推進事業"


def sections(review: YearReview) -> tuple[Section, ...]:
    """Return what there is to tell; a section without anything is left out."""
    told = (
        ("表紙", (cover(review),)),
        ("自治体概要", profile(review)),
        ("概要", sheet(review)),
        ("目指す姿", (goals(review),)),
        ("課題と取組", (*issues(review), *activities(review))),
        ("連携支援の経過", (*support(review), *steps(review))),
        ("指標", indicators(review)),
        ("ロジックモデル", (part for one in review.logic_models for part in logic_model(one))),
        ("会議と体制", bodies(review)),
        ("変化と今後", (*changes(review), *outlooks(review))),
        ("アドバイスと対応", advice(review)),
        ("これから整えること", to_come(review)),
    )
    made = (Section(name, tuple(parts)) for name, parts in told)
    return tuple(one for one in made if one.parts)


def cover(review: YearReview) -> Cover:
    head = review.head
    kind = "　".join(filter(None, (head.kind_label, head.version_label, head.copy_label)))
    submitted = f"提出日　{head.submitted_on}" if head.submitted_on else f"【{head.status_label}】"
    told = (
        f"{review.prefecture_name}{review.municipality_name}",
        submitted,
        head.step_label,
        f"提出先　{'、'.join(head.recipients)}" if head.recipients else "",
        f"受付番号　{head.number}" if head.number else "",
    )
    return Cover(
        f"{review.fiscal_year_label}\n{PROGRAMME}　{kind}",
        tuple(filter(None, told)),
    )


def footer(review: YearReview) -> str:
    """Return the line under every slide; that of a draft says so."""
    head = review.head
    mark = "" if head.submitted_on else f"【{head.status_label}】"
    place = f"{review.prefecture_name}{review.municipality_name}"
    kind = f"{head.kind_label}{head.version_label}"
    return "　".join(filter(None, (mark, place, review.fiscal_year_label, kind, head.copy_label)))


def profile(review: YearReview) -> Iterator[Part]:
    if review.figures:
        yield Table(
            "自治体の概要",
            ("項目", "値", "時点", "出典・注記"),
            tuple(map(_figure, review.figures)),
        )
    yield Text("実施体制", tuple(_boxes(review.profile)))
    if written := tuple(box for box in review.features if box.text.strip()):
        yield Text("自治体の特徴", tuple(_boxes(written)))


def _figure(figure: Figure) -> tuple[str, ...]:
    source = "\n".join(filter(None, (figure.source, figure.note)))
    period = figure.period.replace("　", "\n")
    return figure.label, figure.value or "未記入", period, source


def _boxes(boxes: tuple[TextBox, ...]) -> Iterator[Paragraph]:
    for box in boxes:
        yield Paragraph(box.label, "heading")
        written = lines(box.text)
        yield from map(Paragraph, written) if written else (unwritten("未記入"),)


def sheet(review: YearReview) -> Iterator[Part]:
    """The boxes of the 概要 that are written; a 報告会 is not shown empty ones."""
    written = tuple(box for box in review.sheet if box.text.strip())
    if written:
        yield Text("概要", tuple(_boxes(written)))


def goals(review: YearReview) -> Table:
    return Table(
        "目指す姿",
        ("場面", "目指す姿"),
        tuple(
            (goal.label, joined(goal.text.strip() or "（これから整えます）", goal.agreed))
            for goal in review.goals
        ),
    )


def indicators(review: YearReview) -> Iterator[Part]:
    if not review.indicators:
        return
    yield Table(
        "指標の一覧",
        ("指標", "現状値（基準）", "前年度", "今年度", "目標", "評価区分・目標との差"),
        tuple(map(_indicator, review.indicators)),
    )
    if review.indicator_comment.strip():
        told = tuple(map(Paragraph, lines(review.indicator_comment)))
        yield Text("指標の動きについて", told)
    for one in review.indicators:
        if one.chart is not None:
            yield Picture(one.chart.title, one.chart, tuple(_of_the_chart(one, one.chart)))


def _indicator(one: IndicatorLine) -> tuple[str, ...]:
    name = f"{one.name}（{one.unit}）" if one.unit else one.name
    about = "・".join((*one.scenes, one.direction))
    # The note of an indicator with a chart stands beside the chart.
    note = "" if one.chart else one.note
    told = "\n".join(filter(None, (name, about, note)))
    # So does how the verdict was come to.
    more = () if one.chart else (one.how, one.reference)
    judged = joined(one.verdict, one.distance, *more)
    return told, one.baseline, one.last, one.this, one.target, judged


def _of_the_chart(one: IndicatorLine, chart: Chart) -> Iterator[Paragraph]:
    told = (
        ("今年度", one.this),
        ("目標", one.target),
        ("目標との差", one.distance),
        *_judged(one),
    )
    for label, text in told:
        if text:
            yield Paragraph(f"{label}　{text}")
    yield from map(Paragraph, filter(None, (one.how, one.reference)))
    yield Paragraph("図の見方", "heading")
    yield Paragraph(f"{chart.reading}{axis(chart).note}")
    yield from map(Paragraph, (*chart.notes, *_words_of_points(chart)))
    if one.note:
        yield Paragraph("注記", "heading")
        yield from map(Paragraph, lines(one.note))
    if chart.sources:
        yield Paragraph("出典", "heading")
        yield from (item(source) for source in chart.sources if source)


def _judged(one: IndicatorLine) -> tuple[tuple[str, str], ...]:
    return (
        ("目標比", one.ratio),
        ("進捗率", one.progress),
        ("最終年度見込", one.forecast),
        ("評価区分", one.verdict),
    )


def _words_of_points(chart: Chart) -> Iterator[str]:
    """What a chart cannot draw: why a value is not there, or that it is not the last word."""
    for series in chart.series:
        for category, point in zip(chart.categories, series.points, strict=True):
            if point.word:
                yield f"{series.name}の{category}：{chart.words(point)}"


def to_come(review: YearReview) -> Iterator[Part]:
    if review.to_come:
        told = (line for text in review.to_come for line in items(text))
        yield Text(
            "これから整えること", tuple(item(line["indent"] + line["text"]) for line in told)
        )
