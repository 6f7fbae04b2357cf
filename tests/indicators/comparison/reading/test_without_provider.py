"""Counts of providers: who has none is shown and named, and has neither place nor rank."""

import io
import math
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from indicators.comparison.judging import basis, dispersion
from indicators.comparison.pictures import classes, funnel, profile, strip
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Cell
from indicators.models import Definition
from reports.practice import improvement
from tests.indicators.comparison.planted import STATIONS, cell, compared, plant, tell, town

pytestmark = pytest.mark.django_db
NOBODY = (11, 12)
NAMED = "提供する所がない市町村：町11、町12"


@pytest.fixture
def twelve():
    """Ten towns with stations, two without any."""
    places = places_of_prefecture(plant(12))
    tell("population_75plus", 2020, dict.fromkeys(range(1, 13), 10_000))
    tell(STATIONS, 2023, {at: at + 5 for at in range(1, 11)} | dict.fromkeys(NOBODY, 0))
    return places


def test_a_zero_is_shown_without_place_or_rank_and_the_quartiles_are_those_of_the_others(twelve):
    found = compared(twelve, indicators=(STATIONS,))

    column = found.column(STATIONS)
    for at in NOBODY:
        zero = cell(found, at, STATIONS)
        assert zero.value == 0
        assert zero.is_structural_zero
        assert zero.quarter is zero.rank is zero.chance is None
    assert column.summary.count == 10
    assert column.summary.minimum == cell(found, 1, STATIONS).value
    assert cell(found, 1, STATIONS).rank == 10
    # All stations by all people: nobody is left out of the average.
    assert math.isclose(column.average, sum(range(6, 16)) / 120_000 * 1000, abs_tol=5e-5)


def test_a_count_of_people_is_ranked_down_to_its_zero(twelve):
    """The control: nobody has died is a number as any other."""
    tell("registry_population_total", 2023, dict.fromkeys(range(1, 13), 10_000))
    tell("deaths", 2023, {at: at + 20 for at in range(1, 12)} | {12: 0})

    zero = cell(compared(twelve, indicators=("deaths",)), 12, "deaths")

    assert not zero.is_structural_zero


def test_drawings_say_it_as_the_table_does(twelve):
    selection = Selection(indicators=(STATIONS,), town=town(11))
    found = comparison(selection, twelve, reader=Reader("98"))
    column = found.column(STATIONS)

    dots = {one.row.place.code: one.row for one in strip.strip(found, column, selection).dots}
    (own,) = profile.profile(found, selection).lines

    assert dots[town(11)].look == classes.ZERO
    assert (own.look, own.rank, own.chance) == (classes.ZERO, "", "")
    assert own.spine.own == ""
    other = comparison(replace(selection, town=town(1)), twelve, reader=Reader("98"))
    assert profile.profile(other, replace(selection, town=town(1))).lines[0].spine.own
    assert {row.look for row in funnel.funnel(found, column, selection).rows} >= {classes.ZERO}


def numbers_of(page):
    return dict(re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page))


def test_the_strip_draws_squares_and_counts_them_apart(twelve, sign_in):
    both = f"indicator={STATIONS}&indicator=population_75plus"
    address = f"/p/98/2026/compare/?{both}&focus={STATIONS}&view=strip"

    page = sign_in("other-officer").get(address).text
    plot = page.split('<g class="strip-dots">')[1].split("</g>")[0]

    assert plot.count("<circle") == 10
    assert plot.count('class="strip-unprovided"') == plot.count("<path") == 2
    assert "破線の四角は提供する所がない0で、四分位に入れていません。" in page
    told = numbers_of(page)
    assert (told["値のある市町村"], told["提供する所がない市町村（破線の四角）"]) == ("10", "2")
    # And in the small one below: ten dots, one square for the zeros that lie on each other.
    assert re.search(r'class="strip-many" d="(M[\d.]+ 0h0){10}"', page)
    assert re.search(r'class="strip-none" d="M[\d.]+-4h8v8h-8z"', page)
    assert "四角は提供する所がない0です。" in page


def test_of_some_rows_the_strip_counts_what_it_draws(twelve, sign_in):
    tell(STATIONS, 2024, dict.fromkeys(range(2, 11), 100) | {1: 5} | dict.fromkeys(NOBODY, 0))
    address = f"/p/98/2026/compare/?indicator={STATIONS}&view=strip&only=q1"

    page = sign_in("other-officer").get(address).text
    plot = page.split('<g class="strip-dots">')[1].split("</g>")[0]

    assert plot.count("<circle") == 1
    assert "破線の四角" not in page
    (told,) = (one for name, one in numbers_of(page).items() if name == "値のある市町村")
    assert told == f"10（このうち図の点は{plot.count('<circle')}）"


@pytest.mark.parametrize("query", ["", "&only=q1", f"&sort={STATIONS}"])
def test_the_page_and_its_file_name_them_also_where_their_rows_are_left_out(twelve, sign_in, query):
    officer = sign_in("other-officer")
    address = f"/p/98/2026/compare/?indicator={STATIONS}{query}"

    page = officer.get(address).content.decode()
    export = address.replace("/?", "/export/?")
    book = load_workbook(io.BytesIO(officer.get(export).content))
    told = {str(one) for sheet in book for row in sheet.values for one in row if one}

    assert NAMED in page
    assert any(NAMED in one for one in told)


def test_who_is_not_shown_a_town_is_not_told_its_name(twelve):
    reader = Reader("98", towns=frozenset({town(1), town(12)}))

    found = comparison(Selection(indicators=(STATIONS,)), twelve, reader=reader)

    assert found.column(STATIONS).notes[0] == "提供する所がない市町村：町12"


def test_where_everybody_has_one_nobody_is_named(twelve):
    tell(STATIONS, 2024, dict.fromkeys(range(1, 13), 4))

    notes = compared(twelve, indicators=(STATIONS,)).column(STATIONS).notes

    assert not any("提供する所がない" in one for one in notes)


PROFESSIONS = {"physicians", "dentists", "pharmacists", "home_visit_doctors"}


@pytest.mark.parametrize("code", sorted(PROFESSIONS))
def test_a_town_without_a_professional_is_shown_and_never_ranked(sign_in, code):
    """Also where a clinic is there: nobody is behind others in having none."""
    plant(12)
    for people in ("population_75plus", "population_total"):
        tell(people, 2020, dict.fromkeys(range(1, 13), 10_000))
    tell("clinics_general", 2023, dict.fromkeys(range(1, 13), 2))
    tell(code, 2023, {at: at + 5 for at in range(1, 11)} | dict.fromkeys(NOBODY, 0))

    query = f"?indicator={code}&sort={code}"
    page = sign_in("other-officer").get(f"/p/98/2026/compare/{query}").text

    assert NAMED in page
    for at in NOBODY:
        row = page.split(f'<tr id="place-{town(at)}"')[1].split("</tr>")[0]
        assert "提供する所なし" in row
        assert 'class="rank"' not in row
        assert not {"▼", "▁"} & set(row)
    # The control: who has the fewest is the last of those who have any.
    last = page.split(f'<tr id="place-{town(1)}"')[1].split("</tr>")[0]
    assert re.search(r'class="rank">(高い方から)?10(位|番目)<', last)


def test_all_counts_of_places_that_offer_something_are_told_so():
    """A count of premises or of professionals tells of its own zero; one of those who are cared for never does."""
    counted = {one.code: one for one in Definition.objects.filter(value_kind="count")}
    divided = [one for code, one in counted.items() if basis.of(code).denominators]

    premises = {one.code for one in divided if one.unit == "か所"}
    own = {one.code for one in divided if basis.counts_providers(one.code)}

    # The partners of a clinic want the clinic.
    assert premises - own == {"support_clinic_partner_institutions"}
    assert own - premises == PROFESSIONS & {one.code for one in divided}
    assert all(basis.of(one.code).provider in {"", *own} for one in divided)


def test_the_spread_counts_small_places_without_any():
    """Places that differ by chance alone stay within it, although most small ones have none."""
    mean, bases = 0.0005, [1000] * 20 + [20_000] * 20
    tops = [1 if at % 3 == 0 else 0 for at in range(20)] + [9, 10, 11, 10, 8] * 4
    away = [
        dispersion.Apart(top / base - mean, dispersion.error(mean, base, is_share=False))
        for top, base in zip(tops, bases, strict=True)
    ]

    assert dispersion.between(away) == 0


def test_a_town_that_gets_its_first_stations_is_among_those_that_improved():
    before = Cell(Decimal(0), "value", Decimal(0), Decimal(10_000), is_structural_zero=True)

    assert improvement.count_of(before, is_zero_told=True) == improvement.Count(0, 10_000)
    assert improvement.count_of(before, is_zero_told=False) is None
