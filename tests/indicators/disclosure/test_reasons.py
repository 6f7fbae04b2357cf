"""Why a value is hidden, in the words of an officer."""

from decimal import Decimal

import pytest

from indicators.disclosure import reasons
from indicators.disclosure.values import Value


def few(**numbers):
    told = {name: None if one is None else Decimal(one) for name, one in numbers.items()}
    return Value(key="k", code="own-visits", fiscal_year=2025, unit="％", kind="ratio", **told)


@pytest.mark.parametrize(
    ("one", "population", "words"),
    [
        (few(value="10", numerator="7", denominator="70"), 50_000, reasons.FEW.format(least=10)),
        (few(value="10", numerator="7", denominator="70"), 10_000, reasons.FEW.format(least=20)),
        (few(value="10", numerator="7", denominator="70"), 1_000, reasons.EVERYTHING),
        (few(value="10"), 50_000, reasons.UNKNOWN),
        (few(value="50", numerator="50", denominator="100"), 50_000, reasons.TOLD_BY_OTHERS),
    ],
)
def test_every_rule_has_its_words(one, population, words):
    assert reasons.why(one, population=population) == words


def test_a_difference_tells_of_two_years():
    one = Value(key="k", code="own-gap", fiscal_year=2025, value=Decimal(3), kind="difference")

    assert reasons.why(one, population=50_000) == reasons.DIFFERENCE
