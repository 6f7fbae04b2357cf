"""Where a municipality stands without the names of others, and when nothing may be told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.judging import distribution
from indicators.models import Definition, SubmittedValue
from municipalities.models import Municipality, Prefecture
from tests import world
from tests.indicators import rows

PAGE = "/m/990019/2026/indicators/"
VALUES = st.integers(-1000, 1000)


def group(*values):
    return {f"{number:06}": Decimal(value) for number, value in enumerate(values)}


def test_quartiles_are_those_computed_by_hand():
    found = distribution.summary(group(1, 2, 3, 4, 5, 6, 7, 8), own="000000", decimals=0)

    assert (found.count, found.minimum, found.maximum) == (8, 1, 8)
    assert (found.first, found.median, found.third) == (
        Fraction(11, 4),
        Fraction(9, 2),
        Fraction(25, 4),
    )
    assert found.rank == 8


def test_equal_values_share_the_better_rank():
    assert distribution.rank_of(group(5, 5, 1), "000001") == 1


def test_below_eight_nothing_is_told():
    assert distribution.summary(group(*range(7)), own="000000", decimals=0) is None


def test_where_all_others_are_equal_nothing_is_told():
    assert distribution.summary(group(1, *[4] * 8), own="000000", decimals=0) is None
    assert (
        distribution.summary(group(1, *[Decimal("4.1")] * 4, *[4] * 4), own="000000", decimals=0)
        is None
    )
    assert distribution.summary(group(1, 3, *[4] * 7), own="000000", decimals=0) is not None


def test_the_ends_of_counts_would_name_the_largest_municipality():
    found = distribution.summary(group(*range(9)), own="000000", decimals=0, has_ends=False)

    assert (found.minimum, found.maximum) == (None, None)
    assert found.median == 4


@given(st.lists(VALUES, min_size=8, max_size=20))
def test_names_and_order_make_no_difference(values):
    found = distribution.summary(group(*values), own="nobody", decimals=0)

    assert distribution.summary(group(*reversed(values)), own="nobody", decimals=0) == found
    if found:
        assert found.minimum <= found.first <= found.median <= found.third <= found.maximum


def test_two_groups_that_differ_by_few_are_not_both_shown():
    many = {f"{number}" for number in range(20)}

    assert distribution.are_apart(many, many)
    assert distribution.are_apart(many, set(list(many)[:10]))
    assert not distribution.are_apart(many, many - {"3"})
    assert not distribution.are_apart(many, (many - {"3"}) | {"30"})


def submitted(code, values, *, state="value"):
    definition = Definition.objects.get(code=code)
    prefecture = Prefecture.objects.get(code="99")
    for number, value in enumerate(values):
        name = {"name": f"見本{number}", "kana": "みほん", "kind": "city"}
        place, _ = Municipality.objects.get_or_create(
            code=f"9991{number:02}", defaults={**name, "prefecture": prefecture}
        )
        keep(place, definition, value, state=state)


def keep(place, definition, value, *, state="value"):
    SubmittedValue.objects.update_or_create(
        municipality=place,
        code=definition.code,
        fiscal_year=2025,
        defaults={
            "definition": definition,
            "value": value if state == "value" else None,
            "state": state,
            "source": "調査",
            "number": "x",
            "published_at": timezone.now(),
        },
    )


@pytest.mark.django_db
class TestFrontDoor:
    CODE = "home_death_rate"

    @pytest.fixture
    def followed(self, here):
        return rows.follow(world.cycle_of(), self.CODE)

    def test_the_page_tells_the_own_place_and_no_name(self, sign_in, followed):
        submitted(self.CODE, range(10, 20))
        ours = Municipality.objects.get(code=world.OURS)
        keep(ours, Definition.objects.get(code=self.CODE), "15.5")
        page = sign_in("viewer").get(f"{PAGE}{followed.key}/").content.decode()

        assert "提出した11市町村の中で、高い方から5番目です" in page
        assert "見本3" not in page

    def test_hidden_values_are_no_part_of_it(self, sign_in, followed):
        submitted(self.CODE, range(10, 17))
        ours = Municipality.objects.get(code=world.OURS)
        keep(ours, Definition.objects.get(code=self.CODE), "15.5")
        assert "提出した8市町村" in sign_in("viewer").get(f"{PAGE}{followed.key}/").content.decode()
        submitted(self.CODE, [1], state="suppressed")
        page = sign_in("viewer").get(f"{PAGE}{followed.key}/").content.decode()

        assert "比べられる市町村が少ない" in page
        assert "最小" not in page

    def test_who_has_submitted_nothing_sees_nothing(self, sign_in, followed):
        submitted(self.CODE, range(10, 20))
        page = sign_in("viewer").get(f"{PAGE}{followed.key}/").content.decode()

        assert "提出した市町村の中での位置" not in page

    def test_a_group_is_read_in_one_query(self, followed, django_assert_num_queries):
        submitted(self.CODE, range(10, 20))
        codes = [f"9991{number:02}" for number in range(10)]
        definition = Definition.objects.get(code=self.CODE)
        with django_assert_num_queries(1):
            found = distribution.of_group(definition, 2025, codes, own="999103")

        assert (found.count, found.rank) == (10, 7)
