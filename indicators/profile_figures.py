"""The numbers of 自治体概要: for each figure of the form the latest value not later than the year."""

from dataclasses import dataclass

from indicators.choices import ValueState
from indicators.models import Definition, Measurement
from indicators.printing import printed
from municipalities import dates, fiscal


@dataclass(frozen=True, slots=True)
class ProfileFigure:
    """One line: its definition, and the measurement if there is one."""

    definition: Definition
    measurement: Measurement | None

    @property
    def text(self):
        if self.measurement is None:
            return printed(None, state=ValueState.NOT_ENTERED, unit="", decimals=0)
        return printed(
            self.measurement.value,
            state=self.measurement.state,
            unit=self.definition.unit,
            decimals=self.definition.decimals,
        )

    @property
    def period(self):
        """The fiscal year, and the day where one is known."""
        if self.measurement is None:
            return ""
        year, day = fiscal.label(self.measurement.fiscal_year), self.measurement.as_of
        return f"{year}　{dates.in_wareki(day)}現在" if day else year


# A paper gives the rate by category of the insured, or one rate without saying which.
RATES_BY_CATEGORY = frozenset({"ltc_certification_rate_no1", "ltc_certification_rate_no2"})
RATE_UNSPECIFIED = "ltc_certification_rate_unspecified"


def lines_of_the_form(definitions, *, entered):
    """Keep the definitions that the form has a line for. `entered`: codes that have a value or a state.

    Certification rates that were entered have theirs; while there is none, one line asks for it.
    """
    rates = entered & {RATE_UNSPECIFIED, *RATES_BY_CATEGORY} or {RATE_UNSPECIFIED}
    absent = {RATE_UNSPECIFIED, *RATES_BY_CATEGORY} - rates
    return [definition for definition in definitions if definition.code not in absent]


def of(cycle):
    """Return the figures of a cycle's profile in the order of the form, in two queries."""
    values = Measurement.objects.filter(
        definition__in_profile=True, fiscal_year__lte=cycle.fiscal_year
    ).order_by("fiscal_year", "key")
    latest = {value.code: value for value in values}
    definitions = Definition.objects.filter(in_profile=True)
    return [
        ProfileFigure(definition, latest.get(definition.code))
        for definition in lines_of_the_form(definitions, entered=set(latest))
    ]


def one(cycle, code):
    """Return the figure of one definition, in one query; None when the form has no such line."""
    latest = (
        Measurement.objects.filter(
            definition__code=code,
            definition__in_profile=True,
            fiscal_year__lte=cycle.fiscal_year,
        )
        .select_related("definition")
        .order_by("fiscal_year", "key")
        .last()
    )
    if latest is not None:
        return ProfileFigure(latest.definition, latest)
    definition = Definition.objects.filter(code=code, in_profile=True).first()
    return None if definition is None else ProfileFigure(definition, None)
