"""Which values of a municipality stay in the house: small ones, and those that would give them away."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure.policies import Counted
from indicators.disclosure.values import Value, hidden, is_small

CITY, TOWN, VILLAGE = 80_000, 9_000, 1_500
PATIENTS = "home_visit_patients"


def value(number, code=PATIENTS, year=2025, *, of=None, key=None, **words):
    """Return a value: a count, or with `of` a percentage told by its two numbers."""
    words = {"unit": "人／月（平均）"} | words
    if of is not None:
        words |= {"numerator": Decimal(number), "denominator": Decimal(of), "unit": "％"}
        words |= {"kind": words.get("kind", "ratio")}
        number = Decimal(number) * 100 / Decimal(of)
    stored = None if number is None else Decimal(number)
    return Value(key or f"{code}-{year}", code, year, stored, **words)


@pytest.mark.parametrize(
    ("number", "population", "expected"),
    [
        ("0", CITY, False),
        ("1", CITY, True),
        ("9", CITY, True),
        ("9.5", CITY, True),
        ("10", CITY, False),
        ("10", 24_999, True),
        ("10", 25_000, False),
        ("19", TOWN, True),
        ("20", TOWN, False),
        ("0", TOWN, False),
        ("500", VILLAGE, True),
        ("0", VILLAGE, True),
        ("500", 2_000, False),
        ("15", None, True),
        ("20", None, False),
        (None, VILLAGE, False),
    ],
)
def test_counts_of_people_below_the_threshold_are_small(number, population, expected):
    assert is_small(value(number), population) is expected


@pytest.mark.parametrize("number", [1, 3, 9])
def test_posts_attendance_and_organizations_are_not_suppressed(number):
    for code, unit in (
        ("home_visit_nursing_stations", "か所"),
        ("coordinator_fte", "人（常勤換算）"),
        ("multiprofessional_training_participants", "人（延べ）"),
        ("population_total", "人"),
        ("own-1", "回"),
    ):
        assert not is_small(value(number, code, unit=unit), VILLAGE)


def test_answers_of_professionals_have_a_threshold_of_their_own():
    asked = "consultation_desk_awareness_rate"

    assert is_small(value(4, asked, of=30), CITY)
    assert not is_small(value(5, asked, of=30), CITY)
    assert is_small(value(5, asked, of=9), CITY)
    assert not is_small(value(5, asked, of=30), None)
    assert is_small(value(4, "home_visit_doctors", unit="人"), CITY)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (9, 100, True),  # few who are counted
        (10, 100, False),
        (0, 100, False),
        (100, 100, False),
        (0, 9, True),  # few of whom anything is said
        (91, 100, True),  # few who are not counted
        (90, 100, False),
    ],
)
def test_a_share_is_small_by_its_two_numbers(above, below, expected):
    assert is_small(value(above, "home_return_rate", of=below), CITY) is expected


def test_the_other_of_two_numbers_is_computed():
    told = {"unit": "％", "kind": "ratio"}
    by_base = value("9.0", "home_return_rate", denominator=Decimal(100), **told)
    by_count = value("50", "home_return_rate", numerator=Decimal(20), **told)
    per_thousand = value("4", "own-1", unit="人／千人", kind="rate", denominator=Decimal(2000))

    assert (by_base.above, by_base.below) == (9, 100)
    assert (by_count.above, by_count.below) == (20, 40)
    assert (per_thousand.above, per_thousand.per) == (8, 1000)
    assert [is_small(one, CITY) for one in (by_base, by_count, per_thousand)] == [True, False, True]


@pytest.mark.parametrize(
    "words",
    [
        {"unit": "％", "kind": "ratio"},
        {"unit": "％", "kind": "count"},
        {"unit": "倍", "kind": "ratio", "denominator": Decimal(400)},
        {"unit": "倍", "kind": "ratio", "numerator": Decimal(400)},
    ],
)
def test_a_ratio_of_nobody_knows_how_many_is_not_shown(words):
    assert is_small(value("12.3", "own-1", **words), CITY)


def test_zero_per_cent_of_an_unknown_base_is_not_shown():
    one = value("0", "home_return_rate", unit="％", kind="ratio", numerator=Decimal(0))

    assert one.below is None
    assert is_small(one, CITY)


def test_a_difference_of_people_is_not_shown_a_gap_between_averages_is():
    assert is_small(value("50", "own-1", unit="人", kind="difference"), CITY)
    assert not is_small(
        value("2", "cooperation_willingness_gain", unit="ポイント", kind="difference"), CITY
    )


def test_stages_and_scores_count_nobody():
    assert value("2", "own-1", unit="レベル", kind="stage").counted == Counted.OPEN


def test_an_own_definition_says_by_its_numerator_that_it_counts_bodies():
    share = {"unit": "％", "kind": "ratio"}

    assert not is_small(value("12", "own-1", counts="ICTを使う事業所の数", **share), CITY)
    assert is_small(value("12", "own-1", counts="施設から搬送された人の数", **share), CITY)


def test_what_is_hidden_from_one_source_is_hidden_from_all_of_the_year():
    rows = [
        value(8, key="early"),
        value(12, key="late"),
        value(30, year=2024, key="before"),
        value(None, key="none"),
    ]

    assert hidden(rows, population=CITY) == {"early", "late"}


def test_the_rate_goes_with_the_count_and_the_count_with_the_rate():
    rate = value("3.2", "home_visit_patients_per_1000_75plus", unit="人／千人", kind="rate")
    of_many = Value(
        "rate",
        rate.code,
        2025,
        Decimal(3),
        numerator=Decimal(30),
        denominator=Decimal(10_000),
        unit="人／千人",
        kind="rate",
    )

    assert hidden([value(8), of_many], population=CITY) == {"home_visit_patients-2025", "rate"}
    assert hidden([value(80), rate], population=CITY) == {"home_visit_patients-2025", rate.key}
    assert hidden([value(80), of_many], population=CITY) == set()


HOME, NURSING, BOTH = "home_death_rate", "nursing_home_death_rate", "home_and_facility_death_rate"


def deaths(home, nursing, both, *, of=200):
    return [
        value(home, HOME, of=of, key="home"),
        value(nursing, NURSING, of=of, key="nursing"),
        value(both, BOTH, of=of, key="both"),
    ]


def test_a_total_does_not_give_its_hidden_part_away():
    assert hidden(deaths(8, 30, 38), population=CITY) == {"home", "nursing"}
    assert hidden(deaths(8, 30, 60), population=CITY) == {"home"}
    assert hidden(deaths(20, 30, 60), population=CITY) == set()
    assert hidden(deaths(8, 0, 8), population=CITY) == {"home", "both"}


def test_what_is_hidden_for_a_total_hides_what_tells_of_it():
    rest = value(20, "home_deaths_excluding_inquest_rate", of=30, key="rest")

    assert hidden([*deaths(30, 8, 38), rest], population=CITY) == {"home", "nursing", "rest"}


def test_a_total_whose_numbers_nobody_knows_is_hidden_with_its_part():
    alone = deaths(8, 30, 38)
    unknown = value("19", BOTH, unit="％", kind="ratio", key="both")

    assert hidden([alone[0], alone[2]], population=CITY) == {"home", "both"}
    assert hidden([*alone[:2], unknown], population=CITY) == {"home", "both"}
    assert hidden(alone[:2], population=CITY) == {"home"}
    two_sources = [*alone, value(31, NURSING, of=200, key="other")]
    assert hidden(two_sources, population=CITY) == {"home", "both"}


def test_a_total_of_nobody_over_a_part_is_a_mistake_and_hides_itself():
    assert hidden(deaths(8, 0, 0), population=CITY) == {"home", "both"}


@given(
    home=st.integers(0, 60),
    nursing=st.integers(0, 60),
    rest=st.integers(0, 40),
    population=st.sampled_from([CITY, TOWN, None]),
)
def test_no_part_can_be_computed_from_what_is_shown(home, nursing, rest, population):
    """The attacker: knows what is shown, and that a hidden part is at least one."""
    least = 10 if population == CITY else 20
    numbers = {"home": home, "nursing": nursing, "both": home + nursing + rest}
    out = hidden(deaths(*numbers.values(), of=1000), population=population)

    for name, other in (("home", "nursing"), ("nursing", "home")):
        if 0 < numbers[name] < least:
            assert name in out
            if "both" not in out:
                most = numbers["both"] - (1 if other in out else numbers[other])
                assert most - 1 >= least
