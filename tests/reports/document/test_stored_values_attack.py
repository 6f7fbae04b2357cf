"""An officer solves the stored values of a town, as its page reads them: no small count becomes too narrow.

The values go the product's own way: hidden by what earlier copies have told, folded from the newest version of each
report, stored, and read back. Several reports of a year, each in several versions, show different indicators.
"""

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure import values
from indicators.models import Definition, SubmittedValue
from indicators.publishing import letting_out
from municipalities.models import Municipality
from reports.document import copied_numbers
from tests.attacks import tries
from tests.indicators.disclosure.programme import Programme

TOTAL, PARTS = "home_and_facility_death_rate", ("home_death_rate", "nursing_home_death_rate")
# Divided by the first part.
EXCLUDING = "home_deaths_excluding_inquest_rate"
CODES = (TOTAL, *PARTS, EXCLUDING)
SMALL = (*PARTS, EXCLUDING)
CHOICES = [tuple(code for code, ticked in zip(CODES, one, strict=True) if ticked) for one in product((0, 1), repeat=4)]  # fmt: skip
LEAST, DEATHS, YEAR, PEOPLE = 10, 400, 2025, 50_000
REST = "rest"


def town(home, nursing, rest, inquests):
    parts = dict(zip(PARTS, (home, nursing), strict=True))
    return parts | {TOTAL: home + nursing + rest, EXCLUDING: max(home - inquests, 0)}


def measured(code, counts):
    """Return the row of a document: a share with the four digits that are kept, and what it is made of."""
    base = counts[PARTS[0]] if code == EXCLUDING else DEATHS
    share = (Decimal(counts[code]) * 100 / base).quantize(Decimal("0.0001"))
    told = {"value": str(share), "numerator": str(counts[code]), "denominator": str(base)}
    words = {"state": "value", "source": "人口動態統計", "note": "", "is_official": True}
    return {"key": code, "indicator": code, "fiscal_year": YEAR} | told | words


def submitted(counts, versions, *, remembers=True):
    """Return the newest copy of each report; `versions`: which report shows what, one after the other."""
    documents, newest = [], {}
    for at, (report, codes) in enumerate(versions):
        rows = [measured(code, counts) for code in codes]
        earlier = copied_numbers.earlier(documents if remembers else [])
        out = values.hidden(map(as_value, rows), population=PEOPLE, earlier=earlier)
        told = [copied_numbers.suppressed(row) if row["key"] in out else row for row in rows]
        documents.append({"measurements": told})
        when = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=at)
        newest[report] = letting_out.Copy(f"R8-{report}", when, YEAR, told)
    return list(newest.values())


def as_value(row):
    numbers = {name: Decimal(row[name]) for name in ("value", "numerator", "denominator")}
    words = {"key": row["key"], "code": row["indicator"], "fiscal_year": YEAR}
    return values.Value(**words, **numbers, unit="％", kind="ratio")


def folded(copies):
    """Return the rows that would be stored."""
    return [
        letting_out.value_of(Municipality(), row, copy, definition=None)
        for row, copy in letting_out.newest(copies).values()
    ]


def solved(rows):
    """Return all that the rows tell, as a programme over how many died where."""
    known = Programme()
    for code in (*SMALL, REST):
        known.between(code, 0, DEATHS)
    known.line({PARTS[0]: 1, EXCLUDING: -1}, 0, None)
    known.line(dict.fromkeys((*PARTS, REST), 1), 0, DEATHS)
    for row in rows:
        cells = dict.fromkeys((*PARTS, REST), 1) if row.code == TOTAL else {row.code: 1}
        if row.value is None:
            # What is hidden counts somebody: a zero is told.
            known.line(cells, 1, None)
            continue
        base = int(row.denominator)
        count = int((row.value * base / 100).to_integral_value())
        known.line(cells, count, count)
        if row.code == EXCLUDING:
            known.line({PARTS[0]: 1}, base, base)
    return known


def narrow(counts, rows):
    """Return the small counts of an indicator among the rows that are told within fewer than the threshold."""
    known, held = solved(rows), {row.code for row in rows}
    ranges = {
        code: known.range_of(code) for code in SMALL if code in held and 0 < counts[code] < LEAST
    }
    return [code for code, (low, high) in ranges.items() if high - low < LEAST]


towns = st.builds(
    town, st.integers(1, 40), st.integers(1, 60), st.integers(0, 30), st.integers(0, 20)
)
versions = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(CHOICES)), min_size=1, max_size=5)


@tries(100)
@given(towns, versions)
def test_stored_values_give_no_small_count_away(counts, versions):
    rows = folded(submitted(counts, versions))

    assert [
        code for code in narrow(counts, rows) if not was_told_before(code, counts, versions)
    ] == []


def was_told_before(code, counts, versions):
    """What a total and its other part told when nobody asked for this part cannot be taken back (ADR 0026)."""
    first = next(at for at, (_, codes) in enumerate(versions) if code in codes)
    before = folded(
        submitted(counts, [(at, codes) for at, (_, codes) in enumerate(versions[:first])])
    )
    low, high = solved(before).range_of(code)
    return high - low < LEAST


FIRST_PARTS = [(0, PARTS), (1, (TOTAL,))]


def test_without_its_memory_the_fold_is_found_out():
    """The negative control: two reports, each safe by itself, stand beside each other in what is stored."""
    counts = town(30, 8, 0, 0)
    rows = folded(submitted(counts, FIRST_PARTS, remembers=False))

    assert narrow(counts, rows) == [PARTS[1]]
    assert narrow(counts, folded(submitted(counts, FIRST_PARTS))) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "versions", [FIRST_PARTS, [(0, CODES), (1, (EXCLUDING,)), (0, (TOTAL,)), (1, PARTS)]]
)
def test_nor_do_the_rows_in_the_database(versions, here, cycle):
    counts = town(30, 8, 0, 10)
    copies = submitted(counts, versions)
    letting_out.let_out(cycle.municipality, copies)
    rows = list(SubmittedValue.objects.filter(municipality=cycle.municipality, fiscal_year=YEAR))

    assert {row.code for row in rows} == {row.code for row in folded(copies)}
    assert Definition.objects.filter(code__in=CODES).count() == len(CODES)
    assert narrow(counts, rows) == []
