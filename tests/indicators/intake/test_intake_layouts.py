"""The shipped layouts: the real files they were verified with, compared with the statistics that are shipped."""

import pytest

from indicators import statistics
from indicators.intake import extracting
from indicators.intake.places import places_for
from tests.indicators.intake import statistics as files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def figures(dataset):
    """The figures of a shipped statistic as its file states them, before anything is computed."""
    fingerprint = {row["code"]: row["sha256"] for row in statistics._shipped()}[dataset]
    return statistics.table_of(statistics.checked(dataset, fingerprint))


def extracted(name, prefecture=None):
    rows, layout = files.proposed(name)
    known = places_for(prefecture)
    return extracting.extract(rows, layout, known, files.definitions()), layout


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
