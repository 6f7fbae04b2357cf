"""Changes of national definitions as they ship: sourced, told in the catalogue, and no year compared over them."""

import csv
import re
from decimal import Decimal

import pytest

from indicators import national_versions, reference
from indicators.arithmetic import breaks
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import trends
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Origin
from indicators.definitions import catalogue
from indicators.measurements.series import trend_chart
from indicators.models import Definition, SubmittedValue
from reports.practice import spans
from tests.indicators.comparison.planted import compared, plant, submit, tell
from tests.indicators.rows import BASE

pytestmark = pytest.mark.django_db
CLAIMED, STATIONS = "admission_discharge_addon_rate", "nursing_stations_24h"
DATED = re.compile(r"(令和|平成)\d+年")


@pytest.fixture
def ten():
    return places_of_prefecture(plant(10))


@pytest.fixture
def unchanged(monkeypatch):
    """The negative control: as if no national definition had ever changed."""
    monkeypatch.setattr(national_versions, "of", lambda code: ())


def rows():
    with national_versions.FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_change_is_of_a_definition_and_has_a_dated_source():
    known = {
        row["code"]
        for name in ("catalogue.csv", "background.csv")
        for row in reference.rows_of(name)
    }

    assert len(rows()) > 10
    assert {row["definition"] for row in rows()} <= known
    assert len({(row["definition"], row["from_fiscal_year"]) for row in rows()}) == len(rows())
    for row in rows():
        assert DATED.search(row["source"]), row["definition"]
        assert row["is_break"] in {"0", "1"}
        # It stands in 「…に定義が変わりました：…」 and before a full stop.
        assert not row["what_changed"].endswith("。")
        assert len(row["what_changed"]) <= 500


def test_a_change_that_stays_comparable_begins_no_series():
    changed, same = Definition(code=CLAIMED), Definition(code=STATIONS)

    assert [breaks.series(changed, year) for year in (2023, 2024)] == [2, 3]
    assert [breaks.series(same, year) for year in (2023, 2024)] == [1, 1]
    assert [breaks.number(same, year) for year in (2023, 2024)] == [1, 2]


def test_the_catalogue_tells_of_it_with_the_source(as_editor, here):
    page = as_editor.get(f"{BASE}catalogue/?text=入院時情報連携加算").content.decode()
    (entry,) = [one for one in catalogue.entries(here) if one.definition.code == CLAIMED]

    assert entry.breaks == (2024, 2018)
    assert "から数え方が変わり、前の年度の値とは比べられません" in page
    assert "算定できる期限が短くなった" in page
    assert f"出典：{entry.versions[0].source}" in page


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("在支診", "home_care_support_clinics"),
        ("ざいししん", "home_care_support_clinics"),
        ("看多機", "regular_patrol_and_kantaki_offices"),
        ("カンタキ", "regular_patrol_and_kantaki_offices"),
        ("訪看", "home_visit_nursing_stations"),
        ("在宅死", "home_and_facility_death_rate"),
        ("死亡場所", "home_death_rate"),
        ("MSW", "discharge_support_providers"),
        ("ひとり暮らし", "elderly_single_household_rate"),
        ("地ケア", "area_care_conference_sessions"),
        ("インセンティブ交付金", "grant_score_support_goal3"),
    ],
)
def test_it_is_found_by_what_the_field_calls_it(here, word, code):
    found = catalogue.matching(catalogue.entries(here), text=word)

    assert code in [one.definition.code for one in found]
    assert len(found) < 20


def test_the_trend_of_a_town_breaks_there():
    class Value:
        state, finality, as_of, source, numerator, denominator = (
            "value", "final", None, "資料", None, None,
        )  # fmt: skip

        def __init__(self, value):
            self.value = Decimal(value)

    chart = trend_chart(
        Definition.objects.get(code=CLAIMED),
        {2023: Value(40), 2024: Value(35), 2025: Value(36)},
        (),
        years=range(2023, 2026),
        beside=[],
        datasets=(),
    )

    assert chart.breaks == (1,)
    assert chart.notes[0].startswith(
        "※ 令和6年度（2024年度）に定義が変わりました：入院時情報連携加算"
    )


def test_places_are_not_joined_over_it(ten):
    for year in (2022, 2023, 2024, 2025):
        tell(CLAIMED, year, {at: year - 2000 + at for at in range(1, 11)})
    found = compared(ten)

    told = trends.of(found, found.column(CLAIMED))

    assert told.years == (2024, 2025)
    assert "それより前の年度は数え方が違うため" in told.notes[0]


def test_without_the_change_they_are(ten, unchanged):
    for year in (2022, 2023, 2024, 2025):
        tell(CLAIMED, year, {at: year - 2000 + at for at in range(1, 11)})
    found = compared(ten)

    told = trends.of(found, found.column(CLAIMED))

    assert (told.years, told.notes) == ((2022, 2023, 2024, 2025), ())


def test_years_of_two_definitions_are_not_pooled(ten):
    for year in (2023, 2024, 2025):
        submit(CLAIMED, year, {at: (at, 20) for at in range(1, 11)})
        tell(CLAIMED, year, dict.fromkeys(range(1, 11), 5))
    column = compared(ten, pool=3).column(CLAIMED)

    assert any("まとめていません" in note for note in column.notes)
    assert compared(ten, pool=3, year=2025).column(CLAIMED).series[1] == 3
    assert compared(ten, year=2023).column(CLAIMED).series[1] == 2


def test_who_improved_is_not_asked_over_it(ten):
    for year in (2023, 2025):
        tell(CLAIMED, year, dict.fromkeys(range(1, 11), 5))
        tell("home_return_rate", year, dict.fromkeys(range(1, 11), 5))
    codes = (CLAIMED, "home_return_rate")
    asked = Selection(origin=Origin.STATISTICS, indicators=codes)

    years = spans.told(asked, ten, prefecture="98", until=2026).years

    assert [set(one) for one in years[CLAIMED].values()] == [{2023}, {2025}]
    assert [set(one) for one in years["home_return_rate"].values()] == [{2023, 2025}]
    assert not SubmittedValue.objects.filter(municipality__prefecture__code="98").exists()
