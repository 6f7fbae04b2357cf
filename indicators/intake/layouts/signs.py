"""What a cell of a statistic says: a number as offices write it, or a sign whose meaning its source decides. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from indicators.arithmetic.derivation import STORED_DIGITS
from indicators.choices import SignMeaning, ValueState
from indicators.long_format import FORMULA, NO_FORMULA, STORED_WHOLE
from municipalities.japanese import numerals
from municipalities.japanese.numerals import NumeralError

if TYPE_CHECKING:
    from indicators.intake.layouts.layout import Signs

# Compared after NFKC: － and … and Ｘ of either width are one by then.
FAMILIES = (
    ("dash", "－", re.compile("[-‐‒–—―−─ー]{1,4}")),
    ("dots", "…", re.compile(r"\.{2,6}|・{2,3}|[Nn]/?[Aa]|[Nn]\.[Aa]\.")),
    ("middle_dot", "・", re.compile("・")),
    ("star", "x」「***", re.compile(r"[xXχΧ]{1,3}|\*{1,3}")),
)
PLAIN = re.compile(r"-?\d{1,11}(?:\.\d{1,4})?", re.ASCII)
MOST_KNOWN = 50_000
NOTHING = (None, "")

Said = tuple[Decimal | None, str]


class Reader:
    """Reads the cells of one source. What it has read once it knows: numbers repeat."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.known: dict[tuple[str, str], Said] = {}

    def read(self, text: str, unit: str = "") -> Said:
        """Return a value or a state in its place; neither where nothing is written. Raises NumeralError."""
        if not text:
            return NOTHING
        key = (text, unit)
        if (said := self.known.get(key)) is None:
            said = self.fresh(text, unit)
            if len(self.known) < MOST_KNOWN:
                self.known[key] = said
        return said

    def fresh(self, text: str, unit: str) -> Said:
        if PLAIN.fullmatch(text):
            return Decimal(text), ValueState.VALUE
        if text == FORMULA:
            raise NumeralError(NO_FORMULA)
        if (meaning := self.meaning(text)) is not None:
            return meaning
        numeral = numerals.read(text, unit=unit)
        if numeral.value is None:
            return None, numeral.state
        return stored(numeral.value), ValueState.VALUE

    def meaning(self, text: str) -> Said | None:
        """Return what a sign means in this source, None for what is no sign."""
        if found := family_of(text):
            name, shown = found
            return self.meant(getattr(self.signs, name), shown)
        return None

    def meant(self, meaning: str, shown: str) -> Said:
        if meaning == SignMeaning.REFUSED:
            raise NumeralError(
                f"「{shown}」の意味は、統計ごとに違います。様式の設定で、この統計での意味を選んでください"
            )
        if meaning == SignMeaning.ZERO:
            return Decimal(0), ValueState.VALUE
        return None, ValueState(meaning)


def family_of(text: str) -> tuple[str, str] | None:
    """Return the name of the family of signs that a text belongs to, and how it is shown."""
    written = unicodedata.normalize("NFKC", text).strip()
    return next(
        ((name, shown) for name, shown, pattern in FAMILIES if pattern.fullmatch(written)), None
    )


def stored(value: Decimal) -> Decimal:
    """Return a value with the digits that are kept, half-up. Raises NumeralError for what is too long."""
    if value.adjusted() >= STORED_WHOLE:
        raise NumeralError("桁が多すぎます。数字を確かめて、もう一度入力してください")
    if -int(value.as_tuple().exponent) <= -int(STORED_DIGITS.as_tuple().exponent):
        return value
    return value.quantize(STORED_DIGITS, rounding=ROUND_HALF_UP)
