"""Published counts of a few people or cases: shown by name, and moved by chance all the same."""

import io

import pytest
from openpyxl import load_workbook

from indicators.arithmetic import intervals
from indicators.comparison.pictures import classes, funnel, profile, strip
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.disclosure.policies import Counted, counted
from indicators.models import Definition
from municipalities.models import Municipality
from tests.indicators.comparison.planted import cell, compared, plant, tell, town
from tests.indicators.rows import publish

pytestmark = pytest.mark.django_db
BIRTHS, CASES, HOSPITALS = "births", "home_end_of_life_hospital_cases", "home_end_of_life_hospitals"
FEW, TEN = 12, 11


@pytest.fixture
def twelve():
    """Ten towns with many births, one with ten and one with four, of 10,000 people each."""
    places = places_of_prefecture(plant(12))
    for people in ("registry_population_total", "population_75plus"):
        tell(people, 2023, dict.fromkeys(range(1, 13), 10_000))
    tell(BIRTHS, 2023, {at: at + 60 for at in range(1, 11)} | {TEN: 10, FEW: 4})
    return places


def row_of(page, at):
    return page.split(f'<tr id="place-{town(at)}"')[1].split("</tr>")[0]


def test_a_few_births_are_a_reference_without_class_rank_or_star(twelve, sign_in):
    officer = sign_in("other-officer")

    page = officer.get(f"/p/98/2026/compare/?indicator={BIRTHS}&sort=-{BIRTHS}").text

    few, ten = row_of(page, FEW), row_of(page, TEN)
    assert "0.4" in few
    assert "（参考値）" in few
    assert 'class="rank"' not in few
    assert not {"▼", "▁", "*"} & set(few)
    # The control: ten are enough.
    assert "参考値" not in ten
    assert 'class="rank"' in ten
    assert "*" in ten
    assert "四分位・中央値と順位は参考値も含めて数え" in page


def test_they_count_in_the_quartiles_of_all(twelve):
    column = compared(twelve, indicators=(BIRTHS,)).column(BIRTHS)

    assert (column.summary.count, column.summary.minimum) == (12, cell_of_four(twelve))


def cell_of_four(places):
    return cell(compared(places, indicators=(BIRTHS,)), FEW, BIRTHS).value


def test_they_are_not_among_those_behind(twelve, sign_in):
    page = sign_in("other-officer").get(f"/p/98/2026/compare/?indicator={BIRTHS}&only=q1").text

    assert f'id="place-{town(TEN)}"' in page
    assert f'id="place-{town(FEW)}"' not in page


def test_the_workbook_says_so(twelve, sign_in):
    officer = sign_in("other-officer")

    content = officer.get(f"/p/98/2026/compare/export/?indicator={BIRTHS}").content
    lines = [*load_workbook(io.BytesIO(content))["データ"].values]
    told = {one[1]: dict(zip(lines[0], one, strict=True)) for one in lines[1:]}

    assert told[town(FEW)]["参考値"] == "はい"
    assert not any(told[town(FEW)][name] for name in ("位置", "偶然の範囲", "順位"))
    assert not told[town(TEN)]["参考値"]
    assert told[town(TEN)]["順位"] == 11


def test_in_every_drawing_they_are_grey(twelve):
    asked = Selection(indicators=(BIRTHS,), town=town(FEW))
    found = comparison(asked, twelve, reader=Reader("98"))
    column = found.column(BIRTHS)

    dots = {one.row.place.code: one.row.look for one in strip.strip(found, column, asked).dots}
    marks = {one.row.place.code: one.shape for one in funnel.funnel(found, column, asked).marks}
    (line,) = profile.profile(found, asked).lines

    assert dots[town(FEW)] == line.look == classes.REFERENCE
    assert (line.rank, line.chance) == ("", "")
    assert marks[town(FEW)] == funnel.REFERENCE
    assert marks[town(TEN)] != funnel.REFERENCE


def test_the_years_together_may_be_enough(twelve):
    for year in (2021, 2022):
        tell(BIRTHS, year, {at: at + 60 for at in range(1, 11)} | {TEN: 10, FEW: 3})

    together = cell(compared(twelve, indicators=(BIRTHS,), pool=3), FEW, BIRTHS)
    alone = cell(compared(twelve, indicators=(BIRTHS,)), FEW, BIRTHS)

    assert together.numerator == 10
    assert not together.is_reference
    assert together.rank
    assert alone.is_reference


def test_a_few_cases_of_hospitals_are_and_the_hospitals_are_not(twelve):
    tell(HOSPITALS, 2023, {at: 1 + at % 3 for at in range(1, 11)} | {TEN: 0, FEW: 1})
    tell(CASES, 2023, {at: at + 20 for at in range(1, 11)} | {TEN: 0, FEW: 2})

    found = compared(twelve, indicators=(CASES, HOSPITALS))

    few, nobody = cell(found, FEW, CASES), cell(found, TEN, CASES)
    assert few.is_reference
    assert few.rank is few.quarter is few.chance is None
    assert cell(found, FEW, HOSPITALS).rank
    assert not cell(found, FEW, HOSPITALS).is_reference
    # That nobody offers it is no matter of few cases.
    assert nobody.is_structural_zero
    assert not nobody.is_reference


def test_the_page_of_a_town_says_so_of_itself(as_editor):
    of = Municipality.objects.get(code="990019").prefecture
    village = {"name": "見本村", "kana": "みほんむら", "kind": "village", "prefecture": of}
    Municipality.objects.get_or_create(code="990035", defaults=village)
    for code, births in (("990019", 4), ("990027", 40), ("990035", 70)):
        publish(BIRTHS, 2023, births, place=("municipality", code))
        publish("registry_population_total", 2023, 10_000, place=("municipality", code))

    page = as_editor.get(f"/m/990019/2026/compare/?indicator={BIRTHS}").text

    own_row = page.split('<tr class="own"')[1].split("</tr>")[0]
    assert "0.4" in own_row
    assert "参考値" in own_row
    assert "本市と平均との差" not in page


STAFF = {"dentists", "home_visit_doctors", "pharmacists", "physicians", "coordinator_fte"}


def test_what_chance_moves_is_another_question_than_what_may_be_shown():
    definitions = {one.code: one for one in Definition.objects.filter(value_kind="count")}
    moved = {code for code, one in definitions.items() if intervals.counts_people(one)}
    shown = {
        code
        for code, one in definitions.items()
        if counted(code=code, unit=one.unit, numerator=one.numerator) is Counted.OPEN
    }

    assert {BIRTHS, "deaths", CASES, "support_clinic_home_patients"} <= moved & shown
    assert not moved & (
        STAFF | {HOSPITALS, "area_total", "multiprofessional_training_participants"}
    )
    assert definitions.keys() >= intervals.STEADY
    # Premises, bodies and meetings; of these only the meetings about one patient are moved.
    things = {code for code, one in definitions.items() if one.unit in {"か所", "回", "団体"}}
    assert things & moved == {"discharge_conferences"}
