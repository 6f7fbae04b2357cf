"""The shipped layouts: the real files they were verified with, compared with the statistics that are shipped."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from indicators import statistics
from indicators.arithmetic import derivation
from indicators.choices import SignMeaning
from indicators.intake.detecting import detecting
from indicators.intake.extracting import extracting
from indicators.intake.layouts import shipped
from indicators.intake.layouts.layout import Column, Layout, Signs
from indicators.intake.layouts.places import places_for
from indicators.intake.layouts.plan import MEASURED, NO_YEAR
from indicators.intake.sheets import book
from indicators.models import Definition, LayoutColumn, StatisticsLayout
from municipalities.entrance.scopes import NATION_CODE
from municipalities.models import Municipality, Prefecture
from tests.indicators.intake import statistics_samples as files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def figures(dataset):
    """The figures of a shipped statistic as its file states them, before anything is computed."""
    fingerprint = {row["code"]: row["sha256"] for row in statistics._shipped()}[dataset]
    return statistics.table_of(statistics.checked(dataset, fingerprint))


def extracted(name, prefecture=None):
    return extracted_from(files.read(name), prefecture)


def extracted_from(read, prefecture=None):
    definitions = files.definitions()
    layout = detecting.propose(read, "データ.csv", files.layouts(), definitions)
    rows = detecting.sheet_of(read, layout).rows
    return extracting.extract(rows, layout, places_for(prefecture), definitions), layout


def as_table(found):
    return {
        (cell.kind, cell.code, cell.indicator, cell.fiscal_year): cell.value
        for cell in found.values
    }


def expected(*datasets, places, columns):
    """What the shipped statistics say of these places and columns."""
    return {
        (*place, *column): value
        for dataset in datasets
        for place, row in figures(dataset).items()
        for column, value in row.items()
        if place in places and column in columns
    }


@pytest.mark.parametrize(
    ("name", "code", "datasets", "count"),
    [
        (files.T108, "medical-facilities-support-clinics", ["home_care_survey_2023"], 130 * 3),
        (files.T107, "medical-facilities-home-care", ["home_care_survey_2023"], 130 * 7),
        (
            files.SSDSE,
            "ssdse-a",
            ["census", "vital_statistics", "medical_facilities", "medical_professionals"],
            120 * 14,
        ),
        (files.REGISTER, "resident-register-by-age", ["resident_register_2025"], 27),
    ],
)
def test_a_real_file_gives_the_figures_that_are_shipped(name, code, datasets, count):
    found, layout = extracted(name)

    assert layout.code == code
    assert found.refused == []
    given = as_table(found)
    columns = {key[2:] for key in given}
    shared = expected(*datasets, places={key[:2] for key in given}, columns=columns)
    assert {key: value for key, value in given.items() if key in shared} == shared
    print(
        name,
        len(given),
        len(shared),
        found.rows,
        found.elsewhere,
        len(columns),
        {k[0] for k in given},
    )


def as_in_excel(name, sheet, first_row, columns):
    """Read the figures of a workbook by its library alone: prefecture, insurer and these columns of each row."""
    book_ = load_workbook(files.FILES / name, read_only=True, data_only=True)
    rows = book_[sheet].iter_rows(min_row=first_row, values_only=True)
    return {tuple(row[:2]): [row[column - 1] for column in columns] for row in rows if row[0]}


OF_NATION = ("全\u3000 国", None)
ANNUAL = "介護保険事業状況報告（年報）"


def insured_by_place(name, codes, year=2023):
    """Take a table of insurers of a year out, and return its values by place, its layout and what was left out."""
    read, definitions = files.read(name), files.definitions()
    layout = detecting.propose(read, name, files.layouts(), definitions)
    rows = detecting.sheet_of(read, layout).rows
    found = extracting.extract(
        rows, replace(layout, fiscal_year=year), places_for(None), definitions
    )
    assert found.refused == []
    by_place = {}
    for cell in found.values:
        by_place.setdefault((cell.kind, cell.code), {})[cell.indicator] = cell.value
    return {place: [row[code] for code in codes] for place, row in by_place.items()}, layout, found


@pytest.mark.parametrize(
    ("name", "code", "sheet", "first_row", "columns"),
    [
        (
            files.INSURED,
            "ltc-insured",
            "02h",
            6,
            {
                3: "ltc_insured_no1",
                4: "ltc_insured_no1_65_74",
                5: "ltc_insured_no1_75_84",
                6: "ltc_insured_no1_85plus",
            },
        ),
        (files.CERTIFIED, "ltc-certified", "04-1-1h②", 7, {10: "ltc_certified_no1"}),
    ],
)
def test_the_annual_report_gives_every_town_its_own_figures(name, code, sheet, first_row, columns):
    """Each insurer that is one town, the nation too, and nothing of the insurers of several."""
    told = as_in_excel(name, sheet, first_row, columns)
    towns = {one.name: one.code for one in Municipality.objects.filter(prefecture__code="08")}

    values, layout, found = insured_by_place(name, columns.values())

    assert (layout.code, layout.title, layout.fiscal_year) == (code, ANNUAL, None)
    assert values["nation", NATION_CODE] == told[OF_NATION]
    own = {town: row for (prefecture, town), row in told.items() if prefecture == "茨城県"}
    assert len(own) == 44
    assert {town: values["municipality", towns[town]] for town in own} == own
    assert values["municipality", "132063"] == told["東京都", "府中市"]
    assert values["municipality", "342084"] == told["広島県", "府中市"]
    (unions,) = found.passed_over.values()
    assert set(unions) == {name for _, name in told if name and name.endswith(("連合", "組合"))}
    assert len(unions) == 5


def test_without_a_year_the_annual_report_asks_for_one():
    found, _ = extracted(files.CERTIFIED)

    assert [one.message for one in found.refused] == [NO_YEAR]


def test_a_sheet_by_another_name_is_found_by_its_marks():
    read = files.read(files.CERTIFIED)
    renamed = replace(
        read,
        sheets=tuple(replace(sheet, name=f"表{n}") for n, sheet in enumerate(read.sheets)),
    )

    layout = detecting.propose(renamed, "data.xlsx", files.layouts(), files.definitions())

    assert layout.code == "ltc-certified"
    assert detecting.sheet_of(renamed, layout).name == "表1"


def test_the_register_of_another_year_has_rows_that_are_no_towns():
    """Sums of counties, six villages without inhabitants, and wards that are no more stop nobody."""
    found, layout = extracted(files.REGISTER_2023)

    assert (layout.code, layout.fiscal_year) == ("resident-register-by-age", 2022)
    assert found.refused == []
    values = as_table(found)
    assert values["municipality", "083020", "registry_population_total", 2022] == 31098
    assert values["municipality", "221309", "registry_population_total", 2022] > 700_000
    assert list(found.passed_over) == ["いまはない行政区"]
    assert list(found.passed_over["いまはない行政区"]) == ["浜松市中区", "浜松市天竜区"]


def test_the_register_gives_the_old_by_their_classes_of_age():
    """65+ and 75+ are sums of classes: those that the shipped statistic has, in every town of the file."""
    found, _ = extracted(files.REGISTER)
    told = {}
    for cell in found.values:
        told.setdefault((cell.kind, cell.code), {})[cell.indicator, cell.fiscal_year] = cell.value
    rules = derivation.Rules(
        members={}, wards={}, counts=(), multipliers=dict.fromkeys(derivation.RATIOS, 100)
    )
    full = derivation.complete(told, rules)
    shipped_figures = figures("resident_register_2025")
    towns = {place for place in full if place in shipped_figures}

    assert len(towns) > 20
    for place in towns:
        for column, value in shipped_figures[place].items():
            assert full[place][column] == value, (place, column)
        assert ("registry_aging_rate_65", 2024) in full[place]


def test_table_107_goes_on_with_parts_that_are_not_its_own():
    """The whole table repeats every place for 有床診療所 and again for those with 療養病床."""
    text = (files.FILES / files.T107).read_bytes().decode("cp932")
    beds = "有床\n全　　　　　国,5641,2120,1111,14610,1332,119034" + ",1" * 21
    again = "療養病床を有する一般診療所（再掲）\n全　　　　　国,506,378,200,1,2,3" + ",1" * 21
    listed = "（再掲）中核市" + ", " * 27 + "\n水戸市,13,3,-,-,1,10" + ",1" * 21
    content = "\n".join([text.rstrip("\n"), beds, listed, again, listed, ""]).encode("cp932")

    found, _ = extracted_from(book.read(content))

    assert as_table(found) == as_table(extracted(files.T107)[0])
    assert found.refused == []


def test_a_prefecture_gets_its_own_towns_and_itself():
    ibaraki = Prefecture.objects.get(code="08")

    found, _ = extracted(files.T107, ibaraki)

    assert {(cell.kind, cell.code) for cell in found.values} == {
        ("prefecture", "08"),
        ("municipality", "082015"),
    }
    assert (found.refused, found.elsewhere) == ([], 129)


class TestRows:
    def test_loading_writes_once_and_mends_what_differs(self):
        assert shipped.load() == 0
        assert StatisticsLayout.objects.filter(is_shipped=True).count() == 12
        StatisticsLayout.objects.filter(code="ssdse-a").update(first_row=9)
        LayoutColumn.objects.filter(layout__code="ssdse-a", number=4).update(factor=10)

        assert shipped.load() == 1 + 17
        assert shipped.load() == 0
        assert StatisticsLayout.objects.get(code="ssdse-a").first_row == 4

    def test_what_people_keep_is_not_touched(self):
        own = StatisticsLayout.objects.create(code="own", name="県の調査", is_kept=True)

        assert shipped.load() == 0
        assert StatisticsLayout.objects.filter(pk=own.pk).exists()

    def test_every_shipped_column_is_an_indicator_that_exists(self):
        codes = set(Definition.objects.values_list("code", flat=True))

        for layout in files.layouts():
            for column in layout.columns:
                needs = column.role in MEASURED and layout.form == "wide"
                assert (column.indicator in codes) == needs, (layout.code, column)

    def test_rows_and_layouts_are_the_same_in_both_forms(self, django_assert_num_queries):
        layout = Layout(
            code="file-1",
            name="県の調査",
            title="県の調査（令和6年度）",
            sheet="R6",
            heading_to=3,
            first_row=4,
            fiscal_year=2024,
            signs=Signs(dash=SignMeaning.ZERO, star=SignMeaning.UNKNOWN),
            columns=(
                Column(1, "団体コード"),
                Column(3, "出生数（千人）", "value", "births", 2023, Decimal(1000)),
            ),
        )
        row = StatisticsLayout.objects.create(**shipped.fields_of(layout), code=layout.code)
        shipped.write_columns(row, layout.columns)
        with django_assert_num_queries(2):
            assert shipped.layout_of(StatisticsLayout.objects.get(pk=row.pk)) == layout
        with django_assert_num_queries(3):
            fetched = StatisticsLayout.objects.prefetch_related("columns__definition").get(
                pk=row.pk
            )
            assert shipped.layout_of(fetched) == layout

        fewer = replace(layout, columns=layout.columns[:1])
        shipped.write_columns(fetched, fewer.columns)
        assert shipped.layout_of(StatisticsLayout.objects.get(pk=row.pk)) == fewer
