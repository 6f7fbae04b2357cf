"""Municipalities that a text names, by the shipped list of their names. Asks no database."""

from __future__ import annotations

from functools import cache

from municipalities import reference

ENDINGS = "市町村区"
# 「水戸市立…」「水戸市医師会」 name somebody who sits there, whose figures may be of more than one place.
FOLLOWING = (" ", "　", "の", "「", "『", "（", "(", "住民", "統計", "介護", "高齢", "保健", "福祉")
# 「茨城県水戸市」: what may stand right before a name.
PREFIXES = "都道府県郡"
LONGEST = 12


@cache
def known() -> frozenset[str]:
    """Return the names of all municipalities."""
    return frozenset(row["name"] for row in reference.rows_of("municipalities.csv"))


def named_in(text: str) -> list[str]:
    """Return the municipalities whose own papers a text seems to name, in their order."""
    ends = [at + 1 for at, letter in enumerate(text) if letter in ENDINGS]
    return [name for end in ends if is_followed(text[end:]) and (name := _ending_at(text, end))]


def is_followed(rest: str) -> bool:
    return not rest or rest.startswith(FOLLOWING)


def _ending_at(text: str, end: int) -> str:
    """Return the longest name that ends here and begins a word; empty where there is none."""
    for begin in range(max(0, end - LONGEST), end - 1):
        if text[begin:end] in known() and _begins_a_word(text[:begin]):
            return text[begin:end]
    return ""


def _begins_a_word(before: str) -> bool:
    return not before or before[-1] in PREFIXES or not _is_kanji_or_kana(before[-1])


def _is_kanji_or_kana(letter: str) -> bool:
    return "ぁ" <= letter <= "ヶ" or "一" <= letter <= "鿿" or letter == "々"
