"""The shipped layouts: the real files they were verified with, compared with the statistics that are shipped."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators import statistics
from indicators.arithmetic import derivation
from indicators.choices import SignMeaning
from indicators.intake import book, detecting, extracting, shipped
from indicators.intake.layout import Column, Layout, Signs
from indicators.intake.places import places_for
from indicators.intake.plan import MEASURED
from indicators.models import Definition, LayoutColumn, StatisticsLayout
from municipalities.models import Prefecture
from tests.indicators.intake import statistics as files

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
        assert StatisticsLayout.objects.filter(is_shipped=True).count() == 10
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
