"""The charts of results: bars of one question, a scale across its middle, dots of two or more times or questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.charts.looks import LOOKS
from indicators.charts.structure import Chart, Point, Series
from municipalities.japanese.numerals import grouped
from surveys.choices import Scale
from surveys.results import scales

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.models import PublishedQuestion, PublishedSurvey
    from surveys.results.beside import Beside
    from surveys.results.over_years import Comparison
    from surveys.results.percentages import Line, Table

UNSTATED = "記載なし"
# More times than looks could not be told apart.
MOST_SERIES = len(LOOKS)


def bars(
    question: PublishedQuestion, survey: PublishedSurvey, table: Table, respondents: int | None
) -> Chart | None:
    """Return the bars of a question; None where no percentage is known."""
    if not table.has_percents:
        return None
    return Chart(
        title=str(question),
        unit="%",
        decimals=table.decimals,
        category="選択肢",
        categories=tuple(line.label for line in table.lines),
        series=(Series("割合", tuple(map(point, table.lines)), kind="bar"),),
        reading=f"選択肢ごとの割合です。横棒の長さは、右端が100%です（{of_how_many(respondents)}）。",
        sources=sources(survey),
    )


def scale(
    question: PublishedQuestion, survey: PublishedSurvey, table: Table, respondents: int | None
) -> Chart | None:
    """Return the steps of a scale, the worst first; None where there is none, or a percentage is unknown."""
    if question.scale == Scale.NONE:
        return None
    inside, outside = scales.steps(table.lines, question.scale)
    if not scales.is_drawable(inside):
        return None
    left_out = "、".join(
        f"{line.label} {line.percent_text}%" for line in outside if line.percent_text
    )
    return Chart(
        title=f"{question}（段階）",
        unit="%",
        decimals=table.decimals,
        category="段階",
        categories=tuple(line.label for line in inside),
        series=(Series("割合", tuple(map(point, inside)), kind="bar"),),
        reading=(
            "中央の線から左がよくない方、右がよい方です。段階の数が奇数のときは、真ん中の段階が線をまたぎます"
            f"（{of_how_many(respondents)}）。"
            + (f"図に入れていない回答：{left_out}。" if left_out else "")
        ),
        sources=sources(survey),
    )


def over_times(question: PublishedQuestion, comparison: Comparison) -> Chart | None:
    """Return the percentages of the last times; None where no option has a percentage twice."""
    times = comparison.times[-MOST_SERIES:]
    rows = [(row.label, row.lines[-MOST_SERIES:]) for row in comparison.rows]
    names = [f"{one.name}（{of_how_many(one.respondents)}）" for one in times]
    reading = "選択肢ごとの割合です。左端が0%、右端が100%で、線が前回と今回を結びます。"
    return dots(str(question), names, rows, reading=reading)


def side_by_side(beside: Beside) -> Chart | None:
    names = [
        f"{one.question}（{of_how_many(one.respondents)}）" for one in (beside.this, beside.other)
    ]
    rows = [(pair.label, (pair.this, pair.other)) for pair in beside.pairs]
    reading = "設問が異なります。選択肢ごとの割合で、左端が0%、右端が100%です。"
    return dots(f"{beside.this.question}と{beside.other.question}", names, rows, reading=reading)


def dots(
    title: str,
    names: list[str],
    rows: Iterable[tuple[str, tuple[Line | None, ...]]],
    *,
    reading: str,
) -> Chart | None:
    shown = [
        (label, lines) for label, lines in rows if any(line and line.percent_text for line in lines)
    ]
    if not shown:
        return None
    columns = zip(*(lines for _, lines in shown), strict=True)
    places = [
        len(line.percent_text.partition(".")[2]) for _, lines in shown for line in lines if line
    ]
    return Chart(
        title=title,
        unit="%",
        decimals=max(1, *places),
        category="選択肢",
        categories=tuple(label for label, _ in shown),
        series=tuple(
            Series(name, tuple(map(point, column)))
            for name, column in zip(names, columns, strict=True)
        ),
        reading=reading,
    )


def point(line: Line | None) -> Point:
    if line is None:
        return Point(None, "選択肢なし")
    return Point(line.percent, UNSTATED if line.percent is None else "")


def of_how_many(respondents: int | None) -> str:
    return f"n：{UNSTATED}" if respondents is None else f"n＝{grouped(respondents)}"


def sources(survey: PublishedSurvey) -> tuple[str, ...]:
    return (survey.source,) if survey.source else ()
