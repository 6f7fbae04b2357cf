"""Names of fiscal years."""

import pytest

from municipalities.japanese import fiscal


@pytest.mark.parametrize(
    ("year", "short"), [(2026, "R8"), (2019, "R1"), (2018, "H30"), (1988, "S63"), (1925, "1925")]
)
def test_the_short_name_is_the_eras_letter_and_year(year, short):
    assert fiscal.short(year) == short


@pytest.mark.parametrize(
    ("year", "told"),
    [(2023, "令和5年度・2023年度"), (2019, "令和元年度・2019年度"), (1925, "1925年度")],
)
def test_within_a_bracket_both_calendars_stand_without_another(year, told):
    assert fiscal.in_brackets(year) == told
