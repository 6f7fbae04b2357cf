"""The layouts that come with the product, kept in data/layouts.csv; and layouts as rows and as what the pure part reads."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db import transaction

from indicators.intake.layouts.layout import Column, Layout, Signs
from indicators.models import Definition, LayoutColumn, StatisticsLayout
from municipalities.reference import upsert

DATA = Path(__file__).parents[2] / "data"
SIGNS = ("dash", "dots", "middle_dot", "star")
TEXTS = (
    "name",
    "title",
    "publisher",
    "sheet",
    "file_pattern",
    "marks",
    "form",
    "code_form",
)
NUMBERS = ("heading_from", "heading_to", "first_row", "place_column", "prefecture_column")
# What is known of a file alone, and what people say of the whole of it: no layout comes with it.
OF_A_FILE = ("title_above", "finality", "as_of")
FIELDS = (*TEXTS, *NUMBERS, "fiscal_year", *SIGNS)
# Whose publisher lets everybody read the whole table (README of the data). 見える化システム shows some of its tables only to
# municipalities, and the two general forms are files of anybody.
PUBLISHED = frozenset(
    {
        "home-care-by-area",
        "ltc-insured",
        "ltc-certified",
        "ssdse-a",
        "medical-facilities-home-care",
        "medical-facilities-support-clinics",
        "resident-register-by-age",
    }
)
COLUMN_FIELDS = ("number", "heading", "role", "definition_id", "fiscal_year", "factor")


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    wanted = [as_row(line) for line in lines_of("layouts.csv")]
    written = upsert(StatisticsLayout, wanted, fields=(*FIELDS, "verified_with", "is_shipped"))
    columns = {row.code: [] for row in wanted}
    for line in lines_of("layout_columns.csv"):
        columns[line["layout"]].append(as_column(line))
    definitions = dict(Definition.objects.order_by().values_list("code", "pk"))
    rows = StatisticsLayout.objects.filter(code__in=columns).prefetch_related("columns")
    return written + sum(
        set_columns(row, rows_of_columns(columns[row.code], definitions)) for row in rows
    )


def lines_of(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def published():
    """Return names and publishers of the layouts by which published tables of national statistics are read."""
    lines = lines_of("layouts.csv")
    return frozenset((one["name"], one["publisher"]) for one in lines if one["code"] in PUBLISHED)


def as_row(line):
    texts = {name: line[name] for name in (*TEXTS, *SIGNS, "code", "verified_with")}
    numbers = {name: int(line[name]) for name in NUMBERS}
    year = int(line["fiscal_year"]) if line["fiscal_year"] else None
    return StatisticsLayout(is_shipped=True, fiscal_year=year, **texts, **numbers)


def as_column(line):
    return Column(
        number=int(line["number"]),
        heading=line["heading"],
        role=line["role"],
        indicator=line["indicator"],
        fiscal_year=int(line["fiscal_year"]) if line["fiscal_year"] else None,
        factor=Decimal(line["factor"]),
    )


def set_columns(row, columns):
    """Make the columns of a layout equal to these. Returns how many were written, 0 where they are already."""
    if [values_of(one) for one in row.columns.all()] == [values_of(one) for one in columns]:
        return 0
    for one in columns:
        one.layout = row
    with transaction.atomic():
        row.columns.all().delete()
        LayoutColumn.objects.bulk_create(columns, batch_size=500)
    return len(columns)


def values_of(column):
    return tuple(getattr(column, name) for name in COLUMN_FIELDS)


def rows_of_columns(columns, definitions):
    """Return columns as rows without their layout, by number. `definitions`: primary keys by code."""
    return [
        LayoutColumn(
            number=one.number,
            heading=one.heading,
            role=one.role,
            definition_id=definitions[one.indicator] if one.indicator else None,
            fiscal_year=one.fiscal_year,
            factor=one.factor,
        )
        for one in sorted(columns, key=lambda column: column.number)
    ]


def write_columns(row, columns):
    """Give a layout these columns, those of the pure part. Returns how many were written, 0 where it has them."""
    codes = {one.indicator for one in columns} - {""}
    definitions = dict(Definition.every.filter(code__in=codes).values_list("code", "pk"))
    return set_columns(row, rows_of_columns(columns, definitions))


def layout_of(row):
    """Return a layout as the pure part reads it; its columns take one query unless they are fetched already."""
    columns = row.columns.all()
    if "columns" not in getattr(row, "_prefetched_objects_cache", {}):
        columns = columns.select_related("definition")
    names = (*TEXTS, *NUMBERS, "fiscal_year", *OF_A_FILE, "code")
    fields = {name: getattr(row, name) for name in names}
    return Layout(
        signs=Signs(**{name: getattr(row, name) for name in SIGNS}),
        columns=tuple(
            Column(
                number=one.number,
                heading=one.heading,
                role=one.role,
                indicator=one.definition.code if one.definition else "",
                fiscal_year=one.fiscal_year,
                factor=one.factor,
            )
            for one in columns
        ),
        **fields,
    )


def fields_of(layout):
    """Return the fields of the row of a layout: all but its code, its owner and its columns."""
    names = (*TEXTS, *NUMBERS, "fiscal_year", *OF_A_FILE)
    fields = {name: getattr(layout, name) for name in names}
    return fields | {name: getattr(layout.signs, name) for name in SIGNS}
