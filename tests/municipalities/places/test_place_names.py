"""Which municipality a text names: the longest name that begins a word, and not who only sits there."""

import pytest

from municipalities.places.place_names import known, named_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("水戸市の調査", ["水戸市"]),
        ("茨城県水戸市", ["水戸市"]),
        ("利根郡片品村統計", ["片品村"]),
        ("木更津市 高齢者調査", ["木更津市"]),
        ("水戸市の調査と津市の調査", ["水戸市"]),
        ("横浜市西区の調査", ["横浜市西区"]),
        ("水戸市民病院", []),
        ("水戸市消防本部", []),
        ("市町村の統計", []),
        ("町の調査", []),
        ("", []),
    ],
)
def test_a_name_is_told_from_what_only_looks_like_one(text, names):
    assert named_in(text) == names


def test_all_municipalities_are_known():
    assert len(known()) > 1700
