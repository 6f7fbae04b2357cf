"""The heat table as markup: exactly the cells of the comparison, every text escaped, nothing by colour alone."""

import re
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.arithmetic.printing import printed
from indicators.comparison.judging import telling
from indicators.comparison.page import heat, heat_html
from indicators.comparison.selection import Selection
from indicators.comparison.shape import (
    Cell,
    Chance,
    Column,
    Comparison,
    Origin,
    Place,
    Quarter,
    Summary,
)

HOSTILE = '<script>alert("1")</script>\'&'
CELL = re.compile(r"<td[^>]*>.*?</td>")
TAG = re.compile(r"<[^>]+>")


def made(cells, *, direction="higher", decimals=1, name="町", own=""):
    """Make a comparison of one column from the cells of its places."""
    places = tuple(Place("municipality", f"{at:06}", name) for at in range(len(cells)))
    column = Column("c", "指標", "％", decimals, direction, (), (2025,), Summary(len(cells)))
    told = {(place.code, "c"): cell for place, cell in zip(places, cells, strict=True) if cell}
    return Comparison("県", Origin.STATISTICS, places, (column,), told, own)


def shown(*cells, **more):
    """Return each cell as it is read aloud or seen, without its tags."""
    markup = str(heat_html.rows(made(cells, **more)))
    return [unescape(TAG.sub("", one)) for one in CELL.findall(markup)]


def one(value, **more):
    return Cell(value=Decimal(value), state="value", **more)


def test_each_quarter_has_its_sign_and_its_words():
    cells = [one(at, quarter=Quarter(at)) for at in (4, 3, 2, 1)]

    assert shown(*cells, decimals=0) == [
        "4▲▲（上位25％）",
        "3▲（中央値より良い）",
        "2▼（中央値より良くない）",
        "1▼▼（下位25％）",
    ]
    assert shown(*cells, decimals=0, direction="neutral")[0] == "4▇（高い方の25％）"


def test_beyond_chance_is_marked_and_within_chance_has_no_colour():
    markup = str(
        heat_html.rows(
            made(
                [
                    one(1, quarter=Quarter.LOWEST, chance=Chance.FAR_BELOW),
                    one(2, quarter=Quarter.LOWEST, chance=Chance.WITHIN),
                ]
            )
        )
    )

    far, within = CELL.findall(markup)
    assert "▼▼**" in far
    assert "偶然の範囲の外" in far
    assert 'class="q1"' in far
    assert 'class="q1 w"' in within
    assert "*" not in within


@pytest.mark.parametrize(
    ("direction", "found"),
    [("higher", Chance.FAR_ABOVE), ("lower", Chance.BELOW), ("neutral", Chance.ABOVE)],
)
def test_what_is_better_than_the_average_beyond_chance_is_never_called_worse(direction, found):
    """Below the median and above the average: a few large places pull the average down."""
    cell = one("0.77", quarter=Quarter.LOW, chance=found)
    (split,) = CELL.findall(str(heat_html.rows(made([cell], direction=direction))))

    assert "（中央値と平均で向きが逆）" in split
    assert "中央値より" not in split
    assert "*" not in split
    assert 'class="h2 w"' in split if direction == "neutral" else 'class="q2 w"' in split


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.0096", 1, "0.01"),
        ("0.0499", 1, "0.05"),
        ("0.05", 1, "0.1"),
        ("0.0096", 2, "0.01"),
        ("0.3", 0, "0.3"),
        ("0", 1, "0.0"),
        ("-0.01", 1, "−0.01"),
        # A quartile between two numbers may have more digits than are kept.
        ("0.000025", 1, "0.0001未満"),
    ],
)
def test_what_is_more_than_nothing_never_looks_like_nothing(value, decimals, text):
    column = made([], decimals=decimals).columns[0]

    assert heat.text(Decimal(value), column) == text


def test_what_is_missing_says_why_and_is_not_zero():
    assert shown(
        None, Cell(state="suppressed"), Cell(state="not_applicable"), Cell(state="unknown")
    ) == [
        "…（値なし）",
        "x（秘匿）",
        "－（該当数字なし）",
        "不明（不詳）",
    ]


def test_a_reference_value_and_a_structural_zero_have_no_place():
    assert shown(one("3.04", is_reference=True), one(0, is_structural_zero=True)) == [
        "3.0参（参考値）",
        "0.0提供する所なし",
    ]


def test_the_rank_stands_beside_the_values_of_the_column_that_sorts():
    found = made([one(1, rank=2), one(2, rank=1)])

    assert "2位" in str(heat_html.rows(found, sort="c"))
    assert "位" not in str(heat_html.rows(found))


def test_every_text_is_escaped():
    cell = one(1, word=HOSTILE, reply=HOSTILE)
    markup = str(heat_html.rows(made([cell], name=HOSTILE), page='/"><script>/'))

    assert "<script" not in markup
    assert HOSTILE in unescape(markup)


def test_the_own_row_is_marked():
    markup = str(heat_html.rows(made([one(1), one(2)], own="000001")))

    assert markup.count('class="own"') == 1
    assert '<tr id="place-000001" class="own">' in markup


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Cell,
            value=st.integers(-(10**13), 10**13).map(lambda one: Decimal(one).scaleb(-4)),
            state=st.just("value"),
            quarter=st.none() | st.sampled_from(Quarter),
            chance=st.none() | st.sampled_from(Chance),
            is_reference=st.booleans(),
        ),
        max_size=12,
    ),
    st.integers(0, 4),
)
def test_the_table_shows_the_numbers_of_the_comparison(cells, decimals):
    texts = shown(*cells, decimals=decimals)

    assert len(texts) == len(cells)
    for cell, text in zip(cells, texts, strict=True):
        number = printed(cell.value, state="value", unit="", decimals=decimals)
        told = re.match(r"−?[\d,.]+", text)[0]
        assert told == number
        assert bool(Decimal(told.replace(",", "").replace("−", "-"))) is bool(cell.value)
        assert ("（" in text) == bool(
            cell.is_reference or cell.quarter or telling.CHANCE_MARKS.get(cell.chance)
        )


@pytest.mark.parametrize(
    ("direction", "sort", "falling", "link", "order"),
    [
        ("higher", "", False, "?sort=-c", "none"),
        ("lower", "", False, "?sort=c", "none"),
        ("higher", "c", True, "?sort=c", "descending"),
        ("higher", "c", False, "?sort=-c", "ascending"),
    ],
)
def test_the_best_come_first_and_a_second_press_turns_the_order(
    direction, sort, falling, link, order
):
    column = made([one(1)], direction=direction).columns[0]

    head = heat.head(column, Selection(sort=sort, falling=falling))

    assert (head.query, head.sorted) == (link, order)


def test_rows_at_the_foot_without_any_number_are_left_out():
    found = made([one(1)])

    assert [row.label for row in heat.foot(found, prefecture="見本県")] == ["値のある市町村の数"]
