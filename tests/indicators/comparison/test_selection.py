"""The address says all that is compared, and what it says wrongly counts as not asked."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.selection import MOST_INDICATORS, POOLS, VIEWS, Selection, selection_of
from indicators.comparison.shape import Origin

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=20)


def read(query):
    lists = parse_qs(query.removeprefix("?"))
    return selection_of(
        {name: found[-1] for name, found in lists.items()}, lists.get("indicator", [])
    )


@given(
    st.builds(
        Selection,
        origin=st.sampled_from(Origin),
        group=WORDS,
        scene=st.just("") | WORDS,
        indicators=st.lists(WORDS, unique=True, max_size=MOST_INDICATORS).map(tuple),
        year=st.none() | st.integers(1950, 2099),
        pool=st.sampled_from(POOLS),
        sort=WORDS,
        falling=st.booleans(),
        only_behind=st.booleans(),
        focus=st.just("") | WORDS,
        town=st.just("") | WORDS,
        view=st.sampled_from(sorted(VIEWS)),
    )
)
def test_a_selection_survives_its_own_address(selection):
    assert read(selection.query()) == selection


def test_the_page_as_it_opens_needs_no_query():
    assert Selection().query() == ""
    assert read("") == Selection()


@pytest.mark.parametrize(
    "query",
    [
        "?view=secret&pool=4&year=none",
        "?year=２０２６",
        "?sort=%3Cscript%3E&group=a%00b",
        "?scene=" + "x" * 81,
        "?indicator=a+b&indicator=%E5%80%A4",
        "?origin=live",
        "?town=082015%27",
    ],
)
def test_what_nobody_knows_counts_as_not_asked(query):
    assert read(query) == Selection()


def test_only_so_many_indicators_are_asked_for_at_once():
    asked = selection_of({}, [f"code_{number}" for number in range(50)] * 2)
    assert len(asked.indicators) == MOST_INDICATORS


def test_a_form_holds_the_selection_in_hidden_fields():
    """All but what the form itself asks."""
    selection = Selection(scene="discharge", indicators=("a", "b"), town="082015", view="profile")

    assert selection.asked(town="") == [
        ("scene", "discharge"),
        ("indicator", "a"),
        ("indicator", "b"),
        ("view", "profile"),
    ]
