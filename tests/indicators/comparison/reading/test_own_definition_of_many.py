"""What a prefecture has defined itself, of as many towns as the largest has: the same few queries, and every number right."""

import io
import statistics
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.comparison.selection import Selection
from indicators.comparison.town import town_page, town_table
from indicators.definitions import definition_copies
from indicators.models import Dataset, Definition, PrefectureDefinition, PublishedValue
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from tests.indicators.comparison.planted import CODE, plant, submit, town

pytestmark = pytest.mark.django_db
OWN = "pref-98-renraku"
# More than half, so that the newest year is theirs, too.
FEW, ALL = range(1, 100), range(1, 180)
HAIR = Decimal("0.0001")


@pytest.fixture
def defined():
    """A prefecture of 179 towns with a share of its own."""
    prefecture = plant(len(ALL))
    with within_prefecture(prefecture):
        PrefectureDefinition(
            key=OWN,
            name="夜間の連絡先を決めている割合",
            unit="％",
            decimals=1,
            value_kind="ratio",
            multiplier=100,
            direction="higher",
            fiscal_year=2025,
        ).save()
    definition_copies.keep_in_step(prefecture)
    return prefecture


def pair(at):
    return 300 + at * 7919 % 397, 1000 + at


def share(at):
    above, below = pair(at)
    return Decimal(above * 100) / below


def submitted(numbers):
    submit(OWN, 2025, {at: pair(at) for at in numbers})


def published(numbers):
    """Let a statistic of the prefecture tell it, with its numerators and denominators."""
    told, _ = Dataset.objects.get_or_create(
        code="pref-98-survey",
        defaults={"title": "県の調査", "prefecture": Prefecture.objects.get(code=CODE)},
    )
    PublishedValue.objects.bulk_create(
        PublishedValue(
            definition=Definition.every.get(code=OWN),
            dataset=told,
            fiscal_year=2025,
            place_kind="municipality",
            place_code=town(at),
            value=round(share(at), 4),
            numerator=pair(at)[0],
            denominator=pair(at)[1],
            state="value",
        )
        for at in numbers
    )


def rows_of(book, name):
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def distribution():
    """Return what is told of all shares together, by the heads of the columns."""
    shares = [share(at) for at in ALL]
    quarters = statistics.quantiles(shares, n=4, method="inclusive")
    above, below = map(sum, zip(*map(pair, ALL), strict=True))
    return {
        "最小": min(shares),
        **dict(zip(("第1四分位", "中央値", "第3四分位"), quarters, strict=True)),
        "最大": max(shares),
        "平均": Decimal(100 * above) / below,
    }


@pytest.mark.parametrize(
    ("origin", "tell"),
    [("submitted", submitted), ("statistics", published)],
    ids=["submitted", "statistics"],
)
def test_an_officer_chooses_it(sign_in, defined, origin, tell):
    officer = sign_in("other-officer")
    asked = f"?origin={origin}&indicator={OWN}"

    def queries():
        with CaptureQueriesContext(connection) as taken:
            page = officer.get(f"/p/98/2026/compare/{asked}")
        assert page.status_code == 200
        return len(taken), page.content.decode()

    tell(FEW)
    queries()
    tell([100])
    few, _ = queries()
    tell(ALL[100:])
    many, page = queries()

    assert few == many <= 20
    assert page.count('<tr id="place-98') == len(ALL)
    book = load_workbook(io.BytesIO(officer.get(f"/p/98/2026/compare/export/{asked}").content))
    data = {
        row["自治体コード"]: row for row in rows_of(book, "データ") if row["自治体コード"] != CODE
    }
    for at in ALL:
        row = data[town(at)]
        assert abs(Decimal(str(row["値"])) - share(at)) <= HAIR, at
        assert (row["分子"], row["分母"]) == pair(at)
    (told,) = rows_of(book, "指標")
    assert told["値のある地域"] == len(ALL)
    for name, number in distribution().items():
        assert abs(Decimal(str(told[name])) - number) <= HAIR, name


def test_a_town_of_the_prefecture_chooses_it(defined):
    place = Municipality.objects.get(code=town(7))
    asked = Selection(indicators=(OWN,), group="prefecture")

    def opened(cycle):
        with CaptureQueriesContext(connection) as taken:
            page = town_page.of(cycle, asked)
            table = town_table.of(page)
        return len(taken), table

    with within(place):
        cycle = Cycle.objects.create(municipality=place, fiscal_year=2026)
        published(FEW)
        opened(cycle)
        published([100])
        few, _ = opened(cycle)
        published(ALL[100:])
        many, table = opened(cycle)

    assert few == many <= 16
    shown = {row.name: [box.text for box in row.boxes] for row in (table.own, *table.others)}
    assert shown == {f"町{at}": [f"{share(at):.1f}"] for at in ALL}
    better = sum(share(at) > share(7) for at in ALL)
    feet = {row.name: [box.text for box in row.boxes] for row in table.feet}
    assert feet["本7の順位"] == [f"良い方から{better + 1}番目（179のうち）"]
