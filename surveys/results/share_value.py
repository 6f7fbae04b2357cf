"""この割合を指標の値にする: a share of one question becomes the value of an indicator that counts such shares."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from indicators.arithmetic.printing import printed
from indicators.choices import ValueKind
from indicators.entering import entering
from indicators.long_format import Row
from indicators.models import Indicator, Measurement
from municipalities.japanese.numerals import grouped
from surveys.choices import QuestionKind
from surveys.models import PublishedQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicators.entering.entering import Report
    from indicators.models import Definition, OwnDefinition
    from municipalities.models import Cycle, User
    from surveys.models import PublishedSurvey
    from surveys.results.percentages import Line

Number = TypeVar("Number", int, Decimal)
LONGEST_SOURCE, LONGEST_NOTE = 200, 500
BETWEEN = "\u3000"
WHOLE = Decimal(100)
NONE_CHOSEN = "値にする選択肢を選んでください。"
COUNTED_TWICE = "いくつでも選べる設問では、選択肢を合わせると同じ人を二度数えることがあります。選択肢を一つだけ選んでください。"
UNKNOWN = "割合の分からない選択肢が含まれています。回答の表に回答数か割合を入力するか、ほかの選択肢を選んでください。"
TOO_MUCH = "合わせると100%を超えます。同じ人を二度数えていないか、選択肢を確かめてください。"


class ShareError(ValueError):
    """A choice that is no share; the message is a sentence for whom has chosen."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent; numerator and denominator where both are known."""

    percent: Decimal | None
    numerator: int | None
    denominator: int | None
    labels: tuple[str, ...]


def share(lines: Sequence[Line], *, respondents: int | None, kind: str) -> Share:
    """Return the share of those who gave one of these answers. Raises ShareError."""
    if not lines:
        raise ShareError(NONE_CHOSEN)
    if kind == QuestionKind.MULTIPLE and len(lines) > 1:
        raise ShareError(COUNTED_TWICE)
    counts = [line.count for line in lines if line.count is not None]
    labels = tuple(line.label for line in lines)
    if respondents and len(counts) == len(lines):
        return Share(None, at_most(sum(counts), respondents), respondents, labels)
    return Share(at_most(printed_sum(lines), WHOLE), None, None, labels)


def printed_sum(lines: Sequence[Line]) -> Decimal:
    """Return the percentages together as they were printed. Raises ShareError."""
    percents = [line.percent for line in lines if line.percent is not None]
    if len(percents) < len(lines):
        raise ShareError(UNKNOWN)
    return sum(percents, Decimal(0))


def at_most(number: Number, whole: Number) -> Number:
    """Return a number that is no more than everything. Raises ShareError."""
    if number > whole:
        raise ShareError(TOO_MUCH)
    return number


def source_of(question: PublishedQuestion, survey: PublishedSurvey) -> str:
    """Return the source of a value: it names survey and question, and leads back to them."""
    return f"{survey.title}{BETWEEN}{question.number or question.text}"[:LONGEST_SOURCE].strip()


def note_of(found: Share, *, respondents: int | None) -> str:
    labels = "」「".join(found.labels)
    number = "記載なし" if respondents is None else grouped(respondents)
    printed = "" if found.denominator else "。公表された割合をそのまま使っています"
    return f"「{labels}」の割合（有効回答数 {number}）{printed}"[:LONGEST_NOTE]


def indicators_of(cycle: Cycle) -> list[Indicator]:
    """Return the indicators of the year that count shares of a survey."""
    rows = Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    return [one for one in rows if counts_percents(one.defined_by)]


def counts_percents(definition: Definition | OwnDefinition) -> bool:
    return definition.value_kind == ValueKind.SURVEY_RATIO and definition.multiplier == WHOLE


def row_of(question: PublishedQuestion, code: str, found: Share, *, respondents: int | None) -> Row:
    """Return the share as a row of the long format."""
    cycle = question.cycle
    numbers = {
        "value": found.percent,
        "numerator": found.numerator,
        "denominator": found.denominator,
    }
    return Row(
        1,
        {
            "municipality_code": cycle.municipality.code,
            "indicator": code,
            "fiscal_year": str(cycle.fiscal_year),
            "source": source_of(question, question.survey),
            "note": note_of(found, respondents=respondents),
            **{name: "" if one is None else str(one) for name, one in numbers.items()},
        },
    )


def preview(cycle: Cycle, row: Row, *, by: User) -> Report:
    """Say what writing the row would do."""
    return entering.enter(cycle, [row], by=by, dry_run=True)


def write(cycle: Cycle, row: Row, *, by: User, expected: str) -> Report:
    """Write the row, unless it would now do something else than what was shown."""
    return entering.enter(cycle, [row], by=by, expected=expected)


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that a question is the source of; `indicator`: where this year follows it."""

    value: Measurement
    indicator: Indicator | None

    @property
    def text(self) -> str:
        definition = self.value.defined_by
        return printed(
            self.value.value,
            state=self.value.state,
            unit=definition.unit,
            decimals=definition.decimals,
        )


def taken_from(
    survey: PublishedSurvey, questions: Iterable[PublishedQuestion]
) -> dict[int, list[Taken]]:
    """Return by question the values of the year whose source names it, in two queries."""
    sources = defaultdict(list)
    for one in questions:
        sources[source_of(one, survey)].append(one.pk)
    rows = Measurement.objects.filter(
        source__in=list(sources), fiscal_year=survey.cycle.fiscal_year
    ).select_related("definition", "own_definition")
    followed = {one.code: one for one in Indicator.objects.filter(cycle=survey.cycle)}
    found: dict[int, list[Taken]] = defaultdict(list)
    for row in rows:
        for pk in sources[row.source]:
            found[pk].append(Taken(row, followed.get(row.code)))
    return found


def asked_by_source(sources: Iterable[str]) -> dict[str, PublishedQuestion]:
    """Return the questions that sources of values name, in one query."""
    wanted = set(sources)
    titles = {start for one in wanted for start in starts_of(one)}
    rows = PublishedQuestion.objects.filter(survey__title__in=titles).select_related(
        "survey", "cycle__municipality"
    )
    found = {source_of(one, one.survey): one for one in rows}
    return {source: one for source, one in found.items() if source in wanted}


def starts_of(source: str) -> Iterable[str]:
    """Yield what may be the title of a survey at the beginning of a source."""
    parts = source.split(BETWEEN)
    return (BETWEEN.join(parts[:count]) for count in range(1, len(parts) + 1))
