"""The numbers of 自治体概要: for each figure of the form the latest value not later than the year.

Where the municipality has none yet, what a statistic has published is proposed.
"""

from dataclasses import dataclass

from indicators.arithmetic.printing import printed
from indicators.choices import ValueState
from indicators.measurements.values import newest, standing_of
from indicators.models import Definition, Measurement, PublishedValue
from municipalities.japanese import fiscal


@dataclass(frozen=True, slots=True)
class ProfileFigure:
    """One line: its definition, the measurement if there is one, else what is proposed, if anything."""

    definition: Definition
    measurement: Measurement | None
    proposal: PublishedValue | None = None

    @property
    def text(self):
        """The value as printed; where there is none, why: 「不明（広域連合が保険者のため）」."""
        if self.measurement is None:
            return self._printed(None, ValueState.NOT_ENTERED)
        text = self._printed(self.measurement.value, self.measurement.state)
        return f"{text}（{self.measurement.note}）" if self.reason else text

    @property
    def reason(self):
        """Why there is no value, in the officer's words."""
        has_value = self.measurement is None or self.measurement.state == ValueState.VALUE
        return "" if has_value else self.measurement.note

    @property
    def note(self):
        """What is to be said of a value beside it."""
        return "" if self.measurement is None or self.reason else self.measurement.note

    @property
    def proposed_text(self):
        return self._printed(self.proposal.value, self.proposal.state)

    def _printed(self, value, state):
        return printed(
            value, state=state, unit=self.definition.unit, decimals=self.definition.decimals
        )

    @property
    def period(self):
        """The fiscal year, the day where one is known, and 速報 or 見込 of a value that is not final."""
        if self.measurement is None:
            return ""
        year, more = fiscal.label(self.measurement.fiscal_year), standing_of(self.measurement)
        return f"{year}　{more}" if more else year

    @property
    def source_and_period(self):
        """The source with the period; the year once where the source tells it."""
        told = fiscal.with_year(self.measurement.source, self.measurement.fiscal_year, between="、")
        return "、".join(filter(None, (told, standing_of(self.measurement))))


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure as a paper states it. `source` says whose it is, of which year and what to know of it."""

    code: str
    label: str
    text: str
    source: str


# A paper gives the rate by category of the insured, or one rate without saying which.
RATES_BY_CATEGORY = frozenset({"ltc_certification_rate_no1", "ltc_certification_rate_no2"})
RATE_UNSPECIFIED = "ltc_certification_rate_unspecified"
# What tells the three kinds of certification rate apart, in the order of the form.
RATE_KINDS = {
    RATE_UNSPECIFIED: "区分の記載なし",
    "ltc_certification_rate_no1": "第1号被保険者",
    "ltc_certification_rate_no2": "第2号被保険者",
}


def lines_of_the_form(definitions, *, entered):
    """Keep the definitions that the form has a line for. `entered`: codes that have a value or a state.

    Certification rates that were entered have theirs; while there is none, one line asks for it.
    """
    rates = entered & {RATE_UNSPECIFIED, *RATES_BY_CATEGORY} or {RATE_UNSPECIFIED}
    absent = {RATE_UNSPECIFIED, *RATES_BY_CATEGORY} - rates
    return [definition for definition in definitions if definition.code not in absent]


def of(cycle):
    """Return the figures of a cycle's profile in the order of the form, in three queries."""
    latest = newest_of(measured(cycle))
    proposed = {
        code: value for code, value in proposals(cycle).items() if is_wanted(code, set(latest))
    }
    definitions = Definition.objects.filter(in_profile=True)
    return [
        ProfileFigure(definition, latest.get(definition.code), proposed.get(definition.code))
        for definition in lines_of_the_form(definitions, entered={*latest, *proposed})
    ]


def stated_of(cycle):
    """Return what a year's profile states, else what statistics have published of the town, in three queries."""
    return tuple(stated(figure) for figure in of(cycle) if figure.measurement or figure.proposal)


def stated(figure):
    """Return the figure with its source in words."""
    if figure.measurement is None:
        return stated_by_statistics(figure.proposal)
    parts = figure.source_and_period, figure.note
    definition = figure.definition
    return Stated(definition.code, definition.name, figure.text, "、".join(filter(None, parts)))


def stated_by_statistics(row):
    """Return a published value, with the year and the statistic that it is from."""
    definition = row.definition
    text = printed(row.value, state=row.state, unit=definition.unit, decimals=definition.decimals)
    source = fiscal.with_year(row.dataset.title, row.fiscal_year, between="、")
    return Stated(definition.code, definition.name, text, source)


def published_of(codes, *, until):
    """Return by code of the town what statistics have published for the profile's figures, in one query."""
    rows = PublishedValue.objects.of_towns(codes, until=until)
    latest = {code: {} for code in codes}
    for row in rows.filter(definition__in_profile=True).select_related("dataset", "definition"):
        latest[row.place_code][row.definition.code] = row
    return {
        code: tuple(map(stated_by_statistics, found.values())) for code, found in latest.items()
    }


def measured(cycle):
    """Return the profile's own values up to this year."""
    return Measurement.objects.filter(
        definition__in_profile=True, fiscal_year__lte=cycle.fiscal_year
    ).order_by("fiscal_year", "key")


def newest_of(values):
    """Return by code the value that stands for the newest year, as for every other indicator."""
    by_code = {}
    for value in values:
        by_code.setdefault(value.code, []).append(value)
    return {code: newest(found) for code, found in by_code.items()}


def proposals(cycle):
    """Return the latest published value of this municipality by code of the profile's figures."""
    published = PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year)
    rows = published.filter(definition__in_profile=True).select_related("dataset", "definition")
    return {value.definition.code: value for value in rows}


def is_wanted(code, entered):
    """Say whether a figure may be proposed: it is not entered, nor is one that says the same."""
    if code in RATE_KINDS and RATE_UNSPECIFIED in {code, *entered}:
        return entered.isdisjoint(RATE_KINDS)
    return code not in entered


@dataclass(frozen=True, slots=True)
class RateKind:
    """One of the three kinds of certification rate: in the profile, proposed for it, or absent."""

    code: str
    label: str
    is_there: bool
    is_proposed: bool


def rate_kinds(figures):
    """Say of each kind of certification rate whether it stands in these figures."""
    there = {figure.definition.code for figure in figures if figure.measurement}
    proposed = {figure.definition.code for figure in figures if figure.proposal}
    return [
        RateKind(code, label, is_there=code in there, is_proposed=code in proposed)
        for code, label in RATE_KINDS.items()
    ]


def one(cycle, code):
    """Return the figure of one definition, in one query; None when the form has no such line."""
    values = measured(cycle).filter(definition__code=code).select_related("definition")
    latest = newest_of(values).get(code)
    if latest is not None:
        return ProfileFigure(latest.definition, latest)
    definition = Definition.objects.filter(code=code, in_profile=True).first()
    return None if definition is None else ProfileFigure(definition, None)
