"""How small is too small: the policy for each kind of people counted, and which indicator follows which.

Data, not settings: nothing here is ever read from a request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# Where nothing at all of a kind may be shown.
NOTHING = 0


class Counted(StrEnum):
    """Whom a number counts."""

    PEOPLE = "people"  # patients, users of a service, residents, their cases and answers
    PROFESSIONALS = "professionals"  # who answered a survey of professionals
    OPEN = "open"  # attendance, posts, organizations, what a statistic has published


@dataclass(frozen=True, slots=True)
class Step:
    """Below `population`, counts from 1 to `least` - 1 are hidden; NOTHING hides all of them."""

    population: int
    least: int


@dataclass(frozen=True, slots=True)
class Policy:
    """`least` is the smallest count shown, `base` the smallest denominator of a ratio.

    `small_towns` are stricter, the smallest population first.
    """

    least: int
    base: int
    small_towns: tuple[Step, ...] = ()

    def limits(self, population: int | None) -> Limits:
        """Return what holds in a town. Where its population is unknown, it counts as a small one."""
        steps = self.small_towns
        if population is None:
            return self._stricter(steps[-1].least) if steps else Limits(self.least, self.base)
        for step in steps:
            if population < step.population:
                return self._stricter(step.least)
        return Limits(self.least, self.base)

    def _stricter(self, least: int) -> Limits:
        return Limits(least, max(least, self.base))


@dataclass(frozen=True, slots=True)
class Limits:
    """A policy in one town."""

    least: int
    base: int

    @property
    def hides_everything(self) -> bool:
        return self.least == NOTHING


# Patients: the publication rule of NDB lets counts of 10 and more, and zero, be shown in
# municipalities of 25,000 people and more (domain.md 5.5, S13). Its rules for smaller ones were not at
# hand; 20 below 25,000 and nothing below 2,000 are house rules after what is known of them. That the
# same holds for residents who are no patients is a house rule.
# Professionals: fewer than 5 answers is the consultants' house rule for crosses of surveys (S9n); a
# ratio needs ten answers, as the catalogue of indicators says.
POLICIES = {
    Counted.PEOPLE: Policy(least=10, base=10, small_towns=(Step(2_000, NOTHING), Step(25_000, 20))),
    Counted.PROFESSIONALS: Policy(least=5, base=10),
}

# What the catalogue counts, by code. A code that is in no list is told by its unit: see `counted`.
# The lists say what may be shown. Whether chance moves a number is asked elsewhere: `intervals.counts_people`.
# Every one of these meetings is about one patient.
PEOPLE = frozenset({"discharge_conferences"})
PROFESSIONALS = frozenset(
    {"consultation_desk_awareness_rate", "home_visit_doctors", "local_resource_unknown_rate"}
)
OPEN = frozenset(
    {
        # published by a statistic, whatever it counts
        "aging_rate_65",
        "aging_rate_75",
        "area_total",
        "births",
        "deaths",
        "dentists",
        "elderly_couple_households",
        "elderly_single_household_rate",
        "emergency_transport_65plus_rate",
        "home_and_facility_death_rate",
        "home_end_of_life_clinic_cases",
        "home_end_of_life_hospital_cases",
        "home_visit_clinic_cases",
        "home_visit_hospital_cases",
        "house_call_clinic_cases",
        "house_call_hospital_cases",
        "households",
        "ltc_certification_rate_adjusted",
        "ltc_certification_rate_no1",
        "ltc_certification_rate_unspecified",
        "ltc_certified_no1",
        "ltc_insured_no1",
        "ltc_insured_no1_65_74",
        "ltc_insured_no1_75_84",
        "ltc_insured_no1_85plus",
        "ltc_service_self_sufficiency_visit",
        "pharmacists",
        "physicians",
        "population_65plus",
        "population_75plus",
        "population_total",
        "projected_population",
        "projected_rate_75plus",
        "registry_aging_rate_65",
        "registry_aging_rate_75",
        "registry_population_65_74",
        "registry_population_65plus",
        "registry_population_75_84",
        "registry_population_75plus",
        "registry_population_85plus",
        "registry_population_total",
        "registry_share_85plus",
        "share_85plus",
        "single_elderly_household_share",
        "single_elderly_households",
        "support_clinic_home_patients",
        # shares of organizations, of offices or of the claims that offices made
        "admission_discharge_addon_rate",
        "cooperating_medical_institution_addon_rate",
        "dementia_care_addon_rate",
        "emergency_info_sheet_adoption_rate",
        "emergency_nursing_addon_rate",
        "endoflife_addon_rate_facility",
        "ict_network_office_rate",
        # posts and attendance
        "coordinator_fte",
        "home_visit_nursing_staff_per_100k",
        "multiprofessional_training_participants",
        # a gap between two averages: it says nothing about how many answered
        "cooperation_willingness_gain",
    }
)
# Indicators that tell each other: where one of a year is hidden, so are the others of that year.
TELL_EACH_OTHER = (
    ("home_visit_patients", "home_visit_patients_per_1000_75plus"),
    # The second divides by the first one's numerator.
    ("home_death_rate", "home_deaths_excluding_inquest_rate"),
)
# A total over parts of the same denominator; beside them it holds a rest that no indicator shows.
TOTALS = {"home_and_facility_death_rate": ("home_death_rate", "nursing_home_death_rate")}

# Units in which no person is counted, and what a numerator of an own definition ends in when it
# counts bodies or attendance. Everything else counts people until somebody says otherwise.
UNITS_OF_THINGS = (
    *("か所", "カ所", "ヵ所", "箇所", "施設", "事業所", "機関", "団体", "職種"),
    *("回", "段階", "場面", "点", "ポイント", "円", "千円"),
)
THINGS = re.compile(
    r"(事業所|施設|診療所|病院|機関|薬局|ステーション|団体|職種|参加者|出席者|受講者)の?数?$"
)


def counted(*, code: str, unit: str, numerator: str = "") -> Counted:
    """Say whom an indicator counts; `numerator` is what its definition says it counts."""
    for codes, whom in ((PEOPLE, Counted.PEOPLE), (PROFESSIONALS, Counted.PROFESSIONALS)):
        if code in codes:
            return whom
    if code in OPEN or counts_things(unit=unit, numerator=numerator):
        return Counted.OPEN
    return Counted.PEOPLE


def counts_things(*, unit: str, numerator: str = "") -> bool:
    """Say whether bodies, meetings, points or attendance are counted, by the unit and the words of the definition."""
    return unit.startswith(UNITS_OF_THINGS) or bool(THINGS.search(numerator.strip()))
